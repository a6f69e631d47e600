"""What an operator does to processes and instances: with a reason, by permission, and on record."""

from __future__ import annotations

from uuid import UUID

from engine import instances
from engine.operating.batches import applicable, begin_batch, stop_batch
from engine.operating.halting import resume_process, suspend_process
from engine.operating.models import Batch, BatchAct
from engine.operating.selecting import Selection, how_many
from engine.runtime import UnitOfWork
from engine.storage.models import Incident, Instance
from workflows.audit import AuditKind, record
from workflows.errors import InvalidRecord
from workflows.operating.permissions import ensure_operates
from workflows.sentences import sentence

LONGEST_REASON = 500


def suspend_definition(uow: UnitOfWork, process_id: str, *, reason: str, by: str, with_instances: bool) -> Batch | None:
    """Let no instance of a process begin; those that run are suspended too, if wanted, as a batch that is returned.

    Raises NotPermitted, InvalidRecord without a reason, NotFound, and WrongState when it is suspended.
    """
    reason = _allowed(uow, by, reason)
    suspend_process(uow, process_id, reason=reason, by=by)
    facts = {"with_instances": with_instances}
    record(uow, AuditKind.PROCESS_SUSPENDED, by=by, object_key=f"process-{process_id}", after=facts, reason=reason)
    return _follow(uow, BatchAct.SUSPEND, process_id, reason, by) if with_instances else None


def resume_definition(uow: UnitOfWork, process_id: str, *, reason: str, by: str, with_instances: bool) -> Batch | None:
    """Let instances begin again; suspended ones are resumed too, if wanted, and their time limits move.

    Raises as `suspend_definition`.
    """
    reason = _allowed(uow, by, reason)
    resume_process(uow, process_id, reason=reason, by=by)
    facts = {"with_instances": with_instances}
    record(uow, AuditKind.PROCESS_RESUMED, by=by, object_key=f"process-{process_id}", after=facts, reason=reason)
    return _follow(uow, BatchAct.RESUME, process_id, reason, by) if with_instances else None


def request_batch(uow: UnitOfWork, act: BatchAct, selection: Selection, *, reason: str, by: str) -> Batch:
    """An act on many instances, to be done in the background.

    Raises NotPermitted, InvalidRecord without a reason, and WrongState when there is nothing to which it applies.
    """
    reason = _allowed(uow, by, reason)
    batch = begin_batch(uow, act, selection, reason=reason, by=by)
    facts = {"act": act.value, "selection": batch.selection, "expected": batch.expected}
    record(uow, AuditKind.BATCH_REQUESTED, by=by, object_key=f"batch-{batch.id}", after=facts, reason=reason)
    return batch


def stop(uow: UnitOfWork, batch_id: int, *, by: str) -> Batch:
    """Leave off a batch. Raises NotPermitted, NotFound, WrongState when it has ended."""
    ensure_operates(uow, by)
    batch = stop_batch(uow, batch_id)
    facts = {"acted": batch.acted, "refused": batch.refused, "expected": batch.expected}
    record(uow, AuditKind.BATCH_STOPPED, by=by, object_key=f"batch-{batch.id}", after=facts)
    return batch


def change_instance(
    uow: UnitOfWork, act: BatchAct, instance_id: int, *, reason: str, by: str,
    expected_version: int | None, idempotency_key: str | None = None,
) -> Instance:  # fmt: skip
    """Cancel, suspend or resume one instance; the engine's history keeps who and why.

    Raises NotPermitted, InvalidRecord without a reason, NotFound, WrongState, ConcurrentChange.
    """
    done = {BatchAct.CANCEL: instances.cancel, BatchAct.SUSPEND: instances.suspend, BatchAct.RESUME: instances.resume}
    reason = _allowed(uow, by, reason)
    return done[act](
        uow, instance_id, reason=reason, by=by, expected_version=expected_version, idempotency_key=idempotency_key
    )


def retry_step(uow: UnitOfWork, incident_id: int, *, reason: str, by: str, expected_version: int | None) -> Incident:
    """Try a failed step again now; the incident afterwards, resolved or not. Raises as `change_instance`."""
    reason = _allowed(uow, by, reason)
    instance = instances.retry(uow, incident_id, by=by, expected_version=expected_version)
    incident = uow.session.get_one(Incident, incident_id, populate_existing=True)
    facts = {"instance": instance.id, "element": incident.element_id, "resolved": incident.resolved_at is not None}
    record(uow, AuditKind.STEP_RETRIED, by=by, object_key=f"instance-{instance.id}", after=facts, reason=reason)
    return incident


def move(
    uow: UnitOfWork, instance_id: int, token: UUID, to_element: str, *, reason: str, by: str,
    expected_version: int | None, idempotency_key: str | None = None,
) -> Instance:  # fmt: skip
    """Put a token before another element of its process; the engine's history keeps who and why.

    Raises as `change_instance`.
    """
    reason = _allowed(uow, by, reason)
    return instances.move_token(
        uow, instance_id, token=token, to_element=to_element, reason=reason, by=by,
        expected_version=expected_version, idempotency_key=idempotency_key,
    )  # fmt: skip


def given(reason: str) -> str:
    """A reason without surrounding space. Raises InvalidRecord when there is none, or too much."""
    stripped = reason.strip()
    if not stripped:
        raise InvalidRecord({"reason": sentence("say why; it is put on record")})
    if len(stripped) > LONGEST_REASON:
        raise InvalidRecord({"reason": sentence("at most %(most)s characters", most=LONGEST_REASON)})
    return stripped


def _allowed(uow: UnitOfWork, by: str, reason: str) -> str:
    ensure_operates(uow, by)
    return given(reason)


def _follow(uow: UnitOfWork, act: BatchAct, process_id: str, reason: str, by: str) -> Batch | None:
    selection = Selection(process_id=process_id)
    wanted = applicable(act, selection)
    if wanted is None or not how_many(uow.session, wanted, most=1):
        return None
    return request_batch(uow, act, selection, reason=reason, by=by)
