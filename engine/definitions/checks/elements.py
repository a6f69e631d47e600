"""What the engine runs, and a plain refusal, by name, of everything else that BPMN can draw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.kinds import kind_word, word_of
from engine.definitions.checks.report import error_at
from engine.definitions.diagrams import EVENTS, GATEWAYS, TASKS, Scope, event_definitions, kind
from engine.definitions.fixes import set_attribute
from engine.definitions.namespaces import BPMN, namespace_of
from engine.definitions.problems import Problem
from engine.definitions.remarks import Remark, remark
from engine.definitions.xml import Element
from engine.sentences import sentence

RUN: Final = TASKS | EVENTS | (GATEWAYS - {"complexGateway"}) | {"subProcess", "callActivity"}

PASSED_OVER: Final = frozenset(
    {
        "sequenceFlow", "laneSet", "dataObject", "dataObjectReference", "ioSpecification", "property", "incoming",
        "outgoing", "documentation", "extensionElements", "textAnnotation", "association", "group", "auditing",
        "monitoring", "multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "correlationSubscription",
    }
)  # fmt: skip

REMEDIES: Final = {
    "complexGateway": sentence("use an inclusive or a parallel gateway"),
    "transaction": sentence("use a subprocess with an error boundary event"),
    "adHocSubProcess": sentence("use a subprocess with a parallel gateway"),
    "dataStoreReference": sentence("read and write records with a service task"),
}

EVENT_DEFINITIONS: Final = {
    "startEvent": ("message", "signal", "timer"),
    "intermediateCatchEvent": ("message", "signal", "timer"),
    "boundaryEvent": ("message", "signal", "timer", "error", "escalation"),
    "intermediateThrowEvent": ("message", "signal", "escalation"),
    "endEvent": ("message", "error", "escalation", "terminate"),
}
EVENT_REMEDIES: Final = {
    "compensate": sentence("draw the steps that undo the work after an error boundary event"),
    "link": sentence("connect the two ends with a sequence flow"),
    "conditional": sentence("wait for a message or a timer instead; nothing tells an instance when its data change"),
    "cancel": sentence("use an error end event and an error boundary event"),
    "signal": sentence("put a signal throw event before a plain end event"),
    "terminate": sentence("use it on an end event only"),
}
_EVENT_SUBPROCESS_STARTS: Final = ("message", "signal")
_NO_COMPENSATION: Final = remark(
    "compensation",
    "the engine does not compensate; %(remedy)s",
    set_attribute(sentence("Make it an ordinary activity"), "isForCompensation", ""),
    remedy=EVENT_REMEDIES["compensate"],
)


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
            yield error_at(scope.file, child, _not_run(child))
        if child.get("isForCompensation") == "true":
            yield error_at(scope.file, child, _NO_COMPENSATION)


def _check_event(scope: Scope, event: Element) -> Iterator[Problem]:
    definitions = [kind(definition).removesuffix("EventDefinition") for definition in event_definitions(event)]
    allowed = _allowed(scope, event)
    for definition in definitions:
        if definition not in allowed:
            yield error_at(scope.file, event, _not_run_here(event, definition, allowed))
    if not definitions and kind(event) in {"intermediateCatchEvent", "boundaryEvent"}:
        said = remark(
            "event-waits-for-nothing", "the event waits for nothing; make it one of %(kinds)s", kinds=_words(allowed)
        )
        yield error_at(scope.file, event, said)
    if len(definitions) > 1 and kind(event) in {"intermediateThrowEvent", "endEvent"}:
        said = remark("event-throws-several", "the event throws several things; draw one event for each")
        yield error_at(scope.file, event, said)


def _not_run(element: Element) -> Remark:
    remedy = REMEDIES.get(kind(element), sentence("draw it with tasks, gateways and events"))
    return remark(
        "element-not-run", "the engine does not run a %(kind)s; %(remedy)s", kind=kind_word(element), remedy=remedy
    )


def _not_run_here(event: Element, definition: str, allowed: tuple[str, ...]) -> Remark:
    remedy = EVENT_REMEDIES.get(definition) or sentence("only %(kinds)s can stand here", kinds=_words(allowed))
    return remark(
        "event-not-run",
        "the engine does not run a %(definition)s %(kind)s here; %(remedy)s",
        definition=word_of(definition),
        kind=kind_word(event),
        remedy=remedy,
    )


def _words(kinds: tuple[str, ...]) -> list[str]:
    return [word_of(name) for name in kinds]


def _allowed(scope: Scope, event: Element) -> tuple[str, ...]:
    if kind(event) == "startEvent" and scope.is_event_subprocess:
        return _EVENT_SUBPROCESS_STARTS
    return EVENT_DEFINITIONS[kind(event)]
