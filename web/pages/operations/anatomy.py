"""One instance from within, laid out for its page: diagrams with its tokens, tasks, timers, failures, story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engine.history import HistoryKind
from engine.operating.positions import Inside, Position, look_inside
from engine.runtime import UnitOfWork
from engine.storage.models import HistoryEvent, Incident, Instance, Job, JobKind, Subscription, UserTask
from web.diagrams import Diagram
from web.pages.names import names_of
from web.pages.operations.drawings import drawings, scopes_of
from web.pages.path import Picture, pictures
from web.pages.timeline import Happening, Teller

MOST_EVENTS, MOST_TASKS = 200, 50
WALKED = (HistoryKind.ELEMENT_COMPLETED, HistoryKind.PROCESS_ENTERED, HistoryKind.PROCESS_LEFT)


@dataclass(frozen=True)
class Tab:
    """One diagram of the instance; `tokens` stand on it, in the process itself or in its subprocesses (`scopes`)."""

    process_id: str
    name: str
    scopes: frozenset[str]
    tokens: int


@dataclass(frozen=True)
class Failure:
    """A failed step, and when it is tried again of itself (None: it waits for a person)."""

    incident: Incident
    name: str
    next_try: datetime | None


@dataclass(frozen=True)
class Timer:
    """A time limit that runs; a paused one does not come while the instance is suspended."""

    name: str
    due_at: datetime
    is_paused: bool


@dataclass(frozen=True)
class Anatomy:
    """Everything that the page of an instance shows but its variables, which not everyone may see."""

    instance: Instance
    inside: Inside
    names: Mapping[tuple[str, str], str]
    tabs: Sequence[Tab]
    chosen: str
    picture: Picture | None
    tasks: Sequence[UserTask]
    failures: Sequence[Failure]
    timers: Sequence[Timer]
    awaited: Sequence[Subscription]
    story: Sequence[Happening]
    people: Mapping[str, str]

    def name_of(self, process_id: str, element_id: str) -> str:
        """An element's name as it is drawn, or its id."""
        return self.names.get((process_id, element_id)) or element_id

    def process_name(self, process_id: str) -> str:
        """A process's name as it is drawn, or its id."""
        return next((tab.name for tab in self.tabs if process_id in tab.scopes), process_id)

    @property
    def marks(self) -> list[dict[str, Any]]:
        """What the viewer marks on the chosen diagram."""
        if self.picture is None:
            return []
        progress = self.picture.progress
        return [
            {"id": node.id, "done": mark.done, "current": mark.current, "words": node.name}
            for node in self.picture.diagram.nodes
            if node.id in progress.marks
            for mark in (progress.mark(node.id),)
        ]


def anatomy(uow: UnitOfWork, instance: Instance, chosen: str = "", moving: Position | None = None) -> Anatomy:
    """The instance as it stands now, on the diagram of the token to be moved, or the one that was chosen, or the
    innermost that has a token."""
    inside = look_inside(uow, instance)
    drawn = drawings(uow, instance.definition.deployment_id, instance.process_id)
    if moving is not None or chosen not in drawn:
        chosen = _innermost((moving,) if moving is not None else inside.positions, drawn, instance.process_id)
    names = {(scope, node.id): node.name for each in drawn.values() for scope in scopes_of(each) for node in each.nodes}
    history = _history(uow, instance.id)
    tasks = _tasks(uow, instance.id)
    people = names_of(uow, [*(event.actor for event in history), *_holders(tasks), instance.started_by])
    shown = pictures(uow, instance, _walked(uow, instance.id), [chosen] if chosen in drawn else [])
    return Anatomy(
        instance=instance,
        inside=inside,
        names=names,
        tabs=[_tab(process_id, each, inside.positions) for process_id, each in drawn.items()],
        chosen=chosen,
        picture=shown[0] if shown else None,
        tasks=tasks,
        failures=list(_failures(uow, instance.id, names)),
        timers=list(_timers(uow, instance.id, names)),
        awaited=uow.session.scalars(select(Subscription).where(Subscription.instance_id == instance.id)).all(),
        story=Teller(people, frozenset(), {}).tell(history),
        people=people,
    )


def _innermost(positions: Iterable[Position], drawn: Mapping[str, Diagram], otherwise: str) -> str:
    """The diagram of the token that lies deepest."""
    for position in sorted(positions, key=lambda each: -each.depth):
        for process_id, each in drawn.items():
            if position.process_id in scopes_of(each):
                return process_id
    return otherwise


def _tab(process_id: str, drawn: Diagram, positions: Iterable[Position]) -> Tab:
    scopes = scopes_of(drawn)
    return Tab(process_id, drawn.name, scopes, sum(each.process_id in scopes for each in positions))


def _history(uow: UnitOfWork, instance_id: int) -> list[HistoryEvent]:
    newest = select(HistoryEvent).where(HistoryEvent.instance_id == instance_id).order_by(HistoryEvent.id.desc())
    return list(reversed(uow.session.scalars(newest.limit(MOST_EVENTS)).all()))


def _walked(uow: UnitOfWork, instance_id: int) -> Sequence[HistoryEvent]:
    kinds = [kind.value for kind in WALKED]
    walked = select(HistoryEvent).where(HistoryEvent.instance_id == instance_id, HistoryEvent.kind.in_(kinds))
    return uow.session.scalars(walked.order_by(HistoryEvent.id)).all()


def _tasks(uow: UnitOfWork, instance_id: int) -> Sequence[UserTask]:
    newest = select(UserTask).where(UserTask.instance_id == instance_id).order_by(UserTask.id.desc())
    return uow.session.scalars(newest.limit(MOST_TASKS)).all()


def _holders(tasks: Iterable[UserTask]) -> Iterator[str | None]:
    for task in tasks:
        yield from (task.assignee, task.completed_by)


def _failures(uow: UnitOfWork, instance_id: int, names: Mapping[tuple[str, str], str]) -> Iterator[Failure]:
    unresolved = select(Incident).where(Incident.instance_id == instance_id, Incident.resolved_at.is_(None))
    tries = select(Job.token, func.min(Job.due_at)).where(Job.instance_id == instance_id, Job.kind == JobKind.RETRY)
    next_tries = dict(uow.session.execute(tries.group_by(Job.token)).all())
    for incident in uow.session.scalars(unresolved.order_by(Incident.id)):
        name = names.get((incident.process_id, incident.element_id)) or incident.element_id
        yield Failure(incident, name, next_tries.get(incident.token))


def _timers(uow: UnitOfWork, instance_id: int, names: Mapping[tuple[str, str], str]) -> Iterator[Timer]:
    by_element = {element_id: name for (_, element_id), name in names.items() if name}
    running = select(Job).where(Job.instance_id == instance_id, Job.kind == JobKind.TIMER)
    for job in uow.session.scalars(running.order_by(Job.due_at, Job.id)):
        key = job.element_id or ""
        name = by_element.get(key) or by_element.get(key.rpartition(".")[0]) or key
        yield Timer(name, job.due_at, job.paused)
