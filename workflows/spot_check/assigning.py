"""Sends the teams out: assigns a round's drawn hazards and tells the processes that wait for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.instances import send_to_many, start_many
from engine.runtime import UnitOfWork
from workflows.errors import Refused
from workflows.hazards.facts import FIRST_VARIABLES, facts_of
from workflows.hazards.models import Hazard
from workflows.hazards.words import Stage
from workflows.organisations.tree import organisation
from workflows.sentences import sentence
from workflows.spot_check.assignment import Assignment, Loads, Team, assign
from workflows.spot_check.models import RoundAct, RoundStatus, SampledHazard, SpotCheckRound
from workflows.spot_check.progress import INSPECTABLE
from workflows.spot_check.revealing import key_of_round
from workflows.spot_check.rounds import move, note, require_way
from workflows.spot_check.subjects import subjects_of
from workflows.spot_check.teams import teams_of

CLOSED_PROCESS = "closed_spot_check"


@dataclass(frozen=True)
class Sending:
    """How many hazards have a team now, and those that have none, by number, with the reason."""

    assigned: int
    unassigned: dict[str, str]


def assign_round(uow: UnitOfWork, it: SpotCheckRound, *, by: str) -> Sending:
    """Give every drawn hazard that has no team yet a team and an expert, and start its inspection.

    May be called again when people were added, or when a hazard that had moved on has come to rest: those with a
    team keep it. Raises WrongStage before the draw or after the end, Refused when the committee has no team.
    """
    uow.session.refresh(it, with_for_update=True)  # or two at once might send two teams to one hazard
    is_first = it.status is not RoundStatus.ASSIGNED
    if is_first:
        require_way(it, RoundStatus.ASSIGNED)
    teams = teams_of(uow.session, organisation(uow.session, it.committee_id))
    if not teams:
        raise Refused(
            sentence("the committee of the round has no spot-check team; found one, with a leader, members and experts")
        )
    open_rows = _open(uow.session, it.id)
    unassigned = _give_teams(uow, it, open_rows, teams)
    send_out(uow, it, open_rows, {team.id: team for team in teams}, by)
    sending = Sending(sum(sampled.team_id is not None for sampled, _ in open_rows), unassigned)
    if is_first:
        move(uow, it, RoundStatus.ASSIGNED, by=by, told=asdict(sending))
    else:
        note(uow, it, RoundAct.ASSIGNED_AGAIN, by=by, facts=asdict(sending))
    return sending


def _open(session: Session, round_id: int) -> Sequence[Row[SampledHazard, Hazard]]:
    sampled = select(SampledHazard, Hazard).join(Hazard, Hazard.id == SampledHazard.hazard_id)
    waiting = sampled.where(SampledHazard.round_id == round_id, SampledHazard.inspected_at.is_(None))
    return session.execute(waiting.order_by(SampledHazard.number)).all()


def _give_teams(
    uow: UnitOfWork, it: SpotCheckRound, rows: Iterable[Row[SampledHazard, Hazard]], teams: Sequence[Team]
) -> dict[str, str]:
    """Assign the hazards that have no team; those that still have none, with the reason."""
    loads, without = Loads(), dict[str, SampledHazard]()
    waiting: list[Hazard] = []
    for sampled, hazard in rows:
        if sampled.team_id is not None and sampled.expert is not None:
            loads.add(sampled.team_id, sampled.expert)
            continue
        without[sampled.number] = sampled
        if hazard.stage in INSPECTABLE:
            waiting.append(hazard)
        else:
            sampled.reason = f"抽取后已转入“{hazard.stage.label}”，待其再次进入督促检查或销号后派组"
    for assignment in assign(subjects_of(uow.session, it, waiting, teams), teams, key_of_round(it), loads):
        _keep(uow, without[assignment.number], assignment)
    return {number: sampled.reason for number, sampled in without.items() if sampled.team_id is None}


def _keep(uow: UnitOfWork, sampled: SampledHazard, assignment: Assignment) -> None:
    sampled.reason, sampled.refusals = assignment.reason, dict(assignment.refusals)
    if assignment.team is not None and assignment.expert is not None:
        sampled.team_id, sampled.expert = assignment.team.id, assignment.expert.account
        sampled.withdrawn, sampled.assigned_at = list(assignment.withdrawn), uow.now


def send_out(
    uow: UnitOfWork,
    it: SpotCheckRound,
    rows: Iterable[tuple[SampledHazard, Hazard]],
    teams: Mapping[int, Team],
    by: str,
) -> None:
    """Tell the processes that wait, as jobs; a closed hazard's inspection is a process of its own."""
    assigned = [(sampled, hazard) for sampled, hazard in rows if sampled.team_id is not None]
    waiting = {h.number: {"spot_check": told_of(it, s, teams)} for s, h in assigned if h.stage is Stage.SPOT_CHECK}
    send_to_many(uow, "sampled", waiting)
    closed = [(s, h) for s, h in assigned if h.stage is Stage.CLOSED and s.instance_id is None]
    begun = [
        (h.number, {"hazard": facts_of(uow.session, h), "spot_check": told_of(it, s, teams), **FIRST_VARIABLES})
        for s, h in closed
    ]
    for (sampled, _), instance in zip(closed, start_many(uow, CLOSED_PROCESS, begun, by=by), strict=True):
        sampled.instance_id = instance.id


def told_of(it: SpotCheckRound, sampled: SampledHazard, teams: Mapping[int, Team]) -> dict[str, Any]:
    """The variable `spot_check` of an inspection's process."""
    team = teams.get(sampled.team_id or 0)
    return {
        "round": it.id,
        "round_name": it.name,
        "team": sampled.team_id,
        "team_name": team.name if team else "",
        "expert": sampled.expert,
        "withdrawn": sampled.withdrawn,
        "reason": sampled.reason,
    }
