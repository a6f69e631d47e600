"""Endpoints for programs: other systems that are told what happens here, and what did not reach them."""

from __future__ import annotations

from typing import Any, cast

from flask import Response, jsonify, url_for

from engine.idempotency import once
from engine.runtime import UnitOfWork
from web.access import ensure_role
from web.api.authentication import actor, needs
from web.api.endpoint_schemas import (
    DeliveryQuery,
    DeliverySchema,
    EndpointRegistrationSchema,
    EndpointSchema,
    EndpointWithSecretSchema,
    EventSelectionSchema,
    PingedSchema,
    PingSchema,
    ReplayedSchema,
    ReplaySchema,
    SecretSchema,
    SwitchingOffSchema,
)
from web.api.schemas import page_of
from web.api.subject import (
    ETAG,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    LOCATION,
    based_on,
    idempotency_key,
    new_subject,
    page,
    tagged,
    versioned,
)
from web.errors import OutdatedVersion
from web.outgoing import Wanted
from web.paging import position
from web.wiring import post_office, runtime
from workflows.audit import AuditKind, record
from workflows.organisations.api_tokens import TokenScope
from workflows.organisations.roles import Role

subject = new_subject("endpoints", "Systems and people that are told what happens; for administrators")
SHAPE, WITH_SECRET, DELIVERY = EndpointSchema(), EndpointWithSecretSchema(), DeliverySchema()


@subject.get("")
@needs(TokenScope.ENDPOINTS_READ)
@subject.response(200, EndpointSchema(many=True))
def all_endpoints() -> Response:
    """All endpoints, the oldest first."""
    with runtime().reading() as uow:
        _administrator(uow)
        return jsonify(SHAPE.dump(post_office().channels(uow), many=True))


@subject.post("")
@needs(TokenScope.ENDPOINTS_WRITE)
@subject.doc(parameters=[IDEMPOTENCY_KEY])
@subject.arguments(EndpointRegistrationSchema)
@subject.response(201, EndpointWithSecretSchema, headers={**ETAG, **LOCATION})
def create(body: dict[str, Any]) -> Response:
    """Register an endpoint; the answer alone has the secret that signs its messages."""
    with runtime().unit_of_work() as uow:
        by = _administrator(uow)

        def act() -> dict[str, Any]:
            endpoint_id = post_office().add(uow, _wanted(body), by=by)
            _record(uow, by, AuditKind.CHANNEL_OPENED, endpoint_id, {"kind": body["kind"], **_chosen(body)})
            return {"endpoint": endpoint_id}

        done = once(uow, idempotency_key(), "register-endpoint", body, act)
        shown = post_office().channel(uow, done["endpoint"])
        secret = post_office().secret(uow, shown.id)
    response = tagged({**_dumped(shown), "secret": secret}, shown.version, status=201)
    response.headers["Location"] = url_for("api-endpoints.read", endpoint_id=shown.id)
    return response


@subject.get("/<int:endpoint_id>")
@needs(TokenScope.ENDPOINTS_READ)
@subject.response(200, EndpointSchema, headers=ETAG)
def read(endpoint_id: int) -> Response:
    """One endpoint."""
    with runtime().reading() as uow:
        _administrator(uow)
        return _shown(uow, endpoint_id)


@subject.put("/<int:endpoint_id>")
@needs(TokenScope.ENDPOINTS_WRITE)
@subject.doc(parameters=[IF_MATCH])
@subject.arguments(EventSelectionSchema)
@subject.response(200, EndpointSchema, headers=ETAG)
def change(body: dict[str, Any], endpoint_id: int) -> Response:
    """Give an endpoint other events from now on, or another name; kind, address and secret stay."""
    version = based_on()
    with runtime().unit_of_work() as uow:
        by = _administrator(uow)
        if post_office().channel(uow, endpoint_id).version != version:
            raise OutdatedVersion
        post_office().change(uow, endpoint_id, _wanted(body))
        _record(uow, by, AuditKind.CHANNEL_CHANGED, endpoint_id, _chosen(body))
        return _shown(uow, endpoint_id)


@subject.post("/<int:endpoint_id>/ping")
@needs(TokenScope.ENDPOINTS_WRITE)
@subject.arguments(PingSchema)
@subject.response(200, PingedSchema)
def ping(body: dict[str, Any], endpoint_id: int) -> Response:
    """Send a test message at once, whether the endpoint is on or off; it is kept nowhere."""
    with runtime().reading() as uow:
        _administrator(uow)
        error = post_office().try_out(uow, endpoint_id, body["account"])
    return jsonify(taken=not error, error=error)


@subject.post("/<int:endpoint_id>/rotate")
@needs(TokenScope.ENDPOINTS_WRITE)
@subject.doc(parameters=[IDEMPOTENCY_KEY])
@subject.response(200, SecretSchema)
def rotate(endpoint_id: int) -> Response:
    """Give an endpoint a fresh secret; the one before signs too for a day."""
    with runtime().unit_of_work() as uow:
        by = _administrator(uow)

        def act() -> dict[str, Any]:
            post_office().rotate(uow, endpoint_id)
            _record(uow, by, AuditKind.CHANNEL_CHANGED, endpoint_id, {"act": "rotate"})
            return {}

        once(uow, idempotency_key(), "rotate-endpoint", {"endpoint": endpoint_id}, act)
        return jsonify(secret=post_office().secret(uow, endpoint_id))


@subject.post("/<int:endpoint_id>/disable")
@needs(TokenScope.ENDPOINTS_WRITE)
@subject.arguments(SwitchingOffSchema)
@subject.response(200, EndpointSchema, headers=ETAG)
def disable(body: dict[str, Any], endpoint_id: int) -> Response:
    """Switch an endpoint off; what is pending waits. 409 when it is off."""
    return _switched(endpoint_id, on=False, because=body["because"])


@subject.post("/<int:endpoint_id>/enable")
@needs(TokenScope.ENDPOINTS_WRITE)
@subject.response(200, EndpointSchema, headers=ETAG)
def enable(endpoint_id: int) -> Response:
    """Switch an endpoint on again; a replay brings what it missed. 409 when it is on."""
    return _switched(endpoint_id, on=True)


@subject.get("/<int:endpoint_id>/deliveries")
@needs(TokenScope.ENDPOINTS_READ)
@subject.arguments(DeliveryQuery, location="query")
@subject.response(200, page_of(DeliverySchema))
def deliveries(query: dict[str, Any], endpoint_id: int) -> Response:
    """What was sent to an endpoint or is to be, the newest first; `?status=dead` are its dead letters."""
    after, limit = position("endpoint-deliveries", query.get("after")), query["limit"]
    asked = {"channel": str(endpoint_id), "status": query.get("status", "")}
    with runtime().reading() as uow:
        _administrator(uow)
        post_office().channel(uow, endpoint_id)
        found = post_office().proofs(uow, asked, before=after[0] if after else None, limit=limit + 1)
    rows = found[:limit]
    return page(DELIVERY, rows, "endpoint-deliveries", [rows[-1].id] if len(found) > limit else None)


@subject.post("/<int:endpoint_id>/replay")
@needs(TokenScope.ENDPOINTS_WRITE)
@subject.doc(parameters=[IDEMPOTENCY_KEY])
@subject.arguments(ReplaySchema)
@subject.response(200, ReplayedSchema)
def replay(body: dict[str, Any], endpoint_id: int) -> Response:
    """Send again what did not reach an endpoint, under the same ids as before."""
    told = {**body, **{name: body[name].isoformat() for name in ("since", "until") if name in body}}
    with runtime().unit_of_work() as uow:
        by = _administrator(uow)

        def act() -> dict[str, Any]:
            _record(uow, by, AuditKind.SENT_AGAIN, endpoint_id, told)
            return {"again": _again(uow, endpoint_id, body)}

        return jsonify(once(uow, idempotency_key(), "replay", {"endpoint": endpoint_id, **told}, act))


def _again(uow: UnitOfWork, endpoint_id: int, body: dict[str, Any]) -> int:
    if body.get("deliveries"):
        return post_office().send_again(uow, body["deliveries"], channel_id=endpoint_id)
    if body.get("dead"):
        return post_office().send_given_up_again(uow, endpoint_id)
    until = body.get("until", uow.now)
    return post_office().send_range_again(uow, endpoint_id, body["since"], until, with_delivered=body["with_delivered"])


def _switched(endpoint_id: int, *, on: bool, because: str = "") -> Response:
    with runtime().unit_of_work() as uow:
        by = _administrator(uow)
        post_office().switch(uow, endpoint_id, on=on, because=because)
        _record(uow, by, AuditKind.CHANNEL_CHANGED, endpoint_id, {"act": "on" if on else "off"})
        return _shown(uow, endpoint_id)


def _administrator(uow: UnitOfWork) -> str:
    """The caller's account. Raises NotPermitted for anyone but an administrator."""
    caller = actor(uow)
    ensure_role(uow, caller, Role.ADMINISTRATOR)
    return caller.user


def _shown(uow: UnitOfWork, endpoint_id: int) -> Response:
    endpoint = post_office().channel(uow, endpoint_id)
    return versioned(SHAPE, endpoint, endpoint.version)


def _dumped(endpoint: object) -> dict[str, Any]:
    return cast("dict[str, Any]", SHAPE.dump(endpoint))  # one was given


def _wanted(body: dict[str, Any]) -> Wanted:
    return Wanted(
        kind=body.get("kind", "hook"),
        url=body.get("url", ""),
        secret=body.get("secret", ""),
        concurrency=body.get("concurrency", 4),
        **_chosen(body),
        description=body["description"],
    )


def _chosen(body: dict[str, Any]) -> dict[str, Any]:
    sectors = [sector.value for sector in body["sectors"]]
    return {**{name: body[name] for name in ("event_types", "audience", "region")}, "sectors": sectors}


def _record(uow: UnitOfWork, by: str, kind: AuditKind, endpoint_id: int, after: dict[str, Any]) -> None:
    record(uow, kind, by=by, object_key=f"channel-{endpoint_id}", after=after)
