"""Drawn hazards as the assignment sees them: where they are, and who has had a hand in them already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.storage.models import UserTask
from workflows.hazards.models import Hazard
from workflows.spot_check.assignment import Subject, Team
from workflows.spot_check.candidates import area_of
from workflows.spot_check.models import SpotCheckRound

BATCH = 500


def subjects_of(
    session: Session, it: SpotCheckRound, hazards: Sequence[Hazard], teams: Iterable[Team]
) -> list[Subject]:
    """The hazards of a round with those of the teams' people who did one of their tasks.

    The diagrams exclude these from the inspection: a hazard that was sent back and drawn again needs other eyes.
    """
    people = {member.account for team in teams for member in (*team.inspectors, *team.experts)}
    took_part = _took_part(session, [hazard.number for hazard in hazards])
    return [
        Subject(
            hazard.number,
            area_of(hazard.region_path, it.region_path),
            hazard.sector,
            hazard.unit_id,
            frozenset(took_part[hazard.number] & people),
        )
        for hazard in hazards
    ]


def _took_part(session: Session, numbers: Sequence[str]) -> defaultdict[str, set[str]]:
    """The accounts that completed a task of each hazard."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    done = select(UserTask.business_key, UserTask.completed_by).where(UserTask.completed_by.is_not(None)).distinct()
    for first in range(0, len(numbers), BATCH):
        some = numbers[first : first + BATCH]
        for number, account in session.execute(done.where(UserTask.business_key.in_(some))):
            found[number].add(str(account))
    return found
