"""Leave: who stands in for whom, the form to name a deputy for somebody, and the early end of it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from web.pages.administration import reading
from web.pages.administration.blueprint import NOT_REFUSED, Refusal, carry_out, mandate, pages, require, today
from web.pages.administration.people import found_person
from web.pages.destination import is_local_path
from web.paging import position
from web.wiring import runtime, settings
from workflows.organisations.directory import LeaveFilter, colleagues
from workflows.organisations.directory import leaves as leaves_listed
from workflows.organisations.leave import Leave, LeaveState, delegate_leave, end_leave, ensure_may_say, state_of
from workflows.organisations.mandates import ADMINISTERS

FILTERS = ("q", "state")


@pages.get("/leaves")
def leaves() -> str:
    require(ADMINISTERS)
    with runtime().reading() as uow:
        day = today(uow)
        asked = LeaveFilter(day, reading.member(LeaveState, "state"), reading.text("q"))
        after = position("leaves", request.args.get("after"))
        listed = leaves_listed(uow.session, mandate(uow), asked, after=after, limit=settings().page_size)
        return render_template(
            "administration/leaves.html",
            listed=[(leave, state_of(leave, day)) for leave in listed.rows],
            asked=asked,
            states=list(LeaveState),
            next=reading.next_page("administration.leaves", FILTERS, "leaves", listed.next),
        )


@pages.get("/people/<account>/leave")
def new_leave(account: str) -> str:
    require(ADMINISTERS)
    return _form(account)


@pages.post("/people/<account>/leave")
def add_leave(account: str) -> Response | tuple[str, int]:
    require(ADMINISTERS)
    refusal = carry_out(lambda uow, mine: delegate_leave(uow, mine, leave_entered(account), today=today(uow)))
    if refusal is not NOT_REFUSED:
        return _form(account, refusal), refusal.status
    flash(gettext("The deputy was named."), "success")
    return redirect(url_for("administration.person_page", account=account))


@pages.post("/leaves/<int:leave_id>/end")
def end_leave_now(leave_id: int) -> Response | tuple[str, int]:
    require(ADMINISTERS)
    refusal = carry_out(lambda uow, mine: end_leave(uow, mine, leave_id, today=today(uow)))
    flash(refusal.message or gettext("The delegation was ended."), "success" if refusal is NOT_REFUSED else "error")
    back = request.form.get("next", "")
    return redirect(back if is_local_path(back) else url_for("administration.leaves"))


def leave_entered(account: str) -> Leave:
    """The leave of an account as the form has it."""
    return Leave(
        account=account,
        deputy=reading.text("deputy").split(" ")[0],
        first_day=reading.day("first_day"),
        last_day=reading.day("last_day"),
        reason=reading.text("reason"),
    )


def _form(account: str, refusal: Refusal = NOT_REFUSED) -> str:
    with runtime().reading() as uow:
        person = found_person(uow.session, account)
        ensure_may_say(uow.session, mandate(uow), person)
        return render_template(
            "administration/leave_form.html",
            person=person,
            colleagues=colleagues(uow.session, person),
            entered=request.form if refusal is not NOT_REFUSED else {},
            refusal=refusal,
        )
