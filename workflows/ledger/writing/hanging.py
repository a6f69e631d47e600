"""What hangs on a page of hazards, for the ledger's columns: one query for each kind of record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.exposure.models import Exposure, ExposureStatus
from workflows.hazards.models import Evidence, Hazard, ProgressNote, Verification
from workflows.hazards.words import EvidenceKind
from workflows.listed_supervision.models import Supervision, SupervisionStatus
from workflows.organisations.models import Organisation

Record = TypeVar("Record", Evidence, Exposure, ProgressNote, Supervision, Verification)
WAS_LISTED = (SupervisionStatus.LISTED, SupervisionStatus.DELISTED)


class Hanging:
    """By a hazard's id: its notes and photos in their order, its last re-check, supervision and exposure."""

    def __init__(self, session: Session, page: Sequence[Hazard]) -> None:
        self._session = session
        self._hazards = [hazard.id for hazard in page]
        self.notes = self._notes()
        self.photos = self._photos()
        self.rechecks = {it.hazard_id: it for it in self._of(Verification)}
        self.supervisions = {it.hazard_id: it for it in self._of(Supervision) if it.status in WAS_LISTED}
        self.exposures = {it.hazard_id: it for it in self._of(Exposure) if it.status is ExposureStatus.PUBLISHED}
        self.names = self._names({hazard.department_id for hazard in page} | {hazard.committee_id for hazard in page})

    def _notes(self) -> dict[int, list[str]]:
        notes: dict[int, list[str]] = defaultdict(list)
        for note in self._of(ProgressNote):
            notes[note.hazard_id].append(note.text)
        return notes

    def _photos(self) -> dict[tuple[int, EvidenceKind], list[str]]:
        photos: dict[tuple[int, EvidenceKind], list[str]] = defaultdict(list)
        for evidence in self._of(Evidence):
            photos[evidence.hazard_id, evidence.kind].append(evidence.reference)
        return photos

    def _names(self, organisations: set[int]) -> dict[int, str]:
        wanted = select(Organisation.id, Organisation.name).where(Organisation.id.in_(sorted(organisations)))
        return {row.id: row.name for row in self._session.execute(wanted)}

    def _of(self, kind: type[Record]) -> Sequence[Record]:
        wanted = select(kind).where(kind.hazard_id.in_(self._hazards)).order_by(kind.id)
        return self._session.scalars(wanted).all()
