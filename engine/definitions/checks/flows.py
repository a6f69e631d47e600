"""Sequence flows: both ends exist, choices have conditions and a default, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.report import error_at
from engine.definitions.diagrams import GATEWAYS, Flow, Scope, kind
from engine.definitions.problems import Problem
from engine.definitions.xml import Element

_CHOICES: Final = frozenset({"exclusiveGateway", "inclusiveGateway"})
_MAY_SPLIT: Final = GATEWAYS | {"startEvent"}


def check_flows(content: Content, _vocabulary: Vocabulary) -> Iterator[Problem]:
    for diagram in content.diagrams:
        for scope in diagram.scopes:
            yield from _check_ends(scope)
            for node_id, node in scope.nodes.items():
                outgoing = scope.outgoing[node_id]
                if kind(node) in _CHOICES:
                    yield from _check_choice(scope, node, outgoing)
                else:
                    yield from _check_no_choice(scope, node, outgoing)


def _check_ends(scope: Scope) -> Iterator[Problem]:
    for flow in scope.flows:
        for end, node in (("source", flow.source), ("target", flow.target)):
            if node not in scope.nodes:
                yield error_at(
                    scope.file,
                    flow.element,
                    f"the flow's {end} {node!r} is no element of {scope.element.get('id')}; connect it anew",
                )


def _check_choice(scope: Scope, gateway: Element, outgoing: tuple[Flow, ...]) -> Iterator[Problem]:
    default = gateway.get("default")
    if default and default not in {flow.id for flow in outgoing}:
        yield error_at(scope.file, gateway, f"the default flow {default!r} does not leave this gateway; choose another")
    if len(outgoing) < 2:
        return
    if not default:
        message = "the gateway has no default flow; mark the flow that is taken when no condition holds"
        yield error_at(scope.file, gateway, message)
    for flow in outgoing:
        if flow.id == default and flow.condition:
            message = "the default flow has a condition, which would be ignored; remove it"
            yield error_at(scope.file, flow.element, message)
        if flow.id != default and not flow.condition:
            yield error_at(scope.file, flow.element, "the flow has no condition; write one, or make it the default")


def _check_no_choice(scope: Scope, node: Element, outgoing: tuple[Flow, ...]) -> Iterator[Problem]:
    if len(outgoing) > 1 and kind(node) not in _MAY_SPLIT:
        yield error_at(scope.file, node, f"{len(outgoing)} flows leave this element; let a gateway say which is taken")
    for flow in outgoing:
        if flow.condition:
            message = "only a flow from an exclusive or inclusive gateway has a condition; add the gateway"
            yield error_at(scope.file, flow.element, message)
