"""Counts how many instances stand where, over all that are open; a duty does so now and then and writes it down.

A small installation is counted anew for every look. A large one is not: its counts are those of the last time, and
carry their moment. Which of both it is follows from how many rows were counted then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Final

from sqlalchemy import Integer, case, cast, delete, distinct, func, select
from sqlalchemy.orm import Session

from engine.operating.models import Count, DefinitionLoad, ElementLoad
from engine.runtime import Runtime, UnitOfWork
from engine.scheduler import Duty
from engine.storage.models import Incident, Instance, InstanceStatus, Subscription, TaskStatus, UserTask

COUNTED_AT_EACH_LOOK: Final = 20_000
"""Up to so many instances and open tasks are counted whenever somebody looks; it takes a few hundredths of a second."""

THE_ONE: Final = 1

Place = tuple[int, str, str]
"""A version, a process and an element of it."""


@dataclass(frozen=True)
class Loads:
    """The counts of one moment, by version and by place."""

    counted_at: datetime
    definitions: Mapping[int, DefinitionLoad]
    elements: Mapping[Place, ElementLoad]
    rows: int = 0

    def of(self, definition_id: int) -> Iterator[ElementLoad]:
        """The places of one version."""
        return (load for load in self.elements.values() if load.definition_id == definition_id)


def loads(uow: UnitOfWork) -> Loads:
    """How many stand where: now, or in a large installation when they were counted last."""
    last = uow.session.get(Count, THE_ONE)
    if last is None or last.rows <= COUNTED_AT_EACH_LOOK:
        return count(uow)
    definitions = {row.definition_id: row for row in uow.session.scalars(select(DefinitionLoad))}
    elements = {(row.definition_id, row.process_id, row.element_id): row for row in uow.session.scalars(_ELEMENTS)}
    return Loads(last.counted_at, definitions, elements, last.rows)


_ELEMENTS = select(ElementLoad)


def counting(runtime: Runtime, *, every: timedelta = timedelta(minutes=2)) -> Duty:
    """A duty that counts and writes it down."""

    def run(_stopping: Event) -> None:
        with runtime.unit_of_work() as uow:
            write_counts(uow)

    return Duty("count-loads", every, run)


def write_counts(uow: UnitOfWork) -> Loads:
    """Count, and put the counts in the place of the last ones. Of two nodes the later writes over the earlier."""
    counted = count(uow)
    session = uow.session
    session.merge(Count(id=THE_ONE, counted_at=counted.counted_at, rows=counted.rows))
    session.flush()
    session.execute(delete(ElementLoad))
    session.execute(delete(DefinitionLoad))
    session.add_all([*counted.definitions.values(), *counted.elements.values()])
    session.flush()
    return counted


def count(uow: UnitOfWork) -> Loads:
    """Count everything now: each question is answered from an index of its own."""
    tally = _Tally()
    _instances(uow.session, tally)
    _tasks(uow.session, uow.now, tally)
    _events(uow.session, tally)
    _failures(uow.session, tally)
    return Loads(uow.now, tally.definitions, tally.elements, tally.rows)


@dataclass
class _Tally:
    definitions: dict[int, DefinitionLoad] = field(default_factory=dict[int, DefinitionLoad])
    elements: dict[Place, ElementLoad] = field(default_factory=dict[Place, ElementLoad])
    rows: int = 0

    def definition(self, definition_id: int) -> DefinitionLoad:
        fresh = DefinitionLoad(
            definition_id=definition_id, running=0, suspended=0, completed=0, cancelled=0, failed=0, since=None
        )
        return self.definitions.setdefault(definition_id, fresh)

    def element(self, place: Place) -> ElementLoad:
        definition_id, process_id, element_id = place
        fresh = ElementLoad(
            definition_id=definition_id,
            process_id=process_id,
            element_id=element_id,
            open=0,
            overdue=0,
            waiting=0,
            failed=0,
        )
        return self.elements.setdefault(place, fresh)


def _instances(session: Session, tally: _Tally) -> None:
    by_state = select(Instance.definition_id, Instance.status, func.count(), func.min(Instance.id)).group_by(
        Instance.definition_id, Instance.status
    )
    oldest: dict[int, int] = {}
    for definition_id, status, number, first in session.execute(by_state):
        setattr(tally.definition(definition_id), status.value, number)
        tally.rows += number
        if status in (InstanceStatus.RUNNING, InstanceStatus.SUSPENDED):
            oldest[definition_id] = min(first, oldest.get(definition_id, first))
    begun = select(Instance.definition_id, Instance.started_at).where(Instance.id.in_(oldest.values()))
    for definition_id, started_at in session.execute(begun):
        tally.definition(definition_id).since = started_at


def _tasks(session: Session, now: datetime, tally: _Tally) -> None:
    """A suspended instance is never overdue: no time counts while it stands still."""
    place = (Instance.definition_id, UserTask.process_id, UserTask.element_id)
    is_late = (UserTask.due_at < now) & (Instance.status == InstanceStatus.RUNNING)
    late = func.coalesce(func.sum(case((is_late, 1), else_=0)), 0)
    open_tasks = (
        select(*place, func.count(), cast(late, Integer))
        .join(Instance, Instance.id == UserTask.instance_id)
        .where(UserTask.status == TaskStatus.OPEN)
        .group_by(*place)
    )
    for definition_id, process_id, element_id, number, overdue in session.execute(open_tasks):
        load = tally.element((definition_id, process_id, element_id))
        load.open, load.overdue = number, overdue
        tally.rows += number


def _events(session: Session, tally: _Tally) -> None:
    place = (Instance.definition_id, Subscription.process_id, Subscription.element_id)
    waiting = select(*place, func.count(distinct(Subscription.instance_id))).join(
        Instance, Instance.id == Subscription.instance_id
    )
    for definition_id, process_id, element_id, number in session.execute(waiting.group_by(*place)):
        tally.element((definition_id, process_id, element_id)).waiting = number
        tally.rows += number


def _failures(session: Session, tally: _Tally) -> None:
    failed = func.count(distinct(Incident.instance_id))
    joined = select(Instance.definition_id).join(Incident, Incident.instance_id == Instance.id)
    unresolved = joined.where(Incident.resolved_at.is_(None))
    for definition_id, number in session.execute(unresolved.add_columns(failed).group_by(Instance.definition_id)):
        tally.definition(definition_id).failed = number
    place = (Instance.definition_id, Incident.process_id, Incident.element_id)
    for definition_id, process_id, element_id, number in session.execute(
        unresolved.add_columns(Incident.process_id, Incident.element_id, failed).group_by(*place)
    ):
        tally.element((definition_id, process_id, element_id)).failed = number
