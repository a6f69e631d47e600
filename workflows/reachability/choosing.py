"""Reads and writes what people chose to be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.errors import Refused
from workflows.organisations.models import Person
from workflows.reachability.models import ReachChoice
from workflows.reachability.ways import ALWAYS, USUAL, Occasion, Way
from workflows.sentences import sentence

CHOOSABLE: Final = tuple((way, occasion) for way in Way for occasion in Occasion if occasion not in ALWAYS)
"""What people decide for themselves."""

Choices = Mapping[tuple[Way, Occasion], bool]


def choices_of(session: Session, person: Person) -> Choices:
    """What a person is told by which way: the usual, and over it what was chosen."""
    chosen = session.scalars(select(ReachChoice).where(ReachChoice.person_id == person.id))
    return dict(USUAL) | {(it.way, it.occasion): it.wanted for it in chosen if it.occasion not in ALWAYS}


def choose(uow: UnitOfWork, person: Person, way: Way, occasion: Occasion, *, wanted: bool) -> None:
    """Note a choice. Raises Refused for an occasion of which everybody is told."""
    if occasion in ALWAYS:
        raise Refused(sentence("everybody is told of %(occasion)s", occasion=occasion))
    uow.session.merge(ReachChoice(person_id=person.id, way=way, occasion=occasion, wanted=wanted))


def wants(session: Session, person: Person, way: Way, occasion: Occasion) -> bool:
    """Whether a person is told of an occasion by a way."""
    return choices_of(session, person)[way, occasion]
