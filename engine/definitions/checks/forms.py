"""Forms: components that the engine can validate, each with a key of its own and rules that can be kept."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.rules import check_default, check_options, check_rules
from engine.definitions.forms.conditions import UnreadableCondition
from engine.definitions.forms.questions import (
    GROUP,
    REQUIRED_WHEN,
    SHOWN_ONLY,
    Question,
    QuestionKind,
    hidden_when,
    required_when,
)
from engine.definitions.problems import Problem, Severity

DEPTH: Final = 6
"""Groups within groups."""

RESERVED: Final = frozenset({"completed_by", "completed_at"})
"""What the engine adds to the answers itself."""

REFUSED: Final = {
    "readonly": "it cannot tell whether a read-only field was left as it was; show the value as a text",
    "disabled": "a disabled field gives no answer; show the value as a text",
    "valuesKey": "it knows only options that stand in the form; list them",
    "valuesExpression": "it knows only options that stand in the form; list them",
    "serializeToString": "it keeps a number as a number; remove it",
    "isRepeating": "a form is answered once; draw a multi-instance task",
    "path": "the answers of a form are not nested; remove it",
}

CONDITIONS: Final = {"conditional.hide": hidden_when, f"properties.{REQUIRED_WHEN}": required_when}

_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}")


@dataclass(frozen=True)
class Component:
    """A component as it was found, with its place in the form."""

    file: str
    place: str
    members: Mapping[str, Any]

    @property
    def type(self) -> str:
        return str(self.members.get("type"))

    def error(self, message: str) -> Problem:
        return self._problem(message, Severity.ERROR)

    def warning(self, message: str) -> Problem:
        return self._problem(message, Severity.WARNING)

    def _problem(self, message: str, severity: Severity) -> Problem:
        known = self.members.get("key") or self.members.get("id") or self.place
        return Problem(self.file, str(known), str(self.members.get("label") or ""), message, severity)


def check_forms(content: Content, _vocabulary: Vocabulary) -> Iterator[Problem]:
    for form in content.forms:
        seen: set[str] = set()
        found = list(_components(Component(form.file, "", form.schema), DEPTH))
        components = [each for each in found if isinstance(each, Component)]
        yield from (each for each in found if isinstance(each, Problem))
        for component in components:
            yield from _check(component, seen)
        for component in components:
            yield from _check_conditions(component, seen)


def _components(part: Component, depth: int) -> Iterator[Component | Problem]:
    """Every component of a form or group, those inside groups too; or what keeps it from being read."""
    listed = part.members.get("components")
    if not isinstance(listed, list):
        yield part.error("it has no list of components; save it again from the form editor")
        return
    if depth == 0:
        yield part.error(f"groups are nested more than {DEPTH} deep; flatten the form")
        return
    for number, members in enumerate(listed, start=1):
        place = f"{part.place}.{number}".lstrip(".")
        if not isinstance(members, dict):
            yield part.error(f"component {place} is no object; save the form again from the form editor")
            continue
        component = Component(part.file, place, members)
        yield component
        if component.type == GROUP:
            yield from _components(component, depth - 1)


def _check(component: Component, seen: set[str]) -> Iterator[Problem]:
    for member, remedy in REFUSED.items():
        if component.members.get(member):
            yield component.error(f"the engine does not support {member!r} in a form: {remedy}")
    if component.type in set(QuestionKind):
        yield from _check_key(component, seen)
        yield from _check_question(component)
    elif component.type not in SHOWN_ONLY and component.type != GROUP:
        supported = ", ".join(QuestionKind)
        yield component.error(f"the engine does not support a {component.type} in a form; it knows {supported}")


def _check_key(component: Component, seen: set[str]) -> Iterator[Problem]:
    key = component.members.get("key")
    if not isinstance(key, str) or not key:
        yield component.error(f"the {component.type} has no key; give it one, its answer is stored under it")
    elif not _KEY.fullmatch(key) or keyword.iskeyword(key):
        yield component.error(f"the key {key!r} is no identifier; use Latin letters, digits and underscores")
    elif key in RESERVED:
        yield component.error(f"the key {key!r} is given by the engine itself; choose another")
    elif key in seen:
        yield component.error(f"the key {key!r} occurs more than once in the form; rename one")
    else:
        seen.add(key)


def _check_conditions(component: Component, keys: set[str]) -> Iterator[Problem]:
    """Whether the conditions of a component can be read, and look at questions of the form."""
    for name, read in CONDITIONS.items():
        try:
            condition = read(component.members)
        except (UnreadableCondition, AttributeError, TypeError) as unreadable:
            yield component.error(f"the condition {name} cannot be used: {unreadable}")
            continue
        for key in dict.fromkeys(condition.keys if condition else ()):
            if key not in keys:
                yield component.error(f"the condition {name} looks at {key!r}, which the form does not ask")


def _check_question(component: Component) -> Iterator[Problem]:
    question = Question("", QuestionKind(component.type), component.members)
    label = component.members.get("label") or component.members.get("dateLabel") or component.members.get("timeLabel")
    if not label:
        yield component.warning("the field has no label; write what is asked")
    complaints = [*check_rules(question), *check_options(question)]
    if not complaints:
        complaints += check_default(question)
    for complaint in complaints:
        yield component.error(complaint)
