"""Listed supervision (挂牌督办): proposing it, how far it is, what was handed in, and its end (摘牌)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request, url_for
from flask_babel import gettext
from flask_login import login_required
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.pages.side_processes.acting import NOTHING_REFUSED, Refusal, submit, visible_hazard
from web.pages.side_processes.blueprint import pages
from web.pages.side_processes.frame import frame_of, show
from web.wiring import runtime
from workflows.geography.regions import region
from workflows.hazards.models import Hazard
from workflows.listed_supervision import (
    Supervision,
    SupervisionNote,
    listing_committee,
    notes_of,
    propose_listing,
    supervisions_of,
)
from workflows.listed_supervision.proposing import PROCESS
from workflows.organisations.tree import organisation
from workflows.side_acts import SideAct, ensure_may_begin


@dataclass(frozen=True)
class Step:
    """One step of a supervision: what it is, and when and by whom it was done, if it was."""

    name: str
    at: datetime | None
    by: str | None
    detail: str = ""


@dataclass(frozen=True)
class Listing:
    """One supervision with its steps and everything that was handed in."""

    supervision: Supervision
    committee: str
    steps: Sequence[Step]
    notes: Sequence[SupervisionNote]


@pages.get("/listing")
@login_required
def listing(number: str) -> str:
    return _page(number, NOTHING_REFUSED)


@pages.post("/listing")
@login_required
def propose_to_list(number: str) -> Response | tuple[str, int]:
    return submit(
        number,
        "listing",
        _propose,
        _page,
        done=gettext("Listed supervision was proposed. The committee's leader decides."),
        address=url_for("side_processes.listing", number=number),
    )


def _propose(uow: UnitOfWork, hazard: Hazard, account: str) -> None:
    ensure_may_begin(uow, hazard, account, SideAct.LISTING)
    propose_listing(uow, hazard, reason=request.form.get("reason", "").strip(), by=account)


def _page(number: str, refusal: Refusal) -> str:
    with runtime().reading() as uow:
        hazard = visible_hazard(uow, number)
        listings = [_listing(uow, each) for each in reversed(supervisions_of(uow.session, hazard.id))]
        committee = listing_committee(uow.session, hazard)
        level = region(uow.session, committee.region_code).level
        frame = frame_of(uow, hazard, SideAct.LISTING, PROCESS)
        accounts = list(_accounts(listings))
        return show("listing", uow, frame, refusal, accounts, listings=listings, committee=committee, level=level)


def _listing(uow: UnitOfWork, it: Supervision) -> Listing:
    committee = organisation(uow.session, it.committee_id).name
    return Listing(it, committee, list(_steps(it)), notes_of(uow.session, it.id))


def _steps(it: Supervision) -> Iterator[Step]:
    yield Step(gettext("Proposed"), it.proposed_at, it.proposed_by, it.reason)
    yield Step(gettext("Decided"), it.decided_at, it.decided_by, it.opinion)
    if it.document is None:
        return
    yield Step(gettext("Notice signed for"), it.signed_at, it.signed_by)
    yield Step(gettext("Treatment plan accepted"), it.plan_accepted_at, it.plan_accepted_by)
    yield Step(gettext("Listing published"), it.published_at, None, it.published_in)
    yield Step(gettext("Accepted on site"), it.accepted_at, it.accepted_by)
    yield Step(gettext("Delisted"), it.delisted_at, it.delisted_by)
    yield Step(gettext("Delisting published"), it.delisting_published_at, None, it.delisting_published_in)


def _accounts(listings: Sequence[Listing]) -> Iterator[str | None]:
    for it in listings:
        yield from (step.by for step in it.steps)
        yield from (note.by for note in it.notes)
