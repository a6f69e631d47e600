"""Diagrams are read from their interchange and drawn with an instance's marks."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.diagrams import diagram, end, flows, process, start
from web.diagrams import draw, progress_on, read_diagram
from web.diagrams.lettering import lines
from web.diagrams.marks import Mark
from web.diagrams.model import Node
from web.diagrams.read import NotDrawable

FILE = Path(__file__).parents[2] / "integration/web/definitions/self_check.bpmn"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(completed: list[str], current: list[str]) -> ET.Element:
    def describe(node: Node, _mark: Mark) -> str:
        return node.name

    known = read_diagram(FILE.read_bytes(), "self_check")
    picture = draw(known, progress_on(known, completed, current), summary="so far", describe=describe)
    return ET.fromstring(picture)


def classes(picture: ET.Element, element_id: str) -> list[str]:
    return next(node.get("class", "") for node in picture.iter() if node.get("data-element") == element_id).split()


def test_every_node_of_the_file_is_drawn_with_its_name() -> None:
    picture = drawn([], [])
    nodes = {node.get("data-element") for node in picture.iter() if node.get("data-element")}
    assert nodes == {"start", "rectify", "confirm_by_leader", "agreed", "end"}
    assert "落实整改" in "".join(picture.itertext())


def test_what_was_done_and_where_the_instance_stands_are_marked() -> None:
    picture = drawn(["start", "rectify", "rectify"], ["confirm_by_leader"])
    assert "done" in classes(picture, "rectify")
    assert "current" in classes(picture, "confirm_by_leader")
    assert "ahead" in classes(picture, "end")
    assert "×2" in "".join(picture.itertext())


def test_of_two_ways_only_the_one_that_was_gone_is_marked() -> None:
    known = read_diagram(FILE.read_bytes(), "self_check")
    onward = progress_on(known, ["start", "rectify", "confirm_by_leader", "agreed", "end"], [])
    back = progress_on(known, ["start", "rectify", "confirm_by_leader", "agreed"], ["rectify"])
    assert "agreed_to_rectify" not in onward.taken
    assert {"agreed_to_end", "rectify_to_confirm_by_leader"} <= onward.taken
    assert "agreed_to_rectify" in back.taken
    assert "agreed_to_end" not in back.taken


def test_a_file_without_layout_is_not_drawable() -> None:
    with pytest.raises(NotDrawable):
        read_diagram(diagram(process("p", start(), end(), flows("start", "end"))), "p")


def test_chinese_breaks_anywhere_but_never_before_a_closing_mark() -> None:
    assert lines("自查整改，负责人确认", 4) == ["自查整改，", "负责人确", "认"]
    assert lines("one two three", 4) == ["one two", "three"]
