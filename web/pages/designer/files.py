"""One file of a draft: its editor, its content at any revision, and each save of it."""

from __future__ import annotations

from typing import Any

from flask import Response as FlaskResponse
from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.errors import ConcurrentChange, WrongState
from engine.modelling import (
    UnfitFile,
    add_file,
    file_of,
    remove_file,
    rename_file,
    restore_file,
    revision_before,
    revisions,
    save_file,
)
from web.errors import MissingPrecondition
from web.pages.designer.beginnings import beginning_of
from web.pages.designer.blueprint import EDITS, may_change, pages, require, the_draft
from web.pages.designer.editor import OpenedFile, editor_of
from web.pages.designer.linting import problems_of
from web.pages.designer.refusals import why_unfit
from web.pages.names import names_of
from web.security.identity import signed_in
from web.times import full_moment
from web.wiring import runtime

Answer = tuple[FlaskResponse, int]


@pages.get("/drafts/<int:draft_id>/files/<path:name>")
def file(draft_id: int, name: str) -> str:
    """The editor of a file, chosen by its kind."""
    with runtime().reading() as uow:
        draft = the_draft(uow, draft_id)
        opened = OpenedFile(uow, draft, file_of(uow.session, draft_id, name), may_change(draft))
        return editor_of(name)(opened)


@pages.put("/drafts/<int:draft_id>/files/<path:name>")
def save(draft_id: int, name: str) -> FlaskResponse | Answer:
    """Save a file over the revision that If-Match names; answers the new one, with the problems of the whole set."""
    require(EDITS)
    seen, account = _seen(), signed_in().account
    try:
        with runtime().unit_of_work() as uow:
            revision = save_file(uow, draft_id, name, request.get_data(), by=account, expected_revision=seen)
    except ConcurrentChange:
        return _overtaken(draft_id, name)
    except WrongState:
        return jsonify({"message": gettext("The draft was given up or released; it cannot be changed any more.")}), 410
    except UnfitFile as unfit:
        return jsonify({"message": why_unfit(unfit)}), 422
    return _saved(draft_id, revision)


@pages.get("/drafts/<int:draft_id>/content/<path:name>")
def content(draft_id: int, name: str) -> FlaskResponse:
    """A file as it is, or was at a revision; always handed out as a download, never shown as a page of ours."""
    at = request.args.get("revision", type=int)
    with runtime().reading() as uow:
        found = file_of(uow.session, draft_id, name, at=at)
    headers = {
        "ETag": f'"{found.revision}"',
        "Content-Disposition": "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return FlaskResponse(found.content, mimetype="application/octet-stream", headers=headers)


@pages.post("/drafts/<int:draft_id>/earlier/<path:name>")
def step_back(draft_id: int, name: str) -> FlaskResponse | Answer:
    """Undo beyond what a page remembers: the file becomes what it was before the revision that If-Match names.

    Where there is nothing before, nothing happens, and the answer has no revision.
    """
    require(EDITS)
    seen = _seen()
    try:
        with runtime().unit_of_work() as uow:
            before = revision_before(uow.session, draft_id, name, seen)
            if before is None:
                return jsonify({"revision": None})
            revision = restore_file(uow, draft_id, name, to=before, by=signed_in().account, expected_revision=seen)
    except ConcurrentChange:
        return _overtaken(draft_id, name)
    return _saved(draft_id, revision, restored=before)


@pages.post("/drafts/<int:draft_id>/files")
def add(draft_id: int) -> Response | Answer:
    """A new file: a copy that an editor sends, or one that a form names, which begins as small as its kind allows."""
    require(EDITS)
    name = request.form.get("name", "").strip()
    sent = request.files.get("content")
    try:
        with runtime().unit_of_work() as uow:
            add_file(uow, draft_id, name, sent.read() if sent else beginning_of(name), by=signed_in().account)
    except UnfitFile as unfit:
        if sent:
            return jsonify({"message": why_unfit(unfit)}), 422
        flash(why_unfit(unfit), "error")
        return _to_draft(draft_id)
    address = url_for("designer.file", draft_id=draft_id, name=name)
    return (jsonify({"address": address}), 201) if sent else redirect(address)


@pages.post("/drafts/<int:draft_id>/change/<path:name>")
def change(draft_id: int, name: str) -> Response:
    """Rename a file, take it out, or make it what it was at a revision, as the pressed button says."""
    require(EDITS)
    account, seen = signed_in().account, request.form.get("expected_revision", 0, type=int)
    try:
        with runtime().unit_of_work() as uow:
            match request.form.get("act"):
                case "rename":
                    to = request.form.get("to", "").strip()
                    rename_file(uow, draft_id, name, to, by=account, expected_revision=seen)
                    flash(gettext("“%(name)s” is now “%(to)s”.", name=name, to=to), "success")
                case "remove":
                    remove_file(uow, draft_id, name, by=account, expected_revision=seen)
                    flash(gettext("“%(name)s” was taken out; the history below brings it back.", name=name), "success")
                case _:
                    to_revision = request.form.get("to", 0, type=int)
                    restore_file(uow, draft_id, name, to=to_revision, by=account)
                    flash(gettext("“%(name)s” is again as it was.", name=name), "success")
    except UnfitFile as unfit:
        flash(why_unfit(unfit), "error")
    except ConcurrentChange:
        flash(gettext("Someone else changed this file while you were looking at it. Look at it as it is now."), "error")
    return _to_draft(draft_id)


def _saved(draft_id: int, revision: int, **more: Any) -> FlaskResponse:
    with runtime().reading() as uow:
        answer = {"revision": revision, "at": full_moment(uow.now), "problems": problems_of(uow, draft_id), **more}
    response = jsonify(answer)
    response.headers["ETag"] = f'"{revision}"'
    return response


def _overtaken(draft_id: int, name: str) -> Answer:
    """Who was faster, and the revision that is there now."""
    with runtime().reading() as uow:
        newest = revisions(uow.session, draft_id, limit=1, file=name)[0]
        who = names_of(uow, [newest.by])[newest.by]
    words = gettext(
        "%(who)s saved this file at %(time)s, while you were working on it.", who=who, time=full_moment(newest.at)
    )
    return jsonify({"message": words, "revision": newest.number, "removed": newest.content_hash is None}), 409


def _seen() -> int:
    """The revision that If-Match names. Raises MissingPrecondition."""
    written = request.headers.get("If-Match", "").strip('"')
    if not written.isdecimal():
        raise MissingPrecondition
    return int(written)


def _to_draft(draft_id: int) -> Response:
    return redirect(url_for("designer.draft", draft_id=draft_id))
