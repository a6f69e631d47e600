"""Releases: files from a repository are proposed, approved by others, deployed, and taken back."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from engine.comparing import compare
from engine.definitions.deploying import examine
from engine.releasing import (
    Release,
    decisions_of,
    deployment_files,
    release_files,
    release_of,
    releases,
    releases_of_deployments,
    standing_of,
)
from engine.runtime import UnitOfWork
from web.access import ensure_role
from web.api.authentication import actor, caller, needs
from web.api.release_schemas import (
    ComparisonSchema,
    ProposalSchema,
    ReleaseDetailSchema,
    ReleaseSchema,
    ReleasesQuery,
    RollbackSchema,
    ScheduleSchema,
    SeenSchema,
    WordsSchema,
)
from web.api.schemas import FilesSchema, page_of
from web.api.subject import new_subject, page
from web.paging import position
from web.wiring import runtime, settings
from workflows.organisations.api_tokens import TokenScope
from workflows.organisations.roles import PROCESS_ROLES, Role
from workflows.releases import (
    agree,
    decline_release,
    deploy_now,
    go_back,
    go_back_at_once,
    propose_files,
    schedule_release,
    withdraw_release,
)

subject = new_subject("releases", "Sets of files on their way into effect, with the consent of others")
ROW, SHAPE, COMPARISON = ReleaseSchema(), ReleaseDetailSchema(), ComparisonSchema()
LIST = "api.releases"


@subject.get("")
@needs(TokenScope.DEFINITIONS_READ)
@subject.arguments(ReleasesQuery, location="query")
@subject.response(200, page_of(ReleaseSchema))
def listed(query: dict[str, Any]) -> Response:
    """Releases that are under way, or those that are over, newest first."""
    before, limit = position(LIST, query.get("after")), query["limit"]
    with runtime().reading() as uow:
        _ensure_reads(uow)
        last = int(before[0]) if before else None
        found = releases(uow.session, under_way=not query["over"], limit=limit + 1, before=last)
        shown = found[:limit]
        return page(ROW, shown, LIST, [shown[-1].id] if len(found) > limit else None)


@subject.get("/<int:release_id>")
@needs(TokenScope.DEFINITIONS_READ)
@subject.response(200, ReleaseDetailSchema)
def read(release_id: int) -> Response:
    """One release, with what was decided on it."""
    with runtime().reading() as uow:
        _ensure_reads(uow)
        return _shown(uow, release_of(uow.session, release_id))


@subject.get("/<int:release_id>/comparison")
@needs(TokenScope.DEFINITIONS_READ)
@subject.response(200, ComparisonSchema)
def comparison(release_id: int) -> Response:
    """What the release changes of the deployment that its authors started from."""
    with runtime().reading() as uow:
        _ensure_reads(uow)
        base = deployment_files(uow.session, release_of(uow.session, release_id).base_id)
        return jsonify(COMPARISON.dump(compare(base, release_files(uow.session, release_id))))


@subject.post("")
@needs(TokenScope.RELEASES_PROPOSE)
@subject.arguments(FilesSchema, location="files")
@subject.arguments(ProposalSchema, location="form")
@subject.response(201, ReleaseDetailSchema)
def propose(files: dict[str, Any], form: dict[str, Any]) -> Response:
    """Propose a whole set of files; 422 with all problems when it has any."""
    contents = {upload.filename or "unnamed": upload.stream.read() for upload in files["files"]}
    examination = examine(contents, runtime())
    with runtime().unit_of_work() as uow:
        release = propose_files(
            uow, contents, settings().releases, by=caller().account, examination=examination, **form
        )
        return _shown(uow, release, status=201)


@subject.post("/<int:release_id>/approve")
@needs(TokenScope.RELEASES_APPROVE)
@subject.arguments(WordsSchema)
@subject.response(200, ReleaseDetailSchema)
def approve(body: dict[str, str], release_id: int) -> Response:
    """Agree to a release; refused to its authors."""
    with runtime().unit_of_work() as uow:
        return _shown(uow, agree(uow, release_id, by=caller().account, **body))


@subject.post("/<int:release_id>/decline")
@needs(TokenScope.RELEASES_APPROVE)
@subject.arguments(WordsSchema)
@subject.response(200, ReleaseDetailSchema)
def decline(body: dict[str, str], release_id: int) -> Response:
    """End a release, with words to its authors."""
    with runtime().unit_of_work() as uow:
        return _shown(uow, decline_release(uow, release_id, by=caller().account, **body))


@subject.post("/<int:release_id>/withdraw")
@needs(TokenScope.RELEASES_PROPOSE)
@subject.arguments(WordsSchema)
@subject.response(200, ReleaseDetailSchema)
def withdraw(body: dict[str, str], release_id: int) -> Response:
    """Take one's own proposal back."""
    with runtime().unit_of_work() as uow:
        return _shown(uow, withdraw_release(uow, release_id, by=caller().account, **body))


@subject.post("/<int:release_id>/schedule")
@needs(TokenScope.RELEASES_DEPLOY)
@subject.arguments(ScheduleSchema)
@subject.response(200, ReleaseDetailSchema)
def schedule(body: dict[str, Any], release_id: int) -> Response:
    """Let an approved release take effect at a moment."""
    with runtime().unit_of_work() as uow:
        return _shown(uow, schedule_release(uow, release_id, by=caller().account, **body))


@subject.post("/<int:release_id>/deploy")
@needs(TokenScope.RELEASES_DEPLOY)
@subject.arguments(SeenSchema)
@subject.response(200, ReleaseDetailSchema)
def deploy(body: dict[str, Any], release_id: int) -> Response:
    """Put an approved release into effect."""
    with runtime().reading() as uow:
        release_of(uow.session, release_id)
        files = release_files(uow.session, release_id)
    examination = examine(files, runtime())
    with runtime().unit_of_work() as uow:
        deploy_now(uow, release_id, by=caller().account, examination=examination, **body)
        return _shown(uow, release_of(uow.session, release_id))


@subject.post("/rollback")
@needs(TokenScope.RELEASES_DEPLOY)
@subject.arguments(RollbackSchema)
@subject.response(201, ReleaseDetailSchema)
def rollback(body: dict[str, Any]) -> Response:
    """Propose an earlier deployment's content, or in an emergency put it into effect at once."""
    to, why, by, rules = body["deployment"], body["comment"], caller().account, settings().releases
    with runtime().reading() as uow:
        examination = examine(deployment_files(uow.session, to), runtime())
    with runtime().unit_of_work() as uow:
        if not body["at_once"]:
            return _shown(uow, go_back(uow, to, rules, by=by, comment=why, examination=examination), status=201)
        number = go_back_at_once(uow, to, rules, by=by, reason=why, examination=examination).deployment.id
        return _shown(uow, releases_of_deployments(uow.session, [number])[number], status=201)


def _ensure_reads(uow: UnitOfWork) -> None:
    ensure_role(uow, actor(uow), *sorted(PROCESS_ROLES), Role.ADMINISTRATOR, Role.AUDITOR)


def _shown(uow: UnitOfWork, release: Release, *, status: int = 200) -> Response:
    standing = standing_of(uow.session, release)
    more = {
        "decisions": decisions_of(uow.session, release.id),
        "newest_deployment_id": standing.newest.id if standing.newest else None,
        "is_outdated": standing.is_outdated and release.ended_at is None,
    }
    fields = {name: getattr(release, name) for name in SHAPE.fields if name not in more}
    response = jsonify(SHAPE.dump(fields | more))
    response.status_code = status
    return response
