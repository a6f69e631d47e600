"""People: the list, one person with roles and sign-ins, the form, and what an administrator does with an account."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.pages.administration import reading
from web.pages.administration.blueprint import NOT_REFUSED, Refusal, carry_out, mandate, pages, require, today
from web.paging import position
from web.times import full_moment
from web.wiring import runtime, settings
from workflows.errors import OutOfScope, UnknownRecord
from workflows.organisations import credentials
from workflows.organisations.appointing import roles_to_give
from workflows.organisations.directory import PersonFilter
from workflows.organisations.directory import people as people_of
from workflows.organisations.enrolling import PersonFacts, activate, change_person, deactivate, enrol
from workflows.organisations.leave import leaves_of, state_of
from workflows.organisations.mandates import ADMINISTERS, Mandate, ensure_administers, ensure_looks_after
from workflows.organisations.models import Organisation, Person
from workflows.organisations.people import person_by_account
from workflows.organisations.roles import NOT_LENT, Role
from workflows.organisations.sectors import Sector
from workflows.organisations.sign_ins import is_locked, last_sign_ins
from workflows.records import Record

FILTERS = ("q", "organisation", "role", "state")


@pages.get("/people")
def people() -> str:
    require(ADMINISTERS)
    asked = PersonFilter(
        words=reading.text("q"),
        organisation_id=reading.number("organisation"),
        role=reading.member(Role, "role"),
        is_active={"active": True, "inactive": False}.get(reading.text("state")),
    )
    with runtime().reading() as uow:
        after = position("people", request.args.get("after"))
        listed = people_of(uow.session, mandate(uow), asked, after=after, limit=settings().page_size)
        at = uow.session.get(Organisation, asked.organisation_id) if asked.organisation_id is not None else None
        return render_template(
            "administration/people.html",
            listed=listed.rows,
            asked=asked,
            at=at,
            next=reading.next_page("administration.people", FILTERS, "people", listed.next),
        )


@pages.get("/people/new")
def new_person() -> str:
    require(ADMINISTERS)
    return _form(None)


@pages.post("/people/new")
def add_person() -> Response | tuple[str, int]:
    require(ADMINISTERS)
    refusal = carry_out(lambda uow, mine: enrol(uow, mine, _facts(uow.session, mine)))
    if refusal is not NOT_REFUSED:
        return _form(None, refusal), refusal.status
    flash(gettext("The person was added. Give a role and a first password now."), "success")
    return redirect(url_for("administration.person_page", account=reading.text("account")))


@pages.get("/people/<account>")
def person_page(account: str) -> str:
    require(ADMINISTERS)
    return show_person(account)


@pages.get("/people/<account>/edit")
def edit_person(account: str) -> str:
    require(ADMINISTERS)
    return _form(account)


@pages.post("/people/<account>/edit")
def save_person(account: str) -> Response | tuple[str, int]:
    require(ADMINISTERS)
    refusal = carry_out(
        lambda uow, mine: change_person(
            uow, mine, account, _facts(uow.session, mine), expected_version=reading.version()
        )
    )
    if refusal is not NOT_REFUSED:
        return _form(account, refusal), refusal.status
    flash(gettext("The change was saved."), "success")
    return redirect(url_for("administration.person_page", account=account))


@pages.post("/people/<account>/<any(activate, deactivate):how>")
def let_in_or_keep_out(account: str, how: str) -> Response | tuple[str, int]:
    require(ADMINISTERS)

    def act(uow: UnitOfWork, mine: Mandate) -> None:
        if how == "activate":
            activate(uow, mine, account, expected_version=reading.version())
        else:
            reason = reading.text("reason")
            deactivate(uow, mine, account, reason=reason, expected_version=reading.version())

    refusal = carry_out(act)
    if refusal is not NOT_REFUSED:
        return show_person(account, refusal), refusal.status
    said = gettext("The account is open again.") if how == "activate" else gettext("The account was closed.")
    flash(said, "success")
    return redirect(url_for("administration.person_page", account=account))


@pages.post("/people/<account>/password")
def give_password(account: str) -> tuple[str, int]:
    """The page that answers is the only one that ever shows the password; reloading it makes another."""
    require(ADMINISTERS)
    new = credentials.one_time_password()
    until: list[str] = []
    refusal = carry_out(
        lambda uow, mine: until.append(full_moment(credentials.reset_password(uow, mine, account, new)))
    )
    if refusal is not NOT_REFUSED:
        return show_person(account, refusal), refusal.status
    return show_person(account, password=new.password, password_until=until[0]), 200


@pages.post("/people/<account>/unlock")
def unlock(account: str) -> Response | tuple[str, int]:
    require(ADMINISTERS)
    refusal = carry_out(lambda uow, mine: credentials.unlock(uow, mine, account))
    if refusal is not NOT_REFUSED:
        return show_person(account, refusal), refusal.status
    flash(gettext("Failed attempts no longer count; the person may try again at once."), "success")
    return redirect(url_for("administration.person_page", account=account))


def show_person(account: str, refusal: Refusal = NOT_REFUSED, **more: object) -> str:
    """The page of one person; `more` is what it shows this once. Raises UnknownRecord, OutOfScope."""
    with runtime().reading() as uow:
        mine, person = mandate(uow), found_person(uow.session, account)
        ensure_looks_after(mine, person.organisation)
        day = today(uow)
        return render_template(
            "administration/person.html",
            person=person,
            barred=_barred(mine, person),
            is_oneself=person.account == mine.account,
            sign_ins=last_sign_ins(uow.session, account),
            is_locked=is_locked(uow, account),
            leaves=[(leave, state_of(leave, day)) for leave in leaves_of(uow.session, person)],
            roles_here=roles_to_give(mine, person.organisation),
            roles_anywhere=[role for role in Role if mine.is_administrator or role not in NOT_LENT],
            refusal=refusal,
            entered=request.form if refusal is not NOT_REFUSED else {},
            **more,
        )


def found_person(session: Session, account: str) -> Person:
    """The person of an account. Raises UnknownRecord."""
    person = person_by_account(session, account)
    if person is None:
        raise UnknownRecord(Record.ACCOUNT, account)
    return person


def _barred(mine: Mandate, person: Person) -> OutOfScope | None:
    """Why the visitor may look at the person but change nothing; None when he may."""
    try:
        ensure_administers(mine, person)
    except OutOfScope as beyond:
        return beyond
    return None


def _form(account: str | None, refusal: Refusal = NOT_REFUSED) -> str:
    with runtime().reading() as uow:
        mine = mandate(uow)
        known = found_person(uow.session, account) if account is not None else None
        if known is not None:
            ensure_administers(mine, known)
        return render_template(
            "administration/person_form.html",
            known=known,
            entered=request.form if refusal is not NOT_REFUSED else _as_entered(uow.session, known),
            ticked=reading.members(Sector, "speciality") if refusal is not NOT_REFUSED else _specialities(known),
            sectors=list(Sector),
            refusal=refusal,
        )


def _as_entered(session: Session, known: Person | None) -> dict[str, str]:
    if known is not None:
        return {
            "account": known.account,
            "name": known.name,
            "phone": known.phone,
            "organisation": known.organisation.name,
        }
    at = session.get(Organisation, reading.number("organisation") or 0)
    return {"account": "", "name": "", "phone": "", "organisation": at.name if at else ""}


def _specialities(known: Person | None) -> list[Sector]:
    return [Sector(code) for code in known.specialities] if known else []


def _facts(session: Session, mine: Mandate) -> PersonFacts:
    return PersonFacts(
        account=reading.text("account"),
        name=reading.text("name"),
        organisation_id=reading.organisation_id(session, mine, "organisation"),
        phone=reading.text("phone"),
        specialities=tuple(reading.members(Sector, "speciality")),
    )
