"""Hazards for programs: the ledger by page, one hazard, and registering a new one."""

from __future__ import annotations

from typing import Any

from flask import Response
from sqlalchemy import Select, select

from engine.runtime import UnitOfWork
from web.access import ensure_hazard_visible
from web.api.authentication import actor, caller, needs
from web.api.schemas import HazardQuery, HazardSchema, page_of
from web.api.subject import IDEMPOTENCY_KEY, idempotency_key, new_subject, page, versioned
from web.paging import position
from web.wiring import runtime
from workflows.errors import UnknownRecord
from workflows.geography.paths import inside
from workflows.geography.regions import region
from workflows.hazards.models import Hazard
from workflows.hazards.register import hazard_by_number, register
from workflows.organisations.api_tokens import TokenScope
from workflows.organisations.people import person_by_account
from workflows.permissions import Scope, scope_of, visible

subject = new_subject("hazards", "The ledger of hazards")
SHAPE = HazardSchema()
FILTERS = ("stage", "severity", "sector", "campaign_id")


@subject.get("")
@needs(TokenScope.HAZARDS_READ)
@subject.arguments(HazardQuery, location="query")
@subject.response(200, page_of(HazardSchema))
def ledger(query: dict[str, Any]) -> Response:
    """The hazards that the caller's scope reaches, the newest first."""
    after = position("hazards", query.get("after"))
    limit = query["limit"]
    with runtime().reading() as uow:
        wanted = _filtered(uow, query).order_by(Hazard.id.desc()).limit(limit + 1)
        if after:
            wanted = wanted.where(Hazard.id < after[0])
        found = uow.session.scalars(visible(wanted, _scope(uow), Hazard.region_path, Hazard.sector, Hazard.unit_id)).all()
    rows = found[:limit]
    return page(SHAPE, rows, "hazards", [rows[-1].id] if len(found) > limit else None)


@subject.get("/<number>")
@needs(TokenScope.HAZARDS_READ)
@subject.response(200, HazardSchema, headers={"ETag": {"schema": {"type": "string"}}})
def read(number: str) -> Response:
    """One hazard by its number."""
    with runtime().reading() as uow:
        hazard = hazard_by_number(uow.session, number)
        if hazard is None:
            raise UnknownRecord("hazard", number)
        ensure_hazard_visible(uow, hazard, actor(uow))
    return versioned(SHAPE, hazard, hazard.version)


def _filtered(uow: UnitOfWork, query: dict[str, Any]) -> Select[tuple[Hazard]]:
    wanted = select(Hazard).where(*(getattr(Hazard, name) == query[name] for name in FILTERS if name in query))
    if "region" in query:
        wanted = wanted.where(inside(Hazard.region_path, region(uow.session, query["region"]).path))
    return wanted


def _scope(uow: UnitOfWork) -> Scope:
    person = person_by_account(uow.session, caller().account)
    return scope_of(uow.session, person) if person else Scope()
