"""Sends another team or expert to a drawn hazard by hand, for a stated reason and within the rules of avoidance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from engine.errors import ConcurrentChange
from engine.instances import send_to_many
from engine.runtime import UnitOfWork
from workflows.errors import InvalidRecord, Refused
from workflows.organisations.tree import organisation
from workflows.sentences import Sentence, sentence
from workflows.spot_check.assigning import send_out, told_of
from workflows.spot_check.assignment import Member, Refusal, Subject, Team, refusal_of
from workflows.spot_check.models import RoundAct, RoundStatus, SpotCheckRound
from workflows.spot_check.progress import INSPECTABLE, Inspection, Step
from workflows.spot_check.rounds import note, require_status
from workflows.spot_check.subjects import subjects_of
from workflows.spot_check.teams import teams_of

CHANGED = "the hazard was given to someone else meanwhile; look at it again"
LONGEST_REASON = 500


@dataclass(frozen=True)
class Seat:
    """An expert in a team, and why this one must not go (None when nothing speaks against it)."""

    team: Team
    expert: Member
    refusal: Refusal | None

    @property
    def key(self) -> str:
        """Names the seat in a form."""
        return f"{self.team.id}:{self.expert.account}"


@dataclass(frozen=True, kw_only=True)
class HandPlacement:
    """What a person asks for. `seen` is the key of the seat that the person saw, empty for none."""

    seat: str
    reason: str
    seen: str


def seats_for(session: Session, it: SpotCheckRound, inspection: Inspection) -> Sequence[Seat]:
    """Every team's every expert with what speaks against sending them to this hazard.

    Once the expert has given the opinion, it stands: then it is that expert with each team that may go.
    """
    teams = teams_of(session, organisation(session, it.committee_id))
    [subject] = subjects_of(session, it, [inspection.hazard], teams)
    if inspection.step is Step.TEAM:
        return [Seat(team, expert, _why_not(team, subject)) for team, expert in _with(inspection, teams)]
    return [Seat(team, expert, refusal_of(subject, team, expert)) for team in teams for expert in team.experts]


def place_by_hand(
    uow: UnitOfWork, it: SpotCheckRound, inspection: Inspection, asked: HandPlacement, *, by: str
) -> Seat:
    """Give a drawn hazard that nobody has inspected yet to a team and an expert of one's choice.

    A task that is open is taken back and offered to the new people, with a new time limit. Raises InvalidRecord
    without a reason or with people who must not go, WrongStage, Refused when nothing can be inspected now, and
    ConcurrentChange when the hazard was given to someone else meanwhile.
    """
    uow.session.refresh(it, with_for_update=True)
    require_status(it, RoundStatus.ASSIGNED)
    uow.session.refresh(inspection.sampled)
    if seat_of(inspection) != asked.seen:
        raise ConcurrentChange(CHANGED)
    _require_inspectable(inspection)
    seat = _chosen(seats_for(uow.session, it, inspection), asked)
    before = _as_recorded(inspection)
    _keep(uow, it, inspection, seat, asked.reason.strip())
    _tell(uow, it, inspection, seat, by)
    facts = {"hazard": inspection.sampled.number, "before": before, "after": _as_recorded(inspection)}
    note(uow, it, RoundAct.REASSIGNED, by=by, facts=facts, reason=asked.reason.strip())
    return seat


def seat_of(inspection: Inspection) -> str:
    """The key of the seat that a drawn hazard was given to; empty for none."""
    sampled = inspection.sampled
    return f"{sampled.team_id}:{sampled.expert}" if sampled.team_id is not None else ""


def _with(inspection: Inspection, teams: Sequence[Team]) -> Sequence[tuple[Team, Member]]:
    account = inspection.sampled.expert or ""
    known = {expert.account: expert for team in teams for expert in team.experts}
    expert = known.get(account, Member(account, account, None, 0))
    return [(team, expert) for team in teams]


def _why_not(team: Team, subject: Subject) -> Refusal | None:
    return None if team.can_go(subject) else Refusal.TEAM_WITHDRAWS


def _require_inspectable(inspection: Inspection) -> None:
    if inspection.sampled.inspected_at is not None:
        raise Refused(sentence("%(hazard)s has been inspected already", hazard=inspection.sampled.number))
    if inspection.hazard.stage not in INSPECTABLE:
        raise Refused(
            sentence(
                "%(hazard)s is in the stage %(stage)s now; it can be given to a team when it is back",
                hazard=inspection.sampled.number,
                stage=inspection.hazard.stage,
            )
        )
    if inspection.step is Step.STARTING:
        raise Refused(
            sentence(
                "the inspection of %(hazard)s is just being started; try again in a minute",
                hazard=inspection.sampled.number,
            )
        )


def _chosen(seats: Sequence[Seat], asked: HandPlacement) -> Seat:
    errors: dict[str, Sentence] = {}
    seat = next((seat for seat in seats if seat.key == asked.seat), None)
    if seat is None:
        errors["seat"] = sentence("choose a team and an expert")
    elif seat.refusal is not None:
        errors["seat"] = sentence("they must not go: %(why)s", why=seat.refusal)
    elif seat.key == asked.seen:
        errors["seat"] = sentence("they have this hazard already")
    if not asked.reason.strip():
        errors["reason"] = sentence("say why; it is put on record")
    elif len(asked.reason) > LONGEST_REASON:
        errors["reason"] = sentence("at most %(number)s characters", number=LONGEST_REASON)
    if errors or seat is None:
        raise InvalidRecord(errors)
    return seat


def _keep(uow: UnitOfWork, it: SpotCheckRound, inspection: Inspection, seat: Seat, reason: str) -> None:
    sampled = inspection.sampled
    [subject] = subjects_of(uow.session, it, [inspection.hazard], [seat.team])
    sampled.team_id, sampled.expert = seat.team.id, seat.expert.account
    sampled.withdrawn = [member.account for member in seat.team.withdrawn(subject)]
    sampled.reason, sampled.by_hand, sampled.assigned_at = reason, True, uow.now
    sampled.visit_on = sampled.visit_place = None
    uow.session.flush()


def _tell(uow: UnitOfWork, it: SpotCheckRound, inspection: Inspection, seat: Seat, by: str) -> None:
    """A process that waits for people is told to look for others; one that has none yet is told to begin."""
    teams = {seat.team.id: seat.team}
    if inspection.task is None:
        send_out(uow, it, [(inspection.sampled, inspection.hazard)], teams, by)
    else:
        payload = {"spot_check": told_of(it, inspection.sampled, teams)}
        send_to_many(uow, "reassigned", {inspection.sampled.number: payload})


def _as_recorded(inspection: Inspection) -> Mapping[str, Any]:
    return {"team": inspection.sampled.team_id, "expert": inspection.sampled.expert}
