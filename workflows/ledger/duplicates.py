"""Recognises hazards that are on the ledger already, or stand twice in one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.hazards.models import Hazard
from workflows.hazards.register import Registration
from workflows.ledger.entries import Entry
from workflows.ledger.spelling import essence, folded

Key = int
"""A hash of what makes two hazards the same: 64 bits, so that a file of 100,000 rows is remembered in few bytes."""


class Duplicates:
    """The hazards of a campaign's ledger that a file may repeat, and those that the file itself has had so far."""

    def __init__(self, campaign_id: int) -> None:
        self._campaign_id = campaign_id
        self._rows: dict[Key, int] = {}

    def among(self, session: Session, entries: Sequence[Entry]) -> dict[tuple[int, int], str]:
        """By row and part: where the same hazard stands already, in words for the official."""
        present = self._on_ledger(session, [entry.registration for entry in entries])
        found: dict[tuple[int, int], str] = {}
        for entry in entries:
            keys = list(_keys(entry.registration))
            number = next((present[key] for key in keys if key in present), None)
            row = next((self._rows[key] for key in keys if key in self._rows), None)
            if number is not None:
                found[entry.row, entry.part] = f"台账中已有这条隐患（{number}）"
            elif row is not None:
                found[entry.row, entry.part] = f"与第 {row} 行重复"
            else:
                self._rows |= dict.fromkeys(keys, entry.row)
        return found

    def _on_ledger(self, session: Session, asked: Sequence[Registration]) -> dict[Key, str]:
        it = Hazard
        columns = select(
            it.number, it.source_reference, it.previous_number, it.unit_name, it.description, it.found_on
        ).where(it.campaign_id == self._campaign_id)
        by_source = columns.where(
            it.source_reference.in_(sorted({each.source_reference for each in asked} - {""})),
            it.previous_number.in_(sorted({each.previous_number for each in asked} - {""})),
        )
        by_unit = columns.where(it.unit_name.in_(sorted({each.unit_name for each in asked})))
        return {
            key: number
            for wanted in (by_source, by_unit)
            for number, reference, previous, unit, description, found_on in session.execute(wanted)
            for key in (_source_key(reference, previous), _sight_key(unit, description, found_on))
            if key is not None
        }


def _keys(asked: Registration) -> Iterator[Key]:
    by_source = _source_key(asked.source_reference, asked.previous_number)
    if by_source is not None:
        yield by_source
    yield _sight_key(asked.unit_name, asked.description, asked.found_on)


def _source_key(reference: str, previous: str) -> Key | None:
    """The row of an earlier ledger; a row number without its ledger's document says nothing."""
    return _hash("source", folded(reference), folded(previous)) if reference and previous else None


def _sight_key(unit: str, description: str, found_on: object) -> Key:
    """The same thing seen at the same unit on the same day."""
    return _hash("sight", folded(unit), essence(description), str(found_on))


def _hash(*parts: str) -> Key:
    return int.from_bytes(blake2b("\0".join(parts).encode(), digest_size=8).digest(), "big")
