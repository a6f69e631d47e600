"""Service tasks that fail: as incidents, tried again of themselves a few times, and never in the way of others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine import instances, jobs
from engine.instances.incidents import RETRY_AFTER
from engine.storage.models import Job, OutboxEvent
from tests.diagrams import boundary, diagram, end, flows, process, service_task, start, timer, user_task
from tests.features.conftest import Mistaken, Weather
from tests.features.player import Player


def _calling(operator: str) -> bytes:
    chain = flows("start", "a", "call", "b", "end")
    return diagram(process("p", start(), user_task("a"), service_task("call", operator), user_task("b"), end(), chain))


def _calling_after_a_day(operator: str) -> bytes:
    late = boundary("late", "a", timer("timeDuration", "P1D"))
    paths = flows("start", "a", "end") + flows("late", "call", "b", "end")
    return diagram(
        process("p", start(), user_task("a"), late, service_task("call", operator), user_task("b"), end(), paths)
    )


def test_a_failed_service_task_is_tried_again_of_itself(player: Player, weather: Weather) -> None:
    player.deploy(_calling("test.sail"))
    player.start().complete("a")
    assert player.pass_time(seconds=59) == 0
    weather.stormy = False
    assert player.pass_time(seconds=1) == 1
    assert (player.incidents(), player.waits_at(), _jobs(player)) == ([], ["b"], 0)


def test_after_its_last_attempt_a_failed_service_task_waits_for_a_person(player: Player, weather: Weather) -> None:
    player.deploy(_calling("test.sail"))
    player.start().complete("a")
    attempts = [player.incidents()[0].attempts]
    for wait in RETRY_AFTER:
        assert player.pass_time(seconds=wait.total_seconds()) == 1
        attempts.append(player.incidents()[0].attempts)
    assert attempts == [1, 2, 3, 4]
    assert player.pass_time(days=30) == 0
    weather.stormy = False
    _retry(player)
    assert player.waits_at() == ["b"]


def test_a_retry_by_hand_takes_the_place_of_the_next_automatic_one(player: Player, weather: Weather) -> None:
    player.deploy(_calling("test.sail"))
    player.start().complete("a")
    _retry(player)
    assert (player.incidents()[0].attempts, _jobs(player)) == (2, 1)
    weather.stormy = False
    _retry(player)
    assert _jobs(player) == 0


def test_a_refusal_of_the_domain_is_an_incident_and_what_the_operator_wrote_is_undone(player: Player) -> None:
    player.deploy(_calling("test.write_and_forbid"))
    player.start().complete("a")
    [incident] = player.incidents()
    assert incident.message == "operator test.write_and_forbid: only the committee may do this"
    assert _written(player) == 0


def test_what_a_person_entered_wrongly_undoes_the_whole_step_and_is_told_to_the_person(player: Player) -> None:
    player.deploy(_calling("test.write_and_correct"))
    player.start()
    with pytest.raises(Mistaken, match="the day lies in the past"):
        player.complete("a")
    assert (player.waits_at(), player.incidents(), _written(player)) == (["a"], [], 0)


def test_a_job_has_nobody_to_ask_for_a_correction_and_leaves_an_incident(player: Player) -> None:
    player.deploy(_calling_after_a_day("test.write_and_correct"))
    player.start()
    assert player.pass_time(days=1) == 1
    [incident] = player.incidents()
    assert incident.message == "operator test.write_and_correct: the day lies in the past"
    assert (player.waits_at(), _written(player)) == ([], 0)


def test_what_nobody_thought_of_undoes_the_whole_step(player: Player) -> None:
    player.deploy(_calling("test.stumble"))
    player.start()
    with pytest.raises(ZeroDivisionError):
        player.complete("a")
    assert (player.waits_at(), player.incidents()) == (["a"], [])


def test_a_job_that_stumbles_is_postponed_and_the_others_are_done(player: Player) -> None:
    player.deploy(_calling_after_a_day("test.stumble"))
    player.start(key="H-1")
    player.deploy(_calling_after_a_day("test.rest"))
    player.start(key="H-2")
    player.clock.advance(timedelta(days=1))
    assert jobs.sweep(player.runtime) == jobs.SweepResult(fired=1, failed=1)
    assert player.waits_at() == ["b"]
    with player.runtime.reading() as uow:
        [job] = uow.session.scalars(select(Job))
    assert (job.attempts, job.last_error) == (1, "ZeroDivisionError('nobody thought of this')")
    assert jobs.sweep(player.runtime).is_idle


def _retry(player: Player) -> None:
    [incident] = player.incidents()
    with player.runtime.unit_of_work() as uow:
        instances.retry(uow, incident.id, by="root")


def _jobs(player: Player) -> int:
    with player.runtime.reading() as uow:
        return uow.session.scalar(select(func.count()).select_from(Job)) or 0


def _written(player: Player) -> int:
    with player.runtime.reading() as uow:
        events = select(func.count()).select_from(OutboxEvent).where(OutboxEvent.type == "test.written")
        return uow.session.scalar(events) or 0
