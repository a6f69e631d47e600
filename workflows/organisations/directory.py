"""The lists of administration: organisations, people and leaves that an account looks after, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_
from sqlalchemy.orm import Session, contains_eager, selectinload

from workflows.geography.divisions import divisions, path_of
from workflows.geography.paths import inside
from workflows.organisations.leave import LeaveState
from workflows.organisations.mandates import Mandate
from workflows.organisations.models import Delegation, Organisation, OrganisationKind, Person, RoleAssignment
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector

T = TypeVar("T")
Position = Sequence[Any]
"""The last row of a page, by what the list is ordered by; the next page begins after it."""


@dataclass(frozen=True)
class Listed(Generic[T]):
    """Some rows of a list, and where to go on (None at the end)."""

    rows: Sequence[T]
    next: list[Any] | None


@dataclass(frozen=True)
class OrganisationFilter:
    """Which organisations are asked for; `words` stand in the name, or are a whole credit code."""

    words: str = ""
    region_code: str = ""
    kind: OrganisationKind | None = None
    sector: Sector | None = None
    is_closed: bool = False


@dataclass(frozen=True)
class PersonFilter:
    """Which people are asked for; `words` stand in the name, or are an account or a phone number from its beginning."""

    words: str = ""
    organisation_id: int | None = None
    role: Role | None = None
    is_active: bool | None = None


@dataclass(frozen=True)
class LeaveFilter:
    """Which leaves are asked for, as they stand on the day `today`."""

    today: date
    state: LeaveState | None = None
    words: str = field(default="")


def organisations(
    session: Session, mandate: Mandate, asked: OrganisationFilter, *, after: Position | None, limit: int
) -> Listed[Organisation]:
    """The organisations that the account looks after, place by place."""
    rows = mandate.within(select(Organisation)).where(*_of_organisation(asked))
    if after is not None:
        rows = rows.where(tuple_(Organisation.region_path, Organisation.id) > tuple_(*after))
    rows = rows.order_by(Organisation.region_path, Organisation.id).limit(limit + 1)
    return _page(session.scalars(rows).all(), limit, lambda row: [row.region_path, row.id])


def people(
    session: Session, mandate: Mandate, asked: PersonFilter, *, after: Position | None, limit: int
) -> Listed[Person]:
    """The people of the organisations that the account looks after, the longest known first, with their roles."""
    rows: Select[Any] = mandate.within(select(Person).join(Person.organisation)).where(*_of_person(asked))
    if after is not None:
        rows = rows.where(Person.id > after[0])
    rows = rows.options(
        contains_eager(Person.organisation), selectinload(Person.roles).joinedload(RoleAssignment.organisation)
    )
    found = session.scalars(rows.order_by(Person.id).limit(limit + 1)).all()
    return _page(found, limit, lambda row: [row.id])


def leaves(
    session: Session, mandate: Mandate, asked: LeaveFilter, *, after: Position | None, limit: int
) -> Listed[Delegation]:
    """The leaves of the people that the account looks after, those that end last first."""
    rows: Select[Any] = (
        mandate.within(select(Delegation).join(Delegation.person).join(Person.organisation))
        .where(*_of_leave(asked))
        .options(contains_eager(Delegation.person).contains_eager(Person.organisation), selectinload(Delegation.deputy))
    )
    if after is not None:
        position = (date.fromisoformat(after[0]), after[1])
        rows = rows.where(tuple_(Delegation.last_day, Delegation.id) < tuple_(*position))
    found = session.scalars(rows.order_by(Delegation.last_day.desc(), Delegation.id.desc()).limit(limit + 1)).all()
    return _page(found, limit, lambda row: [row.last_day.isoformat(), row.id])


def colleagues(session: Session, person: Person, limit: int = 200) -> Sequence[Person]:
    """The active people of a person's own organisation, who are the first to ask to stand in."""
    rows = select(Person).where(Person.organisation_id == person.organisation_id, Person.active, Person.id != person.id)
    return session.scalars(rows.order_by(Person.name, Person.id).limit(limit)).all()


def _of_organisation(asked: OrganisationFilter) -> list[ColumnElement[bool]]:
    closed = Organisation.closed_at
    terms: list[ColumnElement[bool]] = [closed.is_not(None) if asked.is_closed else closed.is_(None)]
    if asked.words:
        name = Organisation.name.contains(asked.words, autoescape=True)
        terms.append(or_(name, Organisation.uscc == asked.words.upper()))
    if asked.region_code in divisions():
        terms.append(inside(Organisation.region_path, path_of(asked.region_code)))
    if asked.kind is not None:
        terms.append(Organisation.kind == asked.kind)
    if asked.sector is not None:
        terms.append(Organisation.sector == asked.sector)
    return terms


def _of_person(asked: PersonFilter) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if asked.words:
        terms.append(
            or_(
                Person.name.contains(asked.words, autoescape=True),
                Person.account.startswith(asked.words.lower(), autoescape=True),
                Person.phone.startswith(asked.words, autoescape=True),
            )
        )
    if asked.organisation_id is not None:
        terms.append(Person.organisation_id == asked.organisation_id)
    if asked.role is not None:
        terms.append(Person.roles.any(RoleAssignment.role == asked.role))
    if asked.is_active is not None:
        terms.append(Person.active.is_(asked.is_active))
    return terms


def _of_leave(asked: LeaveFilter) -> list[ColumnElement[bool]]:
    going_on = and_(Delegation.ended_at.is_(None), Delegation.last_day >= asked.today)
    terms: list[ColumnElement[bool]] = []
    match asked.state:
        case LeaveState.UPCOMING:
            terms += [going_on, Delegation.first_day > asked.today]
        case LeaveState.ACTIVE:
            terms += [going_on, Delegation.first_day <= asked.today]
        case LeaveState.PAST:
            terms.append(or_(Delegation.ended_at.is_not(None), Delegation.last_day < asked.today))
        case None:
            pass
    if asked.words:
        terms.append(
            or_(
                Person.name.contains(asked.words, autoescape=True),
                Person.account.startswith(asked.words.lower(), autoescape=True),
            )
        )
    return terms


def _page(found: Sequence[T], limit: int, position: Any) -> Listed[T]:
    rows = found[:limit]
    return Listed(rows, position(rows[-1]) if len(found) > limit else None)
