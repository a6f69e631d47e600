"""An import that is killed, or meets itself, leaves nothing out and puts nothing on the ledger twice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from signal import SIGKILL

import pytest
from sqlalchemy import func, select

from engine.runtime import Runtime
from engine.storage.models import Instance, OutboxEvent
from tests.integration.workflows.ledgers import CODE, imported, ledger, row_of, set_up, workbook
from workflows.cast import Cast
from workflows.ledger import importing
from workflows.ledger.errors import ImportRefused
from workflows.ledger.importing import Importer, Mode, import_ledger
from workflows.ledger.models import ImportedHazard, LedgerImport
from workflows.ledger.opening import open_ledger


@pytest.fixture
def cast(runtime: Runtime) -> Cast:
    return set_up(runtime)


def test_a_killed_import_goes_on_behind_its_last_committed_batch(
    runtime: Runtime, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    path = workbook(tmp_path / "台账.xlsx", [row_of(unit) for unit in cast.units[:7]])
    with pytest.raises(KeyboardInterrupt):
        import_ledger(
            runtime, open_ledger(path), campaign=CODE, mode=Mode.VALID_ONLY, by=Importer("clerk"), on_rows=killed_at(2)
        )
    assert len(ledger(runtime)) == 4
    report = imported(runtime, path, Mode.VALID_ONLY)
    assert (report.resumed_after, report.registered, report.duplicates) == (6, 3, 0)
    with runtime.reading() as uow:
        record = uow.session.scalars(select(LedgerImport)).one()
        assert (record.registered, record.last_row, record.finished_at is not None) == (7, 9, True)
        assert uow.session.scalars(select(ImportedHazard.row).order_by(ImportedHazard.row)).all() == list(range(3, 10))


@pytest.mark.parametrize("statement", [8, 40, 61, 75])
def test_an_import_killed_at_any_statement_is_resumed_without_loss_or_repetition(
    runtime: Runtime, cast: Cast, tmp_path: Path, database_url: str, statement: int
) -> None:
    path = workbook(tmp_path / "台账.xlsx", [row_of(unit) for unit in cast.units[:7]])
    command = [sys.executable, "-m", "tests.integration.workflows.import_node", database_url, str(path), str(statement)]
    assert subprocess.run(command, check=False).returncode == -SIGKILL
    before = ledger(runtime)
    report = imported(runtime, path, Mode.VALID_ONLY)
    assert (len(before) % 2, len(before) + report.registered, report.duplicates) == (0, 7, 0)
    assert len({hazard.description + str(hazard.unit_id) for hazard in ledger(runtime)}) == 7
    assert [hazard.number for hazard in ledger(runtime)[: len(before)]] == [hazard.number for hazard in before]
    with runtime.reading() as uow:
        told = select(func.count()).where(OutboxEvent.type == "hazard.registered")
        assert uow.session.scalar(told) == uow.session.scalar(select(func.count()).select_from(Instance)) == 7


def test_two_processes_do_not_import_one_file_at_the_same_time(
    runtime: Runtime, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    path = workbook(tmp_path / "台账.xlsx", [row_of(unit) for unit in cast.units[:6]])

    def other(_rows: int) -> None:
        imported(runtime, path, Mode.VALID_ONLY)

    with pytest.raises(ImportRefused, match="另一个进程"):
        import_ledger(
            runtime, open_ledger(path), campaign=CODE, mode=Mode.VALID_ONLY, by=Importer("clerk"), on_rows=other
        )
    assert len(ledger(runtime)) == 6


def test_a_file_begun_by_several_at_the_same_moment_goes_in_once(
    runtime: Runtime, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    path = workbook(tmp_path / "台账.xlsx", [row_of(unit) for unit in cast.units[:10]])
    with ThreadPoolExecutor(4) as clerks:
        begun = [clerks.submit(imported, runtime, path, Mode.VALID_ONLY) for _ in range(4)]
    assert {type(each.exception()) for each in begun} <= {type(None), ImportRefused}
    assert len(ledger(runtime)) == 10


def killed_at(batch: int) -> Callable[[int], None]:
    """Hears of batches and is killed after so many."""
    heard: list[int] = []

    def hear(rows: int) -> None:
        heard.append(rows)
        if len(heard) == batch:
            raise KeyboardInterrupt

    return hear
