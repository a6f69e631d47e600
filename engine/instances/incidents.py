"""Incidents: a service task that failed is put on record, tried again a few times, and then waits for a person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import delete, update

from engine.history import HistoryKind
from engine.instances.failures import failure_of
from engine.storage.models import Incident, Job, JobKind

if TYPE_CHECKING:
    from engine.instances.steps import Step

RETRY_AFTER: Final = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""How long after each failure the task is tried again of itself; after the last of these it waits for a person."""


def settle_incidents(step: Step) -> None:
    """Close the incidents that a step got over, and put those that it met or failed to get over on record."""
    resolved = step.before.incidents.keys() - step.after.incidents.keys()
    again = step.retried & step.after.incidents.keys()
    if resolved:
        step.uow.session.execute(
            update(Incident)
            .where(Incident.token.in_(resolved), Incident.resolved_at.is_(None))
            .values(resolved_at=step.uow.now)
        )
    _drop_retries(step, resolved | again)
    for token in again:
        _raise_again(step, token)
    for token in step.after.incidents.keys() - step.before.incidents.keys():
        _raise(step, token)


def _raise(step: Step, token: UUID) -> None:
    task = step.after.incidents[token]
    message, attempts = _failure(step, token)
    element_id = task.task_spec.bpmn_id
    process_id = task.workflow.spec.name
    step.uow.session.add(
        Incident(
            instance_id=step.instance.id,
            token=token,
            process_id=process_id,
            element_id=element_id,
            message=message,
            raised_at=step.uow.now,
        )
    )
    step.note(
        HistoryKind.INCIDENT_RAISED,
        element_id=element_id,
        element_name=task.task_spec.bpmn_name,
        process_id=process_id,
        data={"message": message},
    )
    step.tell("incident.raised", {"element": element_id, "message": message})
    _retry_later(step, token, attempts)


def _raise_again(step: Step, token: UUID) -> None:
    message, attempts = _failure(step, token)
    step.uow.session.execute(
        update(Incident)
        .where(Incident.token == token, Incident.resolved_at.is_(None))
        .values(message=message, attempts=attempts)
    )
    _retry_later(step, token, attempts)


def _failure(step: Step, token: UUID) -> tuple[str, int]:
    failure = failure_of(step.after.incidents[token])
    return (failure.message, failure.attempts) if failure else ("", 1)


def _retry_later(step: Step, token: UUID, attempts: int) -> None:
    if attempts > len(RETRY_AFTER):
        return
    due_at = step.uow.now + RETRY_AFTER[attempts - 1]
    step.uow.session.add(Job(instance_id=step.instance.id, kind=JobKind.RETRY, token=token, due_at=due_at))


def _drop_retries(step: Step, tokens: Collection[UUID]) -> None:
    if tokens:
        step.uow.session.execute(delete(Job).where(Job.kind == JobKind.RETRY, Job.token.in_(tokens)))
