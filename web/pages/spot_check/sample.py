"""One drawn hazard: who was sent and why, who was passed over and why, and the change by hand."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import login_required
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.pages.names import names_of
from web.pages.spot_check.blueprint import held_round, pages, seen_round, standing
from web.pages.spot_check.refusals import NONE, REFUSALS, Refusal, refusal_of
from web.pages.spot_check.view import listed, team_names
from web.wiring import runtime
from workflows.errors import UnknownRecord
from workflows.hazards.models import Hazard
from workflows.records import Record
from workflows.spot_check.assignment import Refusal as Passed
from workflows.spot_check.models import RoundStatus, SampledHazard, SpotCheckRound
from workflows.spot_check.placing import HandPlacement, place_by_hand, seat_of, seats_for
from workflows.spot_check.progress import Inspection, Step, with_tasks
from workflows.spot_check.standing import ensure_may_see_all

SETTLED = (Step.INSPECTED, Step.VOIDED, Step.STARTING, Step.ELSEWHERE)
"""Where nobody can be sent by hand."""


@pages.get("/<int:round_id>/hazards/<int:sampled_id>")
@login_required
def drawn_hazard(round_id: int, sampled_id: int) -> str:
    with runtime().reading() as uow:
        return _page(uow, round_id, sampled_id)


@pages.post("/<int:round_id>/hazards/<int:sampled_id>")
@login_required
def place(round_id: int, sampled_id: int) -> Response | tuple[str, int]:
    asked = HandPlacement(
        seat=request.form.get("seat", ""), reason=request.form.get("reason", ""), seen=request.form.get("seen", "")
    )
    try:
        with runtime().unit_of_work() as uow:
            it = held_round(uow, round_id, None)
            seat = place_by_hand(
                uow, it, _inspection(uow.session, it, sampled_id), asked, by=standing(uow.session).account
            )
    except REFUSALS as refused:
        refusal = refusal_of(refused)
        with runtime().reading() as uow:
            return _page(uow, round_id, sampled_id, refusal), refusal.status
    flash(
        gettext("%(team)s goes there now, with %(expert)s as expert.", team=seat.team.name, expert=seat.expert.name),
        "success",
    )
    return redirect(url_for("spot_check.drawn_hazard", round_id=round_id, sampled_id=sampled_id))


def _page(uow: UnitOfWork, round_id: int, sampled_id: int, refusal: Refusal = NONE) -> str:
    it, visitor = seen_round(uow.session, round_id)
    ensure_may_see_all(visitor, it)
    inspection = _inspection(uow.session, it, sampled_id)
    sampled = inspection.sampled
    may_place = visitor.holds(it.region_path) and it.status is RoundStatus.ASSIGNED and inspection.step not in SETTLED
    passed = [(Passed(why), accounts) for why, accounts in sampled.refusals.items()]
    accounts = [sampled.expert, *sampled.withdrawn, *(account for _, each in passed for account in each)]
    return render_template(
        "spot_check/hazard.html",
        it=it,
        one=listed(uow, inspection),
        seats=seats_for(uow.session, it, inspection) if may_place else [],
        seen=seat_of(inspection),
        passed=passed,
        names=names_of(uow, accounts),
        team_names=team_names(uow, [sampled.team_id]),
        may_place=may_place,
        refusal=refusal,
        entered=request.form,
    )


def _inspection(session: Session, it: SpotCheckRound, sampled_id: int) -> Inspection:
    sampled = session.get(SampledHazard, sampled_id)
    if sampled is None or sampled.round_id != it.id:
        raise UnknownRecord(Record.SAMPLED_HAZARD, sampled_id)
    return with_tasks(session, [(sampled, session.get_one(Hazard, sampled.hazard_id))])[0]
