"""A clock that jumps: forward by days, back by hours. Nothing fires twice, nothing is missed, no digest comes twice."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from engine import jobs
from engine.clock import ReplayClock
from engine.jobs import claim_due_jobs
from engine.storage.models import Job
from tests.conftest import CAMPAIGN_BEGINS
from tests.workflows.late import Late, local
from tests.workflows.play import Play
from workflows.escalation.models import Digest, Escalation
from workflows.escalation.steps import EscalationStep
from workflows.timekeeping import Timekeeping


class JumpingClock(ReplayClock):
    """A clock that somebody sets, to whatever moment."""

    def jump_to(self, moment: datetime) -> None:
        self._now = moment


@pytest.fixture
def clock() -> JumpingClock:
    return JumpingClock(CAMPAIGN_BEGINS)


@pytest.fixture
def late(play: Play, timekeeping: Timekeeping) -> Late:
    """A general hazard that its unit does not confirm until 11 November at six in the evening, nor afterwards."""
    play.register()
    return Late(play, timekeeping)


@pytest.fixture
def jump(clock: JumpingClock, late: Late) -> Jump:
    return Jump(clock, late)


class Jump:
    """Sets the clock and does what is due then, as the scheduler's next tick would."""

    def __init__(self, clock: JumpingClock, late: Late) -> None:
        self._clock = clock
        self._late = late

    def to(self, written: str) -> None:
        self._clock.jump_to(local(written))
        jobs.drain(self._late.runtime)
        self._late.deliver()


def published(late: Late) -> Counter[str]:
    """How often each recipient got notices and digests."""
    single = Counter(it["recipient"] for it in late.published("notice.delivered"))
    return single + Counter(it["recipient"] for it in late.published("digest.delivered"))


def times_taken(late: Late) -> set[int]:
    with late.runtime.reading() as uow:
        return set(Counter((it.task_id, it.step) for it in uow.session.scalars(select(Escalation))).values())


def test_days_that_were_jumped_over_are_made_up_for_once_and_in_order(late: Late, jump: Jump) -> None:
    jump.to("2022-11-17T10:00")
    assert [step for step, _ in late.steps()] == ["remind", "due", "tell_unit_leader", "tell_department"]
    assert published(late) == {"zeren": 4}
    jump.to("2022-11-18T08:00")
    assert published(late) == {"zeren": 4, "danwei": 1, "bumen": 1}
    assert late.faults() == []


def test_hours_that_come_again_bring_nothing_again(late: Late, jump: Jump) -> None:
    jump.to("2022-11-15T09:00")
    before = (late.steps(), published(late), late.digests())
    for hour in ("03:00", "08:00", "09:00"):
        jump.to(f"2022-11-15T{hour}")
        assert (late.steps(), published(late), late.digests()) == before
    assert late.faults() == []


def test_what_was_taken_too_early_by_a_clock_that_was_ahead_is_not_taken_again(late: Late, jump: Jump) -> None:
    jump.to("2022-11-16T10:00")
    jump.to("2022-11-10T10:00")
    assert late.faults() == []
    for day in range(11, 26):
        for hour in ("08:00", "09:00", "18:00"):
            jump.to(f"2022-11-{day}T{hour}")
    assert [step for step, _ in late.steps()][-1] == "tell_committee"
    assert times_taken(late) == {1}
    assert late.faults() == []


def test_a_digest_does_not_come_twice_on_a_day_that_comes_twice(late: Late, jump: Jump) -> None:
    jump.to("2022-11-14T09:00")
    jump.to("2022-11-15T08:00")
    assert late.digests() == [("danwei", local("2022-11-15").date())]
    jump.to("2022-11-14T10:00")
    late.play.register()
    late.take(EscalationStep.TELL_UNIT_LEADER, "2022-11-14T11:00")
    jump.to("2022-11-15T08:00")
    assert len(late.digests()) == 1
    jump.to("2022-11-16T08:00")
    assert [day.day for account, day in late.digests() if account == "danwei"] == [15, 16], "nothing was forgotten"


def test_a_notice_that_waits_for_the_morning_comes_once_whenever_the_morning_is(late: Late, jump: Jump) -> None:
    late.play.clock.advance_to(local("2022-11-11T22:00"))
    jobs.drain(late.runtime)
    assert published(late) == {}
    jump.to("2022-11-11T19:00")
    assert published(late) == {}, "what was put off until the morning stays put off"
    jump.to("2022-11-12T08:00")
    jump.to("2022-11-12T07:00")
    jump.to("2022-11-12T08:00")
    assert published(late) == {"zeren": 2}
    assert late.faults() == []


def test_an_acknowledgement_outlasts_a_clock_that_goes_back_and_forth(late: Late, jump: Jump) -> None:
    for moment in ("2022-11-14T09:00", "2022-11-15T08:00", "2022-11-15T10:00"):
        jump.to(moment)
    late.acknowledge("danwei")
    jump.to("2022-11-15T06:00")
    late.acknowledge("danwei")
    jump.to("2022-11-16T09:00")
    assert late.steps()[-1] == ("tell_department", False)
    assert len(late.play.told("deadline.acknowledged")) == 1
    assert late.faults() == []


def test_what_a_node_claimed_before_the_clock_was_set_back_is_not_stuck(late: Late, jump: Jump) -> None:
    ahead = local("2022-11-20T09:00")
    with late.runtime.database.transaction() as session:
        claimed = claim_due_jobs(session, node="a node that is killed", now=ahead, limit=100)
    assert claimed
    jump.to("2022-11-11T18:00")
    assert [step for step, _ in late.steps()] == ["remind", "due"]


def test_what_failed_is_tried_again_although_the_clock_was_set_back(late: Late, jump: Jump) -> None:
    with late.runtime.unit_of_work() as uow:
        for job in uow.session.scalars(select(Job)):
            job.attempts, job.claimed_until = 4, local("2022-11-20T09:00") + timedelta(hours=6)
    jump.to("2022-11-11T18:00")
    assert [step for step, _ in late.steps()] == ["remind", "due"]


def test_a_jump_over_the_new_year_s_calendar_leaves_no_digest_double(late: Late, jump: Jump) -> None:
    jump.to("2023-01-05T09:00")
    jump.to("2023-01-06T08:00")
    jump.to("2023-01-06T09:00")
    with late.runtime.reading() as uow:
        days = Counter((it.recipient, it.day) for it in uow.session.scalars(select(Digest)))
    assert set(days.values()) == {1}
    assert times_taken(late) == {1}
