"""Registers the hazards of a batch of rows, with the notes that the file brings of each and the row it came from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert

from engine.runtime import UnitOfWork
from workflows.hazards.answering import Answering
from workflows.hazards.models import Hazard, ProgressNote
from workflows.hazards.register import register_many
from workflows.ledger.entries import Entry
from workflows.ledger.models import ImportedHazard


def register_entries(
    uow: UnitOfWork, entries: Sequence[Entry], *, import_id: int, answering: Answering, by: str
) -> list[Hazard]:
    """The hazards, in the entries' order, each on the ledger and with its process begun."""
    if not entries:
        return []
    hazards = register_many(uow, [entry.registration for entry in entries], by=by, answering=answering)
    pairs = list(zip(hazards, entries, strict=True))
    notes = [
        {"hazard_id": hazard.id, "text": note, "at": uow.now, "by": by}
        for hazard, entry in pairs
        for note in entry.notes
    ]
    if notes:
        uow.session.execute(insert(ProgressNote), notes)
    origins = [
        {"hazard_id": hazard.id, "import_id": import_id, "row": entry.row, "part": entry.part}
        for hazard, entry in pairs
    ]
    uow.session.execute(insert(ImportedHazard), origins)
    return hazards
