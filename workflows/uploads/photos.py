"""What photos tell, kept once for each content, and where else the same photo was handed in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import Select, select, union_all
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.hazards.models import Evidence, Hazard
from workflows.permissions import Scope, visible
from workflows.uploads.exif import PhotoFacts
from workflows.uploads.models import Photo

MOST_COUNTED: Final = 20
"""How many other hazards are counted for one photo; beyond it there are “more than” so many."""

MOST_NAMED: Final = 5


def keep_facts(uow: UnitOfWork, digest: str, facts: PhotoFacts) -> None:
    """Keep what a photo tells, unless it is known already: the same content always tells the same."""
    if uow.session.get(Photo, digest) is None:
        uow.session.add(
            Photo(
                digest=digest,
                width=facts.width,
                height=facts.height,
                taken_at=facts.taken_at,
                latitude=facts.latitude,
                longitude=facts.longitude,
                device=facts.device,
                read_at=uow.now,
            )
        )


def photos_by_digest(session: Session, digests: Collection[str]) -> Mapping[str, Photo]:
    """What is known of photos, by the hash of their content."""
    return {photo.digest: photo for photo in session.scalars(select(Photo).where(Photo.digest.in_(digests)))}


def handed_in_elsewhere(session: Session, hazard_id: int, digests: Collection[str]) -> Mapping[str, int]:
    """For how many other hazards each photo was handed in too, up to one more than `MOST_COUNTED`.

    The same photo as the proof of several hazards is a classic of false rectification (假整改).
    """
    if not digests:
        return {}
    found = session.execute(union_all(*(_others(hazard_id, digest) for digest in sorted(digests)))).all()
    return {digest: sum(row.digest == digest for row in found) for digest in digests}


def named_elsewhere(
    session: Session, hazard_id: int, digests: Collection[str], scope: Scope
) -> Mapping[str, list[str]]:
    """The numbers of those other hazards that a person may see, at most `MOST_NAMED` for each photo."""
    if not digests:
        return {}
    named: Select[*tuple[Any, ...]] = (
        select(Evidence.digest, Hazard.number)
        .distinct()
        .join(Hazard, Hazard.id == Evidence.hazard_id)
        .where(Evidence.digest.in_(digests), Evidence.hazard_id != hazard_id)
        .order_by(Hazard.number)
        .limit(MOST_NAMED * len(digests))
    )
    rows = session.execute(visible(named, scope, Hazard.region_path, Hazard.sector, Hazard.unit_id)).all()
    by_digest: dict[str, list[str]] = {}
    for row in rows:
        by_digest.setdefault(row.digest, []).append(row.number)
    return {digest: numbers[:MOST_NAMED] for digest, numbers in by_digest.items()}


def _others(hazard_id: int, digest: str) -> Select[str, int]:
    others = (
        select(Evidence.digest, Evidence.hazard_id)
        .distinct()
        .where(Evidence.digest == digest, Evidence.hazard_id != hazard_id)
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
    return select(others.c.digest, others.c.hazard_id)
