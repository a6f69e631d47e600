"""Incoming hooks: other platforms, hotlines and sensors register hazards, or tell an instance what it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from flask import Response, jsonify, request
from flask_smorest import Blueprint
from marshmallow import Schema, ValidationError

from engine.idempotency import once
from engine.instances import correlate_message
from engine.runtime import UnitOfWork
from web.access import ensure_may_register, ensure_role
from web.api.hazard_schemas import RegistrationSchema
from web.api.schemas import MessageSchema
from web.api.specification import PREFIX
from web.errors import CallInvalid, HookRefused
from web.incoming import Admission
from web.problems import problem_of
from web.wiring import gate, runtime
from workflows.hazards.register import Registration, register
from workflows.organisations.people import actor_for
from workflows.organisations.roles import Role

subject = Blueprint(
    "api-hooks", __name__, url_prefix=f"{PREFIX}/hooks", description="Calls of other systems, signed as they come"
)
ACCEPTED = 202


@subject.post("/<name>")
@subject.doc(security=[])
@subject.response(ACCEPTED, description="It was done, or had been done when it came before; the body says what.")
@subject.alt_response(401, description="The signature or the timestamp is not right.")
@subject.alt_response(429, description="Too many calls in a minute; Retry-After says how long to wait.")
def call(name: str) -> Response:
    """Take a call that is signed as Standard Webhooks has it; the same `webhook-id` is carried out once."""
    try:
        with runtime().unit_of_work() as uow:
            admission = gate().admit(uow, name, _headers(), request.get_data())
            done = once(uow, admission.key, admission.action, dict(admission.payload), lambda: _do(uow, admission))
            gate().record(uow, admission, ACCEPTED)
    except Exception as error:
        _record_refusal(name, error)
        raise
    response = jsonify(done)
    response.status_code = ACCEPTED
    return response


def _headers() -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def _do(uow: UnitOfWork, admission: Admission) -> dict[str, Any]:
    return ACTIONS[admission.action](uow, admission)


def _register(uow: UnitOfWork, admission: Admission) -> dict[str, Any]:
    registration = Registration(**_loaded(RegistrationSchema(), admission.payload))
    ensure_may_register(uow, registration, actor_for(uow.session, admission.account))
    return {"hazard": register(uow, registration, by=admission.account).number}


def _correlate(uow: UnitOfWork, admission: Admission) -> dict[str, Any]:
    ensure_role(uow, actor_for(uow.session, admission.account), Role.ADMINISTRATOR, Role.PROCESS_DESIGNER)
    message = _loaded(MessageSchema(), admission.payload)
    instance = correlate_message(
        uow, message["name"], message["payload"], business_key=message["business_key"], by=admission.account
    )
    return {"instance": instance.id}


ACTIONS = {"register": _register, "correlate": _correlate}


def _loaded(schema: Schema, payload: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return cast("dict[str, Any]", schema.load(payload))  # one object was asked for
    except ValidationError as invalid:
        raise CallInvalid({str(name): str(told) for name, told in invalid.normalized_messages().items()}) from invalid


def _record_refusal(name: str, error: Exception) -> None:
    """What was undone with its transaction is still on record; a call that was not let in counts as well."""
    status = error.status if isinstance(error, HookRefused) else problem_of(error).status
    with runtime().unit_of_work() as uow:
        gate().record_refusal(uow, name, request.headers.get("webhook-id", ""), status, str(error))
