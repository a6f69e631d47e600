"""A form-js schema, read into the fields, groups and passages that a page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.definitions.forms import Condition, hidden_when, required_when


class Control(StrEnum):
    """How a person answers: the value names the macro that shows it."""

    LINE = "line"
    LINES = "lines"
    NUMBER = "number"
    CHOICE = "choice"
    RADIO = "radio"
    TICK = "tick"
    TICKS = "ticks"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    FILE = "file"


CONTROLS = {
    "textfield": Control.LINE,
    "textarea": Control.LINES,
    "number": Control.NUMBER,
    "select": Control.CHOICE,
    "radio": Control.RADIO,
    "checkbox": Control.TICK,
    "checklist": Control.TICKS,
    "taglist": Control.TICKS,
    "filepicker": Control.FILE,
}
MOMENTS = {"date": Control.DATE, "time": Control.TIME, "datetime": Control.MOMENT}


Lists = Sequence[Any]
"""A condition as nested lists that a page applies at once: alternatives of comparisons of key, whether equal, value."""


@dataclass(frozen=True)
class Option:
    """One answer to choose; `value` is what the page sends for it, `meaning` what the form's data hold."""

    value: str
    label: str
    meaning: Any


@dataclass(frozen=True)
class Field:
    """One question. `rules` are form-js's own validation rules; the engine checks them, the page announces them."""

    key: str
    label: str
    control: Control
    hint: str = ""
    options: tuple[Option, ...] = ()
    rules: Mapping[str, Any] | None = None
    initial: Any = None
    multiple: bool = False
    accept: str = ""
    unit: str = ""
    is_half: bool = False
    hidden_when: Lists = ()
    required_when: Lists = ()

    @property
    def is_picture(self) -> bool:
        """Whether photos are asked for, which a camera can take at once."""
        return self.control is Control.FILE and self.accept.startswith("image/")

    @property
    def is_required(self) -> bool:
        return bool(self.rule("required"))

    def rule(self, name: str) -> Any:
        """A validation rule's value, or None."""
        return (self.rules or {}).get(name)

    def meant(self, value: str) -> Any:
        """What the page's value means in the form's data; an unknown one stays as it is, to be refused there."""
        return next((option.meaning for option in self.options if option.value == value), value)


@dataclass(frozen=True)
class Passage:
    """Text between the questions, paragraph by paragraph."""

    paragraphs: tuple[str, ...]
    is_half: bool = False
    hidden_when: Lists = ()


@dataclass(frozen=True)
class FormGroup:
    """Questions that belong together under a heading."""

    label: str
    parts: tuple[Part, ...]
    is_half: bool = False
    hidden_when: Lists = ()


Part = Field | FormGroup | Passage


def read_schema(schema: Mapping[str, Any]) -> tuple[Part, ...]:
    """The parts of a form in order; layout-only components (spacers, buttons, separators) are left out."""
    return tuple(part for component in schema.get("components", ()) if (part := _part(component)) is not None)


def fields(parts: Sequence[Part]) -> Iterator[Field]:
    """All fields, those inside groups too."""
    for part in parts:
        if isinstance(part, Field):
            yield part
        elif isinstance(part, FormGroup):
            yield from fields(part.parts)


def outcome_of(parts: Sequence[Part]) -> Field | None:
    """The question that decides which way the work goes: the first that must be answered by one of some options."""
    return next((each for each in fields(parts) if each.control is Control.RADIO and each.is_required), None)


def _part(component: Mapping[str, Any]) -> Part | None:
    kind = component.get("type")
    is_half = (component.get("layout") or {}).get("columns") in range(1, 10)
    hidden = _lists(hidden_when(component))
    if kind in ("text", "html"):
        paragraphs = (_plain(line) for line in str(component.get("text") or "").split("\n"))
        return Passage(tuple(line for line in paragraphs if line), is_half, hidden)
    if kind == "group":
        return FormGroup(str(component.get("label") or ""), read_schema(component), is_half, hidden)
    control = MOMENTS.get(component.get("subtype", "date")) if kind == "datetime" else CONTROLS.get(str(kind))
    if control is None or not component.get("key"):
        return None
    return Field(
        key=str(component["key"]),
        label=str(component.get("label") or component.get("dateLabel") or component["key"]),
        control=control,
        hint=str(component.get("description") or ""),
        options=tuple(_option(option) for option in component.get("values") or ()),
        rules=component.get("validate") or {},
        initial=component.get("defaultValue"),
        multiple=bool(component.get("multiple")),
        accept=str(component.get("accept") or ""),
        unit=str((component.get("appearance") or {}).get("suffixAdorner") or ""),
        is_half=is_half,
        hidden_when=hidden,
        required_when=_lists(required_when(component)),
    )


def _lists(condition: Condition | None) -> Lists:
    return condition.as_lists() if condition is not None else ()


def _option(option: Mapping[str, Any]) -> Option:
    meaning = option["value"]
    return Option(str(meaning), str(option.get("label", meaning)), meaning)


def _plain(markdown: str) -> str:
    return markdown.strip().lstrip("#").replace("**", "").strip()
