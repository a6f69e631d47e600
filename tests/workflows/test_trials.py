"""Trials: a draft is played on the real engine, in a world that is gone afterwards and costs only so much."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import pytest

from engine.definitions.files import Files
from engine.errors import InvalidDefinition
from tests.workflows.play import CONFIRM, PLAN
from tests.workflows.trials import CLOSED, FIRST_DAY, SELF_CHECK, changed, our_files, repeated, script
from workflows.escalation.steps import EscalationStep
from workflows.hazards.words import Origin, Severity, Stage
from workflows.trials.course import Course, course_of
from workflows.trials.limits import Limits
from workflows.trials.playing import Failure, go_on, playing
from workflows.trials.proving import plain_theatre
from workflows.trials.scene import look_at
from workflows.trials.script import (
    AskForMoreTime,
    Claim,
    Complete,
    Draw,
    GiveBack,
    Script,
    Wait,
    WaitForNext,
    script_as_data,
    script_from_data,
)

THEATRE = plain_theatre()


def course(played: Script, files: Files | None = None) -> Course:
    with playing(THEATRE, files or our_files(), played) as trial, trial.sandbox.runtime.reading() as uow:
        assert trial.failure is None, trial.failure
        return course_of(uow, trial.sandbox.number)


def failure(played: Script, files: Files | None = None, **limits: Any) -> Failure:
    with playing(THEATRE, files or our_files(), played, Limits(**limits)) as trial:
        assert trial.failure is not None
        return trial.failure


def test_a_hazard_is_brought_to_its_end() -> None:
    assert course(script(*CLOSED)).stage is Stage.CLOSED


def test_the_same_script_gives_the_same_again() -> None:
    late = script(*SELF_CHECK[:2], Wait(30))
    assert course(late) == course(late)


def test_a_script_is_read_as_it_was_written() -> None:
    written = script(*CLOSED, Claim("rectify"), GiveBack("rectify"), WaitForNext(), Wait(3), Draw(sampled=True))
    assert script_from_data(script_as_data(written)) == written


@pytest.mark.parametrize("origin", [Origin.NEW, Origin.CARRIED_OVER])
@pytest.mark.parametrize("severity", list(Severity))
def test_each_kind_of_hazard_can_begin(severity: Severity, origin: Origin) -> None:
    assert course(script(severity=severity, origin=origin)).open == ("confirm_hazard",)


def test_time_goes_on_to_what_comes_next() -> None:
    with playing(THEATRE, our_files(), script(WaitForNext())) as trial, trial.sandbox.runtime.reading() as uow:
        assert [telling.step for telling in course_of(uow, trial.sandbox.number).tellings] == ["remind"]
        assert uow.now == datetime(2022, 11, 10, 1, 0, tzinfo=UTC)


def test_whoever_is_excluded_is_passed_over() -> None:
    with playing(THEATRE, our_files(), script(*CLOSED[:5])) as trial, trial.sandbox.runtime.reading() as uow:
        [countersign] = look_at(trial, uow).tasks
        assert [doer.account for doer in countersign.doers] == ["jiancha2"]


def test_a_sampled_hazard_goes_to_a_team() -> None:
    assert course(script(*CLOSED[:6], Draw(sampled=True))).open == ("expert_opinion_spot",)


def test_a_unit_can_ask_for_more_time() -> None:
    asked = script(*SELF_CHECK[:2], AskForMoreTime(FIRST_DAY.replace(month=12)))
    assert course(asked).open == ("decide_extension", "rectify")


def test_the_page_learns_whom_time_would_tell() -> None:
    with playing(THEATRE, our_files(), script(*SELF_CHECK[:2])) as trial, trial.sandbox.runtime.reading() as uow:
        [rectify] = look_at(trial, uow).tasks
        assert [coming.step.value for coming in rectify.coming][-1] == "tell_committee"


def test_what_happened_says_who_was_told_and_when_they_heard_of_it() -> None:
    late = script(*SELF_CHECK[:2], Wait(40))
    with playing(THEATRE, our_files(), late) as trial, trial.sandbox.runtime.reading() as uow:
        told = [
            it
            for it in look_at(trial, uow).happenings
            if it.step is EscalationStep.TELL_COMMITTEE and it.name == "落实整改"
        ]
        assert {reached.in_digest for reached in told[0].reached} == {True, False}


def test_a_task_that_is_not_open_is_refused_with_what_is_open() -> None:
    stuck = failure(script(Complete("rectify", "", {})))
    assert (stuck.index, stuck.element_id) == (0, "rectify")
    assert "open is: 签收并确认隐患" in stuck.message


def test_a_role_to_which_a_task_is_not_offered_may_not_do_it() -> None:
    assert "not offered" in failure(script(Complete("confirm_hazard", "closer", CONFIRM))).message


def test_a_wrong_answer_names_its_field() -> None:
    wrong = failure(script(SELF_CHECK[0], Complete("make_plan", "responsible_person", {**PLAN, "due_on": "tomorrow"})))
    assert wrong.errors is not None
    assert list(wrong.errors) == ["due_on"]


def test_what_an_operator_refuses_is_an_incident_of_its_element() -> None:
    files = changed("self_check.bpmn", 'value="confirmation"', 'value="confirmation.state"')
    with playing(THEATRE, files, script(SELF_CHECK[0])) as trial, trial.sandbox.runtime.reading() as uow:
        assert [incident.element_id for incident in look_at(trial, uow).incidents] == ["record_confirmation"]


def test_a_refused_act_changes_nothing() -> None:
    with playing(THEATRE, our_files(), script()) as trial:
        assert go_on(trial, Complete("rectify", "", {})) is not None
        assert go_on(trial, SELF_CHECK[0]) is None


def test_a_draft_that_cannot_be_deployed_is_not_tried() -> None:
    with pytest.raises(InvalidDefinition), playing(THEATRE, {"one.bpmn": b"no diagram"}, script()):
        pass


@pytest.mark.parametrize(
    ("flow", "target"),
    [
        ('sourceRef="record_plan" targetRef="needs_major_plan"', "record_plan"),
        ('sourceRef="needs_major_plan" targetRef="is_rectified"', "needs_plan"),
    ],
)
def test_a_loop_that_nobody_leaves_is_stopped(flow: str, target: str) -> None:
    source = flow.split()[0]
    files = changed("self_check.bpmn", flow, f'{source} targetRef="{target}"')
    assert "loop" in failure(script(*SELF_CHECK[:2]), files).message


@pytest.mark.parametrize("times", [3_000, 100_000])
def test_too_many_repetitions_at_once_are_stopped_in_time(times: int) -> None:
    began = monotonic()
    assert failure(script(SELF_CHECK[0]), repeated(times), seconds=2).index == 0
    assert monotonic() - began < 20


def test_a_process_that_calls_itself_is_stopped() -> None:
    files = changed("hazard_lookback.bpmn", 'name="自查整改" calledElement="self_check"',
                    'name="自查整改" calledElement="hazard_lookback"')  # fmt: skip
    assert "call itself" in failure(script(), files).message


def test_a_timer_that_fires_all_the_time_is_stopped() -> None:
    files = changed("self_check.bpmn", "ladder(decide('escalation'), due_at, now())", "'R/PT1M'")
    assert "fire" in failure(script(Wait(20)), files, jobs=200, seconds=60).message


def test_nothing_leaves_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a trial opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert course(script(*CLOSED)).stage is Stage.CLOSED
