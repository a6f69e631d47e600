"""Rounds: how one is planned, the steps it goes through, and the one function that moves it along them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from engine.errors import ConcurrentChange
from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.campaigns.models import Campaign
from workflows.errors import InvalidRecord, UnknownRecord, WrongStage
from workflows.organisations.tree import organisation
from workflows.records import Record
from workflows.sentences import Sentence, sentence
from workflows.spot_check.models import RoundAct, RoundChange, RoundStatus, SpotCheckRound
from workflows.spot_check.parameters import DrawParameters

WAYS: Final[Mapping[RoundStatus, frozenset[RoundStatus]]] = {
    RoundStatus.PLANNED: frozenset({RoundStatus.COMMITTED}),
    RoundStatus.COMMITTED: frozenset({RoundStatus.DRAWN}),
    RoundStatus.DRAWN: frozenset({RoundStatus.ASSIGNED}),
    RoundStatus.ASSIGNED: frozenset({RoundStatus.ENDED}),
    RoundStatus.ENDED: frozenset(),
}
"""Every legal step. None leads back, so nobody draws again until the result pleases."""

CHANGED = "the round was changed by someone else meanwhile; read it again"


@dataclass(frozen=True, kw_only=True)
class RoundPlan:
    """What is fixed about a round before its list is frozen; `SpotCheckRound` says what the fields mean.

    Without a committee named, it is the one that ordered the campaign.
    """

    campaign_id: int
    name: str
    parameters: DrawParameters
    committee_id: int | None = None
    closed_since: date | None = None
    exclusion_days: int = 0

    def check(self) -> None:
        """Raises InvalidRecord naming each field that makes no sense."""
        errors: dict[str, Sentence] = {}
        try:
            self.parameters.check()
        except InvalidRecord as invalid:
            errors.update(invalid.errors)
        if not self.name.strip():
            errors["name"] = sentence("it must not be empty")
        if self.exclusion_days < 0:
            errors["exclusion_days"] = sentence("it cannot be negative")
        if errors:
            raise InvalidRecord(errors)


def plan_round(uow: UnitOfWork, plan: RoundPlan, *, by: str) -> SpotCheckRound:
    """Put a round on record. Raises InvalidRecord, UnknownRecord for the campaign and the committee."""
    plan.check()
    planned = draft_round(uow.session, plan)
    uow.session.add(planned)
    uow.session.flush()
    note(uow, planned, RoundAct.PLANNED, by=by, facts=_as_planned(planned))
    return planned


def revise_round(
    uow: UnitOfWork, it: SpotCheckRound, plan: RoundPlan, *, by: str, expected_version: int | None = None
) -> None:
    """Change the plan of a round whose list is not frozen yet; campaign and committee stay.

    Raises InvalidRecord, WrongStage, ConcurrentChange when somebody else changed it first.
    """
    require_version(it, expected_version)
    require_status(it, RoundStatus.PLANNED)
    plan.check()
    before = _as_planned(it)
    it.name, it.parameters = plan.name.strip(), plan.parameters.to_dict()
    it.closed_since, it.exclusion_days = plan.closed_since, plan.exclusion_days
    uow.session.flush()
    note(uow, it, RoundAct.REVISED, by=by, facts={"before": before, "after": _as_planned(it)})


def draft_round(session: Session, plan: RoundPlan) -> SpotCheckRound:
    """The round that a plan describes, not on record. Raises UnknownRecord for the campaign and the committee."""
    campaign = session.get(Campaign, plan.campaign_id)
    if campaign is None:
        raise UnknownRecord(Record.CAMPAIGN, plan.campaign_id)
    committee = organisation(session, plan.committee_id or campaign.committee_id)
    return SpotCheckRound(
        campaign_id=campaign.id,
        committee_id=committee.id,
        region_path=committee.region_path,
        name=plan.name.strip(),
        status=RoundStatus.PLANNED,
        parameters=plan.parameters.to_dict(),
        closed_since=plan.closed_since,
        exclusion_days=plan.exclusion_days,
    )


def round_of(session: Session, round_id: int) -> SpotCheckRound:
    """The round with this id. Raises UnknownRecord."""
    found = session.get(SpotCheckRound, round_id)
    if found is None:
        raise UnknownRecord(Record.SPOT_CHECK_ROUND, round_id)
    return found


def round_to_change(session: Session, round_id: int, expected_version: int | None) -> SpotCheckRound:
    """The round with this id, for one person at a time until the transaction ends.

    Raises UnknownRecord, and ConcurrentChange when it is not as the person has seen it.
    """
    found = session.get(SpotCheckRound, round_id, with_for_update=True)
    if found is None:
        raise UnknownRecord(Record.SPOT_CHECK_ROUND, round_id)
    require_version(found, expected_version)
    return found


def move(uow: UnitOfWork, it: SpotCheckRound, to: RoundStatus, *, by: str, told: Mapping[str, Any]) -> None:
    """Bring a round to its next status, write the change down and tell the outbox. Raises WrongStage."""
    require_way(it, to)
    before, it.status = it.status, to
    note(uow, it, RoundAct(to.value), by=by, facts=told, before=before)


def require_way(it: SpotCheckRound, to: RoundStatus) -> None:
    """Raises WrongStage when the round cannot go to this status now."""
    if to not in WAYS[it.status]:
        ways_in = [status for status, ways in WAYS.items() if to in ways]
        raise WrongStage(Record.SPOT_CHECK_ROUND, it.id, expected=ways_in, actual=it.status)


def require_status(it: SpotCheckRound, *expected: RoundStatus) -> None:
    """Raises WrongStage unless the round is in one of these statuses."""
    if it.status not in expected:
        raise WrongStage(Record.SPOT_CHECK_ROUND, it.id, expected=expected, actual=it.status)


def require_version(it: SpotCheckRound, expected: int | None) -> None:
    """Raises ConcurrentChange when the round is not as the person has seen it; None asks for nothing."""
    if expected is not None and it.version != expected:
        raise ConcurrentChange(CHANGED)


def note(
    uow: UnitOfWork,
    it: SpotCheckRound,
    act: RoundAct,
    *,
    by: str,
    facts: Mapping[str, Any],
    before: RoundStatus | None = None,
    reason: str = "",
) -> None:
    """Put an act on record and tell the outbox. `before` is the status that it ended."""
    uow.session.add(
        RoundChange(
            round_id=it.id,
            before=before,
            after=it.status,
            act=act,
            facts=dict(facts),
            reason=reason,
            at=uow.now,
            by=by,
        )
    )
    told = {"round": it.id, "campaign": it.campaign_id, **facts, **({"reason": reason} if reason else {})}
    publish(uow, f"spot_check.round_{act.value}", f"spot-check-{it.id}", told)


def _as_planned(it: SpotCheckRound) -> dict[str, Any]:
    """The plan as the record keeps it."""
    return {
        "name": it.name,
        "parameters": it.parameters,
        "closed_since": it.closed_since.isoformat() if it.closed_since else None,
        "exclusion_days": it.exclusion_days,
    }
