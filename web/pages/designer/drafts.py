"""The page of one draft: its files beside what they were, what happened to them, and what is done with the whole."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.errors import ConcurrentChange, NotFound
from engine.modelling import (
    UnfitFile,
    discard,
    draft_files,
    rename_draft,
    restore_draft,
    revisions,
    standings,
    take_in,
    take_up_again,
)
from engine.runtime import UnitOfWork
from engine.storage.models import Deployment
from web.pages.designer.blueprint import EDITS, may_change, pages, require, the_draft
from web.pages.designer.editor import has_editor
from web.pages.designer.linting import problems_of
from web.pages.designer.refusals import why_unfit
from web.pages.designer.titles import titles_of
from web.pages.designer.uploads import sent_files
from web.pages.names import names_of
from web.paging import cursor, position
from web.security.identity import signed_in
from web.wiring import runtime, settings

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The oldest moment that a packed file can carry; the same set is packed into the same bytes."""


@pages.get("/drafts/<int:draft_id>")
def draft(draft_id: int) -> str:
    with runtime().reading() as uow:
        return _page(uow, draft_id)


@pages.post("/drafts/<int:draft_id>/rename")
def rename(draft_id: int) -> Response:
    """Call the draft something else."""
    require(EDITS)
    name = request.form.get("name", "").strip()
    if name:
        with runtime().unit_of_work() as uow:
            rename_draft(uow, draft_id, name, by=signed_in().account)
    return _back_to(draft_id)


@pages.post("/drafts/<int:draft_id>/discard")
def give_up(draft_id: int) -> Response:
    """Give the draft up; it can be taken up again."""
    require(EDITS)
    with runtime().unit_of_work() as uow:
        discard(uow, draft_id, by=signed_in().account)
    flash(gettext("The draft was given up. It can be taken up again at any time."), "success")
    return redirect(url_for("designer.index"))


@pages.post("/drafts/<int:draft_id>/take-up")
def take_up(draft_id: int) -> Response:
    """Go on with a draft that was given up."""
    require(EDITS)
    with runtime().unit_of_work() as uow:
        take_up_again(uow, draft_id, by=signed_in().account)
    flash(gettext("The draft is open again."), "success")
    return _back_to(draft_id)


@pages.post("/drafts/<int:draft_id>/import")
def import_files(draft_id: int) -> Response | tuple[str, int]:
    """Take files in, each as a new one or in the place of the one of its name."""
    require(EDITS)
    try:
        with runtime().unit_of_work() as uow:
            changed = take_in(uow, draft_id, sent_files(), by=signed_in().account)
    except UnfitFile as unfit:
        return _refused(draft_id, why_unfit(unfit), 422)
    told = gettext("Taken in: %(files)s.", files=gettext(", ").join(changed)) if changed else ""
    flash(told or gettext("Nothing was taken in: no file differs from what is there."), "success")
    return _back_to(draft_id)


@pages.post("/drafts/<int:draft_id>/restore")
def restore(draft_id: int) -> Response | tuple[str, int]:
    """Make the whole draft what it was at a revision; what it is now stays a revision to come back to."""
    require(EDITS)
    to, seen = (request.form.get(field, type=int) for field in ("to", "expected_revision"))
    if to is None or seen is None:
        raise NotFound("revision", request.form.get("to"))
    try:
        with runtime().unit_of_work() as uow:
            restore_draft(uow, draft_id, to=to, by=signed_in().account, expected_revision=seen)
    except ConcurrentChange:
        changed = gettext("Someone else changed the draft while you were looking at it. Look at it as it is now.")
        return _refused(draft_id, changed, 409)
    flash(gettext("The draft is again what it was at revision %(number)s.", number=to), "success")
    return _back_to(draft_id)


@pages.get("/drafts/<int:draft_id>/export")
def export(draft_id: int) -> FlaskResponse:
    """The whole set of the draft, packed; `lookback definitions lint|deploy` takes it unpacked."""
    with runtime().reading() as uow:
        draft, files = the_draft(uow, draft_id), draft_files(uow.session, draft_id)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name, EARLIEST), content, ZIP_DEFLATED)
    named = quote(f"{draft.name}-{draft.revision}.zip", safe="")
    disposition = f"attachment; filename=\"draft-{draft.id}.zip\"; filename*=UTF-8''{named}"
    return FlaskResponse(packed.getvalue(), mimetype="application/zip", headers={"Content-Disposition": disposition})


def _page(uow: UnitOfWork, draft_id: int, refused: str = "") -> str:
    draft, size = the_draft(uow, draft_id), settings().page_size
    of = f"designer.revisions.{draft_id}"
    before = position(of, request.args.get("cursor"))
    history = revisions(uow.session, draft_id, limit=size + 1, before=int(before[0]) if before else None)
    shown = history[:size]
    base = uow.session.get(Deployment, draft.base_id) if draft.base_id else None
    further = cursor(of, [shown[-1].number]) if len(history) > size else None
    return render_template(
        "designer/draft.html",
        draft=draft,
        base=base,
        files=standings(uow.session, draft_id),
        titles=titles_of(draft_files(uow.session, draft_id)),
        history=shown,
        names=names_of(uow, [draft.begun_by, *(each.by for each in shown)]),
        problems=problems_of(uow, draft_id),
        may_change=may_change(draft),
        has_editor=has_editor,
        refused=refused,
        next=url_for("designer.draft", draft_id=draft_id, cursor=further, _anchor="history") if further else None,
    )


def _refused(draft_id: int, message: str, status: int) -> tuple[str, int]:
    with runtime().reading() as uow:
        return _page(uow, draft_id, message), status


def _back_to(draft_id: int) -> Response:
    return redirect(url_for("designer.draft", draft_id=draft_id))
