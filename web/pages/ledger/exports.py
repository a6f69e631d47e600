"""Exports: asked for, watched, downloaded by who asked, given up."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.errors import NotFound
from web.pages.ledger.blueprint import account, files, pages
from web.sentences import spoken
from web.wiring import runtime, settings
from workflows.errors import Refused
from workflows.ledger.appearance import Appearance
from workflows.ledger.export_jobs import ask_for_export, cancel_export, export_of, exports_of, selection_of
from workflows.ledger.models import ExportJob
from workflows.ledger.selection import Selection
from workflows.ledger.states import UNDER_WAY, ExportFormat, JobState


@pages.get("/exports")
def exports() -> str:
    """The visitor's exports; a part of the page asks for itself again while one is under way."""
    with runtime().reading() as uow:
        jobs = exports_of(uow.session, account())
    page = "ledger/export_list.html" if request.headers.get("HX-Request") else "ledger/exports.html"
    return render_template(page, jobs=jobs, is_live=any(job.state in UNDER_WAY for job in jobs), words=in_words_of)


@pages.post("/exports")
def export() -> Response:
    """A new export of the selection that the form names."""
    pairs = parse_qsl(request.form.get("query", ""))
    columns = Appearance.from_query(pairs).columns if request.form.get("columns") == "shown" else ()
    kind = next((it for it in ExportFormat if it.value == request.form.get("format")), ExportFormat.WORKBOOK)
    try:
        with runtime().unit_of_work() as uow:
            ask_for_export(uow, account(), Selection.from_query(pairs), columns, kind)
    except Refused as refused:
        flash(spoken(refused.said), "error")
    return redirect(url_for("ledger.exports"))


@pages.post("/exports/<int:job_id>/cancel")
def give_up_export(job_id: int) -> Response:
    with runtime().unit_of_work() as uow:
        cancel_export(uow, account(), job_id)
    flash(gettext("The export was cancelled."), "success")
    return redirect(url_for("ledger.exports"))


@pages.get("/exports/<int:job_id>/file")
def exported(job_id: int) -> Response:
    """The file, for the person who asked for it alone."""
    with runtime().reading() as uow:
        job = export_of(uow.session, account(), job_id)
    place = files().written(job)
    if job.state is not JobState.DONE or not place.exists():
        raise NotFound("file", str(job_id))
    day = settings().calendar.local_date(job.created_at)
    name = gettext("Ledger %(day)s", day=day.isoformat())
    sent = send_file(place.resolve(), as_attachment=True, download_name=f"{name}.{job.format.value}", max_age=0)
    sent.cache_control.private = True
    return sent


def in_words_of(job: ExportJob) -> str:
    """What an export writes, in words."""
    said = [spoken(words) for names, words in selection_of(job).described() if names != ("campaign",)]
    return gettext(", ").join(said) or gettext("The whole ledger")
