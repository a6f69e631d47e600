"""Does one claimed job in the transaction of its instance."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.task import Task
from sqlalchemy import bindparam, delete, select

from engine.definitions.timers import JobTimer
from engine.errors import NotFound
from engine.history import HistoryKind
from engine.instances.delivering import receive
from engine.instances.repair import retry_token
from engine.instances.steps import Step, close_step, lock, step_of
from engine.runtime import UnitOfWork
from engine.storage.base import table_of
from engine.storage.models import InstanceStatus, Job, JobKind, SubscriptionKind

SCHEDULER = "scheduler"
_DONE = delete(table_of(Job)).where(Job.id == bindparam("job_id"))


def fire(uow: UnitOfWork, job_id: int, node: str) -> None:
    """Do a job that this node claimed; nothing happens when it is gone or was claimed by another since."""
    instance_id = uow.session.scalar(select(Job.instance_id).where(Job.id == job_id))
    if instance_id is None:
        return
    instance = lock(uow, instance_id)  # before the job, as everyone who changes an instance does: no deadlock
    job = uow.session.get(Job, job_id)
    if job is None or job.claimed_by != node or job.paused:
        return
    uow.session.connection().execute(_DONE, {"job_id": job_id})
    if instance.status is not InstanceStatus.RUNNING:
        return
    step = step_of(uow, instance, actor=SCHEDULER)
    match job.kind:
        case JobKind.TIMER:
            _fire_timer(step, job)
        case JobKind.EVENT:
            receive(step, SubscriptionKind(job.payload["kind"]), job.payload["name"], job.payload["payload"])
        case JobKind.RETRY:
            if job.token is not None and job.token in step.before.incidents:
                retry_token(step, job.token)
    close_step(step)


def _fire_timer(step: Step, job: Job) -> None:
    if job.token is None or job.element_id is None:
        return
    try:
        task = step.token(job.token)
    except NotFound:
        return
    definition = _timer(task, job.element_id)
    if definition is None or definition.next_due(task) is None:
        return
    definition.fire(task)
    step.note(
        HistoryKind.TIMER_FIRED,
        element_id=task.task_spec.bpmn_id,
        element_name=task.task_spec.bpmn_name,
        process_id=task.workflow.spec.name,
        data={"due_at": job.due_at.isoformat()},
    )
    task.task_spec._update(task)
    step.run()


def _timer(task: Task, key: str) -> JobTimer | None:
    definition: Any = getattr(task.task_spec, "event_definition", None)
    parts = definition.event_definitions if isinstance(definition, MultipleEventDefinition) else [definition]
    return next((part for part in parts if isinstance(part, JobTimer) and part.key == key), None)
