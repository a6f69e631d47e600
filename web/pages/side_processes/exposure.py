"""Exposure (曝光): proposing it with a redacted preview, its public address, and taking it back."""

from __future__ import annotations

from flask import request, url_for
from flask_babel import gettext
from flask_login import login_required
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.pages.side_processes.acting import NOTHING_REFUSED, Refusal, submit, visible_hazard
from web.pages.side_processes.blueprint import pages
from web.pages.side_processes.frame import frame_of, show
from web.security.identity import current_actor
from web.wiring import runtime
from workflows.errors import OutOfScope, Refused
from workflows.exposure import exposure_under_way, exposures_of, propose_exposure, withdraw
from workflows.exposure.proposing import PROCESS
from workflows.exposure.suggestion import suggested_text
from workflows.hazards.models import Hazard
from workflows.sentences import sentence
from workflows.side_acts import SideAct, ensure_may_begin, may_withdraw_exposure


@pages.get("/exposure")
@login_required
def exposure(number: str) -> str:
    return _page(number, NOTHING_REFUSED)


@pages.post("/exposure")
@login_required
def propose_to_expose(number: str) -> Response | tuple[str, int]:
    return submit(
        number,
        "exposure",
        _propose,
        _page,
        done=gettext("Exposure was proposed. The committee's office drafts the text, and its leader approves it."),
        address=url_for("side_processes.exposure", number=number),
    )


@pages.post("/exposure/withdraw")
@login_required
def withdraw_exposure(number: str) -> Response | tuple[str, int]:
    return submit(
        number,
        "exposure.withdraw",
        _withdraw,
        _page,
        done=gettext("The case was withdrawn; its public address now says so."),
        address=url_for("side_processes.exposure", number=number),
    )


def _propose(uow: UnitOfWork, hazard: Hazard, account: str) -> None:
    ensure_may_begin(uow, hazard, account, SideAct.EXPOSURE)
    propose_exposure(uow, hazard, reason=request.form.get("reason", "").strip(), by=account)


def _withdraw(uow: UnitOfWork, hazard: Hazard, account: str) -> None:
    if not may_withdraw_exposure(uow, hazard, account):
        raise OutOfScope(sentence("only the committee's office and its leader withdraw an exposed case"))
    record = exposure_under_way(uow.session, hazard.id)
    if record is None:
        raise Refused(sentence("no exposure of '%(hazard)s' is public", hazard=hazard.number))
    withdraw(uow, record, reason=request.form.get("reason", "").strip(), by=account)


def _page(number: str, refusal: Refusal) -> str:
    with runtime().reading() as uow:
        hazard = visible_hazard(uow, number)
        records = list(reversed(exposures_of(uow.session, hazard.id)))
        accounts = [
            account for it in records for account in (it.proposed_by, it.drafted_by, it.decided_by, it.withdrawn_by)
        ]
        return show(
            "exposure",
            uow,
            frame_of(uow, hazard, SideAct.EXPOSURE, PROCESS),
            refusal,
            accounts,
            records=records,
            suggestion=suggested_text(hazard),
            may_withdraw=may_withdraw_exposure(uow, hazard, current_actor(uow).user),
        )
