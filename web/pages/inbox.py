"""The inbox: what waits for the signed-in person, most urgent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from engine.tasks import Actor, Cursor, DueWithin, count_inbox
from engine.tasks import inbox as tasks_of
from web.pages.cards import Card, cards
from web.paging import cursor, position
from web.security.identity import current_actor
from web.times import Urgency, windows
from web.wiring import runtime, settings

pages = Blueprint("inbox", __name__)
ANY_TIME = DueWithin()


class Whose(StrEnum):
    """All that a person may do, or only what is theirs by name."""

    ALL = "all"
    MINE = "mine"


@dataclass(frozen=True)
class Choice:
    """Which part of the inbox was asked for; it stands in the address, so it can be bookmarked."""

    whose: Whose
    urgency: Urgency | None
    after: Cursor | None


@dataclass(frozen=True)
class Inbox:
    """One page of the inbox, in bands, with the counts of all of it."""

    whose: Whose
    is_filtered: bool
    bands: Sequence[tuple[Urgency, Sequence[Card]]]
    tally: Mapping[Urgency, int]
    counts: Mapping[Whose, int]
    next: str | None


@pages.get("/")
def home() -> Response:
    return redirect(url_for("inbox.show"))


@pages.get("/inbox")
@login_required
def show() -> str:
    choice = _choice()
    with runtime().reading() as uow:
        inbox = read_inbox(uow, current_actor(uow), choice)
    return render_template("inbox.html", inbox=inbox, Whose=Whose, Urgency=Urgency, today=uow.now)


def read_inbox(uow: UnitOfWork, actor: Actor, choice: Choice) -> Inbox:
    """The chosen page of a person's inbox."""
    whose = {Whose.ALL: actor, Whose.MINE: replace(actor, groups=frozenset())}
    bounds = windows(uow.now, settings().calendar.zone)
    page = tasks_of(
        uow.session,
        whose[choice.whose],
        after=choice.after,
        limit=settings().page_size,
        due=bounds[choice.urgency] if choice.urgency else ANY_TIME,
    )
    rows = groupby(cards(uow, page.tasks), key=lambda card: card.due.urgency)
    return Inbox(
        whose=choice.whose,
        is_filtered=choice.urgency is not None or choice.whose is not Whose.ALL or choice.after is not None,
        bands=[(urgency, list(band)) for urgency, band in rows],
        tally={band: count_inbox(uow.session, whose[choice.whose], due=bounds[band]) for band in Urgency},
        counts={each: count_inbox(uow.session, identity) for each, identity in whose.items()},
        next=_address_of_next(choice, page.next),
    )


def _choice() -> Choice:
    after = position("inbox", request.args.get("after"))
    return Choice(
        whose=Whose.MINE if request.args.get("whose") == Whose.MINE else Whose.ALL,
        urgency=next((each for each in Urgency if each == request.args.get("urgency")), None),
        after=Cursor(datetime.fromisoformat(after[0]), int(after[1])) if after else None,
    )


def _address_of_next(choice: Choice, after: Cursor | None) -> str | None:
    if after is None:
        return None
    place = cursor("inbox", [after.due_at.isoformat(), after.task_id])
    return url_for("inbox.show", whose=choice.whose, urgency=choice.urgency, after=place)
