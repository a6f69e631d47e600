"""Who was told of a reminder, organisation by organisation, and how far they have taken note of it: read receipts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext, ngettext
from sqlalchemy import select

from engine.runtime import UnitOfWork
from web.times import full_moment
from workflows.escalation.models import Notice
from workflows.organisations.models import Organisation, Person

MOST_NAMES = 3
"""How many people of one organisation are named; of more, only how many there are."""


@dataclass(frozen=True)
class Told:
    """The people of one organisation who are told, in words; `receipt` says whether they have read it, if they were."""

    organisation: str
    people: str
    receipt: str = ""


@dataclass(frozen=True)
class Someone:
    """A person with the organisation to which the person belongs."""

    name: str
    organisation: str


@dataclass(frozen=True)
class Receipt:
    """One person's notice: when it was delivered, and when it was read."""

    account: str
    delivered_at: datetime | None
    read_at: datetime | None


def told_of(uow: UnitOfWork, escalation_ids: Sequence[int]) -> Mapping[int, Sequence[Told]]:
    """Who was told of each of some escalations, as far as the notices have not been withdrawn."""
    if not escalation_ids:
        return {}
    receipts = _receipts(uow, escalation_ids)
    people = people_of(uow, [receipt.account for some in receipts.values() for receipt in some])
    return {each: _with_receipts(some, people) for each, some in receipts.items()}


def in_words(accounts: Iterable[str], people: Mapping[str, Someone]) -> Sequence[Told]:
    """Who would be told, organisation by organisation in the order in which they are."""
    names: dict[str, list[str]] = {}
    for account in accounts:
        person = people.get(account, Someone(account, ""))
        names.setdefault(person.organisation, []).append(person.name)
    return [Told(organisation, _named(some)) for organisation, some in names.items()]


def people_of(uow: UnitOfWork, accounts: Iterable[str]) -> Mapping[str, Someone]:
    """The people of some accounts."""
    wanted = (
        select(Person.account, Person.name, Organisation.name)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .where(Person.account.in_(set(accounts)))
    )
    return {account: Someone(name, organisation) for account, name, organisation in uow.session.execute(wanted)}


def _receipts(uow: UnitOfWork, escalation_ids: Sequence[int]) -> Mapping[int, Sequence[Receipt]]:
    wanted = select(Notice.escalation_id, Notice.recipient, Notice.delivered_at, Notice.read_at)
    found: dict[int, list[Receipt]] = {}
    for row in uow.session.execute(wanted.where(Notice.escalation_id.in_(escalation_ids)).order_by(Notice.id)):
        found.setdefault(row[0], []).append(Receipt(row[1], row[2], row[3]))
    return found


def _with_receipts(receipts: Iterable[Receipt], people: Mapping[str, Someone]) -> Sequence[Told]:
    by_organisation: dict[str, list[Receipt]] = {}
    for receipt in receipts:
        organisation = people.get(receipt.account, Someone(receipt.account, "")).organisation
        by_organisation.setdefault(organisation, []).append(receipt)
    return [
        Told(organisation, _named([_name(it.account, people) for it in some]), _read(some))
        for organisation, some in by_organisation.items()
    ]


def _name(account: str, people: Mapping[str, Someone]) -> str:
    return people[account].name if account in people else account


def _read(receipts: Sequence[Receipt]) -> str:
    """How far the people of one organisation have taken note."""
    read = [receipt.read_at for receipt in receipts if receipt.read_at is not None]
    if len(receipts) == 1 and read:
        return gettext("read on %(when)s", when=full_moment(read[0]))
    if len(read) == len(receipts):
        return gettext("read by all")
    if read:
        return ngettext("read by %(num)s of %(all)s", "read by %(num)s of %(all)s", len(read), all=len(receipts))
    if all(receipt.delivered_at is None for receipt in receipts):
        return gettext("not delivered yet")
    return gettext("not read yet")


def _named(names: Sequence[str]) -> str:
    comma = gettext(", ")
    if len(names) <= MOST_NAMES:
        return comma.join(names)
    return gettext("%(names)s and %(num)s more", names=comma.join(names[:MOST_NAMES]), num=len(names) - MOST_NAMES)
