"""Does one claimed job in the transaction of its instance."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.task import Task
from sqlalchemy import Row, bindparam, delete

from engine.definitions.timers import JobTimer
from engine.errors import NotFound
from engine.history import HistoryKind
from engine.instances.delivering import receive
from engine.instances.repair import retry_token
from engine.instances.steps import Step, close_step, lock, step_of
from engine.instances.waiting import AwaitedTimer
from engine.jobs.claiming import ClaimedJob
from engine.runtime import UnitOfWork
from engine.storage.base import table_of
from engine.storage.models import InstanceStatus, Job, JobKind, SubscriptionKind

SCHEDULER = "scheduler"
_JOB = table_of(Job)
_TAKEN = (
    delete(_JOB)
    .where(_JOB.c.id == bindparam("job_id"), _JOB.c.claimed_by == bindparam("node"), _JOB.c.paused.is_(False))
    .returning(_JOB.c.kind, _JOB.c.token, _JOB.c.element_id, _JOB.c.due_at, _JOB.c.payload)
)


def fire(uow: UnitOfWork, claimed: ClaimedJob, node: str) -> None:
    """Do a job that this node claimed; nothing happens when it is gone or was claimed by another since."""
    instance = lock(uow, claimed.instance_id)  # before the job, as all who change an instance do: no deadlock
    job = uow.session.connection().execute(_TAKEN, {"job_id": claimed.id, "node": node}).one_or_none()
    if job is None or instance.status is not InstanceStatus.RUNNING:
        return
    step = step_of(uow, instance, actor=SCHEDULER)
    step.engine.is_job = True
    match job.kind:
        case JobKind.TIMER:
            _fire_timer(step, job)
        case JobKind.EVENT:
            receive(step, SubscriptionKind(job.payload["kind"]), job.payload["name"], job.payload["payload"])
        case JobKind.RETRY:
            if job.token is not None and job.token in step.before.incidents:
                retry_token(step, job.token)
        case _:
            raise ValueError(f"there is no job of kind {job.kind!r}")
    close_step(step)


def _fire_timer(step: Step, job: Row[*tuple[Any, ...]]) -> None:
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
    step.before.timers = {timer for timer in step.before.timers if not _is_of(timer, job)}
    step.note(
        HistoryKind.TIMER_FIRED,
        element_id=task.task_spec.bpmn_id,
        element_name=task.task_spec.bpmn_name,
        process_id=task.workflow.spec.name,
        data={"due_at": job.due_at.isoformat()},
    )
    task.task_spec._update(task)
    step.run()


def _is_of(timer: AwaitedTimer, job: Row[*tuple[Any, ...]]) -> bool:
    """Whether a timer was this job, whose row is gone."""
    return timer.token == job.token and timer.key == job.element_id


def _timer(task: Task, key: str) -> JobTimer | None:
    definition: Any = getattr(task.task_spec, "event_definition", None)
    parts = definition.event_definitions if isinstance(definition, MultipleEventDefinition) else [definition]
    return next((part for part in parts if isinstance(part, JobTimer) and part.key == key), None)
