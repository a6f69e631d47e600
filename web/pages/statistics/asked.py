"""What the address asks for: a campaign, a region, a sector, and which rate the map and the heat map show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from engine.runtime import UnitOfWork
from web.security.identity import signed_in
from workflows.campaigns.models import Campaign
from workflows.errors import UnknownRecord
from workflows.organisations.people import person_by_account
from workflows.organisations.sectors import Sector
from workflows.permissions import Scope, scope_of
from workflows.records import Record
from workflows.statistics.asking import Question
from workflows.statistics.figures import RateKind
from workflows.statistics.scope import campaigns, question_in


@dataclass(frozen=True)
class Asked:
    """What was asked, by whom: the person's reach, all campaigns, and of them the one in question."""

    reach: Scope
    campaigns: Sequence[Campaign]
    campaign: Campaign
    question: Question


def asked_of(uow: UnitOfWork) -> Asked:
    """The question of the address; what it leaves out is what is the person's own.

    Raises UnknownRecord, OutOfScope.
    """
    told = request.args
    sector = next((each for each in Sector if each.value == told.get("sector")), None)
    known = campaigns(uow.session)
    campaign = _chosen(uow, known, told.get("campaign"))
    person = person_by_account(uow.session, signed_in().account)
    reach = scope_of(uow.session, person) if person else Scope()
    return Asked(reach, known, campaign, question_in(reach, campaign.id, told.get("region") or None, sector))


def asked_rate() -> RateKind:
    """The rate to compare, that of closure unless another was chosen."""
    return next((each for each in RateKind if each.value == request.args.get("rate")), RateKind.CLOSED)


def campaign_asked(uow: UnitOfWork, written: str | None) -> Campaign:
    """The campaign with this number, or the latest one that has begun. Raises UnknownRecord."""
    return _chosen(uow, campaigns(uow.session), written)


def _chosen(uow: UnitOfWork, known: Sequence[Campaign], written: str | None) -> Campaign:
    if written:
        chosen = [each for each in known if str(each.id) == written]
    else:
        chosen = [each for each in known if each.created_at <= uow.now] or known
    if not chosen:
        raise UnknownRecord(Record.CAMPAIGN, written or "")
    return chosen[0]
