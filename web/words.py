"""The words for our own enums, in the language of the request."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import LazyString, lazy_gettext, lazy_pgettext

from web.pages.inbox import Whose
from web.times import Urgency
from workflows.hazards.models import Severity

WORDS: Mapping[type[StrEnum], Mapping[str, LazyString]] = {
    Urgency: {
        "overdue": lazy_gettext("Overdue"),
        "soon": lazy_gettext("Due within 3 days"),
        "later": lazy_gettext("Later"),
    },
    Whose: {"all": lazy_gettext("All open"), "mine": lazy_gettext("Given to me")},
    Severity: {
        "general": lazy_pgettext("severity of a hazard", "General"),
        "major": lazy_pgettext("severity of a hazard", "Major"),
    },
}


def in_words(value: StrEnum) -> str:
    """The word for a member of an enum; domain enums that carry their own Chinese label fall back to it."""
    known = WORDS.get(type(value), {}).get(str(value))
    return str(known) if known is not None else str(getattr(value, "label", value))
