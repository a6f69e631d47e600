"""Recognises hazards that are on the ledger already, or stand twice in one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.hazards.fingerprint import SIZE
from workflows.hazards.models import Hazard
from workflows.hazards.register import Registration
from workflows.ledger.entries import Entry
from workflows.spelling import folded

Key = bytes
"""What makes two hazards the same, in so few bytes that a file of 100,000 rows is remembered."""

ASKED_AT_ONCE: Final = 1000
"""One batch of rows is one query, unless their cells number many hazards each; no database takes any number of keys."""


class Duplicates:
    """The hazards of a campaign's ledger that a file may repeat, and those that the file itself has had so far."""

    def __init__(self, campaign_id: int) -> None:
        self._campaign_id = campaign_id
        self._rows: dict[Key, int] = {}

    def among(self, session: Session, entries: Sequence[Entry]) -> dict[tuple[int, int], str]:
        """By row and part: where the same hazard stands already, in words for the official."""
        present: dict[Key, str] = {}
        for at in range(0, len(entries), ASKED_AT_ONCE):
            present |= self._on_ledger(session, [it.registration for it in entries[at : at + ASKED_AT_ONCE]])
        found: dict[tuple[int, int], str] = {}
        for entry in entries:
            own = tuple(_keys(entry.registration))
            number = next((present[key] for key in own if key in present), None)
            row = next((self._rows[key] for key in own if key in self._rows), None)
            if number is not None:
                found[entry.row, entry.part] = f"台账中已有这条隐患（{number}）"
            elif row is not None:
                found[entry.row, entry.part] = f"与第 {row} 行重复"
            else:
                self._rows |= dict.fromkeys(own, entry.row)
        return found

    def _on_ledger(self, session: Session, asked: Sequence[Registration]) -> dict[Key, str]:
        """The numbers of the hazards that have a key of those asked for; one query, served by two indexes."""
        it, told = Hazard, [each for each in asked if _is_told(each)]
        columns = select(it.number, it.fingerprint, it.source_reference, it.previous_number)
        ours = columns.where(it.campaign_id == self._campaign_id)
        same_sight = ours.where(it.fingerprint.in_({each.fingerprint for each in asked}))
        same_source = ours.where(
            it.source_reference.in_({each.source_reference for each in told}),
            it.previous_number.in_({each.previous_number for each in told}),
        )
        found: dict[Key, str] = {}
        for number, fingerprint, reference, previous in session.execute(same_sight.union_all(same_source)):
            found[fingerprint] = found[_source_key(reference, previous)] = number
        return found


def _keys(asked: Registration) -> Iterator[Key]:
    if _is_told(asked):
        yield _source_key(asked.source_reference, asked.previous_number)
    yield asked.fingerprint


def _is_told(asked: Registration) -> bool:
    """Whether it is a row of an earlier ledger; a row's number without its ledger's document says nothing."""
    return bool(asked.source_reference and asked.previous_number)


def _source_key(reference: str, previous: str) -> Key:
    words = ("source", folded(reference), folded(previous))
    return blake2b("\0".join(words).encode(), digest_size=SIZE).digest()
