"""Events: what they name is declared, and an event-based gateway is followed by events only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.kinds import word_of
from engine.definitions.checks.report import error_at
from engine.definitions.diagrams import EVENTS, Diagram, Scope, event_definitions, identity, kind
from engine.definitions.problems import Problem
from engine.definitions.remarks import remark
from engine.definitions.xml import Element


@dataclass(frozen=True)
class _Reference:
    attribute: str
    declaration: str
    value: str


_REFERENCES: Final = {
    "messageEventDefinition": _Reference("messageRef", "message", "name"),
    "signalEventDefinition": _Reference("signalRef", "signal", "name"),
    "errorEventDefinition": _Reference("errorRef", "error", "errorCode"),
    "escalationEventDefinition": _Reference("escalationRef", "escalation", "escalationCode"),
}
_CATCH_ANY: Final = frozenset({"error", "escalation"})
_AFTER_EVENT_GATEWAY: Final = frozenset({"intermediateCatchEvent", "receiveTask"})


def check_events(content: Content, _vocabulary: Vocabulary) -> Iterator[Problem]:
    for diagram in content.diagrams:
        for scope in diagram.scopes:
            for event in scope.of_kind(*EVENTS):
                yield from _check_references(diagram, event)
            for task in scope.of_kind("sendTask", "receiveTask"):
                yield from _check_message_task(diagram, task)
            for gateway in scope.of_kind("eventBasedGateway"):
                yield from _check_event_gateway(scope, gateway)


def _check_references(diagram: Diagram, event: Element) -> Iterator[Problem]:
    for definition in event_definitions(event):
        reference = _REFERENCES.get(kind(definition))
        if reference is None:
            continue
        catches_any = kind(event) == "boundaryEvent" and reference.declaration in _CATCH_ANY
        if catches_any and not definition.get(reference.attribute):
            continue
        yield from _check_reference(diagram, event, definition.get(reference.attribute), reference)


def _check_message_task(diagram: Diagram, task: Element) -> Iterator[Problem]:
    inner = [definition.get("messageRef") for definition in event_definitions(task)]
    named = task.get("messageRef") or (inner[0] if inner else None)
    yield from _check_reference(diagram, task, named, _REFERENCES["messageEventDefinition"])


def _check_reference(diagram: Diagram, at: Element, named: str | None, reference: _Reference) -> Iterator[Problem]:
    what = word_of(reference.declaration)
    if not named:
        yield error_at(
            diagram.file, at, remark("no-reference", "no %(what)s is chosen; choose one, or create it", what=what)
        )
        return
    declared = diagram.declared(reference.declaration).get(named)
    if declared is None:
        said = remark(
            "reference-not-declared",
            "the %(what)s '%(name)s' is not declared in this file; choose another",
            what=what,
            name=named,
        )
        yield error_at(diagram.file, at, said)
    elif not declared.get(reference.value):
        said = remark(
            "reference-incomplete",
            "the %(what)s '%(name)s' has no %(missing)s; give it one",
            what=what,
            name=named,
            missing=word_of(reference.value),
        )
        yield error_at(diagram.file, at, said)


def _check_event_gateway(scope: Scope, gateway: Element) -> Iterator[Problem]:
    outgoing = scope.outgoing[identity(gateway)]
    if len(outgoing) < 2:
        said = remark("one-event-only", "the event-based gateway needs at least two events to choose between")
        yield error_at(scope.file, gateway, said)
    for flow in outgoing:
        target = scope.nodes.get(flow.target)
        if target is None:
            continue
        if kind(target) not in _AFTER_EVENT_GATEWAY:
            said = remark(
                "after-event-gateway", "only a catch event or a receive task can follow an event-based gateway"
            )
            yield error_at(scope.file, target, said)
        elif len(scope.incoming[flow.target]) > 1:
            said = remark("shared-event", "an event after an event-based gateway can be reached from there only")
            yield error_at(scope.file, target, said)
