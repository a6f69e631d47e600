"""Who is told of an escalation, when, and how: at once, after the quiet hours, or in the day's digest."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import select, update

from engine import tasks
from tests.workflows.late import Late, local
from tests.workflows.play import CONFIRM, Play
from workflows.escalation.digests import deliver_digests
from workflows.escalation.duties import digesting, releasing
from workflows.escalation.models import Digest
from workflows.escalation.reading import entries, mark_read, unread
from workflows.escalation.steps import EscalationStep
from workflows.hazards.words import Severity
from workflows.organisations.models import Person
from workflows.organisations.people import actor_for
from workflows.timekeeping import Timekeeping

MAJOR: dict[str, Any] = {"severity": Severity.MAJOR, "criterion": "城镇燃气经营安全重大隐患判定标准第四条"}
DUE_AT = "2022-11-11T18:00"
LATE_EVENING = "2022-11-14T22:00"
NEXT_MORNING = "2022-11-15T08:00"
SATURDAY = "2022-11-12T09:00"
MONDAY_MORNING = "2022-11-14T08:00"


@pytest.fixture
def late(play: Play, timekeeping: Timekeeping) -> Late:
    """A general hazard that waits to be confirmed by its unit's responsible person."""
    play.register()
    return Late(play, timekeeping)


def test_whoever_can_act_is_told_first_and_the_leader_by_digest(late: Late) -> None:
    late.take(EscalationStep.TELL_UNIT_LEADER, "2022-11-14T09:00")
    assert late.told() == [("zeren", True), ("danwei", False)]
    assert [it.deliver_at for it in late.notices()] == [local("2022-11-14T09:00"), local("2022-11-15T08:00")]


@pytest.mark.parametrize(
    ("step", "leaders"),
    [
        (EscalationStep.REMIND, set[str]()),
        (EscalationStep.DUE, set[str]()),
        (EscalationStep.TELL_UNIT_LEADER, {"danwei"}),
        (EscalationStep.TELL_DEPARTMENT, {"bumen"}),
        (EscalationStep.LIST_FOR_SUPERVISION, {"anweiban"}),
        (EscalationStep.TELL_COMMITTEE, {"anweiban", "lingdao"}),
    ],
)
def test_each_step_tells_the_leaders_of_its_level(late: Late, step: EscalationStep, leaders: set[str]) -> None:
    late.take(step, "2022-11-14T09:00")
    assert {it.recipient for it in late.notices() if it.for_digest} == leaders


def test_a_group_is_told_until_one_of_it_takes_the_task(late: Late) -> None:
    late.play.self_check()
    late.take(EscalationStep.REMIND, "2022-11-14T09:00", "verify_on_site")
    assert {"jiancha1", "jiancha2"} <= {account for account, _ in late.told()}
    before = len(late.told())
    with late.runtime.unit_of_work() as uow:
        tasks.claim(uow, late.play.task("verify_on_site").id, actor_for(uow.session, "jiancha2"))
    late.take(EscalationStep.DUE, "2022-11-14T10:00", "verify_on_site")
    assert late.told()[before:] == [("jiancha2", True)]


def test_whoever_took_part_before_cannot_act_and_is_not_told(late: Late) -> None:
    late.play.self_check()
    late.play.act("jiancha1", "verify_on_site", result="pass", opinion="合格", photos=["photo"])
    late.take(EscalationStep.REMIND, "2022-11-14T09:00", "countersign")
    assert "jiancha1" not in {account for account, _ in late.told()}


def test_a_department_that_delays_is_told_on_by_itself(late: Late) -> None:
    late.play.self_check()
    late.take(EscalationStep.TELL_UNIT_LEADER, "2022-11-25T09:00", "verify_on_site")
    digested = [(it.recipient, it.can_act) for it in late.notices() if it.for_digest]
    assert digested == [("bumen", True)]


def test_a_hazard_without_a_unit_of_ours_is_the_committees(play: Play, timekeeping: Timekeeping) -> None:
    play.register(unit_id=None, unit_name="路边小店")
    late = Late(play, timekeeping)
    late.take(EscalationStep.TELL_UNIT_LEADER, "2022-11-14T09:00")
    assert ("anweiban", True) in late.told()
    assert late.told()[-1] == ("lingdao", False)


def test_a_deputy_is_told_too(late: Late) -> None:
    late.on_leave("zeren", "danwei", date(2022, 11, 14), date(2022, 11, 18))
    late.take(EscalationStep.DUE, "2022-11-14T09:00")
    assert late.told() == [("danwei", True), ("zeren", True)]


def test_a_deputy_of_another_time_is_not_told(late: Late) -> None:
    late.on_leave("zeren", "danwei", date(2022, 11, 15), date(2022, 11, 18))
    late.take(EscalationStep.DUE, "2022-11-14T09:00")
    assert late.told() == [("zeren", True)]


def test_someone_who_left_is_not_told(late: Late) -> None:
    with late.runtime.unit_of_work() as uow:
        uow.session.execute(update(Person).where(Person.account == "danwei").values(active=False))
    late.take(EscalationStep.TELL_UNIT_LEADER, "2022-11-14T09:00")
    assert late.told() == [("zeren", True)]


def test_a_notice_waits_for_the_end_of_the_quiet_hours(late: Late) -> None:
    late.take(EscalationStep.DUE, LATE_EVENING)
    assert late.told() == [("zeren", False)]
    assert late.release("2022-11-15T07:59") == 0
    assert late.release(NEXT_MORNING) == 1
    assert late.told() == [("zeren", True)]
    assert late.release(NEXT_MORNING) == 0
    assert [it["recipient"] for it in late.published("notice.delivered")] == ["zeren"]


def test_an_overdue_major_hazard_breaks_the_quiet(play: Play, timekeeping: Timekeeping) -> None:
    play.register(**MAJOR)
    late = Late(play, timekeeping)
    late.take(EscalationStep.REMIND, "2022-11-08T22:00")
    late.take(EscalationStep.TELL_DEPARTMENT, LATE_EVENING)
    assert late.told() == [("zeren", False), ("zeren", True), ("bumen", False)]
    assert [it.urgent for it in late.notices()] == [False, True, True]


def test_a_notice_is_withdrawn_when_its_task_ends_first(late: Late) -> None:
    late.take(EscalationStep.DUE, LATE_EVENING)
    late.play.act("zeren", "confirm_hazard", **CONFIRM)
    late.release(NEXT_MORNING)
    assert late.notices() == []
    assert late.published("notice.delivered") == []


def test_a_notice_is_withdrawn_when_its_deadline_is_extended_first(late: Late) -> None:
    late.take(EscalationStep.TELL_UNIT_LEADER, LATE_EVENING)
    with late.runtime.unit_of_work() as uow:
        tasks.reschedule(uow, late.play.task("confirm_hazard").id, local("2022-12-01T18:00"), reason="雨雪", by="bumen")
    late.release(NEXT_MORNING)
    assert late.digest(NEXT_MORNING) == 0
    assert late.notices() == []


def test_a_leader_gets_one_digest_a_day_with_everything(late: Late) -> None:
    for hour in (9, 10, 11):
        late.play.register()
        late.take(EscalationStep.TELL_UNIT_LEADER, f"2022-11-14T{hour:02}:00")
    assert late.digest(NEXT_MORNING) == 1
    assert late.digest("2022-11-15T09:00") == 0
    assert late.digests() == [("danwei", date(2022, 11, 15))]
    (told,) = late.published("digest.delivered")
    assert (told["recipient"], told["count"], len(told["notices"])) == ("danwei", 3, 3)


def test_what_comes_after_the_digest_waits_for_the_next_one(late: Late) -> None:
    late.take(EscalationStep.TELL_UNIT_LEADER, "2022-11-14T09:00")
    assert late.digest(NEXT_MORNING) == 1
    late.play.register()
    late.take(EscalationStep.TELL_UNIT_LEADER, "2022-11-15T09:00")
    assert late.digest("2022-11-15T20:00") == 0
    assert late.digest("2022-11-16T08:00") == 1
    assert [day.day for _, day in late.digests()] == [15, 16]


def test_no_digest_comes_before_the_quiet_hours_end_or_on_a_day_off(late: Late) -> None:
    late.take(EscalationStep.TELL_UNIT_LEADER, "2022-11-11T19:00")
    assert [late.digest(moment) for moment in (SATURDAY, "2022-11-14T07:59", MONDAY_MORNING)] == [0, 0, 1]


def test_an_empty_digest_is_never_sent(late: Late) -> None:
    late.take(EscalationStep.TELL_UNIT_LEADER, "2022-11-14T09:00")
    late.play.act("zeren", "confirm_hazard", **CONFIRM)
    assert late.digest(NEXT_MORNING) == 0
    assert late.digests() == []
    assert late.published("digest.delivered") == []


def test_many_nodes_deliver_each_digest_once(late: Late) -> None:
    late.take(EscalationStep.TELL_COMMITTEE, "2022-11-25T09:00")
    late.play.clock.advance_to(local("2022-11-28T08:00"))
    with ThreadPoolExecutor(4) as nodes:
        runs = [nodes.submit(deliver_digests, late.runtime, late.timekeeping) for _ in range(4)]
    assert sum(run.result() for run in runs) == 2
    assert sorted(account for account, _ in late.digests()) == ["anweiban", "lingdao"]
    assert len(late.published("digest.delivered")) == 2


def test_a_digest_begins_with_what_its_reader_can_act_on(late: Late) -> None:
    late.take(EscalationStep.TELL_DEPARTMENT, "2022-11-16T09:00")
    late.play.register()
    late.play.self_check()
    late.take(EscalationStep.TELL_DEPARTMENT, "2022-11-16T10:00", "verify_on_site")
    late.digest("2022-11-17T08:00")
    with late.runtime.reading() as uow:
        (digest_id,) = uow.session.scalars(select(Digest.id).where(Digest.recipient == "bumen"))
        assert [it.can_act for it in entries(uow.session, digest_id)] == [True, False]


def test_a_person_reads_what_was_delivered_to_them(late: Late) -> None:
    late.take(EscalationStep.REMIND, "2022-11-10T09:00")
    late.take(EscalationStep.TELL_UNIT_LEADER, "2022-11-14T09:00")
    with late.runtime.reading() as uow:
        assert [it.step.value for it in unread(uow.session, "zeren")] == ["tell_unit_leader", "remind"]
        assert unread(uow.session, "danwei") == []


def test_only_ones_own_notices_can_be_marked_as_read(late: Late) -> None:
    late.take(EscalationStep.REMIND, "2022-11-10T09:00")
    (notice,) = late.notices()
    with late.runtime.unit_of_work() as uow:
        assert mark_read(uow, "danwei", [notice.id]) == 0
        assert mark_read(uow, "zeren", [notice.id]) == 1
        assert mark_read(uow, "zeren", [notice.id]) == 0
        assert unread(uow.session, "zeren") == []


def test_the_duty_releases_held_notices_batch_after_batch(late: Late) -> None:
    for minute in range(5):
        late.play.register()
        late.take(EscalationStep.DUE, f"2022-11-14T22:{minute:02}")
    late.play.clock.advance_to(local(NEXT_MORNING))
    duty = releasing(late.runtime, every=timedelta(minutes=10), batch=2)
    duty.run(Event())
    assert duty.name == "notices"
    assert late.told() == [("zeren", True)] * 5


def test_the_duty_of_digests_stops_between_two_people_when_told(late: Late) -> None:
    late.take(EscalationStep.TELL_COMMITTEE, "2022-11-25T09:00")
    late.play.clock.advance_to(local("2022-11-28T08:00"))
    duty = digesting(late.runtime, late.timekeeping, every=timedelta(minutes=10))
    stopping = Event()
    stopping.set()
    duty.run(stopping)
    assert late.digests() == []
    duty.run(Event())
    assert len(late.digests()) == 2
