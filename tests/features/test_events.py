"""Events, each run through the public API and stored between every step."""

from __future__ import annotations

import pytest

from engine.errors import NotFound
from engine.storage.models import InstanceStatus
from tests.diagrams import (
    boundary,
    definition,
    diagram,
    element,
    end,
    extensions,
    flow,
    flows,
    lookback,
    process,
    script_task,
    service_task,
    start,
    timer,
    user_task,
)
from tests.features.player import Player

MESSAGE = '<bpmn:message id="m" name="sampled"/>'
SIGNAL = '<bpmn:signal id="s" name="round_ended"/>'


def test_an_intermediate_timer_fires_when_its_duration_has_passed(player: Player) -> None:
    wait = element("intermediateCatchEvent", "wait", timer("timeDuration", "P3D"))
    player.deploy(diagram(process("p", start(), wait, user_task("a"), end(), flows("start", "wait", "a", "end"))))
    player.start()
    assert player.pass_time(days=2, hours=23) == 0
    assert player.pass_time(hours=1) == 1
    assert player.waits_at() == ["a"]


def test_an_interrupting_boundary_timer_takes_the_task_away(player: Player) -> None:
    shape = process(
        "p",
        start(),
        user_task("a"),
        boundary("late", "a", timer("timeDuration", "P1D")),
        user_task("b"),
        end(),
        flows("start", "a", "end"),
        flows("late", "b", "end"),
    )
    player.deploy(diagram(shape))
    player.start()
    player.pass_time(days=1)
    assert player.waits_at() == ["b"]


def test_a_boundary_timer_is_gone_once_its_task_is_done(player: Player) -> None:
    shape = process(
        "p",
        start(),
        user_task("a"),
        boundary("late", "a", timer("timeDuration", "P1D")),
        user_task("b"),
        user_task("c"),
        end(),
        flows("start", "a", "c", "end"),
        flows("late", "b", "end"),
    )
    player.deploy(diagram(shape))
    player.start()
    player.complete("a")
    assert player.pass_time(days=2) == 0
    assert player.waits_at() == ["c"]


def test_a_non_interrupting_boundary_timer_leaves_the_task(player: Player) -> None:
    late = boundary("late", "a", timer("timeDuration", "P1D"), interrupting=False)
    shape = process(
        "p",
        start(),
        user_task("a"),
        late,
        user_task("remind"),
        end(),
        end("end2"),
        flows("start", "a", "end"),
        flows("late", "remind", "end2"),
    )
    player.deploy(diagram(shape))
    player.start()
    player.pass_time(days=1)
    assert player.waits_at() == ["a", "remind"]
    player.complete("a")
    player.complete("remind")
    assert player.status is InstanceStatus.COMPLETED


def test_a_ladder_of_moments_fires_each_once_and_in_order_after_long_downtime(player: Player) -> None:
    moments = "['2022-11-10T01:00:00+00:00', '2022-11-12T01:00:00+00:00', '2022-11-14T01:00:00+00:00']"
    ladder = boundary("ladder", "a", timer("timeCycle", moments), interrupting=False)
    shape = process(
        "p",
        start(),
        user_task("a"),
        ladder,
        script_task("note", "noted = True"),
        user_task("z"),
        end(),
        end("end2"),
        flows("start", "a", "z", "end"),
        flows("ladder", "note", "end2"),
    )
    player.deploy(diagram(shape))
    player.start()
    assert player.pass_time(days=5) == 2
    assert player.passed().count("note") == 2
    assert player.pass_time(days=30) == 1
    assert player.passed().count("note") == 3
    player.complete("a")
    assert player.waits_at() == ["z"]


def test_a_repeating_timer_fires_as_often_as_it_says(player: Player) -> None:
    ladder = boundary("again", "a", timer("timeCycle", "R3/PT1H"), interrupting=False)
    shape = process(
        "p",
        start(),
        user_task("a"),
        ladder,
        script_task("note", "noted = True"),
        end(),
        end("end2"),
        flows("start", "a", "end"),
        flows("again", "note", "end2"),
    )
    player.deploy(diagram(shape))
    player.start()
    player.pass_time(hours=10)
    assert player.passed().count("note") == 3
    assert player.waits_at() == ["a"]


def test_a_message_reaches_the_instance_of_its_business_key(player: Player) -> None:
    wait = element("intermediateCatchEvent", "wait", definition("message", messageRef="m"))
    shape = process("p", start(), wait, user_task("a"), end(), flows("start", "wait", "a", "end"))
    player.deploy(diagram(MESSAGE, shape))
    player.start()
    with pytest.raises(NotFound):
        player.message("sampled", key="another")
    player.message("sampled", team=7)
    assert player.waits_at() == ["a"]
    assert player.data["team"] == 7


def test_a_receive_task_waits_for_its_message(player: Player) -> None:
    shape = process(
        "p",
        start(),
        element("receiveTask", "wait", messageRef="m"),
        user_task("a"),
        end(),
        flows("start", "wait", "a", "end"),
    )
    player.deploy(diagram(MESSAGE, shape))
    player.start().message("sampled")
    assert player.waits_at() == ["a"]


def test_a_sent_message_wakes_another_instance_with_the_same_key(player: Player) -> None:
    send = element("sendTask", "send", extensions(lookback("payload", value="{'team': team}")), messageRef="m")
    sender = process("sender", start("s1"), send, user_task("b"), end("e1"), flows("s1", "send", "b", "e1"))
    receiver = process(
        "p",
        start(),
        element("receiveTask", "wait", messageRef="m"),
        user_task("a"),
        end(),
        flows("start", "wait", "a", "end"),
    )
    player.deploy(diagram(MESSAGE, sender, receiver))
    waiting = Player(player.runtime, player.clock).start()
    player.start("sender", team=7, secret="kept")
    player.pass_time(seconds=1)
    assert waiting.waits_at() == ["a"]
    assert waiting.data["team"] == 7
    assert "secret" not in waiting.data


def test_an_event_based_gateway_follows_the_first_event(player: Player) -> None:
    shape = process(
        "p",
        start(),
        element("eventBasedGateway", "which"),
        element("intermediateCatchEvent", "sampled", definition("message", messageRef="m")),
        element("intermediateCatchEvent", "ended", definition("signal", signalRef="s")),
        element("intermediateCatchEvent", "over", timer("timeDuration", "P80D")),
        user_task("a"),
        user_task("b"),
        user_task("c"),
        end(),
        flows("start", "which", "sampled", "a", "end"),
        flows("which", "ended", "b", "end"),
        flows("which", "over", "c", "end"),
    )
    player.deploy(diagram(MESSAGE, SIGNAL, shape))
    player.start().message("sampled", team=1)
    assert (player.waits_at(), player.data["team"]) == (["a"], 1)
    player.start(key="H-2")
    assert player.signal("round_ended") == 1
    assert player.waits_at() == ["b"]
    player.start(key="H-3").pass_time(days=80)
    assert player.waits_at() == ["c"]


def test_a_signal_reaches_every_waiting_instance(player: Player) -> None:
    wait = element("intermediateCatchEvent", "wait", definition("signal", signalRef="s"))
    player.deploy(
        diagram(SIGNAL, process("p", start(), wait, user_task("a"), end(), flows("start", "wait", "a", "end")))
    )
    others = [Player(player.runtime, player.clock).start(key=f"H-{n}") for n in range(3)]
    assert player.signal("round_ended") == 3
    assert [other.waits_at() for other in others] == [["a"]] * 3


def test_an_operator_error_takes_the_error_boundary_event(player: Player) -> None:
    error = '<bpmn:error id="e" name="no ship" errorCode="NO_SHIP"/>'
    shape = process(
        "p",
        start(),
        service_task("s", "test.refuse", code="'NO_SHIP'"),
        boundary("caught", "s", definition("error", errorRef="e")),
        user_task("a"),
        user_task("b"),
        end(),
        flows("start", "s", "a", "end"),
        flows("caught", "b", "end"),
    )
    player.deploy(diagram(error, shape))
    player.start()
    assert player.waits_at() == ["b"]


def test_an_error_end_event_leaves_its_subprocess(player: Player) -> None:
    error = '<bpmn:error id="e" name="bad" errorCode="BAD"/>'
    inner = element(
        "subProcess",
        "sub",
        start("s1"),
        user_task("a"),
        end("e1", definition("error", errorRef="e")),
        flows("s1", "a", "e1"),
    )
    shape = process(
        "p",
        start(),
        inner,
        boundary("caught", "sub", definition("error", errorRef="e")),
        user_task("b"),
        user_task("c"),
        end(),
        flows("start", "sub", "b", "end"),
        flows("caught", "c", "end"),
    )
    player.deploy(diagram(error, shape))
    player.start().complete("a")
    assert player.waits_at() == ["c"]


def test_an_escalation_is_caught_without_stopping_the_subprocess(player: Player) -> None:
    escalation = '<bpmn:escalation id="e" name="late" escalationCode="LATE"/>'
    throw = element("intermediateThrowEvent", "throw", definition("escalation", escalationRef="e"))
    inner = element("subProcess", "sub", start("s1"), throw, user_task("a"), end("e1"), flows("s1", "throw", "a", "e1"))
    caught = boundary("caught", "sub", definition("escalation", escalationRef="e"), interrupting=False)
    shape = process(
        "p",
        start(),
        inner,
        caught,
        user_task("b"),
        end(),
        end("end2"),
        flows("start", "sub", "end"),
        flows("caught", "b", "end2"),
    )
    player.deploy(diagram(escalation, shape))
    player.start()
    assert player.waits_at() == ["a", "b"]


def test_a_terminate_end_event_ends_everything(player: Player) -> None:
    shape = process(
        "p",
        start(),
        element("parallelGateway", "fork"),
        user_task("a"),
        user_task("b"),
        end("stop", definition("terminate")),
        end(),
        flows("start", "fork", "a", "stop"),
        flows("fork", "b", "end"),
    )
    player.deploy(diagram(shape))
    player.start().complete("a")
    assert player.status is InstanceStatus.COMPLETED
    assert player.waits_at() == []


def test_a_boundary_message_interrupts_its_task(player: Player) -> None:
    shape = process(
        "p",
        start(),
        user_task("a"),
        boundary("caught", "a", definition("message", messageRef="m")),
        user_task("b"),
        end(),
        flows("start", "a", "end"),
        flows("caught", "b", "end"),
    )
    player.deploy(diagram(MESSAGE, shape))
    player.start().message("sampled")
    assert player.waits_at() == ["b"]


def test_a_timer_can_be_an_expression(player: Player) -> None:
    wait = element("intermediateCatchEvent", "wait", timer("timeDate", "campaign.ends_at"))
    player.deploy(diagram(process("p", start(), wait, user_task("a"), end(), flows("start", "wait", "a", "end"))))
    player.start(campaign={"ends_at": "2023-01-31T18:00:00+08:00"})
    player.pass_time(days=84)
    assert player.waits_at() == []
    player.pass_time(hours=9)
    assert player.waits_at() == ["a"]


def test_a_loop_that_never_rests_is_refused_at_its_element(player: Player) -> None:
    from engine.errors import ExpressionError

    shape = process(
        "p",
        start(),
        script_task("s", "n = 1"),
        element("exclusiveGateway", "x", default="back"),
        user_task("a"),
        end(),
        flows("start", "s", "x"),
        flow("x", "s", id="back"),
        flow("x", "a", "n > 1"),
        flows("a", "end"),
    )
    player.deploy(diagram(shape))
    with pytest.raises(ExpressionError, match="without coming to rest"):
        player.start()
