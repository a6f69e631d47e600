"""What everybody may read: the published cases as they were approved, newest first, and nothing of the hazards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from workflows.errors import UnknownRecord
from workflows.exposure.models import ENDS_OF_A_SENTENCE, Exposure, ExposureStatus
from workflows.organisations.sectors import Sector
from workflows.publishing import Choice, Withdrawn, within_year, year_of
from workflows.records import Record


@dataclass(frozen=True)
class PublicCase:
    """One exposed case with everything that the public learns of it."""

    id: int
    title: str
    text: str
    media: str
    city_code: str
    sector: Sector | None
    published_at: datetime

    @property
    def summary(self) -> str:
        """The text, without its beginning where that is the title."""
        return self.text.removeprefix(self.title).lstrip(ENDS_OF_A_SENTENCE) or self.text


def public_cases(
    session: Session, choice: Choice, *, after: tuple[datetime, int] | None = None, limit: int
) -> Sequence[PublicCase]:
    """Up to `limit` published cases, the newest first; those before the position `after` are left out."""
    wanted = select(Exposure).where(Exposure.status == ExposureStatus.PUBLISHED)
    if choice.city:
        wanted = wanted.where(Exposure.city_code == choice.city)
    if choice.sector:
        wanted = wanted.where(Exposure.sector == choice.sector)
    if choice.year:
        wanted = wanted.where(within_year(Exposure.published_at, choice.year))
    if after is not None:
        wanted = wanted.where(tuple_(Exposure.published_at, Exposure.id) < after)
    rows = session.scalars(wanted.order_by(Exposure.published_at.desc(), Exposure.id.desc()).limit(limit))
    return [_as_public(row) for row in rows]


def public_case(session: Session, exposure_id: int) -> PublicCase:
    """The published case with this id.

    Raises Withdrawn for one that was public once, UnknownRecord for any that never was.
    """
    found = session.get(Exposure, exposure_id)
    if found is None or found.status not in (ExposureStatus.PUBLISHED, ExposureStatus.WITHDRAWN):
        raise UnknownRecord(Record.EXPOSURE, exposure_id)
    if found.status is ExposureStatus.WITHDRAWN:
        raise Withdrawn(found.withdrawn_at)
    return _as_public(found)


def first_year(session: Session) -> int | None:
    """The year of the earliest published case; None while there is none."""
    published = select(Exposure.published_at).where(Exposure.status == ExposureStatus.PUBLISHED)
    return year_of(session.scalars(published.order_by(Exposure.published_at, Exposure.id).limit(1)).first())


def changed_at(session: Session) -> datetime | None:
    """When something was last published or withdrawn; None while nothing was."""
    return session.scalar(select(func.max(func.coalesce(Exposure.withdrawn_at, Exposure.published_at))))


def _as_public(row: Exposure) -> PublicCase:
    assert row.published_at is not None
    return PublicCase(row.id, row.title, row.public_text, row.media, row.city_code, row.sector, row.published_at)
