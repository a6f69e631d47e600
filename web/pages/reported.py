"""What was reported to the committee: hazards so late that every rung below was of no avail, and who takes care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user, login_required

from engine.runtime import UnitOfWork
from web.access import ensure_role, scope
from web.pages.cards import Card, cards
from web.pages.hazard.care import Care, care_of
from web.pages.hazard.holders import holders_of
from web.paging import cursor, position
from web.security.identity import current_actor, signed_in
from web.wiring import runtime, settings
from workflows.escalation.reported import MOST_COUNTED, Place, Reported, Which, count_reported, reported
from workflows.escalation.stopping import acknowledgements_of
from workflows.organisations.roles import Role

pages = Blueprint("reported", __name__, url_prefix="/reported")

READERS = (Role.COMMITTEE_OFFICE, Role.PROVINCIAL_LEADER, Role.AUDITOR, Role.ADMINISTRATOR)
COMMITTEE = frozenset({Role.COMMITTEE_OFFICE, Role.PROVINCIAL_LEADER})
CURSOR = "reported"


@dataclass(frozen=True)
class Row:
    """One late task as the page shows it: with whom it is, since when the committee knows, and who takes care."""

    card: Card
    holder: str
    told_at: datetime
    care: Sequence[Care]


@pages.get("")
@login_required
def show() -> str:
    which = next((each for each in Which if each.value == request.args.get("which")), Which.ALL)
    size = settings().page_size
    with runtime().reading() as uow:
        actor = current_actor(uow)
        ensure_role(uow, actor, *READERS)
        found = reported(uow, scope(uow, actor), which, after=_after(), limit=size + 1)
        following = _next(which, found[size - 1]) if len(found) > size else None
        rows = _rows(uow, found[:size])
        return render_template("reported.html", rows=rows, which=which, next=following)


@pages.app_template_global()
def reported_to_committee() -> str:
    """How many hazards stand on this page for a member of a committee, in words; empty for none and for others."""
    if not current_user.is_authenticated or signed_in().roles.isdisjoint(COMMITTEE):
        return ""
    with runtime().reading() as uow:
        count = count_reported(uow, scope(uow, current_actor(uow)))
    return gettext("99+") if count >= MOST_COUNTED else str(count or "")


def _rows(uow: UnitOfWork, found: Sequence[Reported]) -> Sequence[Row]:
    tasks = [it.task for it in found]
    holders = holders_of(uow, tasks)
    given = acknowledgements_of(uow.session, [task.id for task in tasks])
    care = care_of(uow, [it for some in given.values() for it in some])
    return [
        Row(
            card,
            holders.get(it.task.id, ""),
            it.told_at,
            [care[each.id] for each in given.get(it.task.id, ()) if each.due_at == it.task.due_at][::-1],
        )
        for it, card in zip(found, cards(uow, tasks), strict=True)
    ]


def _after() -> Place | None:
    after = position(CURSOR, request.args.get("after"))
    return (datetime.fromisoformat(after[0]), int(after[1])) if after else None


def _next(which: Which, last: Reported) -> str:
    due_at = last.task.due_at.isoformat() if last.task.due_at else ""
    return url_for("reported.show", which=which.value, after=cursor(CURSOR, [due_at, last.task.id]))
