"""The shapes of what the API takes and gives; they are also its documentation."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, validate
from marshmallow.fields import AwareDateTime, Boolean, Dict, Enum, Integer, List, Nested, Raw, String

from engine.definitions.problems import Severity as ProblemSeverity
from engine.storage.models import InstanceStatus, TaskStatus
from web.wiring import settings


def by_value(kind: Any, **options: Any) -> Enum[Any]:
    """A field that holds a member of an enum, written as its value."""
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
    errors = Dict(keys=String(), values=String(), metadata={"description": "What is wrong, by field"})


class PageQuery(Schema):
    """Which page of a list."""

    limit = Integer(load_default=50, validate=_at_most_a_page)
    after = String(metadata={"description": "The cursor from the previous page's `next`"})


class TaskSchema(Schema):
    """A user task."""

    id = Integer()
    name = String()
    status = by_value(TaskStatus)
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


class UploadSchema(Schema):
    """A file, as the part named `file`."""

    file = Raw(required=True, metadata={"type": "string", "format": "binary"})


class UploadedSchema(Schema):
    """A file that is kept; `reference` is the answer to a form's file question."""

    reference = String()


class CompletionSchema(Schema):
    """The form's data with which a task is completed."""

    data = Dict(keys=String(), load_default=dict)


class InstanceSchema(Schema):
    """A process instance."""

    id = Integer()
    process_id = String()
    process_version = Integer(attribute="definition.version")
    business_key = String()
    status = by_value(InstanceStatus)
    started_by = String()
    started_at = AwareDateTime()
    ended_at = AwareDateTime(allow_none=True)
    version = Integer()


class InstanceQuery(Schema):
    """Whose instances."""

    business_key = String(
        required=True, validate=validate.Length(1, 255), metadata={"description": "The hazard's number"}
    )


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
    severity = by_value(ProblemSeverity)


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


class EventTypeSchema(Schema):
    """A type of event that endpoints are told of."""

    name = String()
    version = Integer()
    description = String(metadata={"description": "When it happens"})
    key = String(metadata={"description": "What its key is; events of one key come in order"})
    schema = String(metadata={"description": "Where the JSON Schema of its data stands"})


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
