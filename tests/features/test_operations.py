"""What an operator does to running instances: halt, cancel, retry, repair; and what survives a crash."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine import instances, jobs, tasks
from engine.errors import WrongState
from engine.jobs import claim_due_jobs
from engine.runtime import UnitOfWork
from engine.storage.models import HistoryEvent, Instance, InstanceStatus, Job, OutboxEvent
from tests.diagrams import boundary, diagram, element, end, flow, flows, process, service_task, start, timer, user_task
from tests.features.conftest import Weather
from tests.features.player import Player

SAIL = diagram(
    process(
        "p",
        start(),
        user_task("a"),
        service_task("sail", "test.sail", "voyage"),
        user_task("b"),
        end(),
        flows("start", "a", "sail", "b", "end"),
    )
)
LATE = diagram(
    process(
        "p",
        start(),
        user_task("a", due="due"),
        boundary("late", "a", timer("timeDuration", "P2D")),
        user_task("b"),
        end(),
        flows("start", "a", "end"),
        flows("late", "b", "end"),
    )
)


def test_a_failing_service_task_waits_as_an_incident_and_can_be_retried(player: Player, weather: Weather) -> None:
    player.deploy(SAIL)
    player.start().complete("a")
    [incident] = player.incidents()
    assert "the sea is rough" in incident.message
    _retry(player, incident.id)
    assert player.incidents()[0].attempts == 2
    weather.stormy = False
    _retry(player, incident.id)
    assert (player.incidents(), player.waits_at(), player.data["voyage"]) == ([], ["b"], "arrived")
    with pytest.raises(WrongState, match="resolved"):
        _retry(player, incident.id)


def test_a_token_can_be_moved_with_a_reason(player: Player) -> None:
    player.deploy(SAIL)
    player.start(x=1)
    _move(player, "a", "b")
    assert player.waits_at() == ["b"]
    assert player.data["x"] == 1
    player.complete("b")
    assert player.status is InstanceStatus.COMPLETED


def test_a_token_can_be_moved_away_from_an_incident(player: Player) -> None:
    player.deploy(SAIL)
    player.start().complete("a")
    [incident] = player.incidents()
    with player.runtime.unit_of_work() as uow:
        instances.move_token(uow, player.instance_id, token=incident.token, to_element="b", reason="no ship", by="root")
    assert (player.incidents(), player.waits_at()) == ([], ["b"])


def test_moving_a_token_off_a_task_takes_its_boundary_timer_along(player: Player) -> None:
    player.deploy(LATE)
    player.start(due="2022-12-01T10:00:00+08:00")
    _move(player, "a", "b")
    assert player.pass_time(days=5) == 0
    assert player.waits_at() == ["b"]


def test_a_token_can_be_moved_back_before_a_task_with_a_timer(player: Player) -> None:
    player.deploy(LATE)
    player.start(due="2022-12-01T10:00:00+08:00").pass_time(days=2)
    assert player.waits_at() == ["b"]
    _move(player, "b", "a")
    assert player.waits_at() == ["a"]
    assert player.pass_time(days=2) == 1


def test_a_cancelled_instance_keeps_nothing_open(player: Player) -> None:
    player.deploy(LATE)
    player.start(due="2022-12-01T10:00:00+08:00")
    with player.runtime.unit_of_work() as uow:
        instances.cancel(uow, player.instance_id, reason="registered twice", by="root")
    assert (player.status, player.waits_at(), player.pass_time(days=9)) == (InstanceStatus.CANCELLED, [], 0)
    with pytest.raises(WrongState), player.runtime.unit_of_work() as uow:
        instances.cancel(uow, player.instance_id, reason="again", by="root")


def test_time_does_not_count_while_an_instance_is_suspended(player: Player) -> None:
    player.deploy(LATE)
    player.start(due="2022-12-01T10:00:00+08:00")
    due_at = player.task("a").due_at
    with player.runtime.unit_of_work() as uow:
        instances.suspend(uow, player.instance_id, reason="court order", by="root")
    with pytest.raises(WrongState, match="suspended"):
        player.complete("a")
    assert player.pass_time(days=30) == 0
    with player.runtime.unit_of_work() as uow:
        instances.resume(uow, player.instance_id, by="root")
    assert due_at is not None
    assert player.task("a").due_at == due_at + timedelta(days=30)
    assert player.pass_time(days=1) == 0
    assert player.pass_time(days=1) == 1


def test_a_rescheduled_task_moves_its_timers_and_remembers_the_old_date(player: Player) -> None:
    moments = "[due_at]"
    shape = process(
        "p",
        start(),
        user_task("a", due="due"),
        boundary("ladder", "a", timer("timeCycle", moments), interrupting=False),
        user_task("b"),
        end(),
        end("end2"),
        flows("start", "a", "end"),
        flows("ladder", "b", "end2"),
    )
    player.deploy(diagram(shape))
    player.start(due="2022-11-10T10:00:00+08:00")
    later = player.clock.now() + timedelta(days=20)
    with player.runtime.unit_of_work() as uow:
        tasks.reschedule(uow, player.task("a").id, later, reason="extension granted", by="root")
    assert player.task("a").due_at == later
    assert player.pass_time(days=19) == 0
    assert player.pass_time(days=1) == 1
    with player.runtime.reading() as uow:
        moved = [step for step in instances.path_of(uow, player.instance_id) if step.kind == "task_rescheduled"]
    assert moved[0].data["from"] == "2022-11-10T02:00:00+00:00"


def test_state_history_and_outbox_commit_together_or_not_at_all(player: Player) -> None:
    player.deploy(LATE)
    before = _rows(player)
    with pytest.raises(ZeroDivisionError), player.runtime.unit_of_work() as uow:
        _start_and_fail(uow)
    assert _rows(player) == before


def test_a_job_whose_node_died_is_done_by_another_once_its_claim_runs_out(player: Player) -> None:
    player.deploy(LATE)
    player.start(due="2022-12-01T10:00:00+08:00")
    now = player.clock.advance(timedelta(days=2))
    with player.runtime.database.transaction() as session:
        assert len(claim_due_jobs(session, node="died", now=now, limit=10)) == 1
    assert jobs.drain(player.runtime) == 0
    assert player.pass_time(minutes=6) == 1
    assert player.waits_at() == ["b"]


def test_a_hundred_returns_leave_the_instance_as_small_as_one(player: Player) -> None:
    gateway = element("exclusiveGateway", "x", default="out")
    inner = process(
        "inner",
        start("s1"),
        user_task("a", result="a"),
        boundary("late", "a", timer("timeDuration", "P9D"), interrupting=False),
        end("e1"),
        end("e2"),
        flows("s1", "a", "e1"),
        flows("late", "e2"),
    )
    outer = process(
        "p",
        start(),
        element("callActivity", "call", calledElement="inner"),
        gateway,
        user_task("b"),
        end(),
        flows("start", "call", "x"),
        flow("x", "call", "again"),
        flow("x", "b", id="out"),
        flows("b", "end"),
    )
    player.deploy(diagram(inner, outer))
    player.start(again=True)
    player.complete("a")
    size = _state_size(player)
    for _ in range(100):
        player.complete("a")
    assert _state_size(player) <= size * 1.1


def _start_and_fail(uow: UnitOfWork) -> None:
    instances.start(uow, "p", {"due": "2022-12-01T10:00:00+08:00"}, business_key="H-9", by="ann")
    raise ZeroDivisionError


def _retry(player: Player, incident_id: int) -> None:
    with player.runtime.unit_of_work() as uow:
        instances.retry(uow, incident_id, by="root")


def _move(player: Player, element_id: str, to: str) -> None:
    token = player.task(element_id).token
    with player.runtime.unit_of_work() as uow:
        instances.move_token(uow, player.instance_id, token=token, to_element=to, reason="a mistake", by="root")


def _state_size(player: Player) -> int:
    with player.runtime.reading() as uow:
        return len(uow.session.get_one(Instance, player.instance_id).state)


def _rows(player: Player) -> list[int | None]:
    with player.runtime.reading() as uow:
        tables = (Instance, HistoryEvent, OutboxEvent, Job)
        return [uow.session.scalar(select(func.count()).select_from(table)) for table in tables]
