"""`lookback hazards`: what officials see when they import and export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.clock import SystemClock
from engine.runtime import Runtime
from engine.storage.database import Database
from tests.integration.lookback.conftest import CommandLine
from tests.integration.workflows.ledgers import CODE, row_of, set_up, workbook
from workflows.cast import Cast


@pytest.fixture
def cast(command: CommandLine) -> Iterator[Cast]:
    database = Database(command.database_url)
    yield set_up(Runtime(database, SystemClock()))
    database.close()


def test_a_ledger_is_imported_and_exported(command: CommandLine, cast: Cast, tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", [row_of(unit) for unit in cast.units[:3]])
    came = command("hazards", "import", str(path), "--campaign", CODE)
    assert (came.exit_code, "已登记 3 条" in came.stdout) == (0, True), came.output
    went = command(
        "hazards", "export", str(tmp_path / "导出.csv"), "--campaign", CODE, "--csv", "--encoding", "GB18030"
    )
    assert (went.exit_code, "已导出 3 条" in went.stdout) == (0, True), went.output
    again = command("hazards", "import", str(tmp_path / "导出.csv"), "--campaign", CODE)
    assert "0 条可导入，3 条重复" in again.stdout


def test_errors_are_listed_and_reported_and_fail(command: CommandLine, cast: Cast, tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", [row_of(cast.units[0]), row_of(cast.units[1], 隐患等级="较大")])
    report = tmp_path / "报告.xlsx"
    refused = command("hazards", "import", str(path), "--campaign", CODE, "--report", str(report))
    assert refused.exit_code == 1
    assert "隐患等级" in refused.stderr
    assert "全部没有导入" in refused.stdout
    assert report.exists()


def test_a_dry_run_imports_nothing(command: CommandLine, cast: Cast, tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", [row_of(cast.units[0])])
    assert "试运行，没有导入" in command("hazards", "import", str(path), "--campaign", CODE, "--dry-run").stdout


def test_valid_rows_go_in_as_the_person_named(command: CommandLine, cast: Cast, tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", [row_of(cast.units[0]), row_of(cast.units[-1])])
    account = cast.units[0].responsible_person
    came = command("hazards", "import", str(path), "--campaign", CODE, "--valid-only", "--by", account)
    assert "已登记 1 条" in came.stdout
    went = command("hazards", "export", str(tmp_path / "导出.xlsx"), "--campaign", CODE, "--as", account)
    assert "已导出 1 条" in went.stdout


def test_an_unknown_account_and_a_wrong_file_are_one_plain_line(
    command: CommandLine, cast: Cast, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "台账.xlsx", [row_of(cast.units[0])])
    unknown = command("hazards", "import", str(path), "--campaign", CODE, "--by", "nobody")
    assert unknown.stderr.strip() == "there is no account 'nobody'"
    text = tmp_path / "台账.docx"
    text.write_text("x")
    assert "不支持“.docx”文件" in command("hazards", "import", str(text), "--campaign", CODE).stderr
