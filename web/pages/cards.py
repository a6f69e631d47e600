"""What a task shows of its hazard, wherever it is listed: read for many tasks with one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from web.places import place_in_words
from web.times import Due, left_until
from web.wiring import settings
from workflows.hazards.models import Hazard
from workflows.hazards.words import Origin, Severity


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
    origin: Origin | None = None
    is_listed: bool = False


def cards(uow: UnitOfWork, tasks: Sequence[UserTask]) -> list[Card]:
    """A card for each task, in the same order."""
    wanted = select(Hazard).where(Hazard.number.in_({task.business_key for task in tasks}))
    known = {hazard.number: hazard for hazard in uow.session.scalars(wanted)}
    return [_card(uow, task, known.get(task.business_key)) for task in tasks]


def _card(uow: UnitOfWork, task: UserTask, hazard: Hazard | None) -> Card:
    due = left_until(task.due_at, uow.now, settings().calendar)
    if hazard is None:
        return Card(task, due, task.business_key, task.name)
    return Card(
        task,
        due,
        hazard.number,
        hazard.title,
        hazard.unit_name,
        place_in_words(hazard.region_code),
        hazard.severity,
        hazard.origin,
        hazard.listed,
    )
