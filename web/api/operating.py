"""Operating processes for programs: suspend a process, act on one instance or on many, watch a batch."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, url_for

from engine.operating.batches import batch_of
from engine.operating.halting import is_suspended
from engine.operating.models import Batch, BatchAct
from engine.operating.selecting import Selection
from engine.runtime import UnitOfWork
from web.api import definitions, instances
from web.api.authentication import actor, needs
from web.api.operating_schemas import (
    BatchRequestSchema,
    BatchSchema,
    ReasonSchema,
    SuspensionRequestSchema,
    SuspensionSchema,
)
from web.api.schemas import InstanceSchema
from web.api.subject import ETAG, IDEMPOTENCY_KEY, IF_MATCH, LOCATION, based_on, idempotency_key, new_subject, versioned
from web.wiring import runtime
from workflows.operating.acting import change_instance, request_batch, resume_definition, stop, suspend_definition
from workflows.operating.permissions import ensure_watches
from workflows.organisations.api_tokens import TokenScope

subject = new_subject("batches", "Acts on many instances at once")
SHAPE = BatchSchema()
INSTANCE = InstanceSchema()


@subject.post("")
@needs(TokenScope.INSTANCES_WRITE)
@subject.arguments(BatchRequestSchema)
@subject.response(202, BatchSchema, headers=LOCATION)
def begin(asked: dict[str, Any]) -> Response:
    """Ask for an act on every instance that is selected and to which it applies; it is done in the background."""
    with runtime().unit_of_work() as uow:
        selection = Selection(**asked["selection"])
        batch = request_batch(uow, asked["act"], selection, reason=asked["reason"], by=actor(uow).user)
        return _begun(batch)


@subject.get("/<int:batch_id>")
@needs(TokenScope.INSTANCES_READ)
@subject.response(200, BatchSchema)
def read(batch_id: int) -> Response:
    """How far a batch has come."""
    with runtime().reading() as uow:
        ensure_watches(uow, actor(uow).user)
        return jsonify(SHAPE.dump(batch_of(uow.session, batch_id)))


@subject.post("/<int:batch_id>/stop")
@needs(TokenScope.INSTANCES_WRITE)
@subject.response(200, BatchSchema)
def leave_off(batch_id: int) -> Response:
    """Leave a batch off; what is done stays done."""
    with runtime().unit_of_work() as uow:
        return jsonify(SHAPE.dump(stop(uow, batch_id, by=actor(uow).user)))


@definitions.subject.put("/<process_id>/suspension")
@needs(TokenScope.DEFINITIONS_WRITE)
@definitions.subject.arguments(SuspensionRequestSchema)
@definitions.subject.response(200, SuspensionSchema)
def suspend_process(asked: dict[str, Any], process_id: str) -> Response:
    """Let no new instance of a process begin, or let them begin again; with its instances if wanted, as a batch."""
    change = suspend_definition if asked["suspended"] else resume_definition
    with runtime().unit_of_work() as uow:
        by, whole = actor(uow).user, asked["with_instances"]
        batch = change(uow, process_id, reason=asked["reason"], by=by, with_instances=whole)
        return jsonify(_suspension(uow, process_id, batch))


@instances.subject.post("/<int:instance_id>/suspend")
@needs(TokenScope.INSTANCES_WRITE)
@instances.subject.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
@instances.subject.arguments(ReasonSchema)
@instances.subject.response(200, InstanceSchema, headers=ETAG)
def suspend(asked: dict[str, str], instance_id: int) -> Response:
    """Halt an instance: nobody can work on it and no time counts."""
    return _change(BatchAct.SUSPEND, instance_id, asked["reason"])


@instances.subject.post("/<int:instance_id>/resume")
@needs(TokenScope.INSTANCES_WRITE)
@instances.subject.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
@instances.subject.arguments(ReasonSchema)
@instances.subject.response(200, InstanceSchema, headers=ETAG)
def resume(asked: dict[str, str], instance_id: int) -> Response:
    """Let a suspended instance go on; its time limits move by the time it stood still."""
    return _change(BatchAct.RESUME, instance_id, asked["reason"])


@instances.subject.post("/<int:instance_id>/cancel")
@needs(TokenScope.INSTANCES_WRITE)
@instances.subject.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
@instances.subject.arguments(ReasonSchema)
@instances.subject.response(200, InstanceSchema, headers=ETAG)
def cancel(asked: dict[str, str], instance_id: int) -> Response:
    """End an instance for good, with all its tasks and timers."""
    return _change(BatchAct.CANCEL, instance_id, asked["reason"])


def _change(act: BatchAct, instance_id: int, reason: str) -> Response:
    version = based_on()
    with runtime().unit_of_work() as uow:
        changed = change_instance(
            uow, act, instance_id, reason=reason, by=actor(uow).user,
            expected_version=version, idempotency_key=idempotency_key(),
        )  # fmt: skip
        uow.session.flush()
        return versioned(INSTANCE, changed, changed.version)


def _begun(batch: Batch) -> Response:
    response = jsonify(SHAPE.dump(batch))
    response.status_code = 202
    response.headers["Location"] = url_for("api-batches.read", batch_id=batch.id)
    return response


def _suspension(uow: UnitOfWork, process_id: str, batch: Batch | None) -> dict[str, Any]:
    halted = is_suspended(uow, process_id)
    return {"process_id": process_id, "suspended": halted, "batch": SHAPE.dump(batch) if batch is not None else None}
