"""Extension (延期): the rules, the form for the unit, and what became of each request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import request, url_for
from flask_babel import gettext
from flask_login import login_required
from sqlalchemy import select
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.errors import UploadRefused
from web.pages.side_processes.acting import NOTHING_REFUSED, Refusal, submit, visible_hazard
from web.pages.side_processes.blueprint import pages
from web.pages.side_processes.frame import frame_of, show
from web.sentences import spoken
from web.uploads import store_upload
from web.wiring import runtime
from workflows.errors import InvalidRecord
from workflows.extension_request import ExtensionRequest, request_extension, requests_of
from workflows.extension_request.requesting import PROCESS
from workflows.extension_request.rules import ExtensionRules, rules_for
from workflows.hazards.evidence import add_evidence
from workflows.hazards.models import Evidence, Hazard
from workflows.hazards.words import EvidenceKind
from workflows.sentences import sentence
from workflows.side_acts import SideAct

MOST_FILES: Final = 5


@dataclass(frozen=True)
class Asked:
    """One request, with the files that were handed in with it."""

    request: ExtensionRequest
    evidence: Sequence[Evidence]


@pages.get("/extension")
@login_required
def extension(number: str) -> str:
    return _page(number, NOTHING_REFUSED)


@pages.post("/extension")
@login_required
def ask_for_extension(number: str) -> Response | tuple[str, int]:
    try:
        evidence = _handed_in(number)
    except UploadRefused as refused:
        return _page(number, Refusal(errors={"evidence": spoken(refused.said)})), 422
    return submit(
        number,
        "extension",
        lambda uow, hazard, account: _ask(uow, hazard, account, evidence),
        _page,
        done=gettext("Your request was sent. The present limit holds until it is answered."),
        address=url_for("side_processes.extension", number=number),
    )


def _handed_in(number: str) -> Sequence[str]:
    """Keeps the files before anything else begins: what photos tell of themselves is a unit of work of its own."""
    with runtime().reading() as uow:
        visible_hazard(uow, number)
    files = [upload for upload in request.files.getlist("evidence") if upload.filename]
    return [store_upload(upload) for upload in files[:MOST_FILES]]


def _ask(uow: UnitOfWork, hazard: Hazard, account: str, evidence: Sequence[str]) -> None:
    until = _day(request.form.get("until", ""))
    reason = request.form.get("reason", "").strip()
    request_extension(uow, hazard, until=until, reason=reason, evidence=evidence, by=account)
    add_evidence(uow, hazard, EvidenceKind.DOCUMENT, evidence, by=account)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written.strip())
    except ValueError as unreadable:
        raise InvalidRecord({"until": sentence("choose a day")}) from unreadable


def _page(number: str, refusal: Refusal) -> str:
    with runtime().reading() as uow:
        hazard = visible_hazard(uow, number)
        rules: ExtensionRules = rules_for(uow.session, hazard)
        asked = _asked(uow, hazard)
        accounts = [account for it in asked for account in (it.request.requested_by, it.request.decided_by)]
        frame = frame_of(uow, hazard, SideAct.EXTENSION, PROCESS)
        return show("extension", uow, frame, refusal, accounts, rules=rules, asked=asked)


def _asked(uow: UnitOfWork, hazard: Hazard) -> Sequence[Asked]:
    requests = list(reversed(requests_of(uow.session, hazard.id)))
    wanted = {reference for each in requests for reference in each.evidence}
    rows = uow.session.scalars(
        select(Evidence).where(Evidence.hazard_id == hazard.id, Evidence.reference.in_(wanted)).order_by(Evidence.id)
    )
    kept: Mapping[str, Evidence] = {row.reference: row for row in rows}
    return [Asked(each, [kept[it] for it in each.evidence if it in kept]) for each in requests]
