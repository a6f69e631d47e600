"""Reads what our extension elements (`urn:lookback:bpmn:1`) say about one element of a diagram, and what Camunda's say
where it means the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from engine.definitions.camunda import meanings, template_properties
from engine.definitions.namespaces import bpmn, lookback
from engine.definitions.xml import Element


@dataclass(frozen=True)
class Assignment:
    """Who may do a user task; each field is an expression giving one name or a list of names."""

    candidate_groups: str | None = None
    candidate_users: str | None = None
    assignee: str | None = None
    excluded_users: str | None = None


@dataclass(frozen=True)
class FormBinding:
    """The form that a user task shows, and the variable that receives what was submitted."""

    ref: str
    result: str | None = None


@dataclass(frozen=True)
class Deadline:
    """When a user task is due: a decision table's id, or an expression giving an ISO 8601 moment."""

    decision: str | None = None
    due: str | None = None
    follow_up: str | None = None
    priority: str | None = None


@dataclass(frozen=True)
class OperatorCall:
    """The registered operator that a service task calls; each parameter is an expression."""

    name: str
    result: str | None
    parameters: dict[str, str]


@dataclass(frozen=True)
class DecisionCall:
    """The decision that a business rule task takes; without a result variable its outcome is merged into the data."""

    ref: str
    result: str | None = None


@dataclass(frozen=True)
class Payload:
    """What a thrown message carries: an expression giving a mapping."""

    value: str


@dataclass(frozen=True)
class Extensions:
    """Everything that an element's extension elements say; what is absent is None."""

    assignment: Assignment | None = None
    form: FormBinding | None = None
    deadline: Deadline | None = None
    operator: OperatorCall | None = None
    decision: DecisionCall | None = None
    payload: Payload | None = None


_Part = TypeVar("_Part", Assignment, Deadline)


def read_extensions(element: Element) -> Extensions:
    """The extensions of one BPMN element. What Camunda's modeler wrote counts where none of ours speaks of the same."""
    read = meanings(element)
    return Extensions(
        assignment=_assignment(_told(element, "assignment")) or _meant(Assignment, read),
        form=_form(_told(element, "form")) or (FormBinding(read["form"]) if "form" in read else None),
        deadline=_deadline(_told(element, "deadline")) or _meant(Deadline, read),
        operator=_operator(element),
        decision=_decision(_told(element, "decision")) or _decision_meant(read),
        payload=_payload(_told(element, "payload")),
    )


def _meant(part: type[_Part], read: dict[str, str]) -> _Part | None:
    told = {field.name: read[field.name] for field in fields(part) if field.name in read}
    return part(**told) if told else None


def _decision_meant(read: dict[str, str]) -> DecisionCall | None:
    return DecisionCall(read["taken_decision"], read.get("result")) if "taken_decision" in read else None


def _told(element: Element, name: str) -> Mapping[str, str] | None:
    """The attributes of one of our elements, or what an element template wrote in their stead; None without either."""
    written = element.find(f"{bpmn('extensionElements')}/{lookback(name)}")
    if written is not None:
        return written.attrib
    return template_properties(element, f"{name}.") or None


def _assignment(told: Mapping[str, str] | None) -> Assignment | None:
    if told is None:
        return None
    return Assignment(
        candidate_groups=_expression(told, "candidateGroups"),
        candidate_users=_expression(told, "candidateUsers"),
        assignee=_expression(told, "assignee"),
        excluded_users=_expression(told, "excludedUsers"),
    )


def _form(told: Mapping[str, str] | None) -> FormBinding | None:
    return None if told is None else FormBinding(told.get("ref", ""), _expression(told, "result"))


def _deadline(told: Mapping[str, str] | None) -> Deadline | None:
    if told is None:
        return None
    return Deadline(
        decision=_expression(told, "decision"),
        due=_expression(told, "due"),
        follow_up=_expression(told, "followUp"),
        priority=_expression(told, "priority"),
    )


def _operator(element: Element) -> OperatorCall | None:
    told = _told(element, "operator")
    if told is None:
        return None
    written = element.find(f"{bpmn('extensionElements')}/{lookback('operator')}")
    listed = [] if written is None else written.findall(lookback("parameter"))
    parameters = {p.get("name") or "": p.get("value") or "" for p in listed}
    more = template_properties(element, "parameter.") if written is None else {}
    return OperatorCall(told.get("name", ""), _expression(told, "result"), parameters | more)


def _decision(told: Mapping[str, str] | None) -> DecisionCall | None:
    return None if told is None else DecisionCall(told.get("ref", ""), _expression(told, "result"))


def _payload(told: Mapping[str, str] | None) -> Payload | None:
    return None if told is None else Payload(told.get("value", ""))


def _expression(told: Mapping[str, str], attribute: str) -> str | None:
    return told.get(attribute, "").strip() or None
