"""The theatre of the running application: where its drafts are tried, away from its database."""

from __future__ import annotations

from flask import current_app

from web.wiring import runtime, settings
from workflows.timekeeping import Timekeeping
from workflows.trials.stage import Theatre

KEY = "lookback-theatre"


def theatre() -> Theatre:
    """The one theatre of this application; it is built when it is first asked for."""
    extensions = current_app.extensions
    if KEY not in extensions:
        extensions[KEY] = Theatre(runtime(), Timekeeping(settings().calendar, settings().quiet_hours))
    built: Theatre = extensions[KEY]
    return built
