"""Process definitions for programs."""

from __future__ import annotations

from flask import Response, jsonify
from sqlalchemy import func, select

from engine.storage.models import ProcessDefinition
from web.api.authentication import needs
from web.api.schemas import DefinitionSchema
from web.api.subject import new_subject
from web.wiring import runtime
from workflows.organisations.api_tokens import TokenScope

subject = new_subject("definitions", "Deployed processes")
SHAPE = DefinitionSchema()


@subject.get("")
@needs(TokenScope.DEFINITIONS_READ)
@subject.response(200, DefinitionSchema(many=True))
def newest() -> Response:
    """The newest version of every process, by process id."""
    versions = (
        select(ProcessDefinition.process_id, func.max(ProcessDefinition.version).label("version"))
        .group_by(ProcessDefinition.process_id)
        .subquery()
    )
    wanted = select(ProcessDefinition).join(
        versions,
        (ProcessDefinition.process_id == versions.c.process_id) & (ProcessDefinition.version == versions.c.version),
    )
    with runtime().reading() as uow:
        return jsonify(SHAPE.dump(uow.session.scalars(wanted.order_by(ProcessDefinition.process_id)), many=True))
