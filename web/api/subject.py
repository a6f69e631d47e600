"""What every subject of the API has in common: its address, its authentication, versions and pages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Response, jsonify, request
from flask_smorest import Blueprint
from marshmallow import Schema

from engine.runtime import UnitOfWork
from engine.storage.models import IdempotencyKey
from web.api.authentication import authenticate, caller
from web.api.specification import PREFIX
from web.errors import MissingPrecondition, OutdatedVersion
from web.paging import cursor
from web.wiring import settings

IF_MATCH = {
    "name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"},
    "description": "The ETag of the version this change is based on.",
}  # fmt: skip
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string", "maxLength": 255},
    "description": "The same key with the same request is carried out once, however often it arrives.",
}  # fmt: skip


ETAG = {"ETag": {"schema": {"type": "string"}, "description": "The version; send it back in If-Match."}}
LOCATION = {"Location": {"schema": {"type": "string", "format": "uri-reference"}}}


def new_subject(name: str, description: str) -> Blueprint:
    """A blueprint for the routes under `/api/v1/{name}`, open only to those who are signed in."""
    blueprint = Blueprint(f"api-{name}", __name__, url_prefix=f"{PREFIX}/{name}", description=description)
    blueprint.before_request(authenticate)
    return blueprint


def based_on() -> int:
    """The version that If-Match names. Raises MissingPrecondition, and OutdatedVersion for a tag we never gave."""
    tags = request.if_match
    if not tags or tags.star_tag:
        raise MissingPrecondition
    for tag in tags.as_set():
        if tag.isdigit():
            return int(tag)
    raise OutdatedVersion


def versioned(schema: Schema, record: Any, version: int, *, status: int = 200) -> Response:
    """A record with its version as ETag."""
    return tagged(schema.dump(record), version, status=status)


def tagged(body: Any, version: int, *, status: int = 200) -> Response:
    """An answer with a version as ETag."""
    response = jsonify(body)
    response.status_code = status
    response.set_etag(str(version))
    return response


def idempotency_key() -> str | None:
    """The caller's key for this request, if one was sent; equal keys of two callers are two keys."""
    sent = request.headers.get("Idempotency-Key")
    return hashlib.sha256(f"{caller().account}\n{sent}".encode()).hexdigest() if sent else None


def was_done(uow: UnitOfWork, key: str | None) -> bool:
    """Whether the request with this key was carried out before, so that its answer is given again."""
    return key is not None and uow.session.get(IdempotencyKey, key) is not None


def page(schema: Schema, items: Sequence[Any], of: str, after: list[Any] | None) -> Response:
    """A page of a list; `after` is the position of its last item when there is more."""
    body: dict[str, Any] = {"items": schema.dump(items, many=True)}
    if after is None:
        return jsonify(body)
    further = urlencode({**request.args.to_dict(), "after": cursor(of, after)})
    address = f"{settings().public_url}{request.path}?{further}"
    response = jsonify(body | {"next": address})
    response.headers["Link"] = f'<{address}>; rel="next"'
    return response
