"""The demo campaign: it has a past, can be loaded twice, and its people can sign in to open tasks."""

from __future__ import annotations

from pathlib import Path

from tests.databases import DatabaseSource
from tests.integration.lookback.conftest import CommandLine

REAL_DEFINITIONS = Path(__file__).parents[3] / "bpmn"


def test_the_demo_is_loaded_once_and_its_people_have_work(sqlite_files: DatabaseSource, tmp_path: Path) -> None:
    command = CommandLine(sqlite_files.fresh(), tmp_path)
    command.environment["LOOKBACK_DEFINITIONS__FOLDER"] = str(REAL_DEFINITIONS)
    command("definitions", "deploy")

    first, second = (command("demo", "load", "--counties", "1") for _ in range(2))

    assert first.exit_code == 0, first.output
    assert "was loaded" in first.output
    assert "is there already" in second.output
    assert "豫回" in command("inbox", "jiancha1").output
