"""Replays of a draft: what it would have done with hazards that are finished, in numbers and hazard by hazard.

A designer learns how many differ and in what. Which hazard it was is told only to those who may read it anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from engine.definitions.files import Files
from engine.modelling import draft_files
from engine.runtime import UnitOfWork
from web.access import scope
from web.pages.designer.blueprint import EDITS, pages, require, the_draft
from web.pages.designer.trial_view import file_with
from web.pages.names import names_of
from web.security.identity import current_actor, signed_in
from web.sentences import spoken
from web.wiring import runtime
from workflows.errors import Refused
from workflows.hazards.models import Hazard
from workflows.permissions import permits
from workflows.trials.models import Finding, ReplayFinding
from workflows.trials.remembering import sentence_from_data
from workflows.trials.replays import (
    SIZES,
    UNDER_WAY,
    ask_for_replay,
    cancel_replay,
    findings_of,
    replay_of,
    replays_of,
    summary_of,
)

MOST_SHOWN = 20


@dataclass(frozen=True)
class Line:
    """One hazard of a replay; `number` only for a visitor who may read it."""

    place: int
    finding: Finding
    number: str
    said: str
    element_id: str
    file: str


@pages.get("/drafts/<int:draft_id>/replays")
def replays(draft_id: int) -> str:
    return _list(draft_id)


@pages.post("/drafts/<int:draft_id>/replays")
def begin_a_replay(draft_id: int) -> Response | tuple[str, int]:
    require(EDITS)
    most = request.form.get("most", SIZES[0], type=int)
    try:
        with runtime().unit_of_work() as uow:
            draft = the_draft(uow, draft_id)
            replay_id = ask_for_replay(uow, draft.id, most, by=signed_in().account).id
    except Refused as refused:
        return _list(draft_id, spoken(refused.said)), 422
    return redirect(url_for("designer.replay", draft_id=draft_id, replay_id=replay_id))


@pages.get("/drafts/<int:draft_id>/replays/<int:replay_id>")
def replay(draft_id: int, replay_id: int) -> str:
    return _page(draft_id, replay_id, "designer/replay.html")


@pages.get("/drafts/<int:draft_id>/replays/<int:replay_id>/progress")
def replay_progress(draft_id: int, replay_id: int) -> str:
    """The changing part of a replay's page alone, for a page that looks again by itself."""
    return _page(draft_id, replay_id, "designer/replay_results.html")


@pages.post("/drafts/<int:draft_id>/replays/<int:replay_id>/cancel")
def cancel_a_replay(draft_id: int, replay_id: int) -> Response:
    require(EDITS)
    try:
        with runtime().unit_of_work() as uow:
            cancel_replay(uow, replay_of(uow.session, draft_id, replay_id))
    except Refused as refused:
        flash(spoken(refused.said), "warning")
    return redirect(url_for("designer.replay", draft_id=draft_id, replay_id=replay_id))


def _list(draft_id: int, refusal: str = "") -> str:
    with runtime().reading() as uow:
        draft = the_draft(uow, draft_id)
        asked = replays_of(uow.session, draft_id, MOST_SHOWN)
        return render_template(
            "designer/replays.html",
            draft=draft,
            replays=[(each, summary_of(uow.session, each.id)) for each in asked],
            names=names_of(uow, (each.asked_by for each in asked)),
            sizes=SIZES,
            under_way=UNDER_WAY,
            refusal=refusal,
        )


def _page(draft_id: int, replay_id: int, template: str) -> str:
    finding = _asked_for()
    with runtime().reading() as uow:
        draft, asked = the_draft(uow, draft_id), replay_of(uow.session, draft_id, replay_id)
        files = draft_files(uow.session, draft_id, at=asked.revision)
        return render_template(
            template,
            draft=draft,
            replay=asked,
            summary=summary_of(uow.session, replay_id),
            lines=_lines(uow, findings_of(uow.session, replay_id, finding), files),
            finding=finding,
            is_under_way=asked.state in UNDER_WAY,
            names=names_of(uow, [asked.asked_by]),
        )


def _asked_for() -> Finding | None:
    asked = request.args.get("finding", "")
    return Finding(asked) if asked in set(Finding) else None


def _lines(uow: UnitOfWork, found: Sequence[ReplayFinding], files: Files) -> list[Line]:
    readable = _readable(uow, [each.hazard_id for each in found])
    return [
        Line(
            place=each.place,
            finding=each.finding,
            number=readable.get(each.hazard_id, ""),
            said=spoken(sentence_from_data(each.difference)) if each.difference else gettext("Nothing would differ."),
            element_id=each.element_id,
            file=file_with(each.element_id, files),
        )
        for each in found
    ]


def _readable(uow: UnitOfWork, hazards: Sequence[int]) -> dict[int, str]:
    """The numbers of those hazards that the visitor may read."""
    reach = scope(uow, current_actor(uow))
    facts = (Hazard.id, Hazard.number, Hazard.region_path, Hazard.sector, Hazard.unit_id)
    rows = uow.session.execute(select(*facts).where(Hazard.id.in_(hazards)))
    return {row.id: row.number for row in rows if permits(reach, row.region_path, row.sector, row.unit_id)}
