"""Says why a file was not taken into a draft."""

from __future__ import annotations

from flask_babel import LazyString, gettext, lazy_gettext

from engine.modelling import Unfit, UnfitFile

_REASONS: dict[Unfit, LazyString] = {
    Unfit.NAME: lazy_gettext("its name may hold letters, digits, “_”, “-” and “.”, with “/” between folders"),
    Unfit.ENDING: lazy_gettext("its name must end with .bpmn, .dmn, .form or .scenario"),
    Unfit.TAKEN: lazy_gettext("there is a file of this name already"),
    Unfit.SIZE: lazy_gettext("it is larger than 5 MB"),
    Unfit.NUMBER: lazy_gettext("the draft has as many files as it can hold"),
}


def why_unfit(unfit: UnfitFile) -> str:
    """The refusal in a sentence, in the language of the request."""
    return gettext("“%(file)s” was not taken: %(reason)s.", file=unfit.file, reason=str(_REASONS[unfit.reason]))
