"""The rows that are linked with a hazard's: what it relapsed from, what relapsed from it, what was found alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import or_, select

from engine.runtime import UnitOfWork
from engine.tasks import Actor
from web.access import scope
from web.words import in_words
from workflows.hazards.models import Hazard
from workflows.permissions import Scope, permits
from workflows.similar_check import SimilarCheck

MOST = 20
"""How many linked rows of a kind are named; a finding that was spread may have led to many."""


@dataclass(frozen=True)
class Link:
    """A linked row: how it is linked, and whether the reader may open it."""

    how: str
    number: str
    title: str
    stage: str
    may_open: bool


def links_of(uow: UnitOfWork, hazard: Hazard, actor: Actor) -> Sequence[Link]:
    """The linked rows, the earlier ones first; where the reader may not look, only the number stands."""
    linked = [*_relapses(uow, hazard), *_alike(uow, hazard)]
    if not linked:
        return []
    reached = scope(uow, actor)
    return [_link(how, row, reached) for how, row in linked]


def _relapses(uow: UnitOfWork, hazard: Hazard) -> Sequence[tuple[str, Hazard]]:
    before, after = gettext("It relapsed from"), gettext("It relapsed as")
    linked = select(Hazard).where(or_(Hazard.id == hazard.previous_id, Hazard.previous_id == hazard.id))
    rows = uow.session.scalars(linked.order_by(Hazard.id).limit(MOST))
    return [(before if row.id == hazard.previous_id else after, row) for row in rows]


def _alike(uow: UnitOfWork, hazard: Hazard) -> Sequence[tuple[str, Hazard]]:
    because, led_to = gettext("Found because of"), gettext("The same was found at")
    first = select(Hazard).where(Hazard.number == hazard.source_reference)
    found = (
        select(Hazard)
        .join(SimilarCheck, SimilarCheck.found_id == Hazard.id)
        .where(SimilarCheck.hazard_id == hazard.id)
        .order_by(SimilarCheck.id)
        .limit(MOST)
    )
    earlier = uow.session.scalars(first).all() if hazard.source_reference else []
    return [*((because, row) for row in earlier), *((led_to, row) for row in uow.session.scalars(found))]


def _link(how: str, row: Hazard, reached: Scope) -> Link:
    may_open = permits(reached, row.region_path, row.sector, row.unit_id)
    return Link(how, row.number, row.title if may_open else "", in_words(row.stage) if may_open else "", may_open)
