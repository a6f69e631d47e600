"""Scenarios: scripts with what must come of them; a failing one is named, and stands in the way of every deployment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from engine.definitions import deploy
from engine.definitions.files import Files
from engine.errors import InvalidDefinition
from engine.runtime import Runtime
from engine.storage.models import Deployment
from tests.workflows.trials import changed, our_files, script
from workflows.hazards.words import Stage
from workflows.sentences import Sentence
from workflows.trials.proving import plain_theatre, proof_by_scenarios, run_scenarios
from workflows.trials.scenario import Expected, NoScenario, Scenario, file_name, read_scenario, write_scenario
from workflows.trials.script import Act, Complete

BEGUN = script()


def differences(files: Files, file: str) -> Sequence[Sentence]:
    """What is said of one of a set's scenarios."""
    return next(outcome.differences for outcome in run_scenarios(files) if outcome.file == f"scenarios/{file}.scenario")


def with_scenario(expected: Expected, *acts: Act) -> dict[str, bytes]:
    """Our files with one scenario more, called `more`."""
    content = write_scenario(Scenario("more", BEGUN.begin, acts, expected))
    return {**our_files(), "scenarios/more.scenario": content}


def test_our_own_scenarios_pass() -> None:
    outcomes = run_scenarios(our_files())
    assert len(outcomes) == 4
    assert all(outcome.passed for outcome in outcomes), outcomes


def test_a_scenario_is_read_as_it_was_written() -> None:
    for name, content in our_files().items():
        if name.endswith(".scenario"):
            assert write_scenario(read_scenario(content)) == content


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"name": "x"}', b'{"name": "x", "begin": {"on": "2022-11-08"}, "z": 1}']
)
def test_what_is_no_scenario_is_refused(content: bytes) -> None:
    with pytest.raises(NoScenario):
        read_scenario(content)


def test_a_file_that_is_no_scenario_fails_by_name() -> None:
    [outcome] = [it for it in run_scenarios({**our_files(), "scenarios/x.scenario": b"{"}) if not it.passed]
    assert outcome.file == "scenarios/x.scenario"


def test_a_shorter_limit_is_named_with_both_days() -> None:
    shorter = changed("decisions/deadline.dmn", "<text>10</text>", "<text>5</text>")
    assert differences(shorter, "general_hazard_closed") == (
        "“现场复查” should be due on 2022-11-18; it is due on 2022-11-13",
    )


def test_a_step_that_is_left_out_is_named_in_its_place() -> None:
    skipped = changed("hazard_lookback.bpmn", 'sourceRef="closure" targetRef="approved"',
                      'sourceRef="closure" targetRef="end"')  # fmt: skip
    assert run_scenarios(our_files())
    with pytest.raises(InvalidDefinition):
        run_scenarios(skipped)


def test_a_step_that_comes_in_between_stops_the_script_there() -> None:
    longer = changed("self_check.bpmn", "candidateGroups=\"group('unit_leader', hazard.unit)",
                     "candidateGroups=\"group('closer', hazard.closing)")  # fmt: skip
    [said] = differences(longer, "general_hazard_closed")
    assert "act 4, to finish 'confirm_by_leader', cannot be done" in said


def test_another_ladder_is_named_by_step_and_day() -> None:
    later = changed("decisions/escalation.dmn", "<text>10</text>", "<text>12</text>")
    said = differences(later, "overdue_reaches_the_committee")
    assert (
        said[0] == "the step “tell_committee” for “落实整改” should be taken on 2022-12-14; it is taken on 2022-12-16"
    )


def test_each_expectation_is_held_against_what_came_of_it() -> None:
    expected = Expected(path=("self_check/rectify",), open=("rectify",), stage=Stage.CLOSED, returns=1)
    said = " ".join(differences(with_scenario(expected), "more"))
    for part in ("path should come to", "open in the end should be: rectify", "should be at “closed”", "1 times"):
        assert part in said


def test_a_script_that_cannot_be_done_says_why() -> None:
    [said] = differences(with_scenario(Expected(), Complete("rectify")), "more")
    assert said.startswith("act 1, to finish 'rectify', cannot be done: 'rectify' is not open now")


@pytest.mark.parametrize("name", ["一般隐患", "../../etc/passwd", "a/b", "", "  . "])
def test_a_scenario_is_kept_in_its_folder_whatever_its_name(name: str) -> None:
    assert file_name(name).count("/") == 1
    assert ".." not in file_name(name)


def test_a_failing_scenario_stands_in_the_way_of_a_deployment(staged: Runtime) -> None:
    proven = replace(staged, proofs=(proof_by_scenarios(plain_theatre()),))
    shorter = changed("decisions/deadline.dmn", "<text>10</text>", "<text>5</text>")
    with proven.unit_of_work() as uow:
        before = uow.session.query(Deployment).count()
    with (
        pytest.raises(InvalidDefinition, match=r"scenarios/general_hazard_closed\.scenario"),
        proven.unit_of_work() as uow,
    ):
        deploy(uow, shorter, by="designer")
    with proven.reading() as uow:
        assert uow.session.query(Deployment).count() == before


def test_passing_scenarios_let_a_deployment_through(staged: Runtime) -> None:
    proven = replace(staged, proofs=(proof_by_scenarios(plain_theatre()),))
    with proven.unit_of_work() as uow:
        assert deploy(uow, with_scenario(Expected(stage=Stage.SELF_CHECK)), by="designer").is_new
