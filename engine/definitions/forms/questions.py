"""The questions that a form asks, found in its form-js schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class QuestionKind(StrEnum):
    """The form-js components that take an answer."""

    TEXTFIELD = "textfield"
    TEXTAREA = "textarea"
    NUMBER = "number"
    CHECKBOX = "checkbox"
    CHECKLIST = "checklist"
    RADIO = "radio"
    SELECT = "select"
    TAGLIST = "taglist"
    DATETIME = "datetime"
    FILEPICKER = "filepicker"


GROUP: Final = "group"
SHOWN_ONLY: Final = frozenset({"text", "html", "spacer", "separator", "image", "button"})
"""Components that only show something; they take no answer and are passed over."""


@dataclass(frozen=True)
class Question:
    """One component that takes an answer."""

    key: str
    kind: QuestionKind
    component: Mapping[str, Any]

    def rule(self, name: str) -> Any:
        """A rule of the component's `validate`, or None."""
        return (self.component.get("validate") or {}).get(name)

    @property
    def is_required(self) -> bool:
        return self.rule("required") is True

    @property
    def takes_many(self) -> bool:
        """Whether the answer is a list."""
        if self.kind is QuestionKind.FILEPICKER:
            return self.component.get("multiple") is True
        return self.kind in {QuestionKind.CHECKLIST, QuestionKind.TAGLIST}

    @property
    def options(self) -> tuple[Any, ...]:
        """The values that can be chosen."""
        return tuple(option["value"] for option in self.component.get("values") or ())

    @property
    def empty(self) -> Any:
        """The answer of a question that was left empty, as form-js itself would submit it."""
        match self.kind:
            case QuestionKind.TEXTFIELD | QuestionKind.TEXTAREA:
                return ""
            case QuestionKind.CHECKBOX:
                return False
            case _:
                return [] if self.takes_many else None


def questions_of(part: Mapping[str, Any]) -> Iterator[Question]:
    """The questions of a deployed form, or of a group, in order; those inside groups too."""
    for component in part.get("components") or ():
        kind = component["type"]
        if kind == GROUP:
            yield from questions_of(component)
        elif kind in set(QuestionKind):
            yield Question(component["key"], QuestionKind(kind), component)
