"""Self-check: the unit signs for a hazard, plans, puts it right, proves it, and its leader confirms."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine.errors import InvalidForm, NotPermitted
from tests.workflows.play import AGREE, CARRIED_OVER, CONFIRM, MAJOR, MAJOR_PLAN, PLAN, PROOF, RECTIFICATION, Play
from workflows.errors import InvalidRecord
from workflows.hazards.models import Evidence, ProgressNote, TimeLimit
from workflows.hazards.words import EvidenceKind, Stage
from workflows.organisations.people import person_by_account


def test_a_general_hazard_is_planned_put_right_and_submitted(play: Play) -> None:
    play.register()
    play.self_check()
    hazard = play.hazard()
    assert (hazard.stage, hazard.measures) == (Stage.SPECIAL_INSPECTION, PLAN["measures"])
    assert hazard.rectified_at == play.clock.now()
    assert play.data()["rectified_by"] == ["zeren", "danwei"]
    assert [note.text[:4] for note in play.rows(ProgressNote)] == ["确认隐患", "制定整改", "整改完成"]


def test_a_plan_sets_the_time_limit_to_the_close_of_its_last_day(play: Play) -> None:
    play.register()
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_plan", **PLAN)
    hazard = play.hazard()
    assert hazard.due_at == hazard.original_due_at == datetime(2022, 11, 30, 10, tzinfo=UTC)
    assert [limit.due_at for limit in play.rows(TimeLimit)] == [hazard.due_at]
    assert play.task("rectify").due_at == hazard.due_at


def test_a_plan_cannot_move_a_time_limit_that_is_in_force(play: Play) -> None:
    play.register(due_at=datetime(2022, 11, 20, 10, tzinfo=UTC))
    play.act("zeren", "confirm_hazard", **CONFIRM)
    with pytest.raises(InvalidRecord, match="only an extension moves it"):
        play.act("zeren", "make_plan", **PLAN)
    play.act("zeren", "make_plan", **PLAN | {"due_on": "2022-11-18"})
    assert play.hazard().due_at == datetime(2022, 11, 20, 10, tzinfo=UTC)


def test_a_plan_that_comes_after_the_time_limit_leaves_the_hazard_late(play: Play) -> None:
    limit = datetime(2022, 11, 20, 10, tzinfo=UTC)
    play.register(due_at=limit)
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.pass_time(days=15)
    play.act("zeren", "make_plan", **PLAN)
    assert play.task("rectify").due_at == play.hazard().due_at == limit


def test_what_a_plan_leaves_out_stays_as_the_ledger_has_it(play: Play) -> None:
    play.register(requirements="限期更换", funds_planned=Decimal(5))
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_plan", **{key: value for key, value in PLAN.items() if key != "requirements"})
    assert (play.hazard().requirements, play.hazard().funds_planned) == ("限期更换", 5)


def test_a_time_limit_of_an_earlier_campaign_is_replaced_and_stays_on_record(play: Play) -> None:
    earlier = datetime(2021, 12, 31, 10, tzinfo=UTC)
    play.register(due_at=earlier, **CARRIED_OVER)
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_plan", **PLAN)
    assert play.hazard().due_at == datetime(2022, 11, 30, 10, tzinfo=UTC)
    assert play.hazard().original_due_at == earlier


def test_a_time_limit_in_the_past_is_refused(play: Play) -> None:
    play.register()
    play.act("zeren", "confirm_hazard", **CONFIRM)
    with pytest.raises(InvalidRecord, match="due_on"):
        play.act("zeren", "make_plan", **PLAN | {"due_on": "2022-11-07"})


@pytest.mark.parametrize("missing", ["responsible_name", "measures", "funds_planned", "due_on", "interim_controls"])
def test_a_major_hazard_needs_all_five_in_place(play: Play, missing: str) -> None:
    play.register(**MAJOR)
    play.act("zeren", "confirm_hazard", **CONFIRM)
    with pytest.raises(InvalidForm, match=missing):
        play.act("zeren", "make_major_plan", **{key: value for key, value in MAJOR_PLAN.items() if key != missing})


def test_a_major_hazard_has_a_treatment_plan_and_no_other(play: Play) -> None:
    play.register(**MAJOR)
    play.act("zeren", "confirm_hazard", **CONFIRM)
    assert play.waits_at() == ["make_major_plan"]
    play.act("zeren", "make_major_plan", **MAJOR_PLAN)
    assert play.waits_at() == ["rectify"]
    assert play.hazard().funds_planned == Decimal("12.50")
    assert play.hazard().interim_controls == MAJOR_PLAN["interim_controls"]


@pytest.mark.parametrize("missing", ["before_photos", "after_photos", "done_on"])
def test_a_rectification_is_proved(play: Play, missing: str) -> None:
    play.register()
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_plan", **PLAN)
    with pytest.raises(InvalidForm, match=missing):
        play.act("zeren", "rectify", **{key: value for key, value in RECTIFICATION.items() if key != missing})


def test_what_was_handed_in_is_kept_by_kind(play: Play) -> None:
    play.register()
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_plan", **PLAN, documents=["plan-file"])
    play.act("zeren", "rectify", **RECTIFICATION, documents=["invoice"], funds_spent=3.5)
    kept = {(it.kind, it.reference, it.added_by) for it in play.rows(Evidence)}
    assert kept == {
        (EvidenceKind.DOCUMENT, "plan-file", "zeren"),
        (EvidenceKind.BEFORE, "photo-before", "zeren"),
        (EvidenceKind.AFTER, "photo-after", "zeren"),
        (EvidenceKind.DOCUMENT, "invoice", "zeren"),
    }
    assert play.hazard().funds_spent == Decimal("3.50")


def test_a_rectification_cannot_have_happened_tomorrow(play: Play) -> None:
    play.register()
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_plan", **PLAN)
    with pytest.raises(InvalidRecord, match="done_on"):
        play.act("zeren", "rectify", **RECTIFICATION | {"done_on": "2022-11-09"})


def test_a_hazard_fixed_on_the_spot_goes_to_the_leader_with_its_proof(play: Play) -> None:
    play.register()
    play.act("zeren", "confirm_hazard", state="fixed_on_the_spot", **PROOF)
    assert play.waits_at() == ["confirm_by_leader"]
    assert play.hazard().rectified_at == play.clock.now()
    assert [it.kind for it in play.rows(Evidence)] == [EvidenceKind.AFTER]


@pytest.mark.parametrize("missing", list(PROOF))
def test_nothing_is_fixed_on_the_spot_without_proof(play: Play, missing: str) -> None:
    play.register()
    proof = {key: value for key, value in PROOF.items() if key != missing}
    with pytest.raises(InvalidRecord, match=missing):
        play.act("zeren", "confirm_hazard", state="fixed_on_the_spot", **proof)
    assert play.waits_at() == ["confirm_hazard"]


def test_what_is_to_be_rectified_has_no_report_yet_but_may_have_photos(play: Play) -> None:
    play.register()
    with pytest.raises(InvalidRecord, match="state"):
        play.act("zeren", "confirm_hazard", **CONFIRM, **PROOF)
    play.act("zeren", "confirm_hazard", **CONFIRM, before_photos=["photo-before"])
    assert [it.kind for it in play.rows(Evidence)] == [EvidenceKind.BEFORE]


def test_a_major_hazard_is_not_fixed_on_the_spot(play: Play) -> None:
    play.register(**MAJOR)
    with pytest.raises(InvalidRecord, match="state"):
        play.act("zeren", "confirm_hazard", state="fixed_on_the_spot", **PROOF)


def test_a_claimed_hazard_may_be_confirmed_as_rectified_before(play: Play) -> None:
    play.register(**MAJOR, **CARRIED_OVER)
    play.act("zeren", "confirm_hazard", state="rectified", **PROOF | {"done_on": "2022-06-01"})
    assert play.waits_at() == ["confirm_by_leader"]
    assert play.hazard().rectified_at == datetime(2022, 6, 1, 10, tzinfo=UTC)


def test_a_new_hazard_cannot_have_been_rectified_before(play: Play) -> None:
    play.register()
    with pytest.raises(InvalidRecord, match="no earlier ledger"):
        play.act("zeren", "confirm_hazard", state="rectified", **PROOF)


def test_the_leader_returns_with_a_reason_and_time_limit_and_plan_stay(play: Play) -> None:
    play.register()
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_plan", **PLAN)
    play.act("zeren", "rectify", **RECTIFICATION)
    with pytest.raises(InvalidForm, match="opinion"):
        play.act("danwei", "confirm_by_leader", decision="return")
    play.act("danwei", "confirm_by_leader", decision="return", opinion="照片不清楚")
    assert play.waits_at() == ["rectify"]
    assert (play.hazard().rectified_at, play.hazard().returns) == (None, 0)
    assert play.rows(ProgressNote)[-1].text == "退回整改：照片不清楚"
    play.rectify()
    assert play.waits_at() == ["verify_on_site"]


def test_a_claim_that_the_leader_returns_is_planned_and_put_right(play: Play) -> None:
    play.register(**CARRIED_OVER)
    play.act("zeren", "confirm_hazard", state="rectified", **PROOF)
    play.act("danwei", "confirm_by_leader", decision="return", opinion="实际没有整改")
    play.act("zeren", "make_plan", **PLAN)
    play.rectify()
    assert play.waits_at() == ["verify_on_site"]


def test_a_unit_that_is_no_organisation_is_acted_for_by_the_committee_office(play: Play) -> None:
    play.register(unit_id=None, unit_name="沿街小吃店")
    with pytest.raises(NotPermitted):
        play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("anweiban", "confirm_hazard", **CONFIRM)
    play.act("anweiban", "make_plan", **PLAN)
    play.act("anweiban", "rectify", **RECTIFICATION)
    play.act("anweiban", "confirm_by_leader", **AGREE)
    assert play.waits_at() == ["verify_on_site"]


def test_the_responsible_person_by_name_may_act_and_so_may_the_group(play: Play) -> None:
    with play.runtime.reading() as uow:
        named = person_by_account(uow.session, "jiancha1")
    assert named is not None
    play.register(responsible_person=named.account)
    play.act("jiancha1", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_plan", **PLAN)
    assert play.waits_at() == ["rectify"]


def test_due_dates_are_as_the_table_says(play: Play) -> None:
    play.register()
    general = play.task("confirm_hazard").due_at
    play.register(**MAJOR)
    major = play.task("confirm_hazard").due_at
    assert (general, major) == (datetime(2022, 11, 11, 10, tzinfo=UTC), datetime(2022, 11, 9, 10, tzinfo=UTC))
