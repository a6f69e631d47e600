"""Measures how long tasks take, from offered to done, over a bounded sample of the newest; a duty does so each hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from threading import Event
from typing import Final

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from engine.operating.models import ALL_VERSIONS, ElementPace
from engine.runtime import Runtime, UnitOfWork
from engine.scheduler import Duty
from engine.storage.models import Instance, ProcessDefinition, TaskStatus, UserTask

MOST_READ: Final = 2_000
"""So many of the newest completions of an element are looked at, of all versions together."""

MOST_SAMPLED: Final = 500
"""So many of them count for one version, and for all versions."""

Elapsed = Callable[[datetime, datetime], timedelta]
"""How much working time lies between two moments; what that is, the domain says."""

Sample = tuple[str, int]
"""A process and a version of it."""


def pacing(runtime: Runtime, elapsed: Elapsed, *, every: timedelta = timedelta(hours=1)) -> Duty:
    """A duty that measures all elements anew."""

    def run(_stopping: Event) -> None:
        with runtime.unit_of_work() as uow:
            measure_paces(uow, elapsed)

    return Duty("measure-paces", every, run)


def paces_of(session: Session, root_id: str, version: int = ALL_VERSIONS) -> Mapping[tuple[str, str], ElementPace]:
    """The paces of a process and those that it calls, by process and element."""
    wanted = select(ElementPace).where(ElementPace.root_id == root_id, ElementPace.version == version)
    return {(pace.process_id, pace.element_id): pace for pace in session.scalars(wanted)}


def measure_paces(uow: UnitOfWork, elapsed: Elapsed) -> int:
    """Put the paces of the newest completions in the place of those measured before; how many there are."""
    session = uow.session
    measured = [
        ElementPace(
            root_id=root_id,
            version=version,
            process_id=process_id,
            element_id=element_id,
            sample=len(seconds),
            median=percentile(seconds, 50),
            ninth=percentile(seconds, 90),
            measured_at=uow.now,
        )
        for process_id, element_id in _elements(session)
        for (root_id, version), seconds in _samples(session, process_id, element_id, elapsed).items()
    ]
    session.execute(delete(ElementPace))
    session.add_all(measured)
    session.flush()
    return len(measured)


def percentile(values: Sequence[int], percent: int) -> int:
    """The smallest of the values that so many percent of them do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(-(-len(ordered) * percent // 100) - 1, 0)]


def _elements(session: Session) -> Iterator[tuple[str, str]]:
    """Each element that ever had a task, from entry to entry of the index and not over all tasks."""
    process_id, element_id = "", ""
    while True:
        further = or_(
            UserTask.process_id > process_id,
            (UserTask.process_id == process_id) & (UserTask.element_id > element_id),
        )
        wanted = select(UserTask.process_id, UserTask.element_id).where(UserTask.process_id >= process_id, further)
        found = session.execute(wanted.order_by(UserTask.process_id, UserTask.element_id).limit(1)).first()
        if found is None:
            return
        process_id, element_id = found
        yield process_id, element_id


def _samples(session: Session, process_id: str, element_id: str, elapsed: Elapsed) -> Mapping[Sample, list[int]]:
    newest = (
        select(Instance.process_id, ProcessDefinition.version, UserTask.created_at, UserTask.completed_at)
        .join(Instance, Instance.id == UserTask.instance_id)
        .join(ProcessDefinition, ProcessDefinition.id == Instance.definition_id)
        .where(
            UserTask.process_id == process_id,
            UserTask.element_id == element_id,
            UserTask.status == TaskStatus.COMPLETED,
        )
        .order_by(UserTask.id.desc())
        .limit(MOST_READ)
    )
    samples: dict[Sample, list[int]] = defaultdict(list)
    for root_id, version, offered, done in session.execute(newest):
        taken = int(elapsed(offered, done or offered).total_seconds())
        for sample in (samples[root_id, version], samples[root_id, ALL_VERSIONS]):
            if len(sample) < MOST_SAMPLED:
                sample.append(taken)
    return samples
