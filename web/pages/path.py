"""An instance's path drawn on its diagrams: what was done how often, and where the work stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask_babel import gettext, ngettext
from markupsafe import Markup
from sqlalchemy import select, union_all

from engine.errors import NotFound
from engine.history import HistoryKind
from engine.runtime import UnitOfWork
from engine.storage.models import (
    HistoryEvent,
    Incident,
    Instance,
    ProcessDefinition,
    Resource,
    Subscription,
    TaskStatus,
    UserTask,
)
from web.diagrams import Diagram, Mark, Progress, draw, progress_on, read_diagram
from web.diagrams.model import Node, NodeKind
from web.diagrams.read import NotDrawable


@dataclass(frozen=True)
class Walked:
    """One event of the history, as far as the path asks for it."""

    kind: str
    process_id: str | None
    element_id: str | None


Step = HistoryEvent | Walked
"""An event that was read whole, or only what the path asks of it."""


@dataclass(frozen=True)
class Picture:
    """A diagram with the instance's marks on it; `summary` says in words what the marks do."""

    diagram: Diagram
    progress: Progress
    image: Markup
    summary: str


def pictures(uow: UnitOfWork, instance: Instance, history: Sequence[Step], process_ids: Iterable[str]) -> list[Picture]:
    """The diagrams of these processes, in order and each once, as deployed with the instance; those without a layout,
    which only tests and hand-written files lack, are left out."""
    active = _active_processes(history)
    drawn: list[Picture] = []
    for process_id in dict.fromkeys(process_ids):
        try:
            diagram = diagram_of(uow, instance.definition.deployment_id, process_id)
        except NotDrawable:
            continue
        waiting = _waiting_elements(uow, instance.id, process_id)
        here = [node.id for node in diagram.nodes if node.id in waiting or node.called in active]
        progress = progress_on(diagram, list(_completed_elements(history, process_id)), here)
        summary = _summary(diagram, progress)
        image = draw(diagram, progress, summary=summary, describe=mark_in_words)
        drawn.append(Picture(diagram, progress, image, summary))
    return drawn


def diagram_of(uow: UnitOfWork, deployment_id: int, process_id: str) -> Diagram:
    """A process's diagram as it was deployed; read once per process of ours, because a deployment never changes.

    Raises NotDrawable, and NotFound for a process that is not in the deployment.
    """
    return _read(source_of(uow, deployment_id, process_id), process_id)


def source_of(uow: UnitOfWork, deployment_id: int, process_id: str) -> bytes:
    """The BPMN file of a process, byte for byte as it was deployed. Raises NotFound."""
    content = uow.session.scalar(
        select(Resource.content)
        .join(
            ProcessDefinition,
            (ProcessDefinition.deployment_id == Resource.deployment_id)
            & (ProcessDefinition.resource_name == Resource.name),
        )
        .where(ProcessDefinition.deployment_id == deployment_id, ProcessDefinition.process_id == process_id)
    )
    if content is None:
        raise NotFound("process definition", process_id)
    return content


@lru_cache(maxsize=256)
def _read(content: bytes, process_id: str) -> Diagram:
    return read_diagram(content, process_id)


def _completed_elements(history: Iterable[Step], process_id: str) -> Iterator[str]:
    for event in history:
        if event.kind == HistoryKind.ELEMENT_COMPLETED and event.process_id == process_id and event.element_id:
            yield event.element_id


def _waiting_elements(uow: UnitOfWork, instance_id: int, process_id: str) -> frozenset[str]:
    open_tasks = select(UserTask.element_id).where(
        UserTask.instance_id == instance_id, UserTask.process_id == process_id, UserTask.status == TaskStatus.OPEN
    )
    events = select(Subscription.element_id).where(Subscription.instance_id == instance_id)
    failed = select(Incident.element_id).where(Incident.instance_id == instance_id, Incident.resolved_at.is_(None))
    return frozenset(uow.session.scalars(union_all(open_tasks, events, failed)))


def _active_processes(history: Iterable[Step]) -> frozenset[str]:
    depth: Counter[str] = Counter()
    for event in history:
        if event.process_id and event.kind == HistoryKind.PROCESS_ENTERED:
            depth[event.process_id] += 1
        elif event.process_id and event.kind == HistoryKind.PROCESS_LEFT:
            depth[event.process_id] -= 1
    return frozenset(process_id for process_id, entered in depth.items() if entered > 0)


def mark_in_words(node: Node, mark: Mark) -> str:
    """A node's name, whether the work stands there, and how often it was done."""
    parts = [node.name]
    if mark.current:
        parts.append(gettext("now here"))
    if mark.done:
        parts.append(ngettext("done once", "done %(num)s times", mark.done))
    if mark.again:
        parts.append(ngettext("%(num)s time over again", "%(num)s times over again", mark.again))
    return " · ".join(part for part in parts if part)


def _summary(diagram: Diagram, progress: Progress) -> str:
    activities = [node for node in diagram.nodes if node.kind in (NodeKind.TASK, NodeKind.CALL_ACTIVITY)]
    here = [node.name for node in diagram.nodes if progress.mark(node.id).current]
    done = [node.name for node in activities if progress.mark(node.id).done and node.name not in here]
    comma = gettext(", ")
    return gettext(
        "Done: %(done)s. Now: %(here)s.",
        done=comma.join(done) or gettext("nothing yet"),
        here=comma.join(here) or gettext("nowhere, it has ended"),
    )
