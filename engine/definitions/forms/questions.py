"""The questions that a form asks, found in its form-js schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from engine.definitions.forms.conditions import Condition, read_condition


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
REQUIRED_WHEN: Final = "requiredWhen"
"""The custom property of a component that names when it must be answered, e.g. a reason for a return."""

SHOWN_ONLY: Final = frozenset({"text", "html", "spacer", "separator", "image", "button"})
"""Components that only show something; they take no answer and are passed over."""


@dataclass(frozen=True)
class Question:
    """One component that takes an answer; hidden when one of the conditions `hidden_by` holds, its groups' too."""

    key: str
    kind: QuestionKind
    component: Mapping[str, Any]
    hidden_by: tuple[Condition, ...] = ()

    def rule(self, name: str) -> Any:
        """A rule of the component's `validate`, or None."""
        return (self.component.get("validate") or {}).get(name)

    @property
    def is_required(self) -> bool:
        return self.rule("required") is True

    def is_hidden(self, answers: Mapping[str, Any]) -> bool:
        """Whether the question is not asked, given the answers to others."""
        return any(condition.holds(answers) for condition in self.hidden_by)

    def must_be_answered(self, answers: Mapping[str, Any]) -> bool:
        """Whether it is required, always or given the answers to others."""
        condition = required_when(self.component)
        return self.is_required or (condition is not None and condition.holds(answers))

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


def questions_of(part: Mapping[str, Any], hidden_by: tuple[Condition, ...] = ()) -> Iterator[Question]:
    """The questions of a deployed form, or of a group, in order; those inside groups too."""
    for component in part.get("components") or ():
        kind, hide = component["type"], hidden_when(component)
        conditions = hidden_by if hide is None else (*hidden_by, hide)
        if kind == GROUP:
            yield from questions_of(component, conditions)
        elif kind in set(QuestionKind):
            yield Question(component["key"], QuestionKind(kind), component, conditions)


def hidden_when(component: Mapping[str, Any]) -> Condition | None:
    """When form-js hides a component (`conditional.hide`). Raises UnreadableCondition."""
    hide = (component.get("conditional") or {}).get("hide")
    return read_condition(hide) if hide else None


def required_when(component: Mapping[str, Any]) -> Condition | None:
    """When a component must be answered that may be empty otherwise. Raises UnreadableCondition."""
    required = (component.get("properties") or {}).get(REQUIRED_WHEN)
    return read_condition(required) if required else None
