"""The types of events that endpoints are told of, each with the JSON Schema of its data; open to everyone."""

from __future__ import annotations

from typing import Any, cast

from flask import Response, abort, jsonify
from flask_smorest import Blueprint

from web.api.schemas import EventTypeSchema
from web.api.specification import PREFIX
from web.outgoing import EventType
from web.wiring import post_office, settings

SCHEMA_JSON = "application/schema+json"

subject = Blueprint("api-events", __name__, url_prefix=f"{PREFIX}/events", description="Types of events")
SHAPE = EventTypeSchema()


@subject.get("")
@subject.doc(security=[])
@subject.response(200, EventTypeSchema(many=True))
def catalogue() -> Response:
    """Every type in its present version, by name."""
    return jsonify([{**_dumped(it), "schema": address_of(it)} for it in post_office().event_types()])


@subject.get("/<name>/v<int:version>")
@subject.doc(security=[])
@subject.response(200, description="The JSON Schema (2020-12) of the `data` of such an event.")
def schema(name: str, version: int) -> Response:
    """The schema of one type in one version."""
    it = post_office().event_type(name, version)
    if it is None:
        abort(404)
    response = jsonify({**it.schema, "$id": address_of(it)})
    response.content_type = SCHEMA_JSON
    return response


def address_of(it: EventType) -> str:
    """Where the schema of a type stands."""
    return f"{settings().public_url}{PREFIX}/events/{it.name}/v{it.version}"


def _dumped(it: EventType) -> dict[str, Any]:
    return cast("dict[str, Any]", SHAPE.dump(it))  # one was given
