"""What is on record of one task's deadline, all of it together; read for many tasks with a query for each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.escalation.models import Acknowledgement, Notice
from workflows.escalation.recorded import Deadline, Taken, moves_of, taken_steps
from workflows.escalation.stopping import acknowledgements_of
from workflows.escalation.timeline import Move

AT_ONCE = 5_000
"""Escalations whose notices one query asks for; databases bound the number of parameters."""


@dataclass(frozen=True)
class Told:
    """One person's notice of a step; `delivered_at` is None while it waits."""

    escalation_id: int
    account: str
    urgent: bool
    for_digest: bool
    delivered_at: datetime | None


@dataclass(frozen=True)
class Trail:
    """The task, what moved its deadline, its steps, who took care of it, and who was told of each step, by step."""

    task: Deadline
    moves: Sequence[Move]
    taken: Sequence[Taken]
    given: Sequence[Acknowledgement]
    told: Mapping[int, Sequence[Told]]

    def is_interrupted(self, since: datetime, until: datetime) -> bool:
        """Whether the task ended or its deadline moved in a span, both ends counted."""
        moments = [move.at for move in self.moves]
        if self.task.ended_at is not None:
            moments.append(self.task.ended_at)
        return any(since <= moment <= until for moment in moments)

    def is_about_to_change(self, at: datetime, patience: timedelta) -> bool:
        """Whether what was due at a moment may have been overtaken by the end or by a move soon after it."""
        return self.is_interrupted(at, at + patience)


def trails_of(session: Session, some: Sequence[Deadline]) -> Iterator[Trail]:
    """The trails of some tasks, in their order."""
    taken, moves = taken_steps(session, some), moves_of(session, some)
    given = acknowledgements_of(session, [task.task_id for task in some])
    told = _told(session, [step.id for steps in taken.values() for step in steps])
    for task in some:
        steps = taken.get(task.task_id, [])
        of_steps = {step.id: told[step.id] for step in steps if step.id in told}
        yield Trail(task, moves[task.task_id], steps, given.get(task.task_id, ()), of_steps)


def _told(session: Session, escalations: Sequence[int]) -> Mapping[int, Sequence[Told]]:
    found: dict[int, list[Told]] = defaultdict(list)
    for first in range(0, len(escalations), AT_ONCE):
        for told in _notices_of(session, escalations[first : first + AT_ONCE]):
            found[told.escalation_id].append(told)
    return found


def _notices_of(session: Session, escalations: Collection[int]) -> list[Told]:
    found = (
        select(Notice.escalation_id, Notice.recipient, Notice.urgent, Notice.for_digest, Notice.delivered_at)
        .where(Notice.escalation_id.in_(escalations))
        .order_by(Notice.id)
    )
    return [Told(*row) for row in session.execute(found)]
