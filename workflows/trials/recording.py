"""Reads from the real database what people decided on finished hazards, so that it can be done once more elsewhere.

A completed task keeps its answers whole, so nothing has to be guessed. What people decided outside of tasks, the draw
of the spot-check and requests for more time, is read from its own records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.definitions.files import Files
from engine.history import HistoryKind
from engine.storage.models import HistoryEvent, Instance, InstanceStatus, Resource, UserTask
from workflows.calendar import WorkingCalendar
from workflows.extension_request.models import ExtensionRequest
from workflows.extension_request.requesting import PROCESS as EXTENSION_REQUEST
from workflows.hazards.models import Hazard
from workflows.hazards.register import PROCESS
from workflows.hazards.words import Origin
from workflows.similar_check.spreading import PROCESS as SIMILAR_CHECK
from workflows.trials.acting import NOT_SAMPLED
from workflows.trials.scene import SAMPLED
from workflows.trials.script import ANYBODY, Act, AskForMoreTime, Beginning, Complete, Draw

DRAWS: Final = frozenset({SAMPLED, NOT_SAMPLED})
DECISIVE: Final = (HistoryKind.TASK_COMPLETED, HistoryKind.EVENT_RECEIVED, HistoryKind.INSTANCE_STARTED)
MOST_DEEDS: Final = 400


@dataclass(frozen=True)
class Deed:
    """Something that a person did at a moment; `is_beside` when in another process than the hazard's main one."""

    at: datetime
    act: Act
    name: str
    is_beside: bool = False


@dataclass(frozen=True)
class Recording:
    """What was done with a hazard from its registration on, and the deployment on which it ran."""

    hazard_id: int
    deployment_id: int
    begins_at: datetime
    campaign_days: tuple[date, date]
    begin: Beginning
    deeds: tuple[Deed, ...]


def finished_hazards(session: Session, most: int) -> list[int]:
    """The hazards whose process came to its end, the last begun first."""
    found = (
        select(Hazard.id)
        .join(Instance, Instance.id == Hazard.instance_id)
        .where(Instance.process_id == PROCESS, Instance.status == InstanceStatus.COMPLETED)
        .order_by(Instance.id.desc())
        .limit(most)
    )
    return list(session.scalars(found))


def recording_of(session: Session, hazard_id: int, calendar: WorkingCalendar) -> Recording:
    """What was decided on a hazard until its process ended.

    It is played in the demo's county, whatever its own is: no rule of ours asks for the region.
    """
    hazard = session.get_one(Hazard, hazard_id)
    instance = session.get_one(Instance, hazard.instance_id)
    until = instance.ended_at
    within = [deed for deed in _deeds(session, hazard, instance) if until is None or deed.at <= until]
    return Recording(
        hazard_id=hazard.id,
        deployment_id=instance.definition.deployment_id,
        begins_at=hazard.created_at,
        campaign_days=(hazard.campaign.first_day, hazard.campaign.last_day),
        begin=_beginning(hazard, calendar),
        deeds=tuple(within[:MOST_DEEDS]),
    )


def files_of(session: Session, deployment_id: int) -> Files:
    """The files of a deployment."""
    rows = session.execute(select(Resource.name, Resource.content).where(Resource.deployment_id == deployment_id))
    return dict(rows.all())


def _beginning(hazard: Hazard, calendar: WorkingCalendar) -> Beginning:
    return Beginning(
        on=calendar.local_date(hazard.created_at),
        severity=hazard.severity,
        sector=hazard.sector,
        origin=Origin.CARRIED_OVER if hazard.origin is Origin.CARRIED_OVER else Origin.NEW,
        claimed=hazard.claimed_done_on is not None,
    )


def _deeds(session: Session, hazard: Hazard, main: Instance) -> Iterator[Deed]:
    """What was done in all processes of the hazard, in the order of their histories."""
    tasks = {task.id: task for task in session.scalars(select(UserTask).where(UserTask.business_key == hazard.number))}
    requests = iter(_requests(session, hazard))
    found = (
        select(HistoryEvent)
        .join(Instance, Instance.id == HistoryEvent.instance_id)
        .where(Instance.business_key == hazard.number, Instance.process_id != SIMILAR_CHECK)
        .where(HistoryEvent.kind.in_(DECISIVE))
        .order_by(HistoryEvent.id)
    )
    for event in session.scalars(found):
        is_beside = event.instance_id != main.id
        match event.kind:
            case HistoryKind.TASK_COMPLETED if event.data.get("task") in tasks:
                task = tasks[event.data["task"]]
                act = Complete(task.element_id, ANYBODY, dict(task.outcome or {}))
                yield Deed(event.at, act, task.name, is_beside)
            case HistoryKind.EVENT_RECEIVED if event.data.get("name") in DRAWS and not is_beside:
                yield Deed(event.at, Draw(sampled=event.data["name"] == SAMPLED), event.element_name or "")
            case HistoryKind.INSTANCE_STARTED if event.process_id == EXTENSION_REQUEST:
                if (request := next(requests, None)) is not None:
                    yield Deed(event.at, AskForMoreTime(request.until), "", is_beside=True)
            case _:
                continue


def _requests(session: Session, hazard: Hazard) -> Sequence[ExtensionRequest]:
    found = select(ExtensionRequest).where(ExtensionRequest.hazard_id == hazard.id)
    return session.scalars(found.order_by(ExtensionRequest.id)).all()
