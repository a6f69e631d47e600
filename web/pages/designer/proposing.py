"""The page on which a designer proposes a draft for release."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.comparing import compare
from engine.definitions import Severity
from engine.modelling import draft_files, newest_deployment
from engine.releasing import Merge, Release, deployment_files, merge
from engine.runtime import UnitOfWork
from engine.storage.models import Deployment
from web.pages.designer.blueprint import pages, require, the_draft
from web.pages.designer.releasing import Refusal, carry_out, comment, examined, moment
from web.security.identity import signed_in
from web.wiring import runtime, settings
from workflows.releases import PROPOSES, propose_draft

KEEP_THEIRS = "theirs"


@pages.get("/drafts/<int:draft_id>/release")
def propose_release(draft_id: int) -> str:
    """What the draft changes, whether anything stands in its way, and the form."""
    require(PROPOSES)
    return _page(draft_id)


@pages.post("/drafts/<int:draft_id>/release")
def send_proposal(draft_id: int) -> Response | tuple[str, int]:
    """Freeze the draft's files as a release."""
    require(PROPOSES)
    with_theirs = request.form.get("meanwhile") == KEEP_THEIRS
    with runtime().reading() as uow:
        examination = examined(_files(uow, draft_id, with_theirs=with_theirs))
    made: list[Release] = []

    def act(uow: UnitOfWork) -> None:
        made.append(
            propose_draft(
                uow, draft_id, settings().releases, by=signed_in().account, comment=comment(),
                wanted_at=moment("wanted_at"), with_what_changed=with_theirs, examination=examination,
            )
        )  # fmt: skip

    if refusal := carry_out(act):
        return _page(draft_id, refusal), refusal.status
    flash(gettext("The release is proposed. Somebody else looks at it now."), "success")
    return redirect(url_for("designer.release", release_id=made[0].id))


def _page(draft_id: int, refusal: Refusal | None = None) -> str:
    with runtime().reading() as uow:
        draft, newest = the_draft(uow, draft_id), newest_deployment(uow.session)
        is_outdated = newest is not None and newest.id != draft.base_id
        merged = _merged(uow, draft_id, newest) if is_outdated else None
        files = _files(uow, draft_id, with_theirs=merged is not None and not merged.conflicts)
        comparison = compare(deployment_files(uow.session, newest.id if newest else None), files)
    examination = examined(files)
    return render_template(
        "designer/release_proposal.html",
        draft=draft,
        newest=newest,
        merged=merged,
        comparison=comparison,
        errors=[each for each in examination.problems if each.severity is Severity.ERROR],
        warnings=[each for each in examination.problems if each.severity is Severity.WARNING],
        scenarios=sum(name.endswith(".scenario") for name in files),
        approvals=settings().releases.approvals,
        refusal=refusal,
        entered=request.form,
    )


def _files(uow: UnitOfWork, draft_id: int, *, with_theirs: bool) -> dict[str, bytes]:
    newest = newest_deployment(uow.session)
    if not with_theirs or newest is None:
        return draft_files(uow.session, draft_id)
    return _merged(uow, draft_id, newest).files


def _merged(uow: UnitOfWork, draft_id: int, newest: Deployment | None) -> Merge:
    base = deployment_files(uow.session, the_draft(uow, draft_id).base_id)
    theirs = deployment_files(uow.session, newest.id if newest else None)
    return merge(base, draft_files(uow.session, draft_id), theirs)
