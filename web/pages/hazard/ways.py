"""The way of a hazard through its diagrams: one of them at a time, with who did what on it and whom it waits for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from engine.history import HistoryKind
from engine.runtime import UnitOfWork
from engine.storage.models import HistoryEvent, Instance, TaskStatus, UserTask
from web.diagrams import Diagram
from web.diagrams.read import NotDrawable
from web.pages.hazard.holders import holders_of
from web.pages.names import names_of
from web.pages.path import Picture, Walked, diagram_of, mark_in_words, pictures
from workflows.hazards.models import Hazard
from workflows.similar_check.spreading import PROCESS as SIMILAR_CHECK

WALKED = (HistoryKind.ELEMENT_COMPLETED, HistoryKind.PROCESS_ENTERED, HistoryKind.PROCESS_LEFT)
MOST_TASKS = 200
"""How many of a process's tasks are looked at, the newest first: enough for each step's last time."""


@dataclass(frozen=True)
class Tab:
    """One diagram that can be looked at."""

    process_id: str
    name: str


@dataclass(frozen=True)
class Doing:
    """One step that people do: who did it last and when, or whom it waits for; `element_id` is its place."""

    element_id: str
    name: str
    is_open: bool
    who: str
    at: datetime | None
    times: int


@dataclass(frozen=True)
class Way:
    """The diagram that is looked at, and the others."""

    tabs: Sequence[Tab]
    chosen: str
    picture: Picture
    doings: Sequence[Doing]

    @property
    def marks(self) -> Sequence[Mapping[str, Any]]:
        """What the viewer marks: elements with how often they were done, and whether the work stands there."""
        progress = self.picture.progress
        nodes = [node for node in self.picture.diagram.nodes if node.id in progress.marks]
        return [
            {"id": node.id, "done": mark.done, "current": mark.current, "words": mark_in_words(node, mark)}
            for node in nodes
            for mark in (progress.mark(node.id),)
        ]


def way_of(uow: UnitOfWork, hazard: Hazard, chosen: str | None = None) -> Way | None:
    """The hazard's way on the chosen diagram, or on its main one; None when nothing can be drawn."""
    instances = _instances(uow, hazard)
    main = next((each for each in instances if each.id == hazard.instance_id), None)
    if main is None:
        return None
    overview = _overview(uow, main)
    tabs = [*_tabs_of_main(main, overview), *_tabs_beside(instances, main)]
    process_id = chosen if chosen in {tab.process_id for tab in tabs} else main.process_id
    instance = next((each for each in instances if each.process_id == process_id), main)
    drawn = pictures(uow, instance, _walked(uow, instance.id), [process_id])
    if not drawn:
        return None
    return Way(tabs, process_id, drawn[0], _doings(uow, instance, process_id))


def deployment_of(uow: UnitOfWork, hazard: Hazard, process_id: str) -> int | None:
    """The deployment in which a hazard's process is drawn; None for a process that is not the hazard's."""
    instances = _instances(uow, hazard)
    beside = next((each for each in instances if each.process_id == process_id), None)
    if beside is not None:
        return beside.definition.deployment_id
    main = next((each for each in instances if each.id == hazard.instance_id), None)
    if main is None or process_id not in {tab.process_id for tab in _tabs_of_main(main, _overview(uow, main))}:
        return None
    return main.definition.deployment_id


def _instances(uow: UnitOfWork, hazard: Hazard) -> Sequence[Instance]:
    """The hazard's own processes, the newest first; what other units were asked because of it is theirs."""
    wanted = (
        select(Instance)
        .where(Instance.business_key == hazard.number, Instance.process_id != SIMILAR_CHECK)
        .options(defer(Instance.state), joinedload(Instance.definition))
        .order_by(Instance.id.desc())
    )
    return uow.session.scalars(wanted).all()


def _overview(uow: UnitOfWork, main: Instance) -> Diagram | None:
    try:
        return diagram_of(uow, main.definition.deployment_id, main.process_id)
    except NotDrawable:
        return None


def _tabs_of_main(main: Instance, overview: Diagram | None) -> Iterator[Tab]:
    yield Tab(main.process_id, gettext("The whole way"))
    for node in overview.nodes if overview is not None else ():
        if node.called is not None:
            yield Tab(node.called, node.name)


def _tabs_beside(instances: Sequence[Instance], main: Instance) -> Iterator[Tab]:
    """One for each kind of process beside the main line, in the order in which they began."""
    beside = {each.process_id: each.definition.name for each in reversed(instances) if each.id != main.id}
    yield from (Tab(process_id, name) for process_id, name in beside.items())


def _walked(uow: UnitOfWork, instance_id: int) -> Sequence[Walked]:
    wanted = (
        select(HistoryEvent.kind, HistoryEvent.process_id, HistoryEvent.element_id)
        .where(HistoryEvent.instance_id == instance_id, HistoryEvent.kind.in_([kind.value for kind in WALKED]))
        .order_by(HistoryEvent.id)
    )
    return [Walked(*row) for row in uow.session.execute(wanted)]


def _doings(uow: UnitOfWork, instance: Instance, process_id: str) -> Sequence[Doing]:
    """The user tasks of a process in the order of their last time; of a whole instance those of all it called, too."""
    wanted = select(UserTask).where(UserTask.instance_id == instance.id, UserTask.status != TaskStatus.CANCELLED)
    if process_id != instance.process_id:
        wanted = wanted.where(UserTask.process_id == process_id)
    wanted = wanted.order_by(UserTask.id.desc()).limit(MOST_TASKS)
    tasks = uow.session.scalars(wanted).all()
    waiting = holders_of(uow, [task for task in tasks if task.status is TaskStatus.OPEN])
    names = names_of(uow, [task.completed_by for task in tasks])
    last = {(task.process_id, task.element_id): task for task in reversed(tasks)}
    done = Counter((task.process_id, task.element_id) for task in tasks if task.status is TaskStatus.COMPLETED)
    return [
        Doing(
            task.element_id,
            task.name,
            is_open=task.status is TaskStatus.OPEN,
            who=waiting.get(task.id) or names.get(task.completed_by or "", ""),
            at=task.completed_at,
            times=done[element],
        )
        for element, task in sorted(last.items(), key=lambda item: item[1].id)
    ]
