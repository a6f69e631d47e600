"""What a task shows of its hazard, wherever it is listed: read for many tasks with one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from web.times import Due, left_until
from web.wiring import settings
from workflows.geography.regions import Region
from workflows.hazards.models import Hazard, Origin, Severity
from workflows.organisations.models import Organisation


@dataclass(frozen=True)
class Card:
    """One task with the facts by which people recognise its hazard; a task without a hazard is called by its name."""

    task: UserTask
    due: Due
    number: str
    title: str
    unit: str = ""
    region: str = ""
    severity: Severity | None = None
    carried_over: bool = False


def cards(uow: UnitOfWork, tasks: Sequence[UserTask]) -> list[Card]:
    """A card for each task, in the same order."""
    known = {
        hazard.number: (hazard, unit, region)
        for hazard, unit, region in uow.session.execute(
            select(Hazard, Organisation.name, Region.name)
            .join(Organisation, Organisation.id == Hazard.unit_id, isouter=True)
            .join(Region, Region.code == Hazard.region_code, isouter=True)
            .where(Hazard.number.in_({task.business_key for task in tasks}))
        )
    }
    return [_card(uow, task, *known.get(task.business_key, (None, "", ""))) for task in tasks]


def _card(uow: UnitOfWork, task: UserTask, hazard: Hazard | None, unit: str | None, region: str | None) -> Card:
    due = left_until(task.due_at, uow.now, settings().calendar)
    if hazard is None:
        return Card(task, due, task.business_key, task.name)
    return Card(
        task,
        due,
        hazard.number,
        hazard.title,
        unit or "",
        region or "",
        hazard.severity,
        hazard.origin is Origin.CARRIED_OVER,
    )
