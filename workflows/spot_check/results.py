"""What a spot-check team found of a hazard: the verdict on record, and the hazard's way from there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.calendar import BEIJING_TIME
from workflows.campaigns.content_areas import InspectionLevel, Source
from workflows.errors import InvalidRecord, Refused, UnknownRecord
from workflows.hazards.evidence import add_evidence
from workflows.hazards.facts import facts_of
from workflows.hazards.models import Hazard, Verification
from workflows.hazards.register import Registration, register
from workflows.hazards.relapsing import KEPT
from workflows.hazards.words import EvidenceKind, Origin, Stage, Verdict
from workflows.records import Record
from workflows.sentences import sentence
from workflows.spot_check.models import SampledHazard


@dataclass(frozen=True, kw_only=True)
class ExpertOpinion:
    """What the expert wrote in the form `expert_opinion_spot`."""

    opinion: str
    completed_by: str


@dataclass(frozen=True, kw_only=True)
class TeamInspection:
    """What the team wrote in the form `team_inspection`; `companions` were on site beside the one who hands it in."""

    verdict: Verdict
    opinion: str
    companions: str
    completed_by: str
    photos: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """The variable `spot_check`: in which round the hazard was drawn, and who looks at it."""

    round: int
    team: int
    team_name: str


def record_result(
    uow: UnitOfWork, hazard: Hazard, sampling: Sampling, inspection: TeamInspection, expert: ExpertOpinion
) -> dict[str, Any]:
    """Write down what the team found; the outcome as the diagram's variable `finding`.

    A closed hazard's own row stays as it is: only the verification is added. Raises UnknownRecord when the hazard
    was not drawn in this round.
    """
    sampled = sampled_hazard(uow.session, sampling.round, hazard.id)
    passed = inspection.verdict is Verdict.GENUINE
    sampled.verdict, sampled.inspected_at = inspection.verdict, uow.now
    uow.session.add(_verification(uow, hazard, inspection, expert, passed=passed))
    add_evidence(uow, hazard, EvidenceKind.ON_SITE, inspection.photos, by=inspection.completed_by)
    if hazard.stage is not Stage.CLOSED:
        hazard.verdict = inspection.verdict
    told = {"round": sampling.round, "hazard": hazard.number, "verdict": inspection.verdict.value}
    publish(uow, "spot_check.inspected", hazard.number, {**told, "team": sampling.team})
    uow.session.flush()
    return {
        "outcome": "passed" if passed else "reopened",
        "reason": "" if passed else f"{sampling.team_name}抽查认定{inspection.verdict.label}：{inspection.opinion}",
        "decided_by": inspection.completed_by,
        "hazard": facts_of(uow.session, hazard),
    }


def register_again(uow: UnitOfWork, hazard: Hazard, sampling: Sampling, inspection: TeamInspection) -> Hazard:
    """A new row, linked to a closed hazard that was not put right or has come back; it starts from the beginning.

    A relapse counts as such. A hazard that never was put right is carried over, without the claim: nobody believes
    it any more. Raises UnknownRecord when the hazard was not drawn in this round, Refused when the old row's facts do
    not hold for a new one.
    """
    sampled = sampled_hazard(uow.session, sampling.round, hazard.id)
    relapsed = inspection.verdict is Verdict.RELAPSED
    new = Registration(
        **{name: getattr(hazard, name) for name in KEPT},
        description=inspection.opinion,
        source=Source.SPOT_CHECK,
        source_reference=hazard.number,
        inspection_level=InspectionLevel.PROVINCE,
        inspecting_body=sampling.team_name,
        found_on=uow.now.astimezone(BEIJING_TIME).date(),
        origin=Origin.RELAPSED if relapsed else Origin.CARRIED_OVER,
        previous_id=hazard.id,
        previous_number=hazard.number,
        claimed_result=inspection.verdict.label,
    )
    try:
        registered = register(uow, new, by=inspection.completed_by)
    except InvalidRecord as invalid:
        raise Refused(
            sentence(
                "%(hazard)s cannot be registered again: %(why)s",
                hazard=hazard.number,
                why=list(invalid.errors.values()),
            )
        ) from invalid
    sampled.next_id = registered.id
    return registered


def sampled_hazard(session: Session, round_id: int, hazard_id: int) -> SampledHazard:
    """A hazard as it was drawn in a round. Raises UnknownRecord."""
    drawn = select(SampledHazard).where(SampledHazard.round_id == round_id, SampledHazard.hazard_id == hazard_id)
    found = session.scalars(drawn).one_or_none()
    if found is None:
        raise UnknownRecord(Record.SAMPLED_HAZARD, f"{round_id}/{hazard_id}")
    return found


def _verification(
    uow: UnitOfWork, hazard: Hazard, inspection: TeamInspection, expert: ExpertOpinion, *, passed: bool
) -> Verification:
    return Verification(
        hazard_id=hazard.id,
        stage=Stage.SPOT_CHECK,
        passed=passed,
        verdict=inspection.verdict,
        opinion=f"{inspection.opinion}\n专家意见：{expert.opinion}",
        verifiers=[inspection.completed_by, inspection.companions],
        expert=expert.completed_by,
        at=uow.now,
    )
