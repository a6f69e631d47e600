"""Gives a person a role at an organisation, and takes one away."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.pages.administration import reading
from web.pages.administration.blueprint import NOT_REFUSED, carry_out, pages, require
from web.pages.administration.people import show_person
from web.words import in_words
from workflows.errors import InvalidRecord
from workflows.organisations.appointing import appoint, withdraw
from workflows.organisations.mandates import ADMINISTERS, Mandate
from workflows.organisations.roles import Role
from workflows.sentences import sentence


@pages.post("/people/<account>/roles")
def give_role(account: str) -> Response | tuple[str, int]:
    """Two roles that belong apart are given only with a reason; the page then asks for it."""
    require(ADMINISTERS)
    role = reading.member(Role, "role")

    def act(uow: UnitOfWork, mine: Mandate) -> None:
        at = reading.organisation_id(uow.session, mine, "at")
        if role is None:
            raise InvalidRecord({"role": sentence("choose the role")})
        if at is None:
            raise InvalidRecord({"at": sentence("give the organisation's number, or its whole name")})
        appoint(uow, mine, account, role, at, reason=reading.text("role_reason"))

    refusal = carry_out(act)
    if refusal is not NOT_REFUSED or role is None:
        return show_person(account, refusal), refusal.status
    flash(gettext("The role “%(role)s” was given.", role=in_words(role)), "success")
    return redirect(url_for("administration.person_page", account=account))


@pages.post("/people/<account>/roles/<int:organisation_id>/<role>/withdraw")
def withdraw_role(account: str, organisation_id: int, role: str) -> Response | tuple[str, int]:
    require(ADMINISTERS)
    refusal = carry_out(lambda uow, mine: withdraw(uow, mine, account, Role(role), organisation_id))
    if refusal is not NOT_REFUSED:
        return show_person(account, refusal), refusal.status
    flash(gettext("The role “%(role)s” was withdrawn.", role=in_words(Role(role))), "success")
    return redirect(url_for("administration.person_page", account=account))
