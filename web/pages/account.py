"""My own account: password, phone and language, roles, leave, API tokens, and the last sign-ins."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from flask_login import current_user, login_required, login_user
from werkzeug.wrappers import Response

from engine.errors import NotPermitted
from engine.runtime import UnitOfWork
from web.api.specification import PREFIX
from web.language import CHOICE
from web.pages.administration import reading
from web.pages.administration.blueprint import NOT_REFUSED, Refusal, carry_out, mandate, today
from web.pages.administration.leaves import leave_entered
from web.pages.administration.people import found_person
from web.security.identity import SignedIn, signed_in, visitor
from web.sentences import spoken_by_field
from web.settings import Language
from web.wiring import runtime
from workflows.audit import AuditKind
from workflows.errors import InvalidRecord
from workflows.organisations import api_tokens
from workflows.organisations.api_tokens import IssuedToken, TokenScope
from workflows.organisations.credentials import SHORTEST, change_password
from workflows.organisations.directory import colleagues
from workflows.organisations.enrolling import note
from workflows.organisations.leave import delegate_leave, end_leave, leaves_of, state_of
from workflows.organisations.mandates import Mandate
from workflows.organisations.own_data import change_own_data
from workflows.organisations.sign_ins import last_sign_ins
from workflows.reachability.choosing import CHOOSABLE, choices_of, choose

pages = Blueprint("account", __name__, url_prefix="/account")
OPEN_BEFORE = frozenset({"account.password", "account.set_password", "sign_in.leave", "language.choose", "static"})
"""What a person may do before giving up a password that somebody else has set."""


@pages.before_app_request
def insist_on_own_password() -> Response | None:
    """Lead a person with somebody else's password to where it is changed. Raises NotPermitted for the API."""
    person = current_user._get_current_object() if current_user else None  # noqa: SLF001 - see web.security.identity
    if not isinstance(person, SignedIn) or not person.must_change_password or request.endpoint in OPEN_BEFORE:
        return None
    if request.path.startswith(PREFIX):
        raise NotPermitted("the password must be changed first")
    return redirect(url_for("account.password"))


@pages.get("/")
@login_required
def show() -> str:
    return _page()


@pages.post("/")
@login_required
def change() -> Response | tuple[str, int]:
    language = reading.member(Language, "language")

    def act(uow: UnitOfWork, mine: Mandate) -> None:
        phone, mail = reading.text("phone"), reading.text("mail")
        change_own_data(uow, mine.account, phone=phone, mail=mail, language=language or "")
        person = found_person(uow.session, mine.account)
        for way, occasion in CHOOSABLE:
            choose(uow, person, way, occasion, wanted=bool(reading.text(f"{way.value}-{occasion.value}")))

    refusal = carry_out(act)
    if refusal is not NOT_REFUSED:
        return _page(refusal), refusal.status
    if language is not None:
        session[CHOICE] = language.value
    flash(gettext("The change was saved."), "success")
    return redirect(url_for("account.show"))


@pages.get("/password")
@login_required
def password() -> str:
    return render_template("administration/password.html", shortest=SHORTEST, errors={})


@pages.post("/password")
@login_required
def set_password() -> Response | tuple[str, int]:
    account = signed_in().account
    entries = {name: request.form.get(name, "") for name in ("present", "new", "again")}
    try:
        change_password(runtime(), account, **entries)
    except InvalidRecord as invalid:
        errors = spoken_by_field(invalid.errors)
        return render_template("administration/password.html", shortest=SHORTEST, errors=errors), 422
    login_user(visitor(account))  # this session goes on under the new password; all others have ended
    flash(gettext("Your password was changed. Sessions elsewhere have ended."), "success")
    return redirect(url_for("account.show"))


@pages.post("/tokens")
@login_required
def issue_token() -> tuple[str, int]:
    """The page that answers is the only one that ever shows the token."""
    issued: list[IssuedToken] = []

    def act(uow: UnitOfWork, mine: Mandate) -> None:
        person = found_person(uow.session, mine.account)
        days = reading.number("days")
        until = uow.now + timedelta(days=days) if days else None
        scopes = reading.members(TokenScope, "scope")
        issued.append(api_tokens.issue_named(uow, person, reading.text("token_name"), scopes, expires_at=until))
        after = {"name": issued[0].token.name, "scopes": issued[0].token.scopes}
        note(uow, AuditKind.TOKEN_ISSUED, mine.account, person, after=after)

    refusal = carry_out(act)
    if refusal is not NOT_REFUSED:
        return _page(refusal), refusal.status
    return _page(secret=issued[0].secret), 200


@pages.post("/tokens/<int:token_id>/revoke")
@login_required
def revoke_token(token_id: int) -> Response:
    def act(uow: UnitOfWork, mine: Mandate) -> None:
        person = found_person(uow.session, mine.account)
        token = api_tokens.revoke_own(uow, person, token_id)
        note(uow, AuditKind.TOKEN_REVOKED, mine.account, person, before={"name": token.name})

    carry_out(act)
    flash(gettext("The token was revoked."), "success")
    return redirect(url_for("account.show"))


@pages.post("/leave")
@login_required
def add_leave() -> Response | tuple[str, int]:
    account = signed_in().account
    refusal = carry_out(lambda uow, mine: delegate_leave(uow, mine, leave_entered(account), today=today(uow)))
    if refusal is not NOT_REFUSED:
        return _page(refusal), refusal.status
    flash(gettext("The deputy was named."), "success")
    return redirect(url_for("account.show"))


@pages.post("/leave/<int:leave_id>/end")
@login_required
def end(leave_id: int) -> Response:
    refusal = carry_out(lambda uow, mine: end_leave(uow, mine, leave_id, today=today(uow)))
    flash(refusal.message or gettext("The delegation was ended."), "success" if refusal is NOT_REFUSED else "error")
    return redirect(url_for("account.show"))


def _page(refusal: Refusal = NOT_REFUSED, *, secret: str | None = None) -> str:
    with runtime().reading() as uow:
        person = found_person(uow.session, mandate(uow).account)
        day = today(uow)
        return render_template(
            "administration/account.html",
            person=person,
            languages=list(Language),
            choices=[(way, occasion, choices_of(uow.session, person)[way, occasion]) for way, occasion in CHOOSABLE],
            sign_ins=last_sign_ins(uow.session, person.account),
            leaves=[(leave, state_of(leave, day)) for leave in leaves_of(uow.session, person)],
            colleagues=colleagues(uow.session, person),
            tokens=api_tokens.of_person(uow.session, person.id),
            scopes=list(TokenScope),
            secret=secret,
            now=uow.now,
            refusal=refusal,
            entered=request.form if refusal is not NOT_REFUSED else {},
        )
