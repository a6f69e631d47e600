"""Subprocesses, loops and multi-instance activities, stored between every step."""

from __future__ import annotations

from engine.storage.models import InstanceStatus
from tests.diagrams import (
    definition,
    diagram,
    element,
    end,
    extensions,
    flows,
    lookback,
    process,
    script_task,
    start,
    user_task,
)
from tests.features.player import Player


def test_an_embedded_subprocess_runs_inside_its_parent(player: Player) -> None:
    inner = element("subProcess", "sub", start("s1"), user_task("a"), end("e1"), flows("s1", "a", "e1"))
    player.deploy(diagram(process("p", start(), inner, user_task("b"), end(), flows("start", "sub", "b", "end"))))
    player.start(x=1)
    assert player.waits_at() == ["a"]
    player.complete("a")
    assert player.waits_at() == ["b"]


def test_a_call_activity_hands_data_in_and_out(player: Player) -> None:
    called = process(
        "called", start("s1"), user_task("a"), script_task("s", "y = x + 1"), end("e1"), flows("s1", "a", "s", "e1")
    )
    caller = process(
        "p",
        start(),
        element("callActivity", "call", calledElement="called"),
        user_task("b"),
        end(),
        flows("start", "call", "b", "end"),
    )
    player.deploy(diagram(called, caller))
    player.start(x=1)
    player.complete("a")
    assert player.waits_at() == ["b"]
    assert player.data["y"] == 2


def test_a_message_starts_an_event_subprocess_beside_the_work(player: Player) -> None:
    event_sub = element(
        "subProcess",
        "aside",
        element("startEvent", "s1", definition("message", messageRef="m"), isInterrupting="false"),
        user_task("b"),
        end("e1"),
        flows("s1", "b", "e1"),
        triggeredByEvent="true",
    )
    shape = process("p", start(), user_task("a"), end(), flows("start", "a", "end"), event_sub)
    player.deploy(diagram('<bpmn:message id="m" name="sampled"/>', shape))
    player.start().message("sampled")
    assert player.waits_at() == ["a", "b"]
    player.complete("b")
    player.complete("a")
    assert player.status is InstanceStatus.COMPLETED


def _repeated(characteristics: str) -> bytes:
    assignment = extensions(lookback("assignment", candidateUsers="'ann'"))
    task = element("userTask", "a", assignment, characteristics, name="a")
    return diagram(process("p", start(), task, user_task("z"), end(), flows("start", "a", "z", "end")))


def test_a_parallel_multi_instance_offers_all_at_once(player: Player) -> None:
    player.deploy(
        _repeated(
            "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopDataInputRef>units</bpmn:loopDataInputRef>"
            '<bpmn:inputDataItem id="unit" name="unit"/></bpmn:multiInstanceLoopCharacteristics>'
        )
    )
    player.start(units=[3, 5, 7])
    assert player.waits_at() == ["a", "a", "a"]
    for _ in range(3):
        assert "z" not in player.waits_at()
        player.complete("a")
    assert player.waits_at() == ["z"]


def test_a_sequential_multi_instance_offers_one_after_another(player: Player) -> None:
    player.deploy(
        _repeated(
            '<bpmn:multiInstanceLoopCharacteristics isSequential="true"><bpmn:loopCardinality>3</bpmn:loopCardinality>'
            "</bpmn:multiInstanceLoopCharacteristics>"
        )
    )
    player.start()
    for _ in range(3):
        assert player.waits_at() == ["a"]
        player.complete("a")
    assert player.waits_at() == ["z"]


def test_a_loop_runs_until_its_maximum(player: Player) -> None:
    player.deploy(_repeated('<bpmn:standardLoopCharacteristics loopMaximum="4"/>'))
    player.start()
    for _ in range(4):
        assert player.waits_at() == ["a"]
        player.complete("a")
    assert player.waits_at() == ["z"]


def test_an_empty_multi_instance_is_passed(player: Player) -> None:
    player.deploy(
        _repeated(
            "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopDataInputRef>units</bpmn:loopDataInputRef>"
            '<bpmn:inputDataItem id="unit" name="unit"/></bpmn:multiInstanceLoopCharacteristics>'
        )
    )
    player.start(units=[])
    assert player.waits_at() == ["z"]


def test_a_data_object_lives_through_storage(player: Player) -> None:
    writes = element(
        "scriptTask",
        "s",
        "<bpmn:script>report = 'written'</bpmn:script>",
        element("dataOutputAssociation", "out", "<bpmn:targetRef>ref</bpmn:targetRef>"),
    )
    reads = element(
        "scriptTask",
        "r",
        "<bpmn:script>seen = report</bpmn:script>",
        element("dataInputAssociation", "in", "<bpmn:sourceRef>ref</bpmn:sourceRef>"),
    )
    shape = process(
        "p",
        '<bpmn:dataObject id="report"/>',
        element("dataObjectReference", "ref", dataObjectRef="report", name="report"),
        start(),
        writes,
        user_task("a"),
        reads,
        user_task("b"),
        end(),
        flows("start", "s", "a", "r", "b", "end"),
    )
    player.deploy(diagram(shape))
    player.start().complete("a")
    assert player.data["seen"] == "written"


def test_a_lane_does_not_hinder_execution(player: Player) -> None:
    lanes = element("laneSet", "lanes", element("lane", "l", "<bpmn:flowNodeRef>a</bpmn:flowNodeRef>", name="部门"))
    player.deploy(diagram(process("p", lanes, start(), user_task("a"), end(), flows("start", "a", "end"))))
    assert player.start().waits_at() == ["a"]
