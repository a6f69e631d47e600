"""`lookback definitions test` and `deploy`: a folder's scenarios are played, and a failing one deploys nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.integration.lookback.conftest import CommandLine
from tests.workflows.trials import DEFINITIONS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of our own folder."""
    return Path(shutil.copytree(DEFINITIONS, tmp_path / "bpmn"))


def shorten(folder: Path) -> None:
    table = folder / "decisions" / "deadline.dmn"
    table.write_text(table.read_text().replace("<text>10</text>", "<text>5</text>"))


def test_our_scenarios_pass_without_a_database(command_on_nothing: CommandLine, folder: Path) -> None:
    tested = command_on_nothing("definitions", "test", "--folder", str(folder))
    assert tested.exit_code == 0, tested.output
    assert "4 scenarios, 0 failed." in tested.output


def test_a_failing_scenario_is_told_with_its_difference(command_on_nothing: CommandLine, folder: Path) -> None:
    shorten(folder)
    tested = command_on_nothing("definitions", "test", "--folder", str(folder))
    assert tested.exit_code == 1
    assert "“现场复查” should be due on 2022-11-18; it is due on 2022-11-13" in " ".join(tested.stderr.split())


def test_a_failing_scenario_deploys_nothing(command: CommandLine, folder: Path) -> None:
    shorten(folder)
    refused = command("definitions", "deploy", "--folder", str(folder), "--by", "ann")
    assert refused.exit_code == 1
    assert "scenarios/general_hazard_closed.scenario" in refused.stderr
    assert "hazard_lookback" not in command("definitions", "list").output


def test_passing_scenarios_are_deployed_with_what_they_try(command: CommandLine, folder: Path) -> None:
    assert command("definitions", "deploy", "--folder", str(folder), "--by", "ann").exit_code == 0
    assert "what is deployed" in command("definitions", "diff", "--folder", str(folder)).output
