"""Does one claimed job in the transaction of its instance."""

from __future__ import annotations

from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.task import Task
from sqlalchemy import delete, select

from engine.definitions.timers import JobTimer
from engine.errors import NotFound
from engine.history import HistoryKind
from engine.instances.delivering import receive
from engine.instances.repair import retry_token
from engine.instances.steps import Step, close_step, open_step
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, InstanceStatus, Job, JobKind, SubscriptionKind

SCHEDULER = "scheduler"


def fire(uow: UnitOfWork, job_id: int, node: str) -> None:
    """Do a job that this node claimed; nothing happens when it is gone or was claimed by another since."""
    job = uow.session.scalars(select(Job).where(Job.id == job_id).with_for_update()).one_or_none()
    if job is None or job.claimed_by != node or job.paused:
        return
    status = uow.session.scalar(select(Instance.status).where(Instance.id == job.instance_id))
    uow.session.execute(delete(Job).where(Job.id == job_id))
    if status is not InstanceStatus.RUNNING:
        return
    step = open_step(uow, job.instance_id, actor=SCHEDULER)
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
    step.note(HistoryKind.TIMER_FIRED, element_id=task.task_spec.bpmn_id, element_name=task.task_spec.bpmn_name,
              process_id=task.workflow.spec.name, data={"due_at": job.due_at.isoformat()})
    task.task_spec._update(task)
    step.run()


def _timer(task: Task, key: str) -> JobTimer | None:
    definition = getattr(task.task_spec, "event_definition", None)
    parts = definition.event_definitions if isinstance(definition, MultipleEventDefinition) else [definition]
    return next((part for part in parts if isinstance(part, JobTimer) and part.key == key), None)
