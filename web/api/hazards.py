"""Hazards for programs: the ledger by page, one hazard, and registering a new one."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from sqlalchemy import Select, select

from engine.idempotency import once
from engine.runtime import UnitOfWork
from engine.tasks import Actor
from web.access import ensure_hazard_visible, ensure_may_register, scope
from web.api.authentication import actor, needs
from web.api.hazard_schemas import HazardQuery, HazardSchema, RegistrationSchema
from web.api.schemas import page_of
from web.api.subject import ETAG, IDEMPOTENCY_KEY, LOCATION, idempotency_key, new_subject, page, versioned
from web.paging import position
from web.wiring import runtime
from workflows.geography.divisions import path_of
from workflows.geography.paths import inside
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard
from workflows.hazards.register import Registration, register
from workflows.organisations.api_tokens import TokenScope
from workflows.permissions import visible

subject = new_subject("hazards", "The ledger of hazards")
SHAPE = HazardSchema()
FILTERS = ("stage", "severity", "sector", "origin", "campaign_id", "unit_id", "listed")


@subject.get("")
@needs(TokenScope.HAZARDS_READ)
@subject.arguments(HazardQuery, location="query")
@subject.response(200, page_of(HazardSchema))
def ledger(query: dict[str, Any]) -> Response:
    """The hazards that the caller's scope reaches, the newest first."""
    after, limit = position("hazards", query.get("after")), query["limit"]
    with runtime().reading() as uow:
        wanted = _filtered(query).order_by(Hazard.id.desc()).limit(limit + 1)
        if after:
            wanted = wanted.where(Hazard.id < after[0])
        reached = visible(wanted, scope(uow, actor(uow)), Hazard.region_path, Hazard.sector, Hazard.unit_id)
        found = uow.session.scalars(reached).all()
    rows = found[:limit]
    return page(SHAPE, rows, "hazards", [rows[-1].id] if len(found) > limit else None)


@subject.post("")
@needs(TokenScope.HAZARDS_WRITE)
@subject.doc(parameters=[IDEMPOTENCY_KEY])
@subject.arguments(RegistrationSchema)
@subject.response(201, HazardSchema, headers={**ETAG, **LOCATION})
def create(body: dict[str, Any]) -> Response:
    """Register a hazard and start its process; 422 names what is wrong by field."""
    with runtime().unit_of_work() as uow:
        hazard = _registered(uow, Registration(**body), actor(uow))
    response = versioned(SHAPE, hazard, hazard.version, status=201)
    response.headers["Location"] = url_for("api-hazards.read", number=hazard.number)
    return response


@subject.get("/<number>")
@needs(TokenScope.HAZARDS_READ)
@subject.response(200, HazardSchema, headers=ETAG)
def read(number: str) -> Response:
    """One hazard by its number."""
    with runtime().reading() as uow:
        hazard = hazard_of(uow.session, number)
        ensure_hazard_visible(uow, hazard, actor(uow))
    return versioned(SHAPE, hazard, hazard.version)


def _registered(uow: UnitOfWork, registration: Registration, by: Actor) -> Hazard:
    def act() -> dict[str, Any]:
        ensure_may_register(uow, registration, by)
        return {"hazard": register(uow, registration, by=by.user).id}

    done = once(uow, idempotency_key(), "register", vars(registration), act)
    return uow.session.get_one(Hazard, done["hazard"])


def _filtered(query: dict[str, Any]) -> Select[Any]:
    wanted = select(Hazard).where(*(getattr(Hazard, name) == query[name] for name in FILTERS if name in query))
    if "region" in query:
        wanted = wanted.where(inside(Hazard.region_path, path_of(query["region"])))
    return wanted
