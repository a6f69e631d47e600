"""Start events that wait, whole subprocesses repeated, and deadlines after long downtime."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine import instances, jobs
from engine.definitions import deploy
from engine.errors import InvalidDefinition
from engine.storage.models import InstanceStatus
from tests.diagrams import (
    boundary,
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
    timer,
    user_task,
)
from tests.features.player import Player

MESSAGE = '<bpmn:message id="m" name="sampled"/>'
SIGNAL = '<bpmn:signal id="s" name="round_ended"/>'


def _beginning_with(event: str) -> bytes:
    return diagram(MESSAGE, process("p", start("start", event), user_task("a"), end(), flows("start", "a", "end")))


def test_an_instance_waits_at_a_message_start_until_its_message_comes(player: Player) -> None:
    player.deploy(_beginning_with(definition("message", messageRef="m")))
    player.start(x=1)
    assert player.waits_at() == []
    player.message("sampled", team=3)
    assert (player.waits_at(), player.data) == (["a"], {"x": 1, "team": 3})


def test_an_instance_waits_at_a_timer_start_until_its_time_comes(player: Player) -> None:
    player.deploy(_beginning_with(timer("timeDuration", "P1D")))
    player.start()
    assert player.waits_at() == []
    assert player.pass_time(days=1) == 1
    assert player.waits_at() == ["a"]


def test_a_start_event_beside_a_plain_one_is_refused_since_it_would_never_be_taken(player: Player) -> None:
    second = element("startEvent", "start2", definition("message", messageRef="m"))
    shape = process("p", start(), second, user_task("a"), end(), flows("start", "a", "end"), flows("start2", "a"))
    with pytest.raises(InvalidDefinition, match=r"start2: .* never taken"), player.runtime.unit_of_work() as uow:
        deploy(uow, {"p.bpmn": diagram(MESSAGE, shape)}, by="designer")


def _repeated(kind: str, *, sequential: bool) -> bytes:
    """Twice the same work with the task `a`, then the task `z`."""
    twice = (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}"><bpmn:loopCardinality '
        'xsi:type="bpmn:tFormalExpression">2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>'
    )
    work = start("s1") + user_task("a") + end("e1") + flows("s1", "a", "e1")
    if kind == "callActivity":
        called, inner = process("q", work), element(kind, "inner", twice, calledElement="q")
    else:
        called, inner = "", element(kind, "inner", work, twice)
    return diagram(called, process("p", start(), inner, user_task("z"), end(), flows("start", "inner", "z", "end")))


@pytest.mark.parametrize("kind", ["callActivity", "subProcess"])
@pytest.mark.parametrize(("sequential", "at_first"), [(True, ["a"]), (False, ["a", "a"])])
def test_a_whole_subprocess_can_be_repeated(player: Player, kind: str, sequential: bool, at_first: list[str]) -> None:
    player.deploy(_repeated(kind, sequential=sequential))
    player.start()
    assert player.waits_at() == at_first
    player.complete("a")
    assert player.waits_at() == ["a"]
    player.complete("a")
    assert player.waits_at() == ["z"]


def test_a_loop_goes_on_while_its_condition_holds(player: Player) -> None:
    loop = (
        '<bpmn:standardLoopCharacteristics testBefore="false"><bpmn:loopCondition '
        'xsi:type="bpmn:tFormalExpression">again</bpmn:loopCondition></bpmn:standardLoopCharacteristics>'
    )
    player.deploy(
        diagram(process("p", start(), user_task("a", loop), user_task("z"), end(), flows("start", "a", "z", "end")))
    )
    player.start(again=True).complete("a")
    assert player.waits_at() == ["a"]
    player.complete("a", again=False)
    assert player.waits_at() == ["z"]


def test_a_terminate_end_event_ends_its_own_subprocess_only(player: Player) -> None:
    work = (
        start("s1"),
        element("parallelGateway", "both"),
        user_task("a"),
        user_task("b"),
        end("e1"),
        end("e2", "<bpmn:terminateEventDefinition/>"),
        flows("s1", "both", "a", "e1"),
        flows("both", "b", "e2"),
    )
    inner = element("subProcess", "inner", *work)
    player.deploy(diagram(process("p", start(), inner, user_task("z"), end(), flows("start", "inner", "z", "end"))))
    player.start().complete("b")
    assert player.waits_at() == ["z"]
    player.complete("z")
    assert player.status is InstanceStatus.COMPLETED


def test_a_send_task_hands_its_payload_to_the_receive_task_of_another_process(player: Player) -> None:
    payload = extensions(lookback("payload", value="{'team': number + 1}"))
    sends = element("sendTask", "send", payload, messageRef="m", name="send")
    receives = element("receiveTask", "receive", messageRef="m", name="receive")
    sender = process("p", start(), sends, user_task("z"), end(), flows("start", "send", "z", "end"))
    receiver = process("r", start("s1"), receives, user_task("a"), end("e1"), flows("s1", "receive", "a", "e1"))
    player.deploy(diagram(MESSAGE, sender, receiver))
    waiting = player.start("r").instance_id
    player.start("p", number=2).pass_time(seconds=1)
    player.instance_id = waiting
    assert (player.waits_at(), player.data) == (["a"], {"team": 3})


def test_what_was_sent_to_a_suspended_instance_arrives_when_it_is_resumed(player: Player) -> None:
    wait = element("intermediateCatchEvent", "wait", definition("signal", signalRef="s"))
    player.deploy(
        diagram(SIGNAL, process("p", start(), wait, user_task("a"), end(), flows("start", "wait", "a", "end")))
    )
    player.start()
    with player.runtime.unit_of_work() as uow:
        instances.suspend(uow, player.instance_id, reason="court order", by="root")
    assert player.signal("round_ended") == 1
    with player.runtime.unit_of_work() as uow:
        instances.resume(uow, player.instance_id, by="root")
    assert player.pass_time(seconds=1) == 1
    assert player.waits_at() == ["a"]


def test_a_signal_sent_twice_with_one_key_is_sent_once(player: Player) -> None:
    wait = element("intermediateCatchEvent", "wait", definition("signal", signalRef="s"))
    player.deploy(diagram(SIGNAL, process("p", start(), wait, end(), flows("start", "wait", "end"))))
    player.start()
    for _ in range(2):
        with player.runtime.unit_of_work() as uow:
            assert instances.broadcast_signal(uow, "round_ended", {}, by="root", idempotency_key="k1") == 1
    assert player.pass_time(seconds=1) == 1


def test_deadlines_missed_in_a_long_downtime_fire_once_each_in_order_over_all_instances(player: Player) -> None:
    moments = "[{'at': day, 'step': day} for day in days]"
    ladder = boundary("ladder", "a", timer("timeCycle", moments), interrupting=False)
    note = script_task("note", "noted = escalation.step")
    paths = flows("start", "a", "end") + flows("ladder", "note", "end2")
    player.deploy(diagram(process("p", start(), user_task("a"), ladder, note, end(), end("end2"), paths)))
    odd, even = ([f"2022-12-{day:02}T01:00:00+00:00" for day in days] for days in ((1, 3, 5), (2, 4)))
    first = player.start(key="H-1", days=odd).instance_id
    second = player.start(key="H-2", days=even).instance_id
    player.clock.advance(timedelta(days=60))
    fired: list[tuple[str, int]] = []
    while not jobs.sweep(player.runtime, limit=1).is_idle:
        fired = _fired(player, first, second)
    assert [day[:10] for day, _ in fired] == [f"2022-12-0{day}" for day in (1, 2, 3, 4, 5)]
    assert [instance for _, instance in fired] == [first, second, first, second, first]
    assert player.pass_time(days=60) == 0


def test_a_timer_without_end_fires_once_for_each_hour_that_was_missed(player: Player) -> None:
    hourly = boundary("hourly", "a", timer("timeCycle", "R/PT1H"), interrupting=False)
    paths = flows("start", "a", "end") + flows("hourly", "end2")
    player.deploy(diagram(process("p", start(), user_task("a"), hourly, end(), end("end2"), paths)))
    player.start()
    assert player.pass_time(hours=10) == 10
    assert player.pass_time(minutes=59) == 0
    assert player.pass_time(minutes=1) == 1


def _fired(player: Player, *of: int) -> list[tuple[str, int]]:
    """What fired so far, in the order in which it was recorded."""
    with player.runtime.reading() as uow:
        paths = [(instance, instances.path_of(uow, instance)) for instance in of]
    steps = [(step.data["due_at"], instance) for instance, path in paths for step in path if step.kind == "timer_fired"]
    return sorted(steps)
