"""Deployments: a set of diagrams, decision tables and forms, checked and put to work as one."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from engine.definitions import check, deploy
from engine.definitions.deploying import examine
from engine.releasing import ReleaseRefused
from engine.sentences import sentence
from web.access import ensure_role
from web.api.authentication import actor, needs
from web.api.schemas import CommentSchema, DeploymentSchema, FilesSchema, LintSchema
from web.api.subject import new_subject
from web.wiring import runtime, settings
from workflows.organisations.api_tokens import TokenScope
from workflows.organisations.roles import PROCESS_ROLES, Role
from workflows.releases import DEPLOYS

subject = new_subject("deployments", "Checking and deploying diagrams, decision tables and forms")
SHAPE = DeploymentSchema()
LINT = LintSchema()


@subject.post("")
@needs(TokenScope.DEFINITIONS_WRITE)
@subject.arguments(FilesSchema, location="files")
@subject.arguments(CommentSchema, location="form")
@subject.response(201, DeploymentSchema)
@subject.alt_response(200, schema=DeploymentSchema, success=True)
def create(files: dict[str, Any], form: dict[str, str]) -> Response:
    """Deploy a set of files; 200 when the very same set was deployed before, 422 with all problems when it has any.

    Refused where others have to approve: such files are proposed as a release.
    """
    contents = _contents(files)
    examination = examine(contents, runtime())
    with runtime().unit_of_work() as uow:
        operator = actor(uow)
        ensure_role(uow, operator, *DEPLOYS)
        if settings().releases.approvals:
            raise ReleaseRefused(sentence("others have to approve what is deployed here; propose it as a release"))
        deployed = deploy(uow, contents, by=operator.user, comment=form["comment"], examination=examination)
        response = jsonify(SHAPE.dump(deployed))
    response.status_code = 201 if deployed.is_new else 200
    return response


@subject.post("/lint")
@needs(TokenScope.DEFINITIONS_READ)
@subject.arguments(FilesSchema, location="files")
@subject.response(200, LintSchema)
def lint(files: dict[str, Any]) -> Response:
    """Every problem that deploying these files would name; nothing is deployed."""
    with runtime().reading() as uow:
        ensure_role(uow, actor(uow), *sorted(PROCESS_ROLES), Role.ADMINISTRATOR)
    return jsonify(LINT.dump({"problems": check(_contents(files), runtime())}))


def _contents(files: dict[str, Any]) -> dict[str, bytes]:
    return {upload.filename or "unnamed": upload.stream.read() for upload in files["files"]}
