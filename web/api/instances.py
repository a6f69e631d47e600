"""Process instances for programs: where one stands, and how it got there."""

from __future__ import annotations

from flask import Response, jsonify
from sqlalchemy import select

from engine import instances
from engine.errors import NotFound
from engine.runtime import UnitOfWork
from engine.storage.models import Instance
from web.access import ensure_hazard_visible, ensure_instance_visible
from web.api.authentication import actor, needs
from web.api.schemas import InstanceQuery, InstanceSchema, PathStepSchema
from web.api.subject import ETAG, new_subject, versioned
from web.wiring import runtime
from workflows.hazards.facts import hazard_of
from workflows.organisations.api_tokens import TokenScope

subject = new_subject("instances", "Running and ended process instances")
SHAPE = InstanceSchema()
STEP = PathStepSchema()


@subject.get("")
@needs(TokenScope.INSTANCES_READ)
@subject.arguments(InstanceQuery, location="query")
@subject.response(200, InstanceSchema(many=True))
def of_hazard(query: dict[str, str]) -> Response:
    """Every instance of a hazard, the main process and the side processes, the newest first."""
    with runtime().reading() as uow:
        ensure_hazard_visible(uow, hazard_of(uow.session, query["business_key"]), actor(uow))
        wanted = select(Instance).where(Instance.business_key == query["business_key"]).order_by(Instance.id.desc())
        return jsonify(SHAPE.dump(uow.session.scalars(wanted), many=True))


@subject.get("/<int:instance_id>")
@needs(TokenScope.INSTANCES_READ)
@subject.response(200, InstanceSchema, headers=ETAG)
def read(instance_id: int) -> Response:
    """One instance."""
    with runtime().reading() as uow:
        instance = _visible(uow, instance_id)
        return versioned(SHAPE, instance, instance.version)


@subject.get("/<int:instance_id>/path")
@needs(TokenScope.INSTANCES_READ)
@subject.response(200, PathStepSchema(many=True))
def path(instance_id: int) -> Response:
    """Everything that happened to an instance, oldest first."""
    with runtime().reading() as uow:
        _visible(uow, instance_id)
        return jsonify(STEP.dump(instances.path_of(uow, instance_id), many=True))


def _visible(uow: UnitOfWork, instance_id: int) -> Instance:
    instance = uow.session.get(Instance, instance_id)
    if instance is None:
        raise NotFound("instance", instance_id)
    ensure_instance_visible(uow, instance, actor(uow))
    return instance
