"""Tells webhooks where an event belongs: at its hazard's place, or at its organisation's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.storage.models import OutboxEvent
from webhooks.places import Place
from workflows.hazards.models import Hazard
from workflows.organisations.models import Organisation

AT_ONCE: Final = 500
ORGANISATION: Final = "organisation-"
"""How the keys of events about an organisation begin."""


def places_of(session: Session, events: Sequence[OutboxEvent]) -> Mapping[int, Place]:
    """The places of these events as they are now; what concerns no hazard and no organisation has none."""
    subjects = {event.id: _subject(event) for event in events}
    known = dict(_places(session, set(subjects.values())))
    return {event: known[subject] for event, subject in subjects.items() if subject in known}


def _subject(event: OutboxEvent) -> str:
    """What an event is about: the hazard that it names, or else its key, which for most events is one."""
    named = event.data.get("hazard")
    return named if isinstance(named, str) else event.key


def _places(session: Session, subjects: Iterable[str]) -> Iterator[tuple[str, Place]]:
    remaining = iter(subjects)
    while some := list(islice(remaining, AT_ONCE)):
        hazards = select(Hazard.number, Hazard.region_path, Hazard.sector).where(Hazard.number.in_(some))
        for number, region, sector in session.execute(hazards):
            yield number, Place(region, sector.value)
        yield from _of_organisations(session, [it for it in some if it.startswith(ORGANISATION)])


def _of_organisations(session: Session, keys: Sequence[str]) -> Iterator[tuple[str, Place]]:
    ids = [int(number) for key in keys if (number := key.removeprefix(ORGANISATION)).isdecimal()]
    if not ids:
        return
    wanted = select(Organisation.id, Organisation.region_path, Organisation.sector).where(Organisation.id.in_(ids))
    for identity, region, sector in session.execute(wanted):
        yield f"{ORGANISATION}{identity}", Place(region, sector.value if sector else "")
