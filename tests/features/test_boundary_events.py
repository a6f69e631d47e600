"""Boundary events of messages, signals, errors and escalations, interrupting and not."""

from __future__ import annotations

import pytest

from engine.errors import NotFound
from engine.storage.models import InstanceStatus
from tests.diagrams import boundary, definition, diagram, element, end, flows, process, service_task, start, user_task
from tests.features.player import Player

MESSAGE = '<bpmn:message id="m" name="sampled"/>'
SIGNAL = '<bpmn:signal id="s" name="round_ended"/>'
ERROR = '<bpmn:error id="e" name="E" errorCode="broken"/>'
ESCALATION = '<bpmn:escalation id="x" name="X" escalationCode="late"/>'
CAUGHT_ERROR = boundary("caught", "inner", definition("error", errorRef="e"))


def _beside(event: str, *, interrupting: bool) -> bytes:
    """The task `a`, with an event on its boundary that leads to the task `b`."""
    attached = boundary("attached", "a", event, interrupting=interrupting)
    paths = flows("start", "a", "end") + flows("attached", "b", "end2")
    return diagram(
        MESSAGE, SIGNAL, process("p", start(), user_task("a"), attached, user_task("b"), end(), end("end2"), paths)
    )


def _around(inner: str, attached: str, *more: str) -> bytes:
    """An activity `inner`, with an event `caught` on its boundary that leads to the task `y`."""
    paths = flows("start", "inner", "z", "end") + flows("caught", "y", "end2")
    outer = process("p", start(), inner, attached, user_task("y"), user_task("z"), end(), end("end2"), paths)
    return diagram(ERROR, ESCALATION, *more, outer)


def test_a_message_that_does_not_interrupt_is_caught_every_time(player: Player) -> None:
    player.deploy(_beside(definition("message", messageRef="m"), interrupting=False))
    player.start()
    for number in range(3):
        player.message("sampled", number=number)
    assert player.waits_at() == ["a", "b", "b", "b"]
    player.complete("a")
    with pytest.raises(NotFound):
        player.message("sampled")
    for _ in range(3):
        player.complete("b")
    assert player.status is InstanceStatus.COMPLETED


@pytest.mark.parametrize(("interrupting", "waits_at"), [(True, ["b"]), (False, ["a", "b"])])
def test_a_signal_on_the_boundary(player: Player, interrupting: bool, waits_at: list[str]) -> None:
    player.deploy(_beside(definition("signal", signalRef="s"), interrupting=interrupting))
    player.start()
    assert player.signal("round_ended") == 1
    assert player.waits_at() == waits_at


def test_an_error_of_a_called_process_is_caught_on_its_call_activity(player: Player) -> None:
    ends_in_error = end("e1", definition("error", errorRef="e"))
    called = process("q", start("s1"), user_task("a"), ends_in_error, flows("s1", "a", "e1"))
    player.deploy(_around(element("callActivity", "inner", calledElement="q"), CAUGHT_ERROR, called))
    player.start().complete("a")
    assert player.waits_at() == ["y"]


def test_an_operators_error_inside_a_called_process_is_caught_on_its_call_activity(player: Player) -> None:
    refuses = service_task("refuse", "test.refuse", code="'broken'")
    called = process("q", start("s1"), user_task("a"), refuses, end("e1"), flows("s1", "a", "refuse", "e1"))
    player.deploy(_around(element("callActivity", "inner", calledElement="q"), CAUGHT_ERROR, called))
    player.start().complete("a")
    assert player.waits_at() == ["y"]


def test_an_error_of_another_code_is_an_incident(player: Player) -> None:
    refuses = service_task("refuse", "test.refuse", code="'lost'")
    called = process("q", start("s1"), refuses, end("e1"), flows("s1", "refuse", "e1"))
    player.deploy(_around(element("callActivity", "inner", calledElement="q"), CAUGHT_ERROR, called))
    player.start()
    assert "nobody catches the error lost" in player.incidents()[0].message


@pytest.mark.parametrize(("interrupting", "waits_at"), [(True, ["y"]), (False, ["a", "y"])])
def test_an_escalation_on_the_boundary_of_a_subprocess(player: Player, interrupting: bool, waits_at: list[str]) -> None:
    escalation = definition("escalation", escalationRef="x")
    throws = element("intermediateThrowEvent", "throw", escalation)
    inner = element(
        "subProcess", "inner", start("s1"), throws, user_task("a"), end("e1"), flows("s1", "throw", "a", "e1")
    )
    player.deploy(_around(inner, boundary("caught", "inner", escalation, interrupting=interrupting)))
    player.start()
    assert player.waits_at() == waits_at


def test_an_escalation_end_event_lets_the_subprocess_end_and_be_escalated(player: Player) -> None:
    escalation = definition("escalation", escalationRef="x")
    inner = element("subProcess", "inner", start("s1"), user_task("a"), end("e1", escalation), flows("s1", "a", "e1"))
    player.deploy(_around(inner, boundary("caught", "inner", escalation, interrupting=False)))
    player.start().complete("a")
    assert player.waits_at() == ["y", "z"]
