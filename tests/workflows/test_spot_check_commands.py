"""`lookback spot-check`: a round held from the command line, and its proof checked by anyone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lookback.cli.root import lookback
from tests.workflows.play import Play
from tests.workflows.rounds import Rounds

Command = Callable[..., Result]
DRAW = ("draw", "1", "--words", "七、十二", "--witness", "王纪检", "--witness", "李代表")


@pytest.fixture
def command(staged_url: str, play: Play, tmp_path: Path) -> Command:
    """`lookback spot-check` on a stage where three hazards wait for the draw."""
    Rounds(play).wait_for_draw(3)
    settings = tmp_path / "config.yaml"
    settings.touch()

    def call(*arguments: str) -> Result:
        variables = {"LOOKBACK_DATABASE__URL": staged_url, "LOOKBACK_STATE_FOLDER": str(tmp_path), "COLUMNS": "200"}
        return CliRunner().invoke(lookback, ["--config", str(settings), "spot-check", *arguments], env=variables)

    return call


def plan(command: Command, *more: str) -> Result:
    return command("plan", "--campaign", "henan-2022", "--name", "第一轮", *more)


def test_a_round_is_held_and_its_proof_holds(command: Command, tmp_path: Path) -> None:
    acts = [plan(command, "--size", "2"), command("commit", "1"), command(*DRAW), command("assign", "1")]
    assert [act.exit_code for act in acts] == [0, 0, 0, 0], [act.output for act in acts]
    assert "2 hazards have a team" in acts[3].output
    proof = tmp_path / "proof.json"
    proof.write_text(command("proof", "1").stdout, encoding="utf-8")
    checked = command("verify", str(proof))
    assert (checked.exit_code, "as promised: 2 of 3 hazards" in checked.output) == (0, True)
    assert command("end", "1").exit_code == 1


def test_a_proof_that_was_changed_fails(command: Command, tmp_path: Path) -> None:
    for act in (plan(command, "--size", "1"), command("commit", "1"), command(*DRAW)):
        assert act.exit_code == 0, act.output
    proof = json.loads(command("proof", "1").stdout)
    proof["frame"] = proof["frame"][:1]
    changed = tmp_path / "proof.json"
    changed.write_text(json.dumps(proof), encoding="utf-8")
    checked = command("verify", str(changed))
    assert checked.exit_code == 1
    assert "the list of candidates is not the one that was committed" in checked.stderr


@pytest.mark.parametrize("content", ["no json", "[1]", "{}"])
def test_a_file_that_is_no_proof_is_refused(content: str, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_text(content)
    checked = CliRunner().invoke(lookback, ["spot-check", "verify", str(file)])
    assert checked.exit_code == 1
    assert checked.exception is None or isinstance(checked.exception, SystemExit)


def test_a_plan_without_a_size_is_one_plain_line(command: Command) -> None:
    planned = plan(command)
    assert planned.exit_code == 1
    assert "give either a number of hazards or a share in thousandths" in planned.stderr
