"""What everybody may read of good practice: what was approved, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import Session

from workflows.errors import UnknownRecord
from workflows.good_practice.models import GoodPractice, GoodPracticeStatus
from workflows.organisations.sectors import Sector
from workflows.publishing import Choice, Withdrawn, within_year, year_of
from workflows.records import Record

SHOWN_ONCE = (GoodPracticeStatus.PUBLISHED, GoodPracticeStatus.WITHDRAWN)


@dataclass(frozen=True)
class PublicPractice:
    """One good practice with everything that the public learns of it."""

    id: int
    title: str
    text: str
    source: str
    region_code: str
    sector: Sector | None
    photos: Sequence[str]
    published_at: datetime


def public_practices(
    session: Session, choice: Choice, *, after: tuple[datetime, int] | None = None, limit: int
) -> Sequence[PublicPractice]:
    """Up to `limit` published ones, the newest first; a sector's list holds what is meant for all sectors too."""
    wanted = select(GoodPractice).where(GoodPractice.status == GoodPracticeStatus.PUBLISHED)
    if choice.city:
        wanted = wanted.where(GoodPractice.city_code == choice.city)
    if choice.sector:
        wanted = wanted.where(or_(GoodPractice.sector == choice.sector, GoodPractice.sector.is_(None)))
    if choice.year:
        wanted = wanted.where(within_year(GoodPractice.published_at, choice.year))
    if after is not None:
        wanted = wanted.where(tuple_(GoodPractice.published_at, GoodPractice.id) < after)
    rows = session.scalars(wanted.order_by(GoodPractice.published_at.desc(), GoodPractice.id.desc()).limit(limit))
    return [_as_public(row) for row in rows]


def public_practice(session: Session, practice_id: int) -> PublicPractice:
    """The published good practice with this id. Raises Withdrawn for one that was public once, UnknownRecord."""
    found = session.get(GoodPractice, practice_id)
    if found is None or found.status not in SHOWN_ONCE:
        raise UnknownRecord(Record.GOOD_PRACTICE, practice_id)
    if found.status is GoodPracticeStatus.WITHDRAWN:
        raise Withdrawn(found.withdrawn_at)
    return _as_public(found)


def first_year(session: Session) -> int | None:
    """The year of the earliest published one; None while there is none."""
    published = select(GoodPractice.published_at).where(GoodPractice.status == GoodPracticeStatus.PUBLISHED)
    return year_of(session.scalars(published.order_by(GoodPractice.published_at, GoodPractice.id).limit(1)).first())


def changed_at(session: Session) -> datetime | None:
    """When something was last published or withdrawn; None while nothing was."""
    return session.scalar(select(func.max(func.coalesce(GoodPractice.withdrawn_at, GoodPractice.published_at))))


def _as_public(row: GoodPractice) -> PublicPractice:
    assert row.published_at is not None
    return PublicPractice(
        row.id, row.title, row.text, row.organisation_name, row.region_code, row.sector, row.photos, row.published_at
    )
