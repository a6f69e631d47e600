"""Paths: each scope begins at one start, every element can be reached, and every path comes to an end event."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.kinds import kind_word
from engine.definitions.checks.report import error_at
from engine.definitions.diagrams import ACTIVITIES, Scope, event_definitions, identity, kind
from engine.definitions.fixes import remove, set_attribute
from engine.definitions.problems import Problem
from engine.definitions.remarks import remark
from engine.definitions.xml import Element
from engine.sentences import sentence


def check_paths(content: Content, _vocabulary: Vocabulary) -> Iterator[Problem]:
    for diagram in content.diagrams:
        for scope in diagram.scopes:
            yield from _check_starts(scope)
            yield from _check_boundaries(scope)
            yield from _check_reach(scope)
            yield from _check_ends(scope)


def _check_starts(scope: Scope) -> Iterator[Problem]:
    starts = list(scope.of_kind("startEvent"))
    plain = [start for start in starts if not event_definitions(start)]
    if not starts:
        said = remark("no-start", "the %(kind)s has no start event; add one", kind=kind_word(scope.element))
        yield error_at(scope.file, scope.element, said)
    elif scope.is_event_subprocess:
        yield from _check_event_start(scope, starts, plain)
    elif scope.is_process and len(plain) > 1:
        said = remark("several-starts", "the process has several plain start events; keep one", remove())
        yield error_at(scope.file, plain[1], said)
    elif not scope.is_process and (len(starts) > 1 or not plain):
        said = remark("subprocess-start", "a subprocess begins at exactly one plain start event")
        yield error_at(scope.file, scope.element, said)
    elif plain:
        yield from _check_never_taken(scope, starts)
    for start in starts:
        if scope.incoming[identity(start)]:
            said = remark("flow-into-start", "a flow leads into the start event; lead it to the element after it")
            yield error_at(scope.file, start, said)


def _check_never_taken(scope: Scope, starts: list[Element]) -> Iterator[Problem]:
    for start in starts:
        if event_definitions(start):
            said = remark(
                "start-never-taken",
                "an instance begins at the plain start event, so this one is never taken; remove one of them",
                remove(),
            )
            yield error_at(scope.file, start, said)


def _check_event_start(scope: Scope, starts: list[Element], plain: list[Element]) -> Iterator[Problem]:
    if len(starts) > 1 or plain:
        said = remark("event-subprocess-start", "an event subprocess begins at exactly one message or signal start")
        yield error_at(scope.file, scope.element, said)


def _check_boundaries(scope: Scope) -> Iterator[Problem]:
    for boundary in scope.of_kind("boundaryEvent"):
        attached = scope.nodes.get(boundary.get("attachedToRef") or "")
        if attached is None or kind(attached) not in ACTIVITIES:
            said = remark(
                "boundary-unattached", "the boundary event is attached to no activity; drag it onto one", remove()
            )
            yield error_at(scope.file, boundary, said)
        if scope.incoming[identity(boundary)]:
            said = remark("flow-into-boundary", "a flow leads into a boundary event; lead it to another element")
            yield error_at(scope.file, boundary, said)
        if boundary.get("cancelActivity") == "false" and _catches_error(boundary):
            said = remark(
                "error-not-interrupting",
                "an error always interrupts; make the boundary event interrupting",
                set_attribute(sentence("Make it interrupting"), "cancelActivity", "true"),
            )
            yield error_at(scope.file, boundary, said)


def _catches_error(boundary: Element) -> bool:
    return any(kind(definition) == "errorEventDefinition" for definition in event_definitions(boundary))


def _check_reach(scope: Scope) -> Iterator[Problem]:
    reached = _reached(scope)
    for node_id, node in scope.nodes.items():
        if node_id not in reached and kind(node) != "boundaryEvent":
            said = remark("unreachable", "no path from a start event comes here; connect it or remove it", remove())
            yield error_at(scope.file, node, said)


def _reached(scope: Scope) -> set[str]:
    waiting = [node_id for node_id, node in scope.nodes.items() if _begins(node)]
    attached: dict[str, list[str]] = {}
    for boundary in scope.of_kind("boundaryEvent"):
        attached.setdefault(boundary.get("attachedToRef") or "", []).append(identity(boundary))
    reached: set[str] = set()
    while waiting:
        node_id = waiting.pop()
        if node_id in scope.nodes and node_id not in reached:
            reached.add(node_id)
            waiting.extend(flow.target for flow in scope.outgoing[node_id])
            waiting.extend(attached.get(node_id, ()))
    return reached


def _begins(node: Element) -> bool:
    return kind(node) == "startEvent" or _is_event_subprocess(node)


def _is_event_subprocess(node: Element) -> bool:
    return node.get("triggeredByEvent") == "true"


def _check_ends(scope: Scope) -> Iterator[Problem]:
    if next(scope.of_kind("endEvent"), None) is None:
        said = remark("no-end", "the %(kind)s has no end event; add one", kind=kind_word(scope.element))
        yield error_at(scope.file, scope.element, said)
    for node_id, node in scope.nodes.items():
        outgoing = scope.outgoing[node_id]
        if _is_event_subprocess(node):
            if outgoing or scope.incoming[node_id]:
                said = remark("flow-at-event-subprocess", "no flow leads into or out of an event subprocess; remove it")
                yield error_at(scope.file, node, said)
        elif kind(node) == "endEvent" and outgoing:
            said = remark("flow-from-end", "a flow leaves the end event; remove it or use a throw event")
            yield error_at(scope.file, node, said)
        elif kind(node) != "endEvent" and not outgoing:
            said = remark("path-stops", "the path stops here; lead it on to an end event")
            yield error_at(scope.file, node, said)
