"""The figures of a whole campaign, and the command that recounts them."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from engine.storage.database import Database
from tests.databases import DatabaseSource
from tests.integration.lookback.conftest import CommandLine

REAL_DEFINITIONS = Path(__file__).parents[3] / "bpmn"
EVERY_FIGURE = "Every figure is what the rows give."


def test_the_figures_of_a_simulated_campaign_are_what_the_rows_give(command_on_nothing: CommandLine) -> None:
    play(command_on_nothing, command_on_nothing.database_url)
    assert EVERY_FIGURE in command_on_nothing("statistics", "check", "--campaign", "henan-2022").output
    assert "✓ statistics" in command_on_nothing("doctor").output


def test_the_same_holds_on_postgresql(command_on_nothing: CommandLine, postgresql_databases: DatabaseSource) -> None:
    url = postgresql_databases.empty()
    play(command_on_nothing, url)
    command_on_nothing.database_url = url
    checked = command_on_nothing("statistics", "check")
    postgresql_databases.drop(url)
    assert EVERY_FIGURE in checked.output


def test_a_wrong_figure_is_named_and_rebuilding_mends_it(command_on_nothing: CommandLine) -> None:
    play(command_on_nothing, command_on_nothing.database_url)
    database = Database(command_on_nothing.database_url)
    with database.transaction() as session:
        session.execute(text("DELETE FROM statistic_change"))
    database.close()

    checked = command_on_nothing("statistics", "check")

    assert checked.exit_code == 1
    assert "the rows give" in checked.output
    assert "lookback statistics rebuild" in command_on_nothing("doctor").output
    assert "counted anew" in command_on_nothing("statistics", "rebuild").output
    assert EVERY_FIGURE in command_on_nothing("statistics", "check").output


def play(command: CommandLine, url: str) -> None:
    command.environment["LOOKBACK_DEFINITIONS__FOLDER"] = str(REAL_DEFINITIONS)
    played = command("campaign", "simulate", "--hazards", "30", "--counties", "2", "--database", url)
    assert played.exit_code == 0, played.output
