"""Files for programs: uploaded first, then named by their reference in a task's answers."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from web.api.authentication import needs
from web.api.schemas import UploadedSchema, UploadSchema
from web.api.subject import new_subject
from web.errors import UploadRefused
from web.uploads import store_upload
from workflows.errors import InvalidRecord
from workflows.organisations.api_tokens import TokenScope

subject = new_subject("files", "Photos and documents that are handed in with a task")


@subject.post("")
@needs(TokenScope.TASKS_WRITE)
@subject.arguments(UploadSchema, location="files")
@subject.response(201, UploadedSchema)
def create(files: dict[str, Any]) -> Response:
    """Keep a file; the same content is kept once."""
    try:
        reference = store_upload(files["file"])
    except UploadRefused as refused:
        raise InvalidRecord({"file": refused.said}) from refused
    response = jsonify(reference=reference)
    response.status_code = 201
    return response
