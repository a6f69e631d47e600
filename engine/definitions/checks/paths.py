"""Paths: each scope begins at one start, every element can be reached, and every path comes to an end event."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.report import error_at
from engine.definitions.diagrams import ACTIVITIES, Scope, event_definitions, identity, kind
from engine.definitions.problems import Problem
from engine.definitions.xml import Element


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
        yield error_at(scope.file, scope.element, f"the {kind(scope.element)} has no start event; add one")
    elif scope.is_event_subprocess:
        yield from _check_event_start(scope, starts, plain)
    elif scope.is_process and len(plain) > 1:
        yield error_at(scope.file, plain[1], "the process has several plain start events; keep one")
    elif not scope.is_process and (len(starts) > 1 or not plain):
        yield error_at(scope.file, scope.element, "a subprocess begins at exactly one plain start event")
    elif plain:
        yield from _check_never_taken(scope, starts)
    for start in starts:
        if scope.incoming[identity(start)]:
            yield error_at(scope.file, start, "a flow leads into the start event; lead it to the element after it")


def _check_never_taken(scope: Scope, starts: list[Element]) -> Iterator[Problem]:
    for start in starts:
        if event_definitions(start):
            message = "an instance begins at the plain start event, so this one is never taken; remove one of them"
            yield error_at(scope.file, start, message)


def _check_event_start(scope: Scope, starts: list[Element], plain: list[Element]) -> Iterator[Problem]:
    if len(starts) > 1 or plain:
        yield error_at(scope.file, scope.element, "an event subprocess begins at exactly one message or signal start")


def _check_boundaries(scope: Scope) -> Iterator[Problem]:
    for boundary in scope.of_kind("boundaryEvent"):
        attached = scope.nodes.get(boundary.get("attachedToRef") or "")
        if attached is None or kind(attached) not in ACTIVITIES:
            yield error_at(scope.file, boundary, "the boundary event is attached to no activity; drag it onto one")
        if scope.incoming[identity(boundary)]:
            yield error_at(scope.file, boundary, "a flow leads into a boundary event; lead it to another element")
        if boundary.get("cancelActivity") == "false" and _catches_error(boundary):
            yield error_at(scope.file, boundary, "an error always interrupts; make the boundary event interrupting")


def _catches_error(boundary: Element) -> bool:
    return any(kind(definition) == "errorEventDefinition" for definition in event_definitions(boundary))


def _check_reach(scope: Scope) -> Iterator[Problem]:
    reached = _reached(scope)
    for node_id, node in scope.nodes.items():
        if node_id not in reached and kind(node) != "boundaryEvent":
            yield error_at(scope.file, node, "no path from a start event comes here; connect it or remove it")


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
        yield error_at(scope.file, scope.element, f"the {kind(scope.element)} has no end event; add one")
    for node_id, node in scope.nodes.items():
        outgoing = scope.outgoing[node_id]
        if _is_event_subprocess(node):
            if outgoing or scope.incoming[node_id]:
                yield error_at(scope.file, node, "no flow leads into or out of an event subprocess; remove it")
        elif kind(node) == "endEvent" and outgoing:
            yield error_at(scope.file, node, "a flow leaves the end event; remove it or use a throw event")
        elif kind(node) != "endEvent" and not outgoing:
            yield error_at(scope.file, node, "the path stops here; lead it on to an end event")
