"""The shapes of what the API takes and gives; they are also its documentation."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, validate
from marshmallow.fields import AwareDateTime, Boolean, Date, Dict, Enum, Integer, List, Nested, Raw, String

from engine.definitions.problems import Severity as ProblemSeverity
from engine.storage.models import InstanceStatus, TaskStatus
from web.wiring import settings
from workflows.hazards.models import Origin, Severity, Stage
from workflows.organisations.sectors import Sector


def _by_value(kind: Any, **options: Any) -> Enum:
    return Enum(kind, by_value=String(), **options)


def _at_most_a_page(limit: int) -> None:
    if not 1 <= limit <= settings().largest_page:
        raise ValidationError(f"between 1 and {settings().largest_page}")


class ProblemSchema(Schema):
    """RFC 9457 problem details."""

    type = String(metadata={"description": "urn:lookback:problem:… ; stable, branch on this"})
    title = String()
    status = Integer()
    detail = String()
    instance = String(metadata={"description": "Reference into the server's log, for internal errors"})
    errors = Dict(metadata={"description": "What is wrong, by field"})


class PageQuery(Schema):
    """Which page of a list."""

    limit = Integer(load_default=50, validate=_at_most_a_page)
    after = String(metadata={"description": "The cursor from the previous page's `next`"})


class TaskSchema(Schema):
    """A user task."""

    id = Integer()
    name = String()
    status = _by_value(TaskStatus)
    business_key = String(metadata={"description": "The hazard's number"})
    instance_id = Integer()
    process_id = String()
    element_id = String()
    form = String(allow_none=True)
    assignee = String(allow_none=True)
    owner = String(allow_none=True)
    priority = Integer()
    created_at = AwareDateTime()
    due_at = AwareDateTime(allow_none=True)
    follow_up_at = AwareDateTime(allow_none=True)
    completed_at = AwareDateTime(allow_none=True)
    completed_by = String(allow_none=True)
    version = Integer()


class TaskWithFormSchema(TaskSchema):
    """A user task with the schema of its form."""

    form_schema = Dict(allow_none=True, metadata={"description": "form-js schema, as deployed with the instance"})


class DelegationSchema(Schema):
    """To whom a task is delegated."""

    to = String(required=True, validate=validate.Length(1, 255), metadata={"description": "An account"})


class CompletionSchema(Schema):
    """The form's data with which a task is completed."""

    data = Dict(keys=String(), load_default=dict)


class HazardQuery(PageQuery):
    """Which hazards; every filter narrows the list."""

    stage = _by_value(Stage)
    severity = _by_value(Severity)
    sector = _by_value(Sector)
    region = String(metadata={"description": "Administrative code; the region and all below it"})
    campaign_id = Integer()


class HazardSchema(Schema):
    """A row of the ledger, as far as programs need it."""

    id = Integer(dump_only=True)
    number = String(dump_only=True)
    campaign_id = Integer()
    title = String()
    description = String()
    place = String()
    region_code = String()
    sector = _by_value(Sector)
    severity = _by_value(Severity)
    source = String()
    origin = _by_value(Origin)
    stage = _by_value(Stage, dump_only=True)
    unit_id = Integer()
    responsible_person = String()
    measures = String(allow_none=True)
    requirements = String(allow_none=True)
    due_at = AwareDateTime(allow_none=True)
    original_due_at = AwareDateTime(allow_none=True, dump_only=True)
    found_on = Date(allow_none=True)
    closed_at = AwareDateTime(allow_none=True, dump_only=True)
    returns = Integer(dump_only=True)
    listed = Boolean(dump_only=True)
    version = Integer(dump_only=True)


class InstanceSchema(Schema):
    """A process instance."""

    id = Integer()
    process_id = String(attribute="definition.process_id")
    process_version = Integer(attribute="definition.version")
    business_key = String()
    status = _by_value(InstanceStatus)
    started_by = String()
    started_at = AwareDateTime()
    ended_at = AwareDateTime(allow_none=True)
    version = Integer()


class PathStepSchema(Schema):
    """One thing on an instance's path."""

    at = AwareDateTime()
    kind = String()
    process_id = String(allow_none=True)
    element_id = String(allow_none=True)
    element_name = String(allow_none=True)
    actor = String(allow_none=True)
    data = Dict()


class MessageSchema(Schema):
    """A message for the instance that waits for it."""

    name = String(required=True, validate=validate.Length(1, 255))
    business_key = String(required=True, validate=validate.Length(1, 255))
    payload = Dict(keys=String(), load_default=dict)


class DefinitionSchema(Schema):
    """The newest version of a process."""

    process_id = String()
    name = String()
    version = Integer()
    deployment_id = Integer()
    resource_name = String()
    suspended = Boolean()


class DeployedProcessSchema(Schema):
    """A process of a deployment."""

    process_id = String()
    name = String()
    version = Integer()


class ProblemInFileSchema(Schema):
    """One thing to mend in a file."""

    file = String()
    element_id = String()
    element_name = String()
    message = String()
    severity = _by_value(ProblemSeverity)


class LintSchema(Schema):
    """What is wrong with a set of files; nothing, when `problems` is empty."""

    problems = List(Nested(ProblemInFileSchema))


class DeploymentSchema(Schema):
    """A deployment; `is_new` is false when the same content was deployed before."""

    id = Integer(attribute="deployment.id")
    content_hash = String(attribute="deployment.content_hash")
    deployed_by = String(attribute="deployment.deployed_by")
    deployed_at = AwareDateTime(attribute="deployment.deployed_at")
    is_new = Boolean()
    processes = List(Nested(DeployedProcessSchema))


class FilesSchema(Schema):
    """One or more .bpmn, .dmn and .form files, each as a part named `files`."""

    files = List(Raw(metadata={"type": "string", "format": "binary"}), required=True, validate=validate.Length(1, 500))


class CommentSchema(Schema):
    """Why a set is deployed."""

    comment = String(load_default="", validate=validate.Length(max=2000))


def page_of(schema: type[Schema]) -> Schema:
    """The shape of a page of such records."""
    name = schema.__name__.removesuffix("Schema")
    return Schema.from_dict(
        {"items": List(Nested(schema)), "next": String(metadata={"description": "Address of the next page, if any"})},
        name=f"{name}Page",
    )()
