"""Where expressions stand in a diagram: conditions, scripts, loops and what our extensions carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from engine.definitions.diagrams import Scope, kind, text_of
from engine.definitions.extensions import Assignment, Deadline, read_extensions
from engine.definitions.namespaces import bpmn
from engine.definitions.xml import Element


@dataclass(frozen=True)
class Site:
    """One expression or script; `role` says in a few words what it is for."""

    file: str
    element: Element
    role: str
    text: str
    is_script: bool = False


def sites_in(scope: Scope) -> Iterator[Site]:
    """Every expression and script drawn directly in a scope, timers apart."""
    for flow in scope.flows:
        if flow.condition:
            yield Site(scope.file, flow.element, "condition", flow.condition)
    for node in scope.nodes.values():
        yield from _of_loops(scope.file, node)
        yield from _of_extensions(scope.file, node)
        if kind(node) == "scriptTask":
            yield Site(scope.file, node, "script", text_of(node.find(bpmn("script"))) or "", is_script=True)


_LOOPS = {
    "multiInstanceLoopCharacteristics/loopCardinality": "loop cardinality",
    "multiInstanceLoopCharacteristics/completionCondition": "completion condition",
    "standardLoopCharacteristics/loopCondition": "loop condition",
}


def _of_loops(file: str, node: Element) -> Iterator[Site]:
    for path, role in _LOOPS.items():
        text = text_of(node.find("/".join(bpmn(step) for step in path.split("/"))))
        if text:
            yield Site(file, node, role, text)


def _of_extensions(file: str, node: Element) -> Iterator[Site]:
    extensions = read_extensions(node)
    for part in (extensions.assignment, extensions.deadline):
        for role, text in _expressions_of(part):
            yield Site(file, node, role, text)
    if extensions.operator:
        for name, text in extensions.operator.parameters.items():
            yield Site(file, node, f"parameter {name}", text)
    if extensions.payload:
        yield Site(file, node, "payload", extensions.payload.value)


def _expressions_of(part: Assignment | Deadline | None) -> Iterator[tuple[str, str]]:
    if part is None:
        return
    for field in fields(part):
        text = getattr(part, field.name)
        if text and field.name != "decision":
            yield field.name.replace("_", " "), text
