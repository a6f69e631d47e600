"""Campaigns: the list, one campaign's settings, its closing, and the opening of the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from web.pages.administration import reading
from web.pages.administration.blueprint import NOT_REFUSED, Refusal, carry_out, mandate, pages, require, today
from web.wiring import runtime
from workflows.campaigns.content_areas import ContentArea
from workflows.campaigns.models import Campaign, PhaseKind
from workflows.campaigns.opening import CampaignPlan, campaign_by_code
from workflows.campaigns.settings import (
    MOST_COUNTED,
    change_campaign,
    close_campaign,
    may_settle,
    next_plan,
    open_hazards,
    open_next,
    plan_of,
)
from workflows.errors import InvalidRecord
from workflows.organisations.mandates import ADMINISTERS, Mandate
from workflows.organisations.models import Organisation
from workflows.organisations.sectors import Sector
from workflows.organisations.tree import COMMITTEES
from workflows.sentences import sentence


@pages.get("/campaigns")
def campaigns() -> str:
    require(ADMINISTERS)
    with runtime().reading() as uow:
        mine = mandate(uow)
        rows = uow.session.scalars(select(Campaign).order_by(Campaign.first_day.desc(), Campaign.id.desc())).all()
        return render_template(
            "administration/campaigns.html",
            listed=[(row, open_hazards(uow.session, row)) for row in rows],
            today=today(uow),
            most=MOST_COUNTED,
            may_open=bool(_committees(uow.session, mine)),
        )


@pages.get("/campaigns/new")
def new_campaign() -> str:
    require(ADMINISTERS)
    return _form(None)


@pages.post("/campaigns/new")
def add_campaign() -> Response | tuple[str, int]:
    require(ADMINISTERS)
    refusal = carry_out(
        lambda uow, mine: open_next(uow, mine, _plan(reading.text("code")), reading.number("committee"))
    )
    if refusal is not NOT_REFUSED:
        return _form(None, refusal), refusal.status
    flash(gettext("The campaign was opened."), "success")
    return redirect(url_for("administration.campaign_page", code=reading.text("code")))


@pages.get("/campaigns/<code>")
def campaign_page(code: str) -> str:
    require(ADMINISTERS)
    return _form(code)


@pages.post("/campaigns/<code>")
def save_campaign(code: str) -> Response | tuple[str, int]:
    require(ADMINISTERS)
    refusal = carry_out(
        lambda uow, mine: change_campaign(uow, mine, _plan(code), today=today(uow), expected_version=reading.version())
    )
    if refusal is not NOT_REFUSED:
        return _form(code, refusal), refusal.status
    flash(gettext("The change was saved."), "success")
    return redirect(url_for("administration.campaign_page", code=code))


@pages.post("/campaigns/<code>/close")
def end_campaign(code: str) -> Response | tuple[str, int]:
    require(ADMINISTERS)
    refusal = carry_out(
        lambda uow, mine: close_campaign(
            uow, mine, code, reason=reading.text("reason"), expected_version=reading.version()
        )
    )
    if refusal is not NOT_REFUSED:
        return _form(code, refusal, closing=True), refusal.status
    flash(gettext("The campaign was closed."), "success")
    return redirect(url_for("administration.campaign_page", code=code))


def _form(code: str | None, refusal: Refusal = NOT_REFUSED, *, closing: bool = False) -> str:
    with runtime().reading() as uow:
        mine = mandate(uow)
        known = campaign_by_code(uow.session, code) if code is not None else None
        shown = plan_of(known) if known else _proposed(uow.session)
        refilled = refusal is not NOT_REFUSED and not closing
        return render_template(
            "administration/campaign.html",
            known=known,
            entered=request.form if refilled else _as_entered(shown, known),
            areas=_ticked("content_area", refilled, shown.content_areas if shown else ContentArea),
            sectors=_ticked("sector", refilled, shown.sectors if shown else Sector),
            kinds=list(PhaseKind),
            all_areas=list(ContentArea),
            all_sectors=list(Sector),
            committees=_committees(uow.session, mine),
            has_begun=known is not None and known.first_day <= today(uow),
            may_settle=known is None or (may_settle(mine, known) and known.closed_at is None),
            open=open_hazards(uow.session, known) if known else 0,
            most=MOST_COUNTED,
            refusal=refusal,
        )


def _proposed(session: Session) -> CampaignPlan | None:
    """The campaign after the last one, where there was one."""
    last = session.scalars(select(Campaign).order_by(Campaign.last_day.desc(), Campaign.id.desc()).limit(1)).first()
    return next_plan(last) if last else None


def _as_entered(plan: CampaignPlan | None, known: Campaign | None) -> Mapping[str, Any]:
    if plan is None:
        return {}
    phases = {
        f"{kind.value}_{end}": day.isoformat()
        for kind, first, last in plan.phases
        for end, day in (("first", first), ("last", last))
    }
    days = {"first_day": plan.first_day.isoformat(), "last_day": plan.last_day.isoformat()}
    return {"code": plan.code, "name": plan.name, "committee": known.committee_id if known else "", **days, **phases}


def _ticked(name: str, refilled: bool, known: Any) -> set[str]:
    return set(request.form.getlist(name)) if refilled else {each.value for each in known}


def _plan(code: str) -> CampaignPlan:
    """The plan as it was entered; without days for a line of work it lasts the whole campaign."""
    first, last = _day("first_day"), _day("last_day")
    phases = [
        (kind, reading.day(f"{kind.value}_first") or first, reading.day(f"{kind.value}_last") or last)
        for kind in PhaseKind
    ]
    return CampaignPlan(
        code=code,
        name=reading.text("name"),
        first_day=first,
        last_day=last,
        content_areas=reading.members(ContentArea, "content_area"),
        sectors=reading.members(Sector, "sector"),
        phases=phases,
    )


def _day(name: str) -> date:
    found = reading.day(name)
    if found is None:
        raise InvalidRecord({name: sentence("say which day")})
    return found


def _committees(session: Session, mine: Mandate) -> list[Organisation]:
    """The committees in whose name the visitor may open a campaign: for an administrator the province's and cities'."""
    rows = select(Organisation).where(Organisation.kind.in_(COMMITTEES), Organisation.closed_at.is_(None))
    if not mine.is_administrator:
        rows = rows.where(Organisation.id.in_(sorted(mine.own)))
    return list(session.scalars(rows.order_by(Organisation.region_path, Organisation.id).limit(250)))
