"""Whoever was told of a late deadline may take care of it, which stops later steps where the decision table says so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine import tasks
from tests.workflows.late import Late, local
from tests.workflows.play import CONFIRM, Play
from workflows.errors import InvalidRecord, Refused, UnknownRecord
from workflows.escalation.acknowledging import acknowledge
from workflows.escalation.models import Acknowledgement
from workflows.escalation.outlook import outlook
from workflows.escalation.steps import EscalationStep
from workflows.hazards.facts import hazard_of
from workflows.hazards.words import Severity
from workflows.timekeeping import Timekeeping

UNTIL_THE_LEADER_KNOWS = 7
"""Days from the registration on 8 November until the unit's leader has the digest of the first step that is late."""


@pytest.fixture
def late(play: Play, timekeeping: Timekeeping) -> Late:
    """A general hazard whose unit does not stir; on the morning of 15 November its leader has read the digest."""
    play.register()
    late = Late(play, timekeeping)
    late.pass_days(UNTIL_THE_LEADER_KNOWS)
    return late


def given(late: Late) -> list[Acknowledgement]:
    return late.play.rows(Acknowledgement)


def test_an_acknowledgement_is_on_record_with_who_when_and_words(late: Late) -> None:
    late.acknowledge("danwei", "  已安排专人今日整改 ")
    (it,) = given(late)
    assert (it.by, it.words, it.step, it.as_leader) == (
        "danwei",
        "已安排专人今日整改",
        EscalationStep.TELL_UNIT_LEADER,
        True,
    )
    assert it.at == late.play.clock.now()
    assert it.holds_until == local("2022-11-18T18:00"), "three working days, the day itself not counted"


def test_it_is_told_to_the_outbox(late: Late) -> None:
    late.acknowledge("danwei", "马上办")
    (told,) = late.play.told("deadline.acknowledged")
    assert (told["by"], told["step"], told["words"]) == ("danwei", "tell_unit_leader", "马上办")
    assert told["holds_until"] == "2022-11-18T10:00:00+00:00"


def test_it_stops_the_next_step_but_not_those_after_its_time(late: Late) -> None:
    late.acknowledge("danwei")
    late.pass_days(14)
    assert late.steps()[2:] == [
        ("tell_unit_leader", True),
        ("tell_department", False),
        ("list_for_supervision", True),
        ("tell_committee", True),
    ]
    assert "bumen" not in {it.recipient for it in late.notices() if it.step is EscalationStep.TELL_DEPARTMENT}
    assert late.faults() == []


def test_what_was_stopped_is_told_to_the_outbox_with_its_reason(late: Late) -> None:
    given_by_leader = late.acknowledge("danwei")
    late.pass_days(3)
    (told,) = late.play.told("deadline.step_stopped")
    assert (told["step"], told["by"], told["acknowledgement"]) == ("tell_department", "danwei", given_by_leader.id)
    assert [it["step"] for it in late.play.told("deadline.escalated")] == ["remind", "due", "tell_unit_leader"]


def test_the_committee_is_told_whoever_takes_care(late: Late) -> None:
    late.pass_days(3)
    late.acknowledge("bumen")
    late.pass_days(12)
    assert late.steps()[3:] == [
        ("tell_department", True),
        ("list_for_supervision", False),
        ("tell_committee", True),
    ]


def test_whoever_is_late_stops_nothing_by_saying_so(late: Late) -> None:
    it = late.acknowledge("zeren")
    assert not it.as_leader
    late.pass_days(3)
    assert late.steps()[-1] == ("tell_department", True)
    assert late.faults() == []


def test_an_extension_makes_a_deadline_that_nobody_has_acknowledged(late: Late) -> None:
    late.acknowledge("danwei")
    with late.runtime.unit_of_work() as uow:
        task = late.play.task("confirm_hazard")
        tasks.reschedule(uow, task.id, local("2022-11-15T18:00"), reason="雨雪", by="bumen")
    late.pass_days(7)
    assert late.steps()[-2:] == [("tell_unit_leader", True), ("tell_department", True)]
    assert late.faults() == []


def test_a_major_hazard_is_not_stopped(play: Play, timekeeping: Timekeeping) -> None:
    play.register(severity=Severity.MAJOR, criterion="城镇燃气经营安全重大隐患判定标准第四条")
    late = Late(play, timekeeping)
    late.pass_days(4)
    assert late.acknowledge("danwei").holds_until is None
    late.pass_days(10)
    assert all(is_taken for _, is_taken in late.steps())


def test_nobody_acknowledges_what_others_were_told_or_was_not_delivered(late: Late) -> None:
    mine = late.notice_of("danwei")
    for account in ("zeren", "bumen", "guanli"):
        with late.runtime.unit_of_work() as uow, pytest.raises(UnknownRecord):
            acknowledge(uow, account, mine.id, "", late.timekeeping.calendar)
    assert given(late) == []


def test_saying_it_again_changes_nothing(late: Late) -> None:
    first = late.acknowledge("danwei", "第一次")
    late.play.pass_time(hours=1)
    again = late.acknowledge("danwei", "第二次")
    assert (again.id, again.words, len(given(late))) == (first.id, "第一次", 1)
    assert len(late.play.told("deadline.acknowledged")) == 1


def test_many_at_once_leave_one_record(late: Late) -> None:
    with ThreadPoolExecutor(6) as people:
        runs = [people.submit(late.acknowledge, "danwei", str(n)) for n in range(6)]
        ids = {run.result().id for run in runs}
    assert len(ids) == len(given(late)) == len(late.play.told("deadline.acknowledged")) == 1


def test_nothing_is_left_to_take_care_of_when_the_task_has_ended(late: Late) -> None:
    late.play.act("zeren", "confirm_hazard", **CONFIRM)
    with pytest.raises(Refused, match="nothing is left"):
        late.acknowledge("danwei")


def test_words_that_cannot_be_kept_are_refused(late: Late) -> None:
    for words in ("字" * 501, "a\x00b"):
        with pytest.raises(InvalidRecord):
            late.acknowledge("danwei", words)


def test_what_is_acknowledged_counts_as_read(late: Late) -> None:
    late.acknowledge("danwei")
    assert late.notice_of("danwei").read_at == late.play.clock.now()


def test_the_outlook_says_what_will_be_stopped(late: Late) -> None:
    it = late.acknowledge("danwei")
    with late.runtime.reading() as uow:
        coming = outlook(uow, hazard_of(uow.session, late.play.number), late.timekeeping.calendar)
    by_step = {each.step: each.stopped_by and each.stopped_by.id for each in coming}
    assert by_step == {
        EscalationStep.TELL_DEPARTMENT: it.id,
        EscalationStep.LIST_FOR_SUPERVISION: None,
        EscalationStep.TELL_COMMITTEE: None,
    }


def test_a_deputy_who_was_told_may_acknowledge(play: Play, timekeeping: Timekeeping) -> None:
    play.register()
    late = Late(play, timekeeping)
    late.on_leave("danwei", "zeren", *(local(f"2022-11-{day}").date() for day in ("14", "18")))
    late.pass_days(UNTIL_THE_LEADER_KNOWS)
    assert late.acknowledge("zeren").by == "zeren"
