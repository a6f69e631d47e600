"""How far a round has come: what was inspected with which verdict, what is late, and what hinders its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from engine.storage.models import TaskStatus, UserTask
from workflows.hazards.models import Hazard
from workflows.hazards.words import Stage, Verdict
from workflows.labels import LabelledEnum
from workflows.spot_check.models import SampledHazard, SpotCheckRound

INSPECTABLE = (Stage.SPOT_CHECK, Stage.CLOSED)
"""Where a drawn hazard can be looked at."""
EXPERT_TASK, TEAM_TASK = "expert_opinion_spot", "team_inspection"


class Step(LabelledEnum):
    """Where the inspection of a drawn hazard stands."""

    VOIDED = "voided", "已作废，无需核查"
    INSPECTED = "inspected", "已核查"
    WITHOUT_TEAM = "without_team", "未派组"
    EXPERT = "expert", "待专家出具意见"
    TEAM = "team", "待现场核查"
    STARTING = "starting", "核查任务生成中"
    ELSEWHERE = "elsewhere", "已转入其他环节"


@dataclass(frozen=True)
class Progress:
    """The counts of a round. `open` are drawn, not voided and not inspected; those without a team are among them."""

    drawn: int = 0
    inspected: int = 0
    voided: int = 0
    without_team: int = 0
    overdue: int = 0
    verdicts: Mapping[Verdict, int] = field(default_factory=dict[Verdict, int])

    @property
    def open(self) -> int:
        return self.drawn - self.inspected - self.voided

    @property
    def percent(self) -> int:
        """How much is done, in whole hundredths, rounded down."""
        return (self.drawn - self.open) * 100 // self.drawn if self.drawn else 0


@dataclass(frozen=True)
class Inspection:
    """A drawn hazard with the open task of its inspection, if there is one."""

    sampled: SampledHazard
    hazard: Hazard
    task: UserTask | None

    @property
    def step(self) -> Step:
        if self.sampled.inspected_at is not None:
            return Step.INSPECTED
        if self.hazard.stage is Stage.VOIDED:
            return Step.VOIDED
        if self.sampled.team_id is None:
            return Step.WITHOUT_TEAM
        if self.task is None:
            return Step.STARTING if self.hazard.stage in INSPECTABLE else Step.ELSEWHERE
        return Step.EXPERT if self.task.element_id == EXPERT_TASK else Step.TEAM

    def is_overdue(self, now: datetime) -> bool:
        """Whether the open task's time limit has passed."""
        return self.task is not None and self.task.due_at is not None and self.task.due_at < now


def progress_of(session: Session, round_ids: Sequence[int], now: datetime) -> Mapping[int, Progress]:
    """The counts of each of these rounds, whether or not anything was drawn."""
    is_inspected = SampledHazard.inspected_at.is_not(None)
    is_voided = Hazard.stage == Stage.VOIDED
    has_none = SampledHazard.team_id.is_(None)
    rows = session.execute(
        select(
            SampledHazard.round_id,
            func.count(),
            _number(is_inspected),
            _number(~is_inspected & is_voided),
            _number(~is_inspected & ~is_voided & has_none),
        )
        .join(Hazard, Hazard.id == SampledHazard.hazard_id)
        .where(SampledHazard.round_id.in_(round_ids))
        .group_by(SampledHazard.round_id)
    )
    late, verdicts = _late(session, round_ids, now), _verdicts(session, round_ids)
    found = {
        round_id: Progress(*counts, overdue=late.get(round_id, 0), verdicts=verdicts.get(round_id, {}))
        for round_id, *counts in rows
    }
    return {round_id: found.get(round_id, Progress()) for round_id in round_ids}


def with_tasks(session: Session, rows: Sequence[tuple[SampledHazard, Hazard]]) -> list[Inspection]:
    """Drawn hazards with their open tasks, in the order given."""
    numbers = [sampled.number for sampled, _ in rows]
    open_tasks = select(UserTask).where(UserTask.business_key.in_(numbers), *IS_OPEN_INSPECTION)
    tasks = {task.business_key: task for task in session.scalars(open_tasks.order_by(UserTask.id))}
    return [
        Inspection(sampled, hazard, tasks.get(sampled.number) if sampled.inspected_at is None else None)
        for sampled, hazard in rows
    ]


def hindrances(session: Session, it: SpotCheckRound, *, limit: int) -> Sequence[Inspection]:
    """The first of the drawn hazards that must be inspected before the round can end, by number."""
    waiting = (SampledHazard.round_id == it.id, SampledHazard.inspected_at.is_(None), Hazard.stage != Stage.VOIDED)
    found = select(SampledHazard, Hazard).join(Hazard, Hazard.id == SampledHazard.hazard_id).where(*waiting)
    rows = session.execute(found.order_by(SampledHazard.number).limit(limit)).all()
    return with_tasks(session, rows)


IS_OPEN_INSPECTION = (UserTask.status == TaskStatus.OPEN, UserTask.element_id.in_((EXPERT_TASK, TEAM_TASK)))


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _late(session: Session, round_ids: Sequence[int], now: datetime) -> dict[int, int]:
    rows = session.execute(
        select(SampledHazard.round_id, func.count())
        .join(UserTask, UserTask.business_key == SampledHazard.number)
        .where(SampledHazard.round_id.in_(round_ids), SampledHazard.inspected_at.is_(None))
        .where(*IS_OPEN_INSPECTION, UserTask.due_at < now)
        .group_by(SampledHazard.round_id)
    )
    return dict(rows.all())


def _verdicts(session: Session, round_ids: Sequence[int]) -> dict[int, dict[Verdict, int]]:
    counted = select(SampledHazard.round_id, SampledHazard.verdict, func.count()).where(
        SampledHazard.round_id.in_(round_ids), SampledHazard.verdict.is_not(None)
    )
    found: dict[int, dict[Verdict, int]] = {}
    for round_id, verdict, number in session.execute(counted.group_by(SampledHazard.round_id, SampledHazard.verdict)):
        if verdict is not None:
            found.setdefault(round_id, {})[verdict] = number
    return found
