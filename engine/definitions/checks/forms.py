"""Forms: components that the engine can validate, each with a key of its own and rules that can be kept."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.rules import check_default, check_options, check_rules
from engine.definitions.fixes import set_member
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
from engine.definitions.remarks import Remark, remark
from engine.sentences import sentence

DEPTH: Final = 6
"""Groups within groups."""

RESERVED: Final = frozenset({"completed_by", "completed_at"})
"""What the engine adds to the answers itself."""

REFUSED: Final = {
    "readonly": sentence("it cannot tell whether a read-only field was left as it was; show the value as a text"),
    "disabled": sentence("a disabled field gives no answer; show the value as a text"),
    "valuesKey": sentence("it knows only options that stand in the form; list them"),
    "valuesExpression": sentence("it knows only options that stand in the form; list them"),
    "serializeToString": sentence("it keeps a number as a number; remove it"),
    "isRepeating": sentence("a form is answered once; draw a multi-instance task"),
    "path": sentence("the answers of a form are not nested; remove it"),
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

    def error(self, message: Remark) -> Problem:
        return self._problem(message, Severity.ERROR)

    def warning(self, message: Remark) -> Problem:
        return self._problem(message, Severity.WARNING)

    def _problem(self, message: Remark, severity: Severity) -> Problem:
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
        said = remark("no-components", "it has no list of components; save it again from the form editor")
        yield part.error(said)
        return
    if depth == 0:
        yield part.error(
            remark("groups-too-deep", "groups are nested more than %(most)s deep; flatten the form", most=DEPTH)
        )
        return
    for number, members in enumerate(listed, start=1):
        place = f"{part.place}.{number}".lstrip(".")
        if not isinstance(members, dict):
            said = remark(
                "component-no-object",
                "component %(place)s is no object; save the form again from the form editor",
                place=place,
            )
            yield part.error(said)
            continue
        component = Component(part.file, place, members)
        yield component
        if component.type == GROUP:
            yield from _components(component, depth - 1)


def _check(component: Component, seen: set[str]) -> Iterator[Problem]:
    for member, remedy in REFUSED.items():
        if component.members.get(member):
            said = remark(
                "form-member",
                "the engine does not support '%(member)s' in a form: %(remedy)s",
                set_member(sentence("Remove the setting"), member, ""),
                member=member,
                remedy=remedy,
            )
            yield component.error(said)
    if component.type in set(QuestionKind):
        yield from _check_key(component, seen)
        yield from _check_question(component)
    elif component.type not in SHOWN_ONLY and component.type != GROUP:
        said = remark(
            "form-component",
            "the engine does not support a %(kind)s in a form; it knows %(known)s",
            kind=component.type,
            known=[kind.value for kind in QuestionKind],
        )
        yield component.error(said)


def _check_key(component: Component, seen: set[str]) -> Iterator[Problem]:
    key = component.members.get("key")
    if not isinstance(key, str) or not key:
        said = remark(
            "no-key", "the %(kind)s has no key; give it one, its answer is stored under it", kind=component.type
        )
        yield component.error(said)
    elif not _KEY.fullmatch(key) or keyword.iskeyword(key):
        said = remark(
            "key-identifier", "the key '%(key)s' is no identifier; use Latin letters, digits and underscores", key=key
        )
        yield component.error(said)
    elif key in RESERVED:
        said = remark("key-reserved", "the key '%(key)s' is given by the engine itself; choose another", key=key)
        yield component.error(said)
    elif key in seen:
        said = remark("key-twice", "the key '%(key)s' occurs more than once in the form; rename one", key=key)
        yield component.error(said)
    else:
        seen.add(key)


def _check_conditions(component: Component, keys: set[str]) -> Iterator[Problem]:
    """Whether the conditions of a component can be read, and look at questions of the form."""
    for name, read in CONDITIONS.items():
        try:
            condition = read(component.members)
        except (UnreadableCondition, AttributeError, TypeError) as unreadable:
            said = remark(
                "form-condition",
                "the condition %(name)s cannot be used: %(reason)s",
                name=name,
                reason=unreadable.reason if isinstance(unreadable, UnreadableCondition) else str(unreadable),
            )
            yield component.error(said)
            continue
        for key in dict.fromkeys(condition.keys if condition else ()):
            if key not in keys:
                said = remark(
                    "condition-unknown-key",
                    "the condition %(name)s looks at '%(key)s', which the form does not ask",
                    name=name,
                    key=key,
                )
                yield component.error(said)


def _check_question(component: Component) -> Iterator[Problem]:
    question = Question("", QuestionKind(component.type), component.members)
    label = component.members.get("label") or component.members.get("dateLabel") or component.members.get("timeLabel")
    if not label:
        yield component.warning(remark("no-label", "the field has no label; write what is asked"))
    complaints = [*check_rules(question), *check_options(question)]
    if not complaints:
        complaints += check_default(question)
    for complaint in complaints:
        yield component.error(complaint)
