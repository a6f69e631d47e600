"""The designer's first page: what is in effect, who is working on what, and the beginning of a new draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.modelling import (
    DraftState,
    ProcessDraft,
    UnfitFile,
    begin_draft,
    drafts,
    newest_deployment,
    processes_of,
    take_in,
)
from engine.runtime import UnitOfWork
from web.pages.designer.blueprint import EDITS, pages, require
from web.pages.designer.refusals import why_unfit
from web.pages.designer.uploads import sent_files
from web.pages.names import names_of
from web.paging import cursor, position
from web.security.identity import signed_in
from web.wiring import runtime, settings

MOST_OPEN = 100
ENDED = "designer.ended"


@pages.get("")
def index() -> str:
    return _page()


@pages.post("/drafts")
def begin() -> Response | tuple[str, int]:
    """A draft of what is in effect now, with the files that were sent along in it."""
    require(EDITS)
    account, name = signed_in().account, request.form.get("name", "").strip()
    if not name:
        return _page({"name": gettext("Say in a few words what the draft is for.")}), 422
    try:
        with runtime().unit_of_work() as uow:
            deployment = newest_deployment(uow.session)
            draft = begin_draft(uow, name=name, by=account, base=deployment.id if deployment else None)
            take_in(uow, draft.id, sent_files(), by=account)
    except UnfitFile as unfit:
        return _page({"files": why_unfit(unfit)}), 422
    flash(gettext("The draft is yours to change. What is in effect stays as it is until a release."), "success")
    return redirect(url_for("designer.draft", draft_id=draft.id))


@pages.get("/drafts/ended")
def ended() -> str:
    """Drafts that were released or given up, page by page."""
    state = DraftState.RELEASED if request.args.get("state") == DraftState.RELEASED else DraftState.DISCARDED
    size = settings().page_size
    with runtime().reading() as uow:
        found = drafts(uow.session, state=state, limit=size + 1, before=_before(request.args.get("cursor")))
        shown = found[:size]
        return render_template(
            "designer/ended.html",
            state=state,
            drafts=shown,
            names=names_of(uow, (draft.changed_by for draft in shown)),
            next=_after(shown[-1], state) if len(found) > size else None,
        )


def _page(errors: dict[str, str] | None = None) -> str:
    with runtime().reading() as uow:
        deployment = newest_deployment(uow.session)
        processes = processes_of(uow.session, deployment) if deployment else ()
        open_drafts = drafts(uow.session, state=DraftState.OPEN, limit=MOST_OPEN)
        mine = [draft for draft in open_drafts if draft.begun_by == signed_in().account]
        return render_template(
            "designer/home.html",
            deployment=deployment,
            processes=processes,
            mine=mine,
            others=[draft for draft in open_drafts if draft not in mine],
            names=_names(uow, open_drafts, deployment.deployed_by if deployment else None),
            errors=errors or {},
        )


def _names(uow: UnitOfWork, shown: Sequence[ProcessDraft], *more: str | None) -> dict[str, str]:
    accounts = {draft.changed_by for draft in shown} | {draft.begun_by for draft in shown}
    return dict(names_of(uow, [*accounts, *more]))


def _before(text: str | None) -> tuple[datetime, int] | None:
    found = position(ENDED, text)
    return None if found is None else (datetime.fromisoformat(found[0]), int(found[1]))


def _after(last: ProcessDraft, state: DraftState) -> str:
    return url_for("designer.ended", state=state, cursor=cursor(ENDED, [last.changed_at.isoformat(), last.id]))
