"""The end of a round: what was not drawn goes on its way; what was drawn must have been looked at."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.instances import send_to_many
from engine.runtime import UnitOfWork
from workflows.errors import Refused
from workflows.hazards.models import Hazard
from workflows.hazards.words import Stage
from workflows.sentences import sentence
from workflows.spot_check.models import FrameRow, RoundStatus, SampledHazard, SpotCheckRound
from workflows.spot_check.rounds import move, require_way


def end_round(uow: UnitOfWork, it: SpotCheckRound, *, by: str) -> int:
    """End a round and let the hazards on its list that were not drawn go on; returns how many.

    Raises WrongStage, and Refused naming how many drawn hazards nobody has inspected yet. A voided one needs none.
    """
    require_way(it, RoundStatus.ENDED)
    still_open, teamless = _uninspected(uow.session, it.id)
    if still_open:
        raise Refused(
            sentence(
                "round '%(round)s' has %(open)s drawn hazards that are not inspected yet, %(teamless)s of them without "
                "a team; every one must be inspected before the round can end",
                round=it.name,
                open=still_open,
                teamless=teamless,
            )
        )
    released = _not_drawn(uow.session, it.id)
    send_to_many(uow, "not_sampled", {number: {} for number in released})
    told = {"released": len(released), "verdicts": verdicts_of(uow.session, it.id)}
    move(uow, it, RoundStatus.ENDED, by=by, told=told)
    return len(released)


def verdicts_of(session: Session, round_id: int) -> dict[str, int]:
    """How many of a round's drawn hazards got which verdict."""
    inspected = SampledHazard.inspected_at.is_not(None)
    counted = select(SampledHazard.verdict, func.count()).where(SampledHazard.round_id == round_id, inspected)
    rows = session.execute(counted.group_by(SampledHazard.verdict)).all()
    return {verdict.value: number for verdict, number in rows if verdict is not None}


def _uninspected(session: Session, round_id: int) -> tuple[int, int]:
    """How many drawn hazards are not inspected, and how many of these have no team."""
    counted = select(func.count(), func.count(SampledHazard.team_id)).join(Hazard, Hazard.id == SampledHazard.hazard_id)
    waiting = (SampledHazard.round_id == round_id, SampledHazard.inspected_at.is_(None), Hazard.stage != Stage.VOIDED)
    still_open, with_team = session.execute(counted.where(*waiting)).one()
    return still_open, still_open - with_team


def _not_drawn(session: Session, round_id: int) -> list[str]:
    drawn = select(SampledHazard.hazard_id).where(SampledHazard.round_id == round_id)
    left = select(FrameRow.number).join(Hazard, Hazard.id == FrameRow.hazard_id)
    waiting = (FrameRow.round_id == round_id, Hazard.stage == Stage.SPOT_CHECK, FrameRow.hazard_id.not_in(drawn))
    return list(session.scalars(left.where(*waiting).order_by(FrameRow.hazard_id)))
