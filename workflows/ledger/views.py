"""Saved views of the ledger: a selection with its columns and order under a name, private or shared with a body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Select, delete, exists, or_, select
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.errors import InvalidRecord, OutOfScope, UnknownRecord
from workflows.ledger.models import DefaultView, SavedView
from workflows.organisations.models import Organisation, Person, RoleAssignment
from workflows.records import Record
from workflows.sentences import sentence

MOST: Final = 100
"""So many views are offered to one person."""
LONGEST_NAME: Final = 64
LONGEST_QUERY: Final = 4000


def views_for(session: Session, account: str) -> Sequence[SavedView]:
    """A person's own views, and those shared with an organisation at which the person has a role; by name."""
    mine = or_(SavedView.account == account, SavedView.organisation_id.in_(_bodies(account)))
    return session.scalars(select(SavedView).where(mine).order_by(SavedView.name, SavedView.id).limit(MOST)).all()


def bodies_of(session: Session, account: str) -> Sequence[Organisation]:
    """The organisations with which a person may share a view."""
    wanted = select(Organisation).where(Organisation.id.in_(_bodies(account))).order_by(Organisation.name)
    return session.scalars(wanted.limit(MOST)).all()


def default_view(session: Session, account: str) -> SavedView | None:
    """The view with which a person's ledger opens, while the person may still use it."""
    chosen = session.get(DefaultView, account)
    return next((view for view in views_for(session, account) if chosen and view.id == chosen.view_id), None)


def save_view(uow: UnitOfWork, account: str, name: str, query: str, organisation_id: int | None = None) -> SavedView:
    """Keep a view; one of the person's own with this name takes the new contents.

    Raises InvalidRecord for the name, OutOfScope for an organisation at which the person has no role.
    """
    name = _checked(name, query)
    _ensure_member(uow.session, account, organisation_id)
    mine = select(SavedView).where(SavedView.account == account, SavedView.name == name)
    view = uow.session.scalars(mine).one_or_none()
    if view is None:
        view = SavedView(account=account, name=name, created_at=uow.now)
        uow.session.add(view)
    view.query, view.organisation_id = query, organisation_id
    uow.session.flush()
    return view


def rename_view(uow: UnitOfWork, account: str, view_id: int, name: str) -> None:
    """Give one of the person's own views another name. Raises UnknownRecord, InvalidRecord when the name is taken."""
    view = own_view(uow.session, account, view_id)
    name = _checked(name, view.query)
    taken = select(SavedView.id).where(SavedView.account == account, SavedView.name == name, SavedView.id != view.id)
    if uow.session.scalar(taken) is not None:
        raise InvalidRecord({"name": sentence("you have another view of this name")})
    view.name = name


def delete_view(uow: UnitOfWork, account: str, view_id: int) -> None:
    """Forget one of the person's own views, also for those with whom it was shared. Raises UnknownRecord."""
    view = own_view(uow.session, account, view_id)
    uow.session.execute(delete(DefaultView).where(DefaultView.view_id == view.id))
    uow.session.delete(view)


def choose_default(uow: UnitOfWork, account: str, view_id: int | None) -> None:
    """Open the person's ledger with a view from now on; None for the plain ledger. Raises UnknownRecord."""
    uow.session.execute(delete(DefaultView).where(DefaultView.account == account))
    if view_id is not None:
        uow.session.add(DefaultView(account=account, view_id=usable_view(uow.session, account, view_id).id))


def own_view(session: Session, account: str, view_id: int) -> SavedView:
    """One of a person's own views. Raises UnknownRecord, also for another person's."""
    view = session.get(SavedView, view_id)
    if view is None or view.account != account:
        raise UnknownRecord(Record.LEDGER_VIEW, view_id)
    return view


def usable_view(session: Session, account: str, view_id: int) -> SavedView:
    """A view that is the person's own or shared with the person. Raises UnknownRecord."""
    view = next((view for view in views_for(session, account) if view.id == view_id), None)
    if view is None:
        raise UnknownRecord(Record.LEDGER_VIEW, view_id)
    return view


def _bodies(account: str) -> Select[int]:
    return (
        select(RoleAssignment.organisation_id)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(Person.account == account)
    )


def _checked(name: str, query: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidRecord({"name": sentence("give the view a name")})
    if len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise InvalidRecord({"name": sentence("the view or its name is too long")})
    return name


def _ensure_member(session: Session, account: str, organisation_id: int | None) -> None:
    if organisation_id is None:
        return
    member = exists().where(Organisation.id == organisation_id, Organisation.id.in_(_bodies(account)))
    if not session.scalar(select(member)):
        raise OutOfScope(sentence("a view is shared only with an organisation at which you have a role"))
