"""Rounds: how one is planned, the steps it goes through, and the one function that moves it along them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.campaigns.models import Campaign
from workflows.errors import InvalidRecord, UnknownRecord, WrongStage
from workflows.records import Record
from workflows.sentences import sentence
from workflows.spot_check.models import RoundChange, RoundStatus, SpotCheckRound
from workflows.spot_check.parameters import DrawParameters

WAYS: Final[Mapping[RoundStatus, frozenset[RoundStatus]]] = {
    RoundStatus.PLANNED: frozenset({RoundStatus.COMMITTED}),
    RoundStatus.COMMITTED: frozenset({RoundStatus.DRAWN}),
    RoundStatus.DRAWN: frozenset({RoundStatus.ASSIGNED}),
    RoundStatus.ASSIGNED: frozenset({RoundStatus.ENDED}),
    RoundStatus.ENDED: frozenset(),
}
"""Every legal step. None leads back, so nobody draws again until the result pleases."""


@dataclass(frozen=True, kw_only=True)
class RoundPlan:
    """What is fixed about a round before its list is frozen; `SpotCheckRound` says what the fields mean."""

    campaign_id: int
    name: str
    parameters: DrawParameters
    closed_since: date | None = None
    exclusion_days: int = 0


def plan_round(uow: UnitOfWork, plan: RoundPlan, *, by: str) -> SpotCheckRound:
    """Put a round on record. Raises InvalidRecord, UnknownRecord for the campaign."""
    plan.parameters.check()
    if not plan.name:
        raise InvalidRecord({"name": sentence("it must not be empty")})
    if plan.exclusion_days < 0:
        raise InvalidRecord({"exclusion_days": sentence("it cannot be negative")})
    if uow.session.get(Campaign, plan.campaign_id) is None:
        raise UnknownRecord(Record.CAMPAIGN, plan.campaign_id)
    planned = SpotCheckRound(
        campaign_id=plan.campaign_id,
        name=plan.name,
        status=RoundStatus.PLANNED,
        parameters=plan.parameters.to_dict(),
        closed_since=plan.closed_since,
        exclusion_days=plan.exclusion_days,
    )
    uow.session.add(planned)
    uow.session.flush()
    _record(uow, planned, None, by, {"name": plan.name})
    return planned


def round_of(session: Session, round_id: int) -> SpotCheckRound:
    """The round with this id. Raises UnknownRecord."""
    found = session.get(SpotCheckRound, round_id)
    if found is None:
        raise UnknownRecord(Record.SPOT_CHECK_ROUND, round_id)
    return found


def move(uow: UnitOfWork, it: SpotCheckRound, to: RoundStatus, *, by: str, told: Mapping[str, Any]) -> None:
    """Bring a round to its next status, write the change down and tell the outbox. Raises WrongStage."""
    require_way(it, to)
    before, it.status = it.status, to
    _record(uow, it, before, by, told)


def require_way(it: SpotCheckRound, to: RoundStatus) -> None:
    """Raises WrongStage when the round cannot go to this status now."""
    if to not in WAYS[it.status]:
        ways_in = [status for status, ways in WAYS.items() if to in ways]
        raise WrongStage(Record.SPOT_CHECK_ROUND, it.id, expected=ways_in, actual=it.status)


def _record(uow: UnitOfWork, it: SpotCheckRound, before: RoundStatus | None, by: str, told: Mapping[str, Any]) -> None:
    uow.session.add(RoundChange(round_id=it.id, before=before, after=it.status, at=uow.now, by=by))
    facts = {"round": it.id, "campaign": it.campaign_id, **told}
    publish(uow, f"spot_check.round_{it.status.value}", f"spot-check-{it.id}", facts)
