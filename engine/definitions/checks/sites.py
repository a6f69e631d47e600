"""Where expressions stand in a diagram: conditions, scripts, loops and what our extensions carry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Final

from engine.definitions.diagrams import Scope, kind, text_of
from engine.definitions.extensions import Assignment, Deadline, read_extensions
from engine.definitions.fixes import Fix, write_condition, write_extension, write_parameter
from engine.definitions.namespaces import bpmn
from engine.definitions.xml import Element
from engine.sentences import Sentence, sentence


@dataclass(frozen=True)
class Site:
    """One expression or script; `role` says in a few words what it is for, `rewrite` is the fix that replaces it."""

    file: str
    element: Element
    role: Sentence
    text: str
    is_script: bool = False
    rewrite: Callable[[str], Fix] | None = None


ROLES: Final[Mapping[str, Sentence]] = {
    "candidate_groups": sentence("candidate groups"),
    "candidate_users": sentence("candidate users"),
    "assignee": sentence("assignee"),
    "excluded_users": sentence("excluded users"),
    "due": sentence("due"),
    "follow_up": sentence("follow up"),
    "priority": sentence("priority"),
}
"""What the fields of our assignments and deadlines are for."""


def sites_in(scope: Scope) -> Iterator[Site]:
    """Every expression and script drawn directly in a scope, timers apart."""
    for flow in scope.flows:
        if flow.condition:
            yield Site(scope.file, flow.element, sentence("condition"), flow.condition, rewrite=write_condition)
    for node in scope.nodes.values():
        yield from _of_loops(scope.file, node)
        yield from _of_extensions(scope.file, node)
        if kind(node) == "scriptTask":
            text = text_of(node.find(bpmn("script"))) or ""
            yield Site(scope.file, node, sentence("script"), text, is_script=True)


_LOOPS = {
    "multiInstanceLoopCharacteristics/loopCardinality": sentence("loop cardinality"),
    "multiInstanceLoopCharacteristics/completionCondition": sentence("completion condition"),
    "standardLoopCharacteristics/loopCondition": sentence("loop condition"),
}


def _of_loops(file: str, node: Element) -> Iterator[Site]:
    for path, role in _LOOPS.items():
        text = text_of(node.find("/".join(bpmn(step) for step in path.split("/"))))
        if text:
            yield Site(file, node, role, text)


def _of_extensions(file: str, node: Element) -> Iterator[Site]:
    extensions = read_extensions(node)
    for part in (extensions.assignment, extensions.deadline):
        for name, text in _expressions_of(part):
            element = "assignment" if isinstance(part, Assignment) else "deadline"
            rewrite = partial(write_extension, element, _attribute(name))
            yield Site(file, node, ROLES[name], text, rewrite=rewrite)
    if extensions.operator:
        for name, text in extensions.operator.parameters.items():
            role = sentence("parameter %(name)s", name=name)
            yield Site(file, node, role, text, rewrite=partial(write_parameter, name))
    if extensions.payload:
        rewrite = partial(write_extension, "payload", "value")
        yield Site(file, node, sentence("payload"), extensions.payload.value, rewrite=rewrite)


def _expressions_of(part: Assignment | Deadline | None) -> Iterator[tuple[str, str]]:
    if part is None:
        return
    for field in fields(part):
        text = getattr(part, field.name)
        if text and field.name != "decision":
            yield field.name, text


def _attribute(field_name: str) -> str:
    first, *more = field_name.split("_")
    return first + "".join(part.capitalize() for part in more)
