"""Plans a round: its form, its strata while the parameters change, and the plan on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import login_required
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.pages.spot_check.blueprint import held_round, holder, pages, standing
from web.pages.spot_check.entries import FIRST_ENTRIES, USUAL_COVERAGE, entries_of, read_plan
from web.pages.spot_check.refusals import NONE, REFUSALS, Refusal, refusal_of
from web.wiring import runtime
from workflows.campaigns.models import Campaign
from workflows.errors import InvalidRecord
from workflows.spot_check.models import RoundStatus
from workflows.spot_check.rounds import (
    RoundPlan,
    draft_round,
    plan_round,
    require_status,
    revise_round,
    round_of,
)
from workflows.spot_check.standing import Standing, ensure_may_hold
from workflows.spot_check.strata import Strata, strata_of


@pages.get("/new")
@login_required
def new() -> str:
    with runtime().reading() as uow:
        entered = {**FIRST_ENTRIES, **_first_choices(uow.session)}
        return _form(uow, entered)


@pages.post("/")
@login_required
def create() -> Response | tuple[str, int]:
    try:
        with runtime().unit_of_work() as uow:
            plan = _allowed_plan(uow)
            planned = plan_round(uow, plan, by=standing(uow.session).account)
            address = url_for("spot_check.show", round_id=planned.id)
    except InvalidRecord as invalid:
        return _again(refusal_of(invalid))
    flash(gettext("The round is planned. Check its strata, then freeze the list in public."), "success")
    return redirect(address)


@pages.get("/<int:round_id>/plan")
@login_required
def edit(round_id: int) -> str:
    with runtime().reading() as uow:
        it = round_of(uow.session, round_id)
        ensure_may_hold(standing(uow.session), it.region_path)
        require_status(it, RoundStatus.PLANNED)
        return _form(uow, entries_of(it), round_id=it.id, version=it.version)


@pages.post("/<int:round_id>/plan")
@login_required
def revise(round_id: int) -> Response | tuple[str, int]:
    version = request.form.get("expected_version", type=int)
    try:
        with runtime().unit_of_work() as uow:
            it = held_round(uow, round_id, version)
            revise_round(uow, it, read_plan(_entered()), by=standing(uow.session).account)
    except REFUSALS as refused:
        return _again(refusal_of(refused), round_id=round_id)
    flash(gettext("The plan was changed."), "success")
    return redirect(url_for("spot_check.show", round_id=round_id))


@pages.get("/strata")
@login_required
def preview() -> str:
    """The strata of a plan that is being written, as a part of its page."""
    with runtime().reading() as uow:
        holder(uow.session)
        strata, wrong = _strata(uow, request.args.to_dict())
        return render_template("spot_check/preview.html", strata=strata, wrong=wrong)


def _again(refusal: Refusal, *, round_id: int | None = None) -> tuple[str, int]:
    """The form as it was filled in, with what is wrong; a conflict shows the plan as it is now."""
    with runtime().reading() as uow:
        entered: Mapping[str, Any] = request.form.to_dict()
        version = None
        if round_id is not None:
            it = round_of(uow.session, round_id)
            version = it.version
            entered = entries_of(it) if refusal.status == 409 else {**entries_of(it), **entered}
        return _form(uow, entered, refusal, round_id=round_id, version=version), refusal.status


def _form(
    uow: UnitOfWork,
    entered: Mapping[str, Any],
    refusal: Refusal = NONE,
    *,
    round_id: int | None = None,
    version: int | None = None,
) -> str:
    visitor = holder(uow.session)
    strata, wrong = _strata(uow, entered)
    return render_template(
        "spot_check/plan.html",
        entered=entered,
        refusal=refusal,
        round_id=round_id,
        version=version,
        campaigns=_campaigns(uow.session),
        committees=_committees(visitor),
        usual_coverage=USUAL_COVERAGE,
        strata=strata,
        wrong=wrong,
    )


def _strata(uow: UnitOfWork, entered: Mapping[str, Any]) -> tuple[Strata | None, bool]:
    """The strata of the plan as far as it is written, and whether it cannot be read as yet."""
    written = {"name": "-", **{name: str(value) for name, value in entered.items() if value not in (None, "")}}
    try:
        draft = draft_round(uow.session, read_plan({**written, "closed_since": written.get("closed_since", "")}))
    except InvalidRecord:
        return None, True
    ensure_may_hold(standing(uow.session), draft.region_path)
    return strata_of(uow.session, draft, uow.now), False


def _allowed_plan(uow: UnitOfWork) -> RoundPlan:
    plan = read_plan(_entered())
    ensure_may_hold(standing(uow.session), draft_round(uow.session, plan).region_path)
    return plan


def _entered() -> dict[str, str]:
    return request.form.to_dict()


def _first_choices(session: Session) -> dict[str, int]:
    visitor = standing(session)
    campaigns = _campaigns(session)
    return {
        **({"campaign": campaigns[0][0]} if campaigns else {}),
        **({"committee": visitor.offices[0].committee_id} if visitor.offices else {}),
    }


def _campaigns(session: Session) -> Sequence[tuple[int, str]]:
    """Those that run, the newest first."""
    found = select(Campaign.id, Campaign.name).where(Campaign.closed_at.is_(None)).order_by(Campaign.id.desc())
    return [(row.id, row.name) for row in session.execute(found.limit(20))]


def _committees(visitor: Standing) -> Sequence[tuple[int, str]]:
    return [(office.committee_id, office.name) for office in visitor.offices]
