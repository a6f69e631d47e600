"""Enforcement (查处): a hazard's cases with their orders and penalties, its papers, and opening a case."""

from __future__ import annotations

from flask import request, url_for
from flask_babel import gettext
from flask_login import login_required
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.pages.side_processes.acting import NOTHING_REFUSED, Refusal, submit, visible_hazard
from web.pages.side_processes.blueprint import pages
from web.pages.side_processes.frame import frame_of, show
from web.wiring import runtime, settings
from workflows.enforcement import cases_of, closure_alert, open_case
from workflows.enforcement.opening import PROCESS
from workflows.hazards.models import Hazard
from workflows.organisations.tree import organisation
from workflows.side_acts import SideAct, ensure_may_begin


@pages.get("/enforcement")
@login_required
def enforcement(number: str) -> str:
    return _page(number, NOTHING_REFUSED)


@pages.post("/enforcement")
@login_required
def open_a_case(number: str) -> Response | tuple[str, int]:
    return submit(
        number,
        "enforcement",
        _open,
        _page,
        done=gettext("The case is open. The department's inspectors file it next."),
        address=url_for("side_processes.enforcement", number=number),
    )


def _open(uow: UnitOfWork, hazard: Hazard, account: str) -> None:
    ensure_may_begin(uow, hazard, account, SideAct.ENFORCEMENT)
    open_case(uow, hazard, reason=request.form.get("reason", "").strip(), by=account)


def _page(number: str, refusal: Refusal) -> str:
    with runtime().reading() as uow:
        hazard = visible_hazard(uow, number)
        cases = list(reversed(cases_of(uow.session, hazard.id)))
        accounts = [account for it in cases for account in (it.opened_by, it.decided_by, it.published_by)]
        today = settings().calendar.local_date(uow.now)
        return show(
            "enforcement",
            uow,
            frame_of(uow, hazard, SideAct.ENFORCEMENT, PROCESS),
            refusal,
            accounts,
            cases=cases,
            department=organisation(uow.session, hazard.department_id).name,
            alert=closure_alert(uow.session, hazard.unit_id, today) if hazard.unit_id else None,
        )
