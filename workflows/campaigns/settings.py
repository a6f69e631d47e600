"""Changes what is set about a campaign, as far as its beginning leaves it open, and closes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.errors import ConcurrentChange
from engine.runtime import UnitOfWork
from workflows.audit import AuditKind, record
from workflows.campaigns.content_areas import ContentArea
from workflows.campaigns.models import Campaign, CampaignPhase, PhaseKind
from workflows.campaigns.opening import CampaignPlan, campaign_by_code, check_dates, open_campaign
from workflows.errors import InvalidRecord, OutOfScope, Refused
from workflows.hazards.models import Hazard
from workflows.hazards.words import Stage
from workflows.organisations.mandates import Mandate
from workflows.organisations.models import Organisation
from workflows.organisations.sectors import Sector
from workflows.sentences import Sentence, sentence

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,63}")
MOST_COUNTED = 10_000
SETTLED = (Stage.CLOSED, Stage.VOIDED)
"""Stages in which nothing more is to be done about a hazard."""


def plan_of(campaign: Campaign) -> CampaignPlan:
    """The plan that a campaign stands by now."""
    return CampaignPlan(
        code=campaign.code,
        name=campaign.name,
        first_day=campaign.first_day,
        last_day=campaign.last_day,
        content_areas=[ContentArea(code) for code in campaign.content_areas],
        sectors=[Sector(code) for code in campaign.sectors],
        phases=[(phase.kind, phase.first_day, phase.last_day) for phase in campaign.phases],
    )


def next_plan(campaign: Campaign) -> CampaignPlan:
    """The campaign after this one, as a proposal: as long, from the day after its last, covering the same."""
    ahead = campaign.last_day - campaign.first_day + timedelta(days=1)
    return replace(
        plan_of(campaign),
        code="",
        first_day=campaign.first_day + ahead,
        last_day=campaign.last_day + ahead,
        phases=[(kind, first + ahead, last + ahead) for kind, first, last in plan_of(campaign).phases],
    )


def may_settle(mandate: Mandate, campaign: Campaign) -> bool:
    """Whether an account decides on a campaign: an administrator, or the office of the committee that ordered it."""
    return mandate.is_administrator or campaign.committee_id in mandate.own


def open_next(uow: UnitOfWork, mandate: Mandate, plan: CampaignPlan, committee_id: int | None) -> Campaign:
    """Open a campaign at a committee's order. Raises InvalidRecord by field, OutOfScope, Refused for a code in use."""
    errors = _wrong_with(plan)
    if CODE.fullmatch(plan.code) is None:
        errors["code"] = sentence("2 to 64 of a-z, 0-9 and hyphen, such as henan-2023; it stays for good")
    committee = uow.session.get(Organisation, committee_id) if committee_id is not None else None
    if committee is None:
        errors["committee"] = sentence("choose the committee that orders it")
    if errors or committee is None:
        raise InvalidRecord(errors)
    if not (mandate.is_administrator or committee.id in mandate.own):
        raise OutOfScope(sentence("only the office of %(name)s opens a campaign in its name", name=committee.name))
    campaign = open_campaign(uow, plan, committee_id=committee.id, by=mandate.account)
    _note(uow, AuditKind.CAMPAIGN_OPENED, mandate, campaign, {}, facts_of(plan))
    return campaign


def change_campaign(
    uow: UnitOfWork, mandate: Mandate, plan: CampaignPlan, *, today: date, expected_version: int
) -> Campaign:
    """Set a campaign anew. Once it has begun, its first day stays and nothing that it covers is taken out.

    Raises InvalidRecord by field, OutOfScope, Refused for a closed one, ConcurrentChange when it was changed meanwhile.
    """
    campaign = _as_seen(uow, mandate, plan.code, expected_version)
    before = plan_of(campaign)
    errors = _wrong_with(plan) | _wrong_with_change(before, plan, today)
    if errors:
        raise InvalidRecord(errors)
    campaign.name, campaign.first_day, campaign.last_day = plan.name.strip(), plan.first_day, plan.last_day
    campaign.content_areas = [area.value for area in plan.content_areas]
    campaign.sectors = [sector.value for sector in plan.sectors]
    _set_phases(campaign, plan.phases)
    _note(uow, AuditKind.CAMPAIGN_CHANGED, mandate, campaign, facts_of(before), facts_of(plan_of(campaign)))
    return campaign


def close_campaign(uow: UnitOfWork, mandate: Mandate, code: str, *, reason: str, expected_version: int) -> Campaign:
    """End a campaign: no hazard is registered in it any more; what is open goes on to its own end."""
    campaign = _as_seen(uow, mandate, code, expected_version)
    if not reason.strip():
        raise InvalidRecord({"reason": sentence("say why; the reason stays on record")})
    campaign.closed_at, campaign.closed_by = uow.now, mandate.account
    after = {"open": open_hazards(uow.session, campaign)}
    _note(uow, AuditKind.CAMPAIGN_CLOSED, mandate, campaign, {}, after, reason.strip())
    return campaign


def open_hazards(session: Session, campaign: Campaign) -> int:
    """How many hazards of a campaign are not settled yet, counted no further than MOST_COUNTED."""
    unsettled = [stage for stage in Stage if stage not in SETTLED]
    found = select(Hazard.id).where(Hazard.campaign_id == campaign.id, Hazard.stage.in_(unsettled)).limit(MOST_COUNTED)
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def facts_of(plan: CampaignPlan) -> dict[str, Any]:
    """What an audit compares of a campaign."""
    return {
        "name": plan.name,
        "first_day": plan.first_day.isoformat(),
        "last_day": plan.last_day.isoformat(),
        "content_areas": [area.value for area in plan.content_areas],
        "sectors": [sector.value for sector in plan.sectors],
        "phases": {kind.value: [first.isoformat(), last.isoformat()] for kind, first, last in plan.phases},
    }


def _as_seen(uow: UnitOfWork, mandate: Mandate, code: str, expected_version: int) -> Campaign:
    campaign = campaign_by_code(uow.session, code)
    if not may_settle(mandate, campaign):
        raise OutOfScope(sentence("only the office of its committee decides on %(name)s", name=campaign.name))
    if campaign.closed_at is not None:
        raise Refused(sentence("%(name)s is closed; open the next one instead", name=campaign.name))
    if campaign.version != expected_version:
        raise ConcurrentChange("the campaign was changed by someone else meanwhile; read it again")
    return campaign


def _wrong_with(plan: CampaignPlan) -> dict[str, Sentence]:
    errors = check_dates(plan)
    if not plan.name.strip():
        errors["name"] = sentence("give it the title of the notice that orders it")
    if not plan.content_areas:
        errors["content_areas"] = sentence("a campaign covers at least one content area")
    if not plan.sectors:
        errors["sectors"] = sentence("a campaign covers at least one sector")
    return errors


def _wrong_with_change(before: CampaignPlan, after: CampaignPlan, today: date) -> dict[str, Sentence]:
    if before.first_day > today:
        return {}
    errors: dict[str, Sentence] = {}
    if after.first_day != before.first_day:
        errors["first_day"] = sentence("it has begun; its first day stays")
    if after.last_day < before.last_day and after.last_day < today:
        errors["last_day"] = sentence("a campaign does not end before today; close it instead")
    if missing := [area for area in before.content_areas if area not in after.content_areas]:
        errors["content_areas"] = sentence("it has begun; %(what)s stays part of it", what=missing)
    if missing := [sector for sector in before.sectors if sector not in after.sectors]:
        errors["sectors"] = sentence("it has begun; %(what)s stays part of it", what=missing)
    return errors


def _set_phases(campaign: Campaign, phases: Sequence[tuple[PhaseKind, date, date]]) -> None:
    known = {phase.kind: phase for phase in campaign.phases}
    for kind, first, last in phases:
        if kind in known:
            known[kind].first_day, known[kind].last_day = first, last
        else:
            campaign.phases.append(CampaignPhase(kind=kind, first_day=first, last_day=last))


def _note(
    uow: UnitOfWork,
    kind: AuditKind,
    mandate: Mandate,
    campaign: Campaign,
    before: dict[str, Any],
    after: dict[str, Any],
    reason: str = "",
) -> None:
    record(
        uow, kind, by=mandate.account, object_key=f"campaign-{campaign.code}", object_name=campaign.name,
        organisation_id=campaign.committee_id, before=before, after=after, reason=reason,
    )  # fmt: skip
