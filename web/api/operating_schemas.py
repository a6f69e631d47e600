"""The shapes of what operating takes and gives."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, post_load, validate
from marshmallow.fields import AwareDateTime, Boolean, Dict, Integer, List, Nested, String

from engine.operating.models import BatchAct, BatchState
from engine.storage.models import InstanceStatus
from web.api.schemas import by_value
from workflows.operating.acting import LONGEST_REASON


class ReasonSchema(Schema):
    """Why; it is put on record."""

    reason = String(required=True, validate=validate.Length(1, LONGEST_REASON))


class SelectionSchema(Schema):
    """Which instances; everything that is given must hold."""

    process_id = String(metadata={"description": "The instance's own process"})
    version = Integer()
    statuses = List(by_value(InstanceStatus))
    element_process = String(metadata={"description": "The process in which `element_id` lies"})
    element_id = String(metadata={"description": "Where it waits or failed"})
    failed = Boolean(metadata={"description": "Only with a failed step"})
    key = String(metadata={"description": "How the hazard's number begins"})
    older_than = AwareDateTime(metadata={"description": "Begun before this moment"})
    ids = List(Integer(), validate=validate.Length(max=1000))

    @post_load
    def as_tuples(self, given: dict[str, Any], **_more: Any) -> dict[str, Any]:
        """Lists as the selection keeps them."""
        return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


class BatchRequestSchema(ReasonSchema):
    """An act on many instances."""

    act = by_value(BatchAct, required=True)
    selection = Nested(SelectionSchema, required=True)


class BatchSchema(Schema):
    """How far an act on many instances has come; `expected` is how many there were when it was asked for."""

    id = Integer()
    act = by_value(BatchAct)
    selection = Dict()
    reason = String()
    state = by_value(BatchState)
    expected = Integer()
    acted = Integer()
    refused = Integer()
    requested_by = String()
    requested_at = AwareDateTime()
    finished_at = AwareDateTime(allow_none=True)


class SuspensionRequestSchema(ReasonSchema):
    """Whether new instances are refused; and whether the instances that there are follow."""

    suspended = Boolean(required=True)
    with_instances = Boolean(load_default=False)


class SuspensionSchema(Schema):
    """Whether new instances of a process are refused; `batch` deals with its instances, if they follow."""

    process_id = String()
    suspended = Boolean()
    batch = Nested(BatchSchema, allow_none=True)
