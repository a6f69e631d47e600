"""The tab with what a person has done, the latest first, day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from flask import url_for

from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from engine.tasks import Actor, DoneCursor, Narrowing, completed, survey
from web.pages.cards import Card, cards
from web.pages.inbox.choice import Choice
from web.pages.inbox.filtering import FilterBar, filter_bar
from web.pages.inbox.listing import Count, tab_counts
from web.pages.inbox.tabs import Whose
from web.pages.names import names_of
from web.paging import cursor, position
from web.wiring import settings


@dataclass(frozen=True)
class DoneTasks:
    """One page of them; `names` are those for whom the person stood in, by account."""

    choice: Choice
    bar: FilterBar
    days: Sequence[tuple[date, Sequence[Card]]]
    counts: Mapping[Whose, Count]
    names: Mapping[str, str]
    next: str | None


def read_done(
    uow: UnitOfWork, actor: Actor, choice: Choice, narrowed: Narrowing | None, after: str | None
) -> DoneTasks:
    """A page of what the person completed, from the position `after` on. Raises InvalidCursor."""
    found = position("done", after)
    place = DoneCursor(datetime.fromisoformat(found[0]), int(found[1])) if found else None
    page = completed(uow.session, actor.user, after=place, limit=settings().page_size, narrowed=narrowed)
    days = groupby(cards(uow, page.tasks), key=lambda card: _day(card.task))
    return DoneTasks(
        choice=choice,
        bar=filter_bar(uow, choice),
        days=[(day, list(of_day)) for day, of_day in days],
        counts=tab_counts(survey(uow.session, actor, narrowed=narrowed)),
        names=names_of(uow, [task.on_behalf_of for task in page.tasks]),
        next=_address_of_next(choice, page.next),
    )


def _day(task: UserTask) -> date:
    assert task.completed_at is not None
    return task.completed_at.astimezone(settings().calendar.zone).date()


def _address_of_next(choice: Choice, after: DoneCursor | None) -> str | None:
    if after is None:
        return None
    place = cursor("done", [after.completed_at.isoformat(), after.task_id])
    return url_for("inbox.show", **choice.arguments, after=place)
