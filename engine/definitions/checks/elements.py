"""What the engine runs, and a plain refusal, by name, of everything else that BPMN can draw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.report import error_at
from engine.definitions.diagrams import EVENTS, GATEWAYS, TASKS, Scope, event_definitions, kind
from engine.definitions.namespaces import BPMN, namespace_of
from engine.definitions.problems import Problem
from engine.definitions.xml import Element

RUN: Final = TASKS | EVENTS | (GATEWAYS - {"complexGateway"}) | {"subProcess", "callActivity"}

PASSED_OVER: Final = frozenset(
    {
        "sequenceFlow", "laneSet", "dataObject", "dataObjectReference", "ioSpecification", "property", "incoming",
        "outgoing", "documentation", "extensionElements", "textAnnotation", "association", "group", "auditing",
        "monitoring", "multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "correlationSubscription",
    }
)  # fmt: skip

REMEDIES: Final = {
    "complexGateway": "use an inclusive or a parallel gateway",
    "transaction": "use a subprocess with an error boundary event",
    "adHocSubProcess": "use a subprocess with a parallel gateway",
    "dataStoreReference": "read and write records with a service task",
}

EVENT_DEFINITIONS: Final = {
    "startEvent": ("message", "signal", "timer"),
    "intermediateCatchEvent": ("message", "signal", "timer"),
    "boundaryEvent": ("message", "signal", "timer", "error", "escalation"),
    "intermediateThrowEvent": ("message", "signal", "escalation"),
    "endEvent": ("message", "error", "escalation", "terminate"),
}
EVENT_REMEDIES: Final = {
    "compensate": "draw the steps that undo the work after an error boundary event",
    "link": "connect the two ends with a sequence flow",
    "conditional": "wait for a message or a timer instead; nothing tells an instance when its data change",
    "cancel": "use an error end event and an error boundary event",
    "signal": "put a signal throw event before a plain end event",
    "terminate": "use it on an end event only",
}
_EVENT_SUBPROCESS_STARTS: Final = ("message", "signal")


def check_elements(content: Content, _vocabulary: Vocabulary) -> Iterator[Problem]:
    for diagram in content.diagrams:
        for scope in diagram.scopes:
            yield from _check_kinds(scope)
            for event in scope.of_kind(*EVENTS):
                yield from _check_event(scope, event)


def _check_kinds(scope: Scope) -> Iterator[Problem]:
    for child in scope.element:
        if namespace_of(child.tag) != BPMN or kind(child) in PASSED_OVER:
            continue
        if kind(child) not in RUN:
            remedy = REMEDIES.get(kind(child), "draw it with tasks, gateways and events")
            yield error_at(scope.file, child, f"the engine does not run a {kind(child)}; {remedy}")
        if child.get("isForCompensation") == "true":
            yield error_at(scope.file, child, f"the engine does not compensate; {EVENT_REMEDIES['compensate']}")


def _check_event(scope: Scope, event: Element) -> Iterator[Problem]:
    definitions = [kind(definition).removesuffix("EventDefinition") for definition in event_definitions(event)]
    allowed = _allowed(scope, event)
    for definition in definitions:
        if definition not in allowed:
            remedy = EVENT_REMEDIES.get(definition, f"only {', '.join(allowed)} can stand here")
            yield error_at(scope.file, event, f"the engine does not run a {definition} {kind(event)} here; {remedy}")
    if not definitions and kind(event) in {"intermediateCatchEvent", "boundaryEvent"}:
        yield error_at(scope.file, event, f"the event waits for nothing; make it one of {', '.join(allowed)}")
    if len(definitions) > 1 and kind(event) in {"intermediateThrowEvent", "endEvent"}:
        yield error_at(scope.file, event, "the event throws several things; draw one event for each")


def _allowed(scope: Scope, event: Element) -> tuple[str, ...]:
    if kind(event) == "startEvent" and scope.is_event_subprocess:
        return _EVENT_SUBPROCESS_STARTS
    return EVENT_DEFINITIONS[kind(event)]
