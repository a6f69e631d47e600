"""Exports a campaign's ledger to a file that imports again without loss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.runtime import Runtime
from workflows.campaigns.opening import campaign_by_code
from workflows.hazards.models import Hazard
from workflows.ledger.writing.delimited import Encoding, write_csv
from workflows.ledger.writing.entries import all_of, ledger_rows
from workflows.ledger.writing.workbook import write_workbook
from workflows.permissions import Scope, visible


def export_ledger(
    runtime: Runtime,
    path: Path,
    *,
    campaign: str,
    scope: Scope | None,
    csv: Encoding | None = None,
    on_row: Callable[[], None] = lambda: None,
) -> int:
    """Write what the scope may read of a campaign's ledger (None: all of it), and return how many hazards that were.

    It is a workbook unless an encoding asks for CSV. Raises UnknownRecord for the campaign.
    """
    with runtime.reading() as uow:
        wanted = all_of(campaign_by_code(uow.session, campaign).id, scope)
        rows = _told(ledger_rows(uow.session, wanted), on_row)
        return write_workbook(path, rows) if csv is None else write_csv(path, rows, csv)


def hazards_in_scope(session: Session, campaign: str, scope: Scope | None) -> int:
    """How many hazards an export of this scope will write."""
    wanted = select(func.count(Hazard.id)).where(Hazard.campaign_id == campaign_by_code(session, campaign).id)
    if scope is not None:
        wanted = visible(wanted, scope, Hazard.region_path, Hazard.sector, Hazard.unit_id)
    return session.scalars(wanted).one()


def _told(rows: Iterator[Mapping[str, Any]], on_row: Callable[[], None]) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        yield row
        on_row()
