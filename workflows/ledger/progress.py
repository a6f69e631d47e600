"""How far the import of a file has come: begun, held while a batch is registered, advanced with it, finished.

Imports into one campaign take turns: what one does not find on the ledger is not there until it has put it there. Who
only registers a hazard by hand does not wait.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.campaigns.models import Campaign
from workflows.ledger.errors import ImportRefused
from workflows.ledger.models import LedgerImport


@dataclass(frozen=True)
class File:
    """A file by its content's SHA-256, and who imports it; the rest is its import's, once begun."""

    digest: str
    name: str
    by: str
    campaign_id: int = 0
    id: int = 0
    last_row: int = 0


def begin(uow: UnitOfWork, campaign: Campaign, file: File, *, anew: bool = False) -> File:
    """The file with its import in this campaign: a killed one to go on with, else one that begins at the first row."""
    _take_turn(uow.session, campaign.id)
    found = _import_of(uow.session, campaign.id, file.digest)
    if found is None:
        found = LedgerImport(
            campaign_id=campaign.id, digest=file.digest, file_name=file.name, started_at=uow.now, started_by=file.by
        )
        uow.session.add(found)
    elif anew or found.finished_at is not None:
        found.last_row = found.registered = found.duplicates = found.wrong_rows = 0
        found.started_at, found.started_by, found.finished_at = uow.now, file.by, None
    uow.session.flush()
    return replace(file, campaign_id=campaign.id, id=found.id, last_row=found.last_row)


def hold(uow: UnitOfWork, file: File, *, expected: int) -> None:
    """Keep others from importing until this unit of work ends. Raises ImportRefused when the file is further by now."""
    _take_turn(uow.session, file.campaign_id)
    held = uow.session.get_one(LedgerImport, file.id, with_for_update=True)
    if held.last_row != expected or held.finished_at is not None:
        raise ImportRefused(f"同一文件正由另一个进程导入，已到第 {held.last_row} 行；请等它结束")


def advance(uow: UnitOfWork, file: File, *, last_row: int, registered: int, duplicates: int, wrong_rows: int) -> None:
    """Note that all rows to `last_row` are done, and what they came to."""
    uow.session.execute(
        update(LedgerImport)
        .where(LedgerImport.id == file.id)
        .values(
            last_row=last_row,
            registered=LedgerImport.registered + registered,
            duplicates=LedgerImport.duplicates + duplicates,
            wrong_rows=LedgerImport.wrong_rows + wrong_rows,
        )
        .execution_options(synchronize_session=False)
    )


def finish(uow: UnitOfWork, file: File) -> None:
    """Note that the file has been read to its end."""
    uow.session.get_one(LedgerImport, file.id).finished_at = uow.now


def _take_turn(session: Session, campaign_id: int) -> None:
    """Hold the campaign's row, though not against new rows that point to it; SQLite has one writer anyway."""
    session.execute(select(Campaign.id).where(Campaign.id == campaign_id).with_for_update(key_share=True))


def _import_of(session: Session, campaign_id: int, digest: str) -> LedgerImport | None:
    wanted = select(LedgerImport).where(LedgerImport.campaign_id == campaign_id, LedgerImport.digest == digest)
    return session.scalars(wanted.with_for_update()).one_or_none()
