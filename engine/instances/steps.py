"""One step of one instance: open it, move its tokens to rest, and write everything that changed in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.definitions.library import specification_of
from engine.errors import ConcurrentChange, NotFound, WrongState
from engine.events import outbox_row
from engine.history import HistoryKind
from engine.instances import throwing
from engine.instances.records import reached_tasks, write_differences
from engine.instances.running import Passage, run_to_rest
from engine.instances.script_engine import SandboxScriptEngine
from engine.instances.state import freeze, freeze_ended, thaw
from engine.instances.user_tasks import Offer
from engine.instances.waiting import Waiting, waiting_of
from engine.runtime import UnitOfWork
from engine.storage.bulk import reserve_ids
from engine.storage.models import Instance, InstanceStatus, UserTask
from engine.storage.rows import insert_row

_LOCKED = (
    select(Instance)
    .where(Instance.id == bindparam("instance_id"))
    .with_for_update(of=Instance)
    .execution_options(populate_existing=True)
)


@dataclass
class Step:
    """An instance under way within one unit of work."""

    uow: UnitOfWork
    instance: Instance
    engine: SandboxScriptEngine
    workflow: BpmnWorkflow
    before: Waiting
    actor: str | None
    after: Waiting = field(default_factory=Waiting)
    offers: list[Offer] = field(default_factory=list[Offer])
    finished: UserTask | None = None
    retried: set[UUID] = field(default_factory=set)
    history: list[dict[str, Any]] = field(default_factory=list)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    ended: bool = False

    def note(
        self,
        kind: HistoryKind,
        *,
        element_id: str | None = None,
        element_name: str | None = None,
        process_id: str | None = None,
        data: dict[str, Any] | None = None,
    ) -> None:
        """Add to the instance's history."""
        self.history.append(
            {
                "instance_id": self.instance.id,
                "at": self.uow.now,
                "kind": kind.value,
                "element_id": element_id,
                "element_name": element_name,
                "process_id": process_id,
                "actor": self.actor,
                "data": data or {},
            }
        )

    def tell(self, type: str, data: dict[str, Any]) -> None:
        """Add to the outbox, in order with everything else of this business key."""
        facts = {"instance": self.instance.id, "business_key": self.instance.business_key, **data}
        self.outbox.append(outbox_row(self.uow, type, self.instance.business_key, facts))

    def token(self, token: UUID) -> Task:
        """A live token of the instance. Raises NotFound."""
        task = self.workflow.get_task_from_id(token) if self._knows(token) else None
        if task is None:
            raise NotFound("token", str(token))
        return task

    def _knows(self, token: UUID) -> bool:
        return token in self.workflow.tasks or any(token in w.tasks for w in self.workflow.subprocesses.values())

    def run(self) -> None:
        """Move every token until people, timers or messages are waited for."""
        run_to_rest(self.workflow, Recorder(self))
        self.ended = self.workflow.completed


def open_step(
    uow: UnitOfWork,
    instance_id: int,
    *,
    actor: str | None,
    expected: InstanceStatus = InstanceStatus.RUNNING,
    expected_version: int | None = None,
) -> Step:
    """Lock an instance and bring it to life.

    Raises NotFound, WrongState when it is not in the expected state, and ConcurrentChange when it has another version.
    """
    instance = lock(uow, instance_id, expected_version=expected_version)
    return step_of(uow, instance, actor=actor, expected=expected)


def lock(uow: UnitOfWork, instance_id: int, *, expected_version: int | None = None) -> Instance:
    """An instance as it stands now, kept from others until the transaction ends.

    Raises NotFound, and ConcurrentChange when it is not of the version that the caller has seen.
    """
    instance = uow.session.scalars(_LOCKED, {"instance_id": instance_id}).one_or_none()
    if instance is None:
        raise NotFound("instance", instance_id)
    if expected_version is not None and instance.version != expected_version:
        raise ConcurrentChange(f"instance {instance_id} was changed by someone else meanwhile; read it again")
    return instance


def step_of(
    uow: UnitOfWork, instance: Instance, *, actor: str | None, expected: InstanceStatus = InstanceStatus.RUNNING
) -> Step:
    """Bring an instance that this transaction has locked to life. Raises WrongState."""
    if instance.status is not expected:
        raise WrongState("instance", instance.id, expected=expected.value, actual=instance.status.value)
    specification = specification_of(uow.session, instance)
    engine = SandboxScriptEngine(uow, instance, specification)
    workflow = thaw(instance.state, instance.process_id, specification, engine)
    return Step(uow, instance, engine, workflow, waiting_of(workflow), actor)


def close_step(step: Step) -> None:
    """Store the instance at rest, with every row that changed."""
    close_steps([step])


def close_steps(steps: Sequence[Step]) -> None:
    """Store many instances at rest at once."""
    for step in steps:
        settle(step)
    store(steps)


def store(steps: Sequence[Step]) -> None:
    """Write settled instances with every row that changed."""
    session = steps[0].uow.session
    offers = [(step, offered) for step in steps for offered in step.offers]
    if len(steps) == 1 and steps[0].instance.id:
        _write_one(session, steps[0])
    else:
        _write_many(session, steps)
    for step in steps:
        _name_instance(step)
        throwing.deliver_thrown(step)
    write_differences(steps, offers)
    for step in steps:
        if step.ended:
            for listener in step.uow.runtime.listeners:
                listener.instance_ended(step.uow, step.instance)


def _write_one(session: Session, step: Step) -> None:
    for offered in step.offers:
        insert_row(session, offered.row)


def _write_many(session: Session, steps: Sequence[Step]) -> None:
    _number(session, steps)
    session.add_all(step.instance for step in steps)
    session.add_all(offered.row for step in steps for offered in step.offers)
    session.flush()


def _number(session: Session, steps: Sequence[Step]) -> None:
    """Give fresh instances and their tasks ids beforehand; the database then need not tell them one by one."""
    fresh = [step for step in steps if not step.instance.id]
    for step, number in zip(fresh, reserve_ids(session, Instance, len(fresh)), strict=True):
        step.instance.id = number
    tasks = [offered.row for step in fresh for offered in step.offers]
    for task, number in zip(tasks, reserve_ids(session, UserTask, len(tasks)), strict=True):
        task.id = number
    for step in fresh:
        for offered in step.offers:
            offered.row.instance_id = step.instance.id


def settle(step: Step) -> None:
    """Say what an instance at rest waits for, whom its new tasks are offered to, and what its row holds."""
    if not step.ended:
        step.after = waiting_of(step.workflow)
        step.instance.state = freeze(step.workflow)
        step.offers = list(reached_tasks(step))
        return
    step.after = Waiting()
    step.instance.state = freeze_ended(last_data(step.workflow))
    step.instance.ended_at = step.uow.now
    if step.instance.status is InstanceStatus.RUNNING:
        step.instance.status = InstanceStatus.COMPLETED
        step.note(HistoryKind.INSTANCE_COMPLETED)
        step.tell("instance.completed", {"process": step.instance.process_id})


def last_data(workflow: BpmnWorkflow) -> dict[str, Any]:
    """The data an ended workflow ended with."""
    data = {**workflow.data, **(workflow.last_task.data if workflow.last_task is not None else {})}
    data.pop("data_objects", None)
    return data


def _name_instance(step: Step) -> None:
    """Rows collected before the instance had its number get it now."""
    for row in step.history:
        row["instance_id"] = step.instance.id
    for event in step.outbox:
        event["data"]["instance"] = step.instance.id


@dataclass
class Recorder(Passage):
    """Turns what the driver sees into history and the listeners' calls."""

    step: Step

    def completed(self, task: Task) -> None:
        spec = task.task_spec
        if getattr(spec, "bpmn_id", None):
            self.step.note(
                HistoryKind.ELEMENT_COMPLETED,
                element_id=spec.bpmn_id,
                element_name=spec.bpmn_name,
                process_id=task.workflow.spec.name,
            )

    def entered(self, workflow: Any) -> None:
        step = self.step
        step.note(HistoryKind.PROCESS_ENTERED, process_id=workflow.spec.name)
        for listener in step.uow.runtime.listeners:
            listener.process_entered(step.uow, step.instance, workflow.spec.name, workflow.task_tree.data)

    def left(self, workflow: Any) -> None:
        step = self.step
        step.note(HistoryKind.PROCESS_LEFT, process_id=workflow.spec.name)
        for listener in step.uow.runtime.listeners:
            listener.process_left(step.uow, step.instance, workflow.spec.name, last_data(workflow))
