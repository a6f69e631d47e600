"""Settings come from the file and the environment; what is wrong is named with its source."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from pydantic import ValidationError

from lookback.configuration import read_settings
from lookback.errors import InvalidConfiguration
from lookback.settings import PROJECT, Settings, secret_keys


def written(folder: Path, content: str) -> Path:
    file = folder / "config.yaml"
    file.write_text(content, "utf-8")
    return file


def refusal(file: Path | None, environment: dict[str, str]) -> str:
    with pytest.raises(InvalidConfiguration) as refused:
        read_settings(file, environment)
    return str(refused.value)


def test_the_file_overrides_the_defaults(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, "scheduler:\n  batch: 7\n"), {})

    assert settings.scheduler.batch == 7
    assert settings.database == Settings().database


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, "scheduler:\n  batch: 7\n  sweep_every_seconds: 2\n")

    settings = read_settings(file, {"LOOKBACK_SCHEDULER__BATCH": "9"})

    assert (settings.scheduler.batch, settings.scheduler.sweep_every_seconds) == (9, 2)


def test_a_variable_names_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, "log:\n  level: DEBUG\n")

    assert read_settings(environment={"LOOKBACK_CONFIG": str(file)}).log.level == "DEBUG"


def test_the_delivered_file_says_what_the_defaults_are() -> None:
    assert read_settings(PROJECT / "config.yaml", {}) == Settings()


def test_a_section_without_keys_means_its_defaults(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "calendar:\n"), {}) == Settings()


def test_an_unknown_key_is_named_with_its_file(tmp_path: Path) -> None:
    file = written(tmp_path, "database:\n  adress: x\n")

    assert refusal(file, {}) == f"{file}: database.adress: there is no such key"


def test_an_unknown_variable_is_named() -> None:
    assert refusal(None, {"LOOKBACK_DATABSE__URL": "x"}).startswith("LOOKBACK_DATABSE__URL: databse: there is no")


def test_every_problem_is_reported_at_once(tmp_path: Path) -> None:
    file = written(tmp_path, "web:\n  port: many\n  hots: x\n")

    problems = refusal(file, {"LOOKBACK_TIME_ZONE": "Mars/Olympus"}).splitlines()

    assert len(problems) == 3
    assert problems[0].startswith("LOOKBACK_TIME_ZONE: time_zone: there is no time zone 'Mars/Olympus'")


@pytest.mark.parametrize("path", list(secret_keys()), ids=".".join)
def test_a_secret_is_refused_in_the_file_and_accepted_from_the_environment(
    path: tuple[str, str], tmp_path: Path
) -> None:
    section, key = path
    variable = f"LOOKBACK_{section}__{key}".upper()
    secret = "name=0123456789abcdef"

    assert f"set {variable}" in refusal(written(tmp_path, f"{section}:\n  {key}: {secret}\n"), {})
    assert secret not in repr(read_settings(environment={variable: secret}))


def test_a_short_secret_is_refused_without_being_shown() -> None:
    message = refusal(None, {"LOOKBACK_WEB__SECRET_KEY": "hunter2"})

    assert "web.secret_key" in message
    assert "hunter2" not in message


def test_an_unquoted_time_of_day_is_refused(tmp_path: Path) -> None:
    assert "write the time in quotes" in refusal(written(tmp_path, "escalation:\n  quiet_from: 21:00\n"), {})


def test_lists_may_stand_in_a_variable() -> None:
    settings = read_settings(environment={"LOOKBACK_CALENDAR__DAYS_OFF": "2027-01-01, 2027-01-02"})

    assert settings.calendar.days_off == (date(2027, 1, 1), date(2027, 1, 2))


def test_a_day_cannot_be_off_and_a_working_day(tmp_path: Path) -> None:
    file = written(tmp_path, "calendar:\n  days_off: [2027-01-01]\n  working_days: [2027-01-01]\n")

    assert "2027-01-01 is listed both" in refusal(file, {})


@pytest.mark.parametrize("url", ["lookback.db", "mysql://h/n", "postgresql://h/n"])
def test_a_database_that_is_not_supported_is_refused(url: str) -> None:
    assert "database.url" in refusal(None, {"LOOKBACK_DATABASE__URL": url})


@pytest.mark.parametrize("content", ["- a list", "a: 1\na: 2", "a: [1", "web: 3"])
def test_a_malformed_file_is_named(content: str, tmp_path: Path) -> None:
    file = written(tmp_path, content)

    assert refusal(file, {}).startswith(f"{file}: ")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "absent.yaml", {})


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings().escalation.quiet_from = time(22, 0)
