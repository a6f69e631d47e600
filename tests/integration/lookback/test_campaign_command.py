"""A whole campaign, small, on the real system."""

from __future__ import annotations

from pathlib import Path

from tests.databases import DatabaseSource
from tests.integration.lookback.conftest import CommandLine

REAL_DEFINITIONS = Path(__file__).parents[3] / "bpmn"


def test_a_simulated_campaign_adds_up(command_on_nothing: CommandLine) -> None:
    command_on_nothing.environment["LOOKBACK_DEFINITIONS__FOLDER"] = str(REAL_DEFINITIONS)

    played = command_on_nothing("campaign", "simulate", "--hazards", "40", "--counties", "2")

    assert played.exit_code == 0, played.output
    assert "✓" in played.output


def test_the_same_seed_plays_the_same_campaign(command_on_nothing: CommandLine) -> None:
    command_on_nothing.environment["LOOKBACK_DEFINITIONS__FOLDER"] = str(REAL_DEFINITIONS)
    simulate = ("campaign", "simulate", "--hazards", "12", "--counties", "1", "--seed", "7")

    first, again = (command_on_nothing(*simulate).stdout for _ in range(2))

    assert first == again


def test_a_simulated_campaign_adds_up_on_postgresql(
    command_on_nothing: CommandLine, postgresql_databases: DatabaseSource
) -> None:
    command_on_nothing.environment["LOOKBACK_DEFINITIONS__FOLDER"] = str(REAL_DEFINITIONS)
    url = postgresql_databases.empty()

    played = command_on_nothing("campaign", "simulate", "--hazards", "12", "--counties", "2", "--database", url)

    postgresql_databases.drop(url)
    assert played.exit_code == 0, played.output


def test_a_database_that_holds_a_campaign_is_left_alone(command_on_nothing: CommandLine) -> None:
    command_on_nothing.environment["LOOKBACK_DEFINITIONS__FOLDER"] = str(REAL_DEFINITIONS)
    simulate = (
        "campaign",
        "simulate",
        "--hazards",
        "1",
        "--counties",
        "1",
        "--database",
        command_on_nothing.database_url,
    )
    command_on_nothing(*simulate)

    again = command_on_nothing(*simulate)

    assert again.exit_code == 1
    assert "holds a campaign already" in again.stderr
