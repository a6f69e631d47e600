"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from web.language import CHOICE
from web.pages.destination import destination
from web.security.identity import SignedIn, visitor
from web.wiring import runtime
from workflows.organisations.sign_ins import SignIn, SignInOutcome, sign_in

pages = Blueprint("sign_in", __name__)


@pages.get("/sign-in")
def show() -> str | Response:
    if current_user.is_authenticated:
        return redirect(destination())
    return render_template("sign_in.html", account="", target=destination(), problem=None)


@pages.post("/sign-in")
def enter() -> Response | tuple[str, int]:
    account = request.form.get("account", "").strip()
    attempt = sign_in(runtime(), account, request.form.get("password", ""), address=request.remote_addr or "unknown")
    person = visitor(account) if attempt.person is not None else None
    if person is None:
        status = 429 if attempt.outcome is SignInOutcome.LIMITED else 401
        page = render_template("sign_in.html", account=account, target=destination(), problem=_problem(attempt))
        return page, status
    _begin_session(person)
    return redirect(destination())


@pages.post("/sign-out")
def leave() -> Response:
    """End the session, and let the browser forget what it kept for when there is no network."""
    logout_user()
    _forget_all_but_language()
    response = redirect(url_for("sign_in.show"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _problem(attempt: SignIn) -> str:
    if attempt.outcome is SignInOutcome.EXPIRED:
        return gettext("This one-time password is no longer good. Ask your administrator for another one.")
    if attempt.retry_after is None:
        return gettext("Account or password is not right.")
    minutes = max(1, round(attempt.retry_after.total_seconds() / 60))
    return ngettext(
        "Too many attempts. Try again in %(num)s minute.", "Too many attempts. Try again in %(num)s minutes.", minutes
    )


def _begin_session(person: SignedIn) -> None:
    _forget_all_but_language()
    session.permanent = True
    if person.language:
        session[CHOICE] = person.language
    login_user(person)


def _forget_all_but_language() -> None:
    language = session.get(CHOICE)
    session.clear()
    if language:
        session[CHOICE] = language
