"""What a campaign came to, in lines that must add up: stages, deadlines with their escalations, samples, incidents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Final

from sqlalchemy import Select, func, select

from engine.runtime import UnitOfWork
from engine.storage.models import Incident, Instance, InstanceStatus, UserTask
from workflows.calendar import WorkingCalendar
from workflows.campaigns.models import Campaign
from workflows.escalation.auditing import audit_escalations
from workflows.escalation.auditing.leaves import Leaves
from workflows.escalation.models import Acknowledgement, Escalation, MissedDeadline, Notice
from workflows.hazards.models import Hazard, StageChange
from workflows.hazards.stages import is_return
from workflows.hazards.words import Origin, Stage, Verdict
from workflows.organisations.models import Delegation
from workflows.spot_check.models import SampledHazard
from workflows.timekeeping import Timekeeping

SHOWN: Final = 5
"""How many differences are named; the others are counted."""


@dataclass(frozen=True)
class Line:
    """One line of the summary; `fault` says what does not add up, and is empty when it does."""

    what: str
    count: int
    fault: str = ""


@dataclass(frozen=True)
class Tally:
    """The summary of a campaign."""

    lines: Sequence[Line]

    @property
    def adds_up(self) -> bool:
        return not any(line.fault for line in self.lines)


def tally_of(
    uow: UnitOfWork, timekeeping: Timekeeping, campaign: Campaign, *, registered: int, stuck: int = 0
) -> Tally:
    """Count the campaign anew from its rows, and compare what must be equal.

    `registered` hazards were to be, and `stuck` tasks found nobody who may do them.
    """
    return Tally(
        [
            *_hazards(uow, campaign, registered),
            *_stages(uow, campaign),
            *_ways(uow, campaign),
            *_tasks(uow, stuck),
            *_deadlines(uow, timekeeping),
            *_leaves(uow, timekeeping),
            *_samples(uow),
            *_loose_ends(uow),
        ]
    )


def _hazards(uow: UnitOfWork, campaign: Campaign, registered: int) -> Iterator[Line]:
    of_campaign = select(func.count()).select_from(Hazard).where(Hazard.campaign_id == campaign.id)
    total = _count(uow, of_campaign)
    yield Line("隐患总数", total)
    later = _count(uow, of_campaign.where(Hazard.previous_id.is_not(None)))
    similar = _count(uow, of_campaign.where(Hazard.previous_id.is_(None), Hazard.remark != ""))
    added = total - later - similar
    fault = "" if added == registered else f"{added} rows stand for {registered} registrations"
    yield Line("其中：首次登记", added, fault)
    yield Line("　　　反弹或抽查后重新登记", later)
    yield Line("　　　举一反三登记", similar)


def _stages(uow: UnitOfWork, campaign: Campaign) -> Iterator[Line]:
    """Every hazard is in exactly one stage, and its process is where the stage says."""
    rows = uow.session.execute(
        select(Hazard.stage, func.count()).where(Hazard.campaign_id == campaign.id).group_by(Hazard.stage)
    )
    counts = {row[0]: row[1] for row in rows}
    for stage in Stage:
        yield Line(f"环节：{stage.label}", counts.get(stage, 0))
    ended = (InstanceStatus.COMPLETED, InstanceStatus.CANCELLED)
    stray = select(func.count()).select_from(Hazard).join(Instance, Instance.id == Hazard.instance_id)
    stray = stray.where(Hazard.stage.in_([Stage.CLOSED, Stage.VOIDED]).is_distinct_from(Instance.status.in_(ended)))
    apart = _count(uow, stray)
    yield Line("环节与流程不一致", apart, f"{apart} hazards are not where their process is" if apart else "")


def _ways(uow: UnitOfWork, campaign: Campaign) -> Iterator[Line]:
    rows = uow.session.execute(
        select(StageChange.before, StageChange.after, func.count())
        .where(StageChange.before.is_not(None))
        .group_by(StageChange.before, StageChange.after)
    )
    walked = sum(number for before, after, number in rows if before is not None and is_return(before, after))
    counted = uow.session.scalar(select(func.sum(Hazard.returns)).where(Hazard.campaign_id == campaign.id)) or 0
    fault = "" if walked == counted else f"{walked} ways back on record, {counted} counted on the rows"
    yield Line("退回次数", counted, fault)
    of_campaign = select(func.count()).select_from(Hazard).where(Hazard.campaign_id == campaign.id)
    yield Line("反弹", _count(uow, of_campaign.where(Hazard.origin == Origin.RELAPSED)))
    yield Line("假整改", _count(uow, of_campaign.where(Hazard.verdict == Verdict.FALSE_RECTIFICATION)))
    yield Line("延期次数", uow.session.scalar(select(func.sum(Hazard.extensions))) or 0)


def _tasks(uow: UnitOfWork, stuck: int) -> Iterator[Line]:
    yield Line("办理任务", _count(uow, select(func.count()).select_from(UserTask)))
    yield Line("无人可办的任务", stuck, f"{stuck} tasks had nobody who may do them" if stuck else "")


def _deadlines(uow: UnitOfWork, timekeeping: Timekeeping) -> Iterator[Line]:
    yield Line("超期任务", _count(uow, select(func.count()).select_from(MissedDeadline)))
    on_record = select(func.count()).select_from(Escalation)
    yield Line("提醒与升级", _count(uow, on_record.where(Escalation.stopped_by_id.is_(None))))
    yield Line("知悉并处理", _count(uow, select(func.count()).select_from(Acknowledgement)))
    yield Line("因知悉并处理停止的升级", _count(uow, on_record.where(Escalation.stopped_by_id.is_not(None))))
    yield Line(
        "发出通知", _count(uow, select(func.count()).select_from(Notice).where(Notice.delivered_at.is_not(None)))
    )
    differences = audit_escalations(uow, timekeeping)
    named = [f"{it.fault.value} {it.step.value} of task {it.task_id}" for it in islice(differences, SHOWN)]
    more = sum(1 for _ in differences)
    fault = "; ".join(named) + (f" and {more} more" if more else "")
    yield Line("升级与通知核验不符", len(named) + more, fault)


def _leaves(uow: UnitOfWork, timekeeping: Timekeeping) -> Iterator[Line]:
    """Who was on leave did nothing, and whoever stood in did so while the leave lasted."""
    may_do = partial(_may_do, Leaves.of(uow.session), timekeeping.calendar)
    done = uow.session.execute(_DONE).all()
    wrong = [row.id for row in done if not may_do(row.completed_by, row.on_behalf_of, row.completed_at)]
    yield Line("休假", _count(uow, select(func.count()).select_from(Delegation)))
    yield Line("代办人办理的任务", sum(row.on_behalf_of is not None for row in done))
    fault = f"done by who was on leave, or by no deputy: tasks {wrong[:SHOWN]}" if wrong else ""
    yield Line("休假期间办理不符", len(wrong), fault)


def _may_do(leaves: Leaves, calendar: WorkingCalendar, by: str, absent: str | None, at: datetime) -> bool:
    day = calendar.local_date(at)
    return by in leaves.deputies(absent, at, day) if absent else not leaves.deputies(by, at, day)


_DONE: Final = select(UserTask.id, UserTask.completed_by, UserTask.on_behalf_of, UserTask.completed_at).where(
    UserTask.completed_by.is_not(None)
)
"""The tasks that somebody did; those that were cancelled nobody did."""


def _samples(uow: UnitOfWork) -> Iterator[Line]:
    sampled = select(func.count()).select_from(SampledHazard)
    to_inspect = sampled.join(Hazard, Hazard.id == SampledHazard.hazard_id).where(Hazard.stage != Stage.VOIDED)
    waiting = _count(uow, to_inspect.where(SampledHazard.inspected_at.is_(None)))
    yield Line("抽中隐患", _count(uow, sampled))
    yield Line("抽中未查", waiting, f"{waiting} sampled hazards were not inspected" if waiting else "")


def _loose_ends(uow: UnitOfWork) -> Iterator[Line]:
    open_incidents = _count(uow, select(func.count()).select_from(Incident).where(Incident.resolved_at.is_(None)))
    yield Line("流程故障", open_incidents, f"{open_incidents} incidents are open" if open_incidents else "")


def _count(uow: UnitOfWork, counted: Select[int]) -> int:
    return uow.session.scalar(counted) or 0
