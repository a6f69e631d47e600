"""Imports: a file is handed in, looked at, decided on, and watched while it goes on the ledger."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from engine.errors import NotFound, NotPermitted
from engine.runtime import UnitOfWork
from web.pages.ledger.blueprint import account, files, pages, scope
from web.pages.ledger.filtering import choices
from web.sentences import spoken
from web.wiring import runtime, settings
from workflows.errors import Refused
from workflows.ledger.errors import UnreadableFile
from workflows.ledger.import_jobs import cancel_import, confirm_import, hand_in, import_of, imports_of, may_import
from workflows.ledger.keeping import harmless
from workflows.ledger.models import ImportJob
from workflows.ledger.narrowing import campaign_of
from workflows.ledger.preview import cells_of
from workflows.ledger.reading.content import FileKind
from workflows.ledger.states import UNDER_WAY

MEGABYTE = 1024 * 1024
ENDINGS = frozenset(kind.value for kind in FileKind)


@pages.get("/imports")
def imports() -> str:
    """Where a file is handed in, and the visitor's imports so far."""
    return _page("")


@pages.post("/imports")
def take_in() -> Response | tuple[str, int]:
    """Take a file and examine it in the background; 413, 415 or 422 with the reason beside the field."""
    try:
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            return _page(gettext("Choose a file.")), 422
        if Path(sent.filename).suffix.lower() not in ENDINGS:
            return _page(gettext("This is no ledger: choose a file that ends in .xlsx, .xls or .csv.")), 415
        job = _handed_in(sent, sent.filename)
    except UnreadableFile as unreadable:
        return _page(unreadable.said), 422
    except Refused as refused:
        return _page(spoken(refused.said)), 409
    return redirect(url_for("ledger.import_job", job_id=job.id))


@pages.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    """The form again, when more was sent than one request may bring."""
    most = settings().largest_upload // MEGABYTE
    return _page(gettext("The file is larger than %(most)s MB; divide it into several.", most=most)), 413


@pages.get("/imports/<int:job_id>")
def import_job(job_id: int) -> str:
    """One import: its examination, what is wrong, the decision, its progress, its result."""
    with runtime().reading() as uow:
        job = import_of(uow.session, account(), job_id)
    page = "ledger/import_state.html" if request.headers.get("HX-Request") else "ledger/import.html"
    day = settings().calendar.local_date(job.created_at)
    cells = list(cells_of(job.preview))
    return render_template(page, job=job, cells=cells, is_live=job.state in UNDER_WAY, day=day)


@pages.post("/imports/<int:job_id>")
def decide(job_id: int) -> Response:
    """Import the valid rows, or give the file up."""
    with runtime().unit_of_work() as uow:
        if request.form.get("act") == "import":
            confirm_import(uow, account(), job_id)
        elif request.form.get("act") == "cancel":
            cancel_import(uow, files(), account(), job_id)
            flash(gettext("The import was cancelled. What is on the ledger already stays there."), "success")
    return redirect(url_for("ledger.import_job", job_id=job_id))


@pages.get("/imports/<int:job_id>/report")
def report(job_id: int) -> Response:
    """The workbook with the rows in question; once corrected, it can be handed in again."""
    with runtime().reading() as uow:
        job = import_of(uow.session, account(), job_id)
    place = files().report(job)
    if not place.exists():
        raise NotFound("file", str(job_id))
    name = gettext("Report on %(file)s", file=harmless(job.file_name).rpartition(".")[0])
    return send_file(place.resolve(), as_attachment=True, download_name=f"{name}.xlsx", max_age=0)


def _handed_in(sent: FileStorage, name: str) -> ImportJob:
    folder = files().folder / "coming"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        content = Path(place) / "content"
        sent.save(content)
        with runtime().unit_of_work() as uow:
            _ensure_may_import(uow)
            campaign = campaign_of(uow.session, request.form.get("campaign", ""))
            return hand_in(uow, files(), account(), campaign, name, content)


def _ensure_may_import(uow: UnitOfWork) -> None:
    if not may_import(scope(uow)):
        raise NotPermitted(f"{account()} may put no hazard on the ledger")


def _page(error: str) -> str:
    with runtime().reading() as uow:
        _ensure_may_import(uow)
        jobs = imports_of(uow.session, account())
        campaigns = choices(uow.session)["campaign"]
    most = settings().largest_upload // MEGABYTE
    return render_template("ledger/imports.html", jobs=jobs, campaigns=campaigns, error=error, most=most)
