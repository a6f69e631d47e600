"""Narrows an inbox to the tasks of hazards with certain facts.

The facts stay where they are, in the hazard's row: an inbox is read from the person's own few thousand entries at most,
each of which finds its hazard by number, which is unique. So nothing is copied into tasks, and nothing can disagree.

Words are looked up beforehand. What few hazards say is narrowed to by their numbers; what many say is compared entry by
entry. A database that had to choose would err: it cannot know that the pairs of one word come together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from engine.tasks import Narrowing
from workflows.geography.divisions import divisions, path_of
from workflows.geography.paths import inside
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity, Stage
from workflows.organisations.sectors import Sector
from workflows.search import matching, saying

FEW = 500


@dataclass(frozen=True)
class HazardFilter:
    """The facts that a hazard must have, each only if it is given; `words` are searched for as they were typed."""

    words: str = ""
    stage: Stage | None = None
    region_code: str = ""
    sector: Sector | None = None
    severity: Severity | None = None
    campaign_id: int | None = None

    @property
    def is_empty(self) -> bool:
        return self == HazardFilter()


def narrowing(session: Session, asked: HazardFilter) -> Narrowing | None:
    """What an inbox is narrowed by; None for an empty filter. Raises Refused for words that are too short."""
    conditions = list(_conditions(session, asked))
    if not conditions:
        return None

    def narrow(business_key: ColumnElement[str]) -> ColumnElement[bool]:
        return exists().where(Hazard.number == business_key, *conditions)

    return narrow


def _conditions(session: Session, asked: HazardFilter) -> Iterator[ColumnElement[bool]]:
    if asked.words.strip():
        yield _said(session, asked.words)
    if asked.stage is not None:
        yield Hazard.stage == asked.stage
    if asked.region_code in divisions():
        yield inside(Hazard.region_path, path_of(asked.region_code))
    if asked.sector is not None:
        yield Hazard.sector == asked.sector
    if asked.severity is not None:
        yield Hazard.severity == asked.severity
    if asked.campaign_id is not None:
        yield Hazard.campaign_id == asked.campaign_id


def _said(session: Session, words: str) -> ColumnElement[bool]:
    found = session.scalars(select(Hazard.number).where(matching(session, words)).limit(FEW + 1)).all()
    return Hazard.number.in_(found) if len(found) <= FEW else saying(words)
