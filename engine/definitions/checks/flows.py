"""Sequence flows: both ends exist, choices have conditions and a default, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.report import error_at
from engine.definitions.diagrams import GATEWAYS, Flow, Scope, identity, kind
from engine.definitions.fixes import Fix, make_default, remove, remove_condition, set_attribute
from engine.definitions.problems import Problem
from engine.definitions.remarks import remark
from engine.definitions.xml import Element
from engine.sentences import sentence

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
        if flow.source not in scope.nodes:
            said = remark(
                "flow-without-source",
                "the flow's source '%(node)s' is no element of %(scope)s; connect it anew",
                remove(),
                node=flow.source,
                scope=identity(scope.element),
            )
            yield error_at(scope.file, flow.element, said)
        if flow.target not in scope.nodes:
            said = remark(
                "flow-without-target",
                "the flow's target '%(node)s' is no element of %(scope)s; connect it anew",
                remove(),
                node=flow.target,
                scope=identity(scope.element),
            )
            yield error_at(scope.file, flow.element, said)


def _check_choice(scope: Scope, gateway: Element, outgoing: tuple[Flow, ...]) -> Iterator[Problem]:
    default = gateway.get("default")
    if default and default not in {flow.id for flow in outgoing}:
        said = remark(
            "default-elsewhere",
            "the default flow '%(flow)s' does not leave this gateway; choose another",
            set_attribute(sentence("Have no default flow"), "default", ""),
            flow=default,
        )
        yield error_at(scope.file, gateway, said)
    if len(outgoing) < 2:
        return
    if not default:
        said = remark(
            "no-default-flow",
            "the gateway has no default flow; mark the flow that is taken when no condition holds",
            _default_of(outgoing),
        )
        yield error_at(scope.file, gateway, said)
    for flow in outgoing:
        if flow.id == default and flow.condition:
            said = remark(
                "default-with-condition",
                "the default flow has a condition, which would be ignored; remove it",
                remove_condition(),
            )
            yield error_at(scope.file, flow.element, said)
        if flow.id != default and not flow.condition:
            said = remark(
                "no-condition",
                "the flow has no condition; write one, or make it the default",
                None if default else make_default(flow.id, identity(gateway)),
            )
            yield error_at(scope.file, flow.element, said)


def _default_of(outgoing: tuple[Flow, ...]) -> Fix | None:
    """The only flow without a condition is the default that was meant."""
    bare = [flow for flow in outgoing if not flow.condition]
    return make_default(bare[0].id) if len(bare) == 1 else None


def _check_no_choice(scope: Scope, node: Element, outgoing: tuple[Flow, ...]) -> Iterator[Problem]:
    if len(outgoing) > 1 and kind(node) not in _MAY_SPLIT:
        said = remark(
            "several-flows-out",
            "%(count)s flows leave this element; let a gateway say which is taken",
            count=len(outgoing),
        )
        yield error_at(scope.file, node, said)
    for flow in outgoing:
        if flow.condition:
            said = remark(
                "condition-without-choice",
                "only a flow from an exclusive or inclusive gateway has a condition; add the gateway",
                remove_condition(),
            )
            yield error_at(scope.file, flow.element, said)
