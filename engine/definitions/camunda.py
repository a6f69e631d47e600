"""Reads what Camunda's modelers write about an element (`camunda:` of version 7, `zeebe:` of version 8), where it means
the same in this engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.definitions.diagrams import event_definitions, kind
from engine.definitions.foreign import feel_or_juel, variable_in
from engine.definitions.iso8601 import is_moment
from engine.definitions.namespaces import CAMUNDA, ZEEBE, bpmn, local_name, namespace_of
from engine.definitions.xml import Element

PREFIXES: Final = {CAMUNDA: "camunda", ZEEBE: "zeebe"}
_PROPERTIES: Final = tuple(
    f"{bpmn('extensionElements')}/{{{namespace}}}properties/{{{namespace}}}property" for namespace in PREFIXES
)


@dataclass(frozen=True)
class Given:
    """One thing that a modeler wrote: its name as there (`camunda:assignee`, `zeebe:formDefinition/formId`), its text,
    and what the text means here; None when it is nothing of ours, or not the same."""

    name: str
    text: str
    field: str | None = None
    meaning: str | None = None


def givens(element: Element) -> Iterator[Given]:
    """Everything that Camunda's modelers wrote about an element, its loop and its event definitions."""
    known = _KNOWN.get(kind(element), {})
    for name, text in _written(element):
        field, read = known.get(name, (None, None))
        yield Given(name, text, field, read(text, element) if read else None)


def meanings(element: Element) -> dict[str, str]:
    """What is read of it, by the field of ours."""
    return {given.field: given.meaning for given in givens(element) if given.field and given.meaning}


def called_process(call_activity: Element) -> str | None:
    """The process that a call activity calls, as BPMN says it or as Camunda 8 does."""
    return call_activity.get("calledElement") or meanings(call_activity).get("called_process")


def template_properties(element: Element, part: str) -> dict[str, str]:
    """What our element templates wrote: properties `lookback.<part>…` of either version, without that beginning."""
    beginning = f"lookback.{part}"
    found = ((one.get("name") or "", one.get("value") or "") for path in _PROPERTIES for one in element.findall(path))
    return {name.removeprefix(beginning): value for name, value in found if name.startswith(beginning) and value}


def _written(element: Element) -> Iterator[tuple[str, str]]:
    for part in (element, *_parts(element)):
        yield from _attributes(part)
        for extension in part.findall(f"{bpmn('extensionElements')}/*"):
            prefix = PREFIXES.get(namespace_of(extension.tag))
            if prefix is None:
                continue
            name = f"{prefix}:{local_name(extension.tag)}"
            yield name, ""
            for attribute, text in extension.attrib.items():
                yield f"{name}/{local_name(attribute)}", text


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    for attribute, text in element.attrib.items():
        prefix = PREFIXES.get(namespace_of(attribute))
        if prefix is not None:
            yield f"{prefix}:{local_name(attribute)}", text


def _parts(element: Element) -> Iterator[Element]:
    yield from (child for child in element if kind(child).endswith("LoopCharacteristics"))
    yield from event_definitions(element)


def _name(text: str, _element: Element) -> str | None:
    return variable_in(text) if feel_or_juel(text) else repr(text.strip()) if text.strip() else None


def _names(text: str, _element: Element) -> str | None:
    if feel_or_juel(text):
        return variable_in(text)
    return repr([name.strip() for name in text.split(",") if name.strip()]) if text.strip() else None


def _moment(text: str, _element: Element) -> str | None:
    if feel_or_juel(text):
        return variable_in(text)
    return repr(text.strip()) if is_moment(text.strip()) else None


def _number(text: str, _element: Element) -> str | None:
    if feel_or_juel(text):
        return variable_in(text)
    return text.strip() if re.fullmatch(r"\d{1,9}", text.strip()) else None


def _identity(text: str, _element: Element) -> str | None:
    """A plain id; `embedded:…`, `camunda-forms:…`, an address or an expression is none."""
    return text.strip() if re.fullmatch(r"[A-Za-z_][\w.-]*", text.strip()) else None


def _variable(text: str, _element: Element) -> str | None:
    return text.strip() if re.fullmatch(r"[A-Za-z]\w*", text.strip()) else None


def _decision(text: str, task: Element) -> str | None:
    """Only a result that is one mapping, kept under a name, is what a decision gives here."""
    maps = task.get(f"{{{CAMUNDA}}}mapDecisionResult") == "singleResult" and task.get(f"{{{CAMUNDA}}}resultVariable")
    return _identity(text, task) if maps else None


_Reader = Callable[[str, Element], str | None]
_KNOWN: Final[Mapping[str, Mapping[str, tuple[str, _Reader]]]] = {
    "userTask": {
        "camunda:assignee": ("assignee", _name),
        "camunda:candidateGroups": ("candidate_groups", _names),
        "camunda:candidateUsers": ("candidate_users", _names),
        "camunda:formKey": ("form", _identity),
        "camunda:formRef": ("form", _identity),
        "camunda:dueDate": ("due", _moment),
        "camunda:followUpDate": ("follow_up", _moment),
        "camunda:priority": ("priority", _number),
        "zeebe:assignmentDefinition/assignee": ("assignee", _name),
        "zeebe:assignmentDefinition/candidateGroups": ("candidate_groups", _names),
        "zeebe:assignmentDefinition/candidateUsers": ("candidate_users", _names),
        "zeebe:formDefinition/formId": ("form", _identity),
        "zeebe:taskSchedule/dueDate": ("due", _moment),
        "zeebe:taskSchedule/followUpDate": ("follow_up", _moment),
        "zeebe:priorityDefinition/priority": ("priority", _number),
    },
    "businessRuleTask": {
        "camunda:decisionRef": ("taken_decision", _decision),
        "camunda:resultVariable": ("result", _variable),
        "zeebe:calledDecision/decisionId": ("taken_decision", _identity),
        "zeebe:calledDecision/resultVariable": ("result", _variable),
    },
    "callActivity": {"zeebe:calledElement/processId": ("called_process", _identity)},
}
