"""A page of a hazard's chronicle in words, and the way to older ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.runtime import UnitOfWork
from web.pages.hazard.telling import tell
from web.pages.timeline import Happening
from web.paging import cursor
from workflows.chronicle import Place, Topic, read_chronicle
from workflows.hazards.models import Hazard

AT_ONCE = 30
CURSOR = "hazard.story"


@dataclass(frozen=True)
class Story:
    """What happened, the newest first; `older` is where to go on, and `is_newest` says that this is the beginning."""

    topic: Topic
    happenings: Sequence[Happening]
    older: str | None
    is_newest: bool


def story_of(uow: UnitOfWork, hazard: Hazard, topic: Topic, after: Place | None) -> Story:
    """The part of the chronicle that comes after a place."""
    chronicle = read_chronicle(uow.session, hazard, topic, after=after, limit=AT_ONCE)
    return Story(topic, tell(uow, chronicle.entries), _written(chronicle.next), is_newest=after is None)


def _written(place: Place | None) -> str | None:
    return cursor(CURSOR, [place.at.isoformat(), int(place.source), place.id]) if place is not None else None
