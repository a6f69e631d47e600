"""How long something took, in the words of those who work: minutes, hours, working days."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from web.pages.operations.blueprint import pages
from web.wiring import settings
from workflows.operating.working_time import office_day

MINUTE, HOUR = 60, 3600


@pages.app_template_filter("in_working_time")
def in_working_time(seconds: int) -> str:
    """Seconds of office time in words; a working day has as many hours as the office is open."""
    if seconds < HOUR:
        return ngettext("%(num)s minute", "%(num)s minutes", max(seconds // MINUTE, 1))
    day = office_day(settings().calendar).total_seconds()
    if seconds < day:
        return gettext("%(hours)s hours", hours=f"{seconds / HOUR:.1f}")
    return gettext("%(days)s working days", days=f"{seconds / day:.1f}")
