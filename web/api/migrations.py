"""Migrations: running instances moved to another version of their process; previewed, run, undone."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import Schema, validate
from marshmallow.fields import AwareDateTime, Boolean, Dict, Integer, List, Nested, String
from sqlalchemy import select

from engine.errors import NotFound
from engine.migrating import (
    Deadlines,
    ItemState,
    Migration,
    MigrationState,
    groups_of,
    items_of,
    migration_of,
    plan_of,
    reasons,
    verdicts,
)
from engine.migrating import migrations as latest
from engine.runtime import UnitOfWork
from engine.storage.models import ProcessDefinition
from web.api.authentication import actor, caller, needs
from web.api.schemas import PageQuery, by_value
from web.api.subject import ETAG, IF_MATCH, LOCATION, based_on, new_subject, page, tagged
from web.paging import position
from web.wiring import runtime
from workflows import migrating
from workflows.operating.permissions import ensure_watches
from workflows.organisations.api_tokens import TokenScope

OF, OF_ITEMS = "api.migrations", "api.migrated"


class ObstacleSchema(Schema):
    """One thing that keeps instances, at an element of the old version."""

    kind = String()
    process = String()
    element = String()
    name = String()
    can_be_mapped = Boolean(metadata={"description": "Whether saying what it becomes would let them be moved"})
    said = String()


class KeepingSchema(ObstacleSchema):
    """One thing with how many instances it keeps."""

    instances = Integer()


class MigrationSchema(Schema):
    """A migration with its counts."""

    id = Integer()
    process = String(attribute="process_id")
    from_version = Integer()
    to_version = Integer()
    state = by_value(MigrationState)
    deadlines = by_value(Deadlines)
    mapping = Dict(metadata={"description": "By process or subprocess: old element id → new one, or null for none"})
    total = Integer()
    examined = Integer()
    moved = Integer()
    failed = Integer()
    passed_over = Integer()
    undone = Integer()
    reason = String()
    begun_by = String()
    begun_at = AwareDateTime()
    finished_at = AwareDateTime(allow_none=True)
    version = Integer()


class PreviewSchema(MigrationSchema):
    """A migration with what would become of its instances, as the mapping is now."""

    movable = Integer()
    needs_mapping = Integer()
    blocked = Integer()
    in_the_way = List(Nested(KeepingSchema))


class BeginningSchema(Schema):
    """From which version of a process to which."""

    process = String(required=True, validate=validate.Length(1, 255))
    from_version = Integer(required=True)
    to_version = Integer(required=True)
    mapping = Dict(load_default=dict)
    reason = String(load_default="", validate=validate.Length(max=500))


class MappingSchema(Schema):
    """The whole mapping; what is left out goes by the proposal."""

    mapping = Dict(required=True)


class RunningSchema(Schema):
    """How to move, and why."""

    reason = String(required=True, validate=validate.Length(1, 500))
    deadlines = by_value(Deadlines, load_default=Deadlines.KEEP)


class ItemSchema(Schema):
    """One instance of a migration."""

    instance_id = Integer()
    business_key = String()
    state = by_value(ItemState)
    obstacles = List(Nested(ObstacleSchema))
    at = AwareDateTime(allow_none=True)


class ItemQuery(PageQuery):
    """Which instances."""

    state = by_value(ItemState, load_default=None)


subject = new_subject("migrations", "Running instances moved to another version of their process")
SHAPE, PREVIEW, ITEM = MigrationSchema(), PreviewSchema(), ItemSchema()


@subject.get("")
@needs(TokenScope.DEFINITIONS_READ)
@subject.arguments(PageQuery, location="query")
@subject.response(200, MigrationSchema(many=True))
def listed(query: dict[str, Any]) -> Response:
    """Every migration, the newest first."""
    after = position(OF, query.get("after"))
    with runtime().reading() as uow:
        ensure_watches(uow, actor(uow).user)
        found = latest(uow.session, before=after[0] if after else None, limit=query["limit"] + 1)
        shown = [_shown(uow, each) for each in found[: query["limit"]]]
    more = [shown[-1]["id"]] if len(found) > query["limit"] else None
    return page(SHAPE, shown, OF, more)


@subject.post("")
@needs(TokenScope.DEFINITIONS_WRITE)
@subject.arguments(BeginningSchema)
@subject.response(201, MigrationSchema, headers={**ETAG, **LOCATION})
def begin(body: dict[str, Any]) -> Response:
    """Begin a migration; its instances are examined in the background, nothing is moved yet."""
    with runtime().unit_of_work() as uow:
        source, target = (_definition(uow, body["process"], body[name]) for name in ("from_version", "to_version"))
        begun = migrating.begin_migration(
            uow, source, target, by=actor(uow).user, mapping=body["mapping"], reason=body["reason"]
        )
        response = _answer(uow, begun, status=201)
    response.headers["Location"] = f"/api/v1/migrations/{begun.id}"
    return response


@subject.get("/<int:migration_id>")
@needs(TokenScope.DEFINITIONS_READ)
@subject.response(200, PreviewSchema, headers=ETAG)
def read(migration_id: int) -> Response:
    """One migration, with what would become of its instances."""
    with runtime().reading() as uow:
        ensure_watches(uow, actor(uow).user)
        found = migration_of(uow.session, migration_id)
        groups = groups_of(uow.session, found, plan_of(uow.session, found))
        counted = {movability.value: count for movability, count in verdicts(groups).items()}
        obstacles = [{**each.as_data(), "instances": count} for each, count in reasons(groups)]
        shown = {**_shown(uow, found), **counted, "in_the_way": obstacles}
        return tagged(PREVIEW.dump(shown), found.version)


@subject.get("/<int:migration_id>/instances")
@needs(TokenScope.DEFINITIONS_READ)
@subject.arguments(ItemQuery, location="query")
@subject.response(200, ItemSchema(many=True))
def of_migration(query: dict[str, Any], migration_id: int) -> Response:
    """Its instances one by one."""
    after = position(OF_ITEMS, query.get("after"))
    with runtime().reading() as uow:
        ensure_watches(uow, actor(uow).user)
        found = migration_of(uow.session, migration_id)
        rows = items_of(
            uow.session, found, state=query["state"], after=after[0] if after else 0, limit=query["limit"] + 1
        )
    shown = [_item(item, instance.business_key) for item, instance in rows[: query["limit"]]]
    more = [shown[-1]["instance_id"]] if len(rows) > query["limit"] else None
    return page(ITEM, shown, OF_ITEMS, more)


@subject.put("/<int:migration_id>/mapping")
@needs(TokenScope.DEFINITIONS_WRITE)
@subject.doc(parameters=[IF_MATCH])
@subject.arguments(MappingSchema)
@subject.response(200, MigrationSchema, headers=ETAG)
def map_elements(body: dict[str, Any], migration_id: int) -> Response:
    """Say by hand what elements become; 422 when one does not fit."""
    with runtime().unit_of_work() as uow:
        by, version = actor(uow).user, based_on()
        return _flushed(
            uow, migrating.map_elements(uow, migration_id, body["mapping"], by=by, expected_version=version)
        )


@subject.post("/<int:migration_id>/run")
@needs(TokenScope.DEFINITIONS_WRITE)
@subject.doc(parameters=[IF_MATCH])
@subject.arguments(RunningSchema)
@subject.response(202, MigrationSchema, headers=ETAG)
def run(body: dict[str, Any], migration_id: int) -> Response:
    """Move what can be moved, in the background; what failed before is tried again."""
    with runtime().unit_of_work() as uow:
        by, version = actor(uow).user, based_on()
        started = migrating.run_migration(uow, migration_id, by=by, **body, expected_version=version)
        return _flushed(uow, started, status=202)


@subject.post("/<int:migration_id>/pause")
@needs(TokenScope.DEFINITIONS_WRITE)
@subject.response(200, MigrationSchema, headers=ETAG)
def pause(migration_id: int) -> Response:
    """Halt it; `run` goes on."""
    with runtime().unit_of_work() as uow:
        return _flushed(uow, migrating.pause_migration(uow, migration_id, by=caller().account))


@subject.post("/<int:migration_id>/cancel")
@needs(TokenScope.DEFINITIONS_WRITE)
@subject.response(200, MigrationSchema, headers=ETAG)
def cancel(migration_id: int) -> Response:
    """Give it up; what was moved stays moved."""
    with runtime().unit_of_work() as uow:
        return _flushed(uow, migrating.cancel_migration(uow, migration_id, by=caller().account))


@subject.post("/<int:migration_id>/undo")
@needs(TokenScope.DEFINITIONS_WRITE)
@subject.response(202, MigrationSchema, headers=ETAG)
def undo(migration_id: int) -> Response:
    """Move back, in the background, whatever has taken no step since."""
    with runtime().unit_of_work() as uow:
        return _flushed(uow, migrating.undo_migration(uow, migration_id, by=caller().account), status=202)


def _definition(uow: UnitOfWork, process_id: str, version: int) -> int:
    wanted = select(ProcessDefinition.id).where(
        ProcessDefinition.process_id == process_id, ProcessDefinition.version == version
    )
    found = uow.session.scalar(wanted)
    if found is None:
        raise NotFound("process definition", f"{process_id} version {version}")
    return found


def _flushed(uow: UnitOfWork, migration: Migration, *, status: int = 200) -> Response:
    uow.session.flush()
    return _answer(uow, migration, status=status)


def _answer(uow: UnitOfWork, migration: Migration, *, status: int) -> Response:
    return tagged(SHAPE.dump(_shown(uow, migration)), migration.version, status=status)


def _shown(uow: UnitOfWork, migration: Migration) -> dict[str, Any]:
    fields = {name: getattr(migration, field.attribute or name) for name, field in _COLUMNS.items()}
    fields["process_id"] = migration.process_id
    for name, number in (("from_version", migration.from_id), ("to_version", migration.to_id)):
        fields[name] = uow.session.get_one(ProcessDefinition, number).version
    return fields


_COLUMNS = {name: field for name, field in SHAPE.fields.items() if name not in {"from_version", "to_version"}}


def _item(item: Any, business_key: str) -> dict[str, Any]:
    return {
        "instance_id": item.instance_id,
        "business_key": business_key,
        "state": item.state,
        "obstacles": item.obstacles,
        "at": item.at,
    }
