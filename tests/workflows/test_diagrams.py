"""Every diagram of ours can be deployed as it is, is drawn in full, reads in Chinese, and has no tangled lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.clock import ReplayClock
from engine.definitions import check
from engine.definitions.diagrams import EVENTS, Scope, event_definitions, identity, kind
from engine.definitions.diagrams import Diagram as Definitions
from engine.definitions.files import read_folder
from engine.definitions.xml import Element, read_xml
from engine.operators import OperatorRegistry
from engine.runtime import Runtime
from engine.storage.database import Database
from tests.conftest import CAMPAIGN_BEGINS
from tests.workflows.conftest import DEFINITIONS
from web.diagrams import read_diagram
from web.diagrams.model import Box, Diagram, Flow, Node, NodeKind, Point
from workflows.expressions import functions
from workflows.registration import register_operators
from workflows.timekeeping import Timekeeping

BPMN = sorted(DEFINITIONS.rglob("*.bpmn"))
FORMS = sorted(DEFINITIONS.rglob("*.form"))
EDGE = 1.5
"""Pixels by which a line may touch what it leads to, or run beside another."""

Segment = tuple[Point, Point]


def test_everything_is_deployable_without_a_word_of_complaint() -> None:
    operators, timekeeping = OperatorRegistry(), Timekeeping()
    register_operators(operators, timekeeping)
    runtime = Runtime(
        Database("sqlite://"),
        ReplayClock(CAMPAIGN_BEGINS),
        operators=operators,
        functions=functions(timekeeping.calendar),
    )
    assert [str(problem) for problem in check(read_folder(DEFINITIONS), runtime)] == []


@pytest.mark.parametrize("file", BPMN, ids=lambda it: it.stem)
def test_a_file_holds_the_process_of_its_name(file: Path) -> None:
    assert [identity(process) for process in _definitions(file).processes] == [file.stem]


@pytest.mark.parametrize("file", BPMN, ids=lambda it: it.stem)
def test_every_element_and_flow_is_drawn_in_lanes(file: Path) -> None:
    drawn = _drawing(file)
    [scope] = [it for it in _definitions(file).scopes if it.is_process]
    assert scope.nodes.keys() <= {node.id for node in drawn.nodes}
    assert {flow.id for flow in scope.flows} <= {flow.id for flow in drawn.flows}
    lanes = [lane for lane in drawn.lanes if not lane.is_pool]
    assert lanes
    assert [node.id for node in drawn.nodes if not any(_holds(lane.box, node.box.centre) for lane in lanes)] == []


@pytest.mark.parametrize("file", BPMN, ids=lambda it: it.stem)
def test_everything_that_people_see_has_a_chinese_name(file: Path) -> None:
    named = [node for scope in _definitions(file).scopes for node in _named(scope)]
    assert [identity(node) for node in named if not _has_chinese(node.get("name") or "")] == []
    assert all(_has_chinese(lane.name) for lane in _drawing(file).lanes)


@pytest.mark.parametrize("file", BPMN, ids=lambda it: it.stem)
def test_no_two_flows_cross(file: Path) -> None:
    flows = _drawing(file).flows
    crossing = [(a.id, b.id) for a, b in combinations(flows, 2) if any(_cross(s, t) for s in _way(a) for t in _way(b))]
    assert crossing == []


@pytest.mark.parametrize("file", BPMN, ids=lambda it: it.stem)
def test_no_flow_runs_through_a_node(file: Path) -> None:
    drawn = _drawing(file)
    through = [
        (flow.id, node.id)
        for flow in drawn.flows
        for node in drawn.nodes
        if node.id not in (flow.source, flow.target) and not _hosts(node, flow, drawn)
        if any(_enters(segment, node.box) for segment in _way(flow))
    ]
    assert through == []


@pytest.mark.parametrize("file", BPMN, ids=lambda it: it.stem)
def test_no_two_nodes_overlap(file: Path) -> None:
    standing = [node for node in _drawing(file).nodes if node.kind is not NodeKind.BOUNDARY and not node.expanded]
    assert [(a.id, b.id) for a, b in combinations(standing, 2) if _overlap(a.box, b.box)] == []


@pytest.mark.parametrize("file", FORMS, ids=lambda it: it.stem)
def test_every_question_of_a_form_is_asked_in_chinese(file: Path) -> None:
    schema = json.loads(file.read_text(encoding="utf-8"))
    assert schema["id"] == file.stem
    unasked = [part.get("key") or part["type"] for part in _parts(schema) if not _has_chinese(_wording(part))]
    assert unasked == []
    options = [option for part in _parts(schema) for option in part.get("values") or ()]
    assert [option for option in options if not _has_chinese(option["label"])] == []


def _definitions(file: Path) -> Definitions:
    return Definitions(file.name, read_xml(file.read_bytes(), file.name))


def _drawing(file: Path) -> Diagram:
    return read_diagram(file.read_bytes(), file.stem)


def _named(scope: Scope) -> Iterator[Element]:
    """Activities, gateways with a choice, and events that wait for or throw something."""
    for node_id, node in scope.nodes.items():
        is_choice = kind(node).endswith("Gateway") and len(scope.outgoing[node_id]) > 1
        is_event = kind(node) in EVENTS and bool(event_definitions(node))
        if is_choice or is_event or not (kind(node).endswith("Gateway") or kind(node) in EVENTS):
            yield node


def _has_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _parts(component: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in component.get("components") or ():
        yield part
        yield from _parts(part)


def _wording(part: dict[str, Any]) -> str:
    return str(part.get("label") or part.get("dateLabel") or part.get("text") or "")


def _way(flow: Flow) -> list[Segment]:
    return list(pairwise(flow.points))


def _cross(one: Segment, other: Segment) -> bool:
    """Whether two lines cut each other in the midst of both; lines that join or part at an end do not."""
    (a, b), (c, d) = one, other
    sides = _side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)
    return sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0


def _side(start: Point, end: Point, point: Point) -> int:
    """On which side of a line a point lies: 1, -1, or 0 when it is closer to it than an edge."""
    length = ((end.x - start.x) ** 2 + (end.y - start.y) ** 2) ** 0.5
    distance = ((end.x - start.x) * (point.y - start.y) - (end.y - start.y) * (point.x - start.x)) / (length or 1)
    return 0 if abs(distance) <= EDGE else (1 if distance > 0 else -1)


def _hosts(node: Node, flow: Flow, drawn: Diagram) -> bool:
    """Whether a flow begins at a boundary event on this node."""
    source = next(it for it in drawn.nodes if it.id == flow.source)
    return source.kind is NodeKind.BOUNDARY and _overlap(source.box, node.box)


def _enters(segment: Segment, box: Box) -> bool:
    """Whether a horizontal or vertical line comes into a box, seen as the box around the line."""
    (a, b) = segment
    line = Box(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))
    return _overlap(line, box)


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.right - EDGE
        and other.x < one.right - EDGE
        and one.y < other.bottom - EDGE
        and other.y < one.bottom - EDGE
    )


def _holds(box: Box, point: Point) -> bool:
    return box.x <= point.x <= box.right and box.y <= point.y <= box.bottom
