"""Messages: what other systems tell a waiting instance."""

from __future__ import annotations

from typing import Any

from flask import Response

from engine.instances import correlate_message
from web.access import ensure_role
from web.api.authentication import actor, needs
from web.api.schemas import InstanceSchema, MessageSchema
from web.api.subject import IDEMPOTENCY_KEY, idempotency_key, new_subject, versioned
from web.wiring import runtime
from workflows.organisations.api_tokens import TokenScope
from workflows.organisations.roles import Role

subject = new_subject("messages", "Messages for waiting instances")
SHAPE = InstanceSchema()


@subject.post("")
@needs(TokenScope.MESSAGES_WRITE)
@subject.doc(parameters=[IDEMPOTENCY_KEY])
@subject.arguments(MessageSchema)
@subject.response(200, InstanceSchema)
def correlate(body: dict[str, Any]) -> Response:
    """Give a message to the instance of a business key that waits for it; 404 when nobody waits."""
    with runtime().unit_of_work() as uow:
        caller = actor(uow)
        ensure_role(uow, caller, Role.ADMINISTRATOR, Role.PROCESS_DESIGNER)
        instance = correlate_message(
            uow,
            body["name"],
            body["payload"],
            business_key=body["business_key"],
            by=caller.user,
            idempotency_key=idempotency_key(),
        )
        return versioned(SHAPE, instance, instance.version)
