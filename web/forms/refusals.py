"""Why the engine refused an answer, in the language of the request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import LazyString, lazy_gettext

from engine.definitions.forms import Fault, FieldError
from engine.errors import InvalidForm

SENTENCES: Final[Mapping[Fault, LazyString]] = {
    Fault.REQUIRED: lazy_gettext("Please answer this."),
    Fault.UNKNOWN_FIELD: lazy_gettext("The form has no such field."),
    Fault.NOT_A_TEXT: lazy_gettext("Please write a text."),
    Fault.NOT_ONE_LINE: lazy_gettext("Please write this on one line."),
    Fault.NOT_STORABLE: lazy_gettext("This has characters that cannot be stored; please type it again."),
    Fault.TOO_SHORT: lazy_gettext("At least %(least)s characters are needed."),
    Fault.TOO_LONG: lazy_gettext("At most %(most)s characters fit."),
    Fault.WRONG_PATTERN: lazy_gettext("This is not written the way it is asked for."),
    Fault.NOT_A_NUMBER: lazy_gettext("Please enter a number."),
    Fault.TOO_SMALL: lazy_gettext("It must be at least %(least)s."),
    Fault.TOO_LARGE: lazy_gettext("It must be at most %(most)s."),
    Fault.TOO_MANY_DECIMALS: lazy_gettext("At most %(most)s decimals, please."),
    Fault.WRONG_STEP: lazy_gettext("It must be a multiple of %(step)s."),
    Fault.NOT_YES_OR_NO: lazy_gettext("Please answer yes or no."),
    Fault.NO_OPTION: lazy_gettext("Please choose one of the options."),
    Fault.NOT_A_LIST: lazy_gettext("Please give a list."),
    Fault.NOT_A_DATE: lazy_gettext("Please enter a date such as 2022-11-08."),
    Fault.NOT_A_TIME: lazy_gettext("Please enter a time such as 09:30."),
    Fault.NOT_A_MOMENT: lazy_gettext("Please enter a date and a time, such as 2022-11-08 09:30."),
    Fault.NOT_A_FILE: lazy_gettext("Please choose a file."),
    Fault.TOO_MANY: lazy_gettext("At most %(most)s can be given."),
    Fault.FORM_TOO_LONG: lazy_gettext("All answers together are too long; please shorten this one."),
}


def refusals_in_words(invalid: InvalidForm) -> dict[str, str]:
    """What is wrong with each refused answer, by the field's key."""
    return {key: refusal_in_words(error) for key, error in invalid.errors.items()}


def refusal_in_words(error: FieldError) -> str:
    """What is wrong with one answer."""
    return str(SENTENCES[error.fault]) % dict(error.params)
