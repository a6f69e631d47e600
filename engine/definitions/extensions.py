"""Reads what our extension elements (`urn:lookback:bpmn:1`) say about one element of a diagram."""

from __future__ import annotations

from dataclasses import dataclass

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


def read_extensions(element: Element) -> Extensions:
    """The extensions of one BPMN element; elements of other namespaces are passed over."""
    return Extensions(
        assignment=_assignment(_extension(element, "assignment")),
        form=_form(_extension(element, "form")),
        deadline=_deadline(_extension(element, "deadline")),
        operator=_operator(_extension(element, "operator")),
        decision=_decision(_extension(element, "decision")),
        payload=_payload(_extension(element, "payload")),
    )


def _extension(element: Element, name: str) -> Element | None:
    return element.find(f"{bpmn('extensionElements')}/{lookback(name)}")


def _assignment(element: Element | None) -> Assignment | None:
    if element is None:
        return None
    return Assignment(
        candidate_groups=_expression(element, "candidateGroups"),
        candidate_users=_expression(element, "candidateUsers"),
        assignee=_expression(element, "assignee"),
        excluded_users=_expression(element, "excludedUsers"),
    )


def _form(element: Element | None) -> FormBinding | None:
    return None if element is None else FormBinding(element.get("ref") or "", _expression(element, "result"))


def _deadline(element: Element | None) -> Deadline | None:
    if element is None:
        return None
    return Deadline(
        decision=_expression(element, "decision"),
        due=_expression(element, "due"),
        follow_up=_expression(element, "followUp"),
        priority=_expression(element, "priority"),
    )


def _operator(element: Element | None) -> OperatorCall | None:
    if element is None:
        return None
    parameters = {p.get("name") or "": p.get("value") or "" for p in element.findall(lookback("parameter"))}
    return OperatorCall(element.get("name") or "", _expression(element, "result"), parameters)


def _decision(element: Element | None) -> DecisionCall | None:
    return None if element is None else DecisionCall(element.get("ref") or "", _expression(element, "result"))


def _payload(element: Element | None) -> Payload | None:
    return None if element is None else Payload(element.get("value") or "")


def _expression(element: Element, attribute: str) -> str | None:
    return (element.get(attribute) or "").strip() or None
