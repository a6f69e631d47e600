"""Event subprocesses: in the process, in a called one and in a subprocess, beside the work and in its place."""

from __future__ import annotations

import pytest

from engine.errors import NotFound
from engine.storage.models import InstanceStatus
from tests.diagrams import definition, diagram, element, end, flows, process, start, user_task
from tests.features.player import Player

MESSAGE = '<bpmn:message id="m" name="sampled"/>'
SIGNAL = '<bpmn:signal id="s" name="round_ended"/>'
EVENTS = {"message": definition("message", messageRef="m"), "signal": definition("signal", signalRef="s")}


def _work(event: str, *, interrupting: bool) -> str:
    """The task `a`, and an event subprocess with the task `b`."""
    begins = element("startEvent", "s2", EVENTS[event], isInterrupting="true" if interrupting else "false")
    aside = element(
        "subProcess", "aside", begins, user_task("b"), end("e2"), flows("s2", "b", "e2"), triggeredByEvent="true"
    )
    return start("s1") + user_task("a") + end("e1") + flows("s1", "a", "e1") + aside


def _inside(place: str, work: str) -> bytes:
    """A process that has the work in it somewhere, and the task `z` after it."""
    if place == "called process":
        inner = process("q", work)
        outer = element("callActivity", "inner", calledElement="q")
    else:
        inner = ""
        outer = element("subProcess", "inner", work)
    after = process("p", start(), outer, user_task("z"), end(), flows("start", "inner", "z", "end"))
    return diagram(MESSAGE, SIGNAL, inner, after)


def _send(player: Player, event: str) -> None:
    if event == "message":
        player.message("sampled", by_team=3)
    else:
        assert player.signal("round_ended") == 1


@pytest.mark.parametrize("event", ["message", "signal"])
def test_one_that_interrupts_takes_the_place_of_the_work(player: Player, event: str) -> None:
    player.deploy(diagram(MESSAGE, SIGNAL, process("p", _work(event, interrupting=True))))
    player.start()
    _send(player, event)
    assert player.waits_at() == ["b"]
    player.complete("b")
    assert player.status is InstanceStatus.COMPLETED


@pytest.mark.parametrize("event", ["message", "signal"])
def test_one_that_does_not_interrupt_runs_beside_the_work_as_often_as_its_event_comes(
    player: Player, event: str
) -> None:
    player.deploy(diagram(MESSAGE, SIGNAL, process("p", _work(event, interrupting=False))))
    player.start()
    _send(player, event)
    player.complete("b")
    _send(player, event)
    assert player.waits_at() == ["a", "b"]
    player.complete("b")
    player.complete("a")
    assert player.status is InstanceStatus.COMPLETED


@pytest.mark.parametrize("place", ["called process", "subprocess"])
@pytest.mark.parametrize("event", ["message", "signal"])
def test_an_inner_one_interrupts_its_own_scope_only(player: Player, event: str, place: str) -> None:
    player.deploy(_inside(place, _work(event, interrupting=True)))
    player.start()
    _send(player, event)
    assert player.waits_at() == ["b"]
    player.complete("b")
    assert player.waits_at() == ["z"]


@pytest.mark.parametrize("place", ["called process", "subprocess"])
def test_an_inner_one_is_awaited_only_while_its_scope_runs(player: Player, place: str) -> None:
    player.deploy(_inside(place, _work("message", interrupting=False)))
    player.start()
    player.complete("a")
    assert player.waits_at() == ["z"]
    with pytest.raises(NotFound):
        player.message("sampled")


def test_a_scope_is_interrupted_once(player: Player) -> None:
    player.deploy(diagram(MESSAGE, SIGNAL, process("p", _work("message", interrupting=True))))
    player.start().message("sampled")
    with pytest.raises(NotFound):
        player.message("sampled")
    assert player.waits_at() == ["b"]


def test_what_the_message_carries_is_known_inside(player: Player) -> None:
    player.deploy(diagram(MESSAGE, SIGNAL, process("p", _work("message", interrupting=True))))
    player.start(number=7).message("sampled", by_team=3)
    assert (player.data["number"], player.data["by_team"]) == (7, 3)
