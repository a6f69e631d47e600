"""What was handed in as evidence of a hazard, sorted by kind, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.runtime import UnitOfWork
from web.uploads import upload_name
from workflows.hazards.models import Evidence, Hazard
from workflows.hazards.words import EvidenceKind

PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")


@dataclass(frozen=True)
class Exhibit:
    """One file, with the name under which it was sent; a picture is shown small, anything else as a link."""

    id: int
    name: str
    is_picture: bool


@dataclass(frozen=True)
class Exhibits:
    """The files of one kind."""

    kind: EvidenceKind
    files: Sequence[Exhibit]


def exhibits_of(uow: UnitOfWork, number: str) -> Sequence[Exhibits]:
    """The evidence of the hazard with this number; nothing for a number that no hazard has."""
    rows = uow.session.scalars(
        select(Evidence)
        .join(Hazard, Hazard.id == Evidence.hazard_id)
        .where(Hazard.number == number)
        .order_by(Evidence.id.desc())
    ).all()
    by_kind = {kind: [_exhibit(row) for row in rows if row.kind is kind] for kind in EvidenceKind}
    return [Exhibits(kind, files) for kind, files in by_kind.items() if files]


def _exhibit(row: Evidence) -> Exhibit:
    name = upload_name(row.reference)
    return Exhibit(row.id, name, name.lower().endswith(PICTURES))
