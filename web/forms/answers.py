"""An answer in words, for those who read what was entered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext

from web.forms.schema import Control, Field


def answer_in_words(field: Field, answer: Any) -> str:
    """The answer as a person would say it: the option's label, yes or no, a number with its unit; empty without one."""
    if answer is None or answer in ("", []):
        return ""
    if field.control is Control.TICK:
        return gettext("Yes") if answer else gettext("No")
    labels = {str(option.meaning): option.label for option in field.options}
    words = gettext(", ").join(labels.get(str(each), str(each)) for each in chosen(answer))
    return f"{words} {field.unit}" if field.unit else words


def chosen(answer: Any) -> Sequence[Any]:
    """An answer as a list, whether the field takes one or many."""
    if answer is None:
        return []
    return list(answer) if isinstance(answer, (list, tuple)) else [answer]
