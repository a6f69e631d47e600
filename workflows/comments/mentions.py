"""Whom a text addresses: `@` with a name or an account, of somebody who can see the hazard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflows.comments.audience import Audience
from workflows.errors import InvalidRecord
from workflows.hazards.models import Hazard
from workflows.organisations.models import Person, RoleAssignment
from workflows.sentences import sentence

AFTER_AT: Final = re.compile(r"(?<![\w.])@([\w·.\-]{1,40})")
MOST_MENTIONED: Final = 20
MOST_OFFERED: Final = 8
MOST_LOOKED_AT: Final = 24
SHORTEST_NAME: Final = 2


@dataclass(frozen=True)
class Reader:
    """Somebody who can be mentioned; `handle` is what stands after the @: the name, or the account of a namesake."""

    account: str
    name: str
    organisation: str
    handle: str


def mentioned(session: Session, hazard: Hazard, text: str) -> Sequence[str]:
    """The accounts of those whom a text addresses, each once.

    What stands after an @ and is nobody's name stays plain text, as in an address of mail. Raises InvalidRecord when
    somebody cannot see the hazard, when several people have the name, and for too many at once.
    """
    handles = list(dict.fromkeys(AFTER_AT.findall(text)))
    if len(handles) > MOST_MENTIONED:
        raise InvalidRecord({"text": sentence("at most %(most)s people can be mentioned at once", most=MOST_MENTIONED)})
    audience = Audience(session, hazard)
    found = (_addressed(session, audience, handle) for handle in handles)
    return list(dict.fromkeys(account for account in found if account))


def names_like(session: Session, hazard: Hazard, typed: str) -> Sequence[Reader]:
    """People who can be mentioned and whose name or account begins as typed; those near the hazard come first.

    With nothing typed: the people of the hazard's unit, department and committee.
    """
    wanted = select(Person).join(Person.organisation).where(Person.active)
    if typed:
        wanted = wanted.where(or_(Person.name.startswith(typed, autoescape=True), Person.account == typed.lower()))
    near = _near(hazard)
    nearest = Person.organisation_id.in_(near)
    if not typed:
        held = select(RoleAssignment.person_id).where(RoleAssignment.organisation_id.in_(near))
        wanted = wanted.where(Person.id.in_(held))
    found = session.scalars(wanted.order_by(nearest.desc(), Person.name, Person.id).limit(MOST_LOOKED_AT)).all()
    audience = Audience(session, hazard)
    return list(_readers(audience, found))


def _readers(audience: Audience, people: Sequence[Person]) -> Iterator[Reader]:
    names = [person.name for person in people]
    left = MOST_OFFERED
    for person in people:
        if left and audience.includes(person):
            left -= 1
            handle = person.name if names.count(person.name) == 1 else person.account
            yield Reader(person.account, person.name, person.organisation.name, handle)


def _addressed(session: Session, audience: Audience, handle: str) -> str | None:
    """The account that a handle means. Chinese has no spaces: the longest beginning that is a name counts."""
    beginnings = [handle[:length] for length in range(len(handle), SHORTEST_NAME - 1, -1)]
    called = select(Person).where(Person.active, or_(Person.name.in_(beginnings), Person.account.in_(beginnings)))
    people = session.scalars(called.order_by(Person.id).limit(MOST_LOOKED_AT)).all()
    for beginning in beginnings:
        if namesakes := [person for person in people if beginning in (person.account, person.name)]:
            return _the_one(audience, namesakes).account
    return None


def _the_one(audience: Audience, namesakes: Sequence[Person]) -> Person:
    readers = [person for person in namesakes if audience.includes(person)]
    if not readers:
        refusal = sentence("%(name)s cannot see this hazard and so cannot be mentioned", name=namesakes[0].name)
        raise InvalidRecord({"text": refusal})
    near = [person for person in readers if person.organisation_id in _near(audience.hazard)]
    if len(candidates := near or readers) > 1:
        accounts = [person.account for person in candidates]
        refusal = sentence(
            "several people are called %(name)s; write one of these accounts after the @: %(accounts)s",
            name=candidates[0].name,
            accounts=accounts,
        )
        raise InvalidRecord({"text": refusal})
    return candidates[0]


def _near(hazard: Hazard) -> Sequence[int]:
    """The organisations that deal with a hazard."""
    return [each for each in (hazard.unit_id, hazard.department_id, hazard.committee_id) if each is not None]
