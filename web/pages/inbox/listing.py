"""Reads one page of the inbox, with the counts of all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import url_for

from engine.runtime import UnitOfWork
from engine.tasks import Actor, Cursor, DueWithin, Narrowing, Share, Survey, survey
from engine.tasks import inbox as tasks_of
from web.pages.inbox.choice import Choice
from web.pages.inbox.filtering import FilterBar, filter_bar
from web.pages.inbox.live import State
from web.pages.inbox.rows import Row, rows_of
from web.pages.inbox.tabs import OPEN_TABS, Whose
from web.paging import cursor, position
from web.times import Urgency, windows
from web.wiring import settings

ANY_TIME = DueWithin()


@dataclass(frozen=True)
class Count:
    """How many tasks were counted; `is_more` when there may be more, because the inbox is longer than was read."""

    value: int
    is_more: bool = False

    def __str__(self) -> str:
        if not self.is_more:
            return f"{self.value}"
        return f"{self.value}+" if self.value else "…"

    def __bool__(self) -> bool:
        return bool(self.value) or self.is_more


@dataclass(frozen=True)
class Inbox:
    """One page of open tasks, in bands. `state` is what the page compares with what it hears later."""

    choice: Choice
    bar: FilterBar
    bands: Sequence[tuple[Urgency, Sequence[Row]]]
    tally: Mapping[Urgency, Count]
    counts: Mapping[Whose, Count]
    state: State
    next: str | None
    is_first_page: bool

    @property
    def first(self) -> Row | None:
        """The most urgent task of the page."""
        return self.bands[0][1][0] if self.bands else None

    @property
    def has_unread(self) -> bool:
        return any(row.is_unread for _, rows in self.bands for row in rows)


def read_inbox(uow: UnitOfWork, actor: Actor, choice: Choice, narrowed: Narrowing | None, after: str | None) -> Inbox:
    """A page of the choice's open tasks, from the position `after` on. Raises InvalidCursor."""
    bounds, share, place = windows(uow.now, settings().calendar.zone), choice.whose.share, _place(after)
    page = tasks_of(
        uow.session,
        actor,
        after=place,
        limit=settings().page_size,
        due=bounds[choice.urgency] if choice.urgency else ANY_TIME,
        share=share,
        narrowed=narrowed,
    )
    rows = groupby(rows_of(uow, page.tasks, actor, page.on_behalf_of), key=lambda row: row.card.due.urgency)
    whole = survey(uow.session, actor, narrowed=narrowed)
    return Inbox(
        choice=choice,
        bar=filter_bar(uow, choice),
        bands=[(urgency, list(band)) for urgency, band in rows],
        tally={band: _count(whole, share, span) for band, span in bounds.items()},
        counts=tab_counts(whole),
        state=State.of(whole, share),
        next=_address_of_next(choice, page.next),
        is_first_page=place is None,
    )


def tab_counts(whole: Survey) -> dict[Whose, Count]:
    """How many tasks each tab of open ones holds."""
    return {tab: _count(whole, tab.share, ANY_TIME) for tab in OPEN_TABS}


def _count(whole: Survey, share: Share, span: DueWithin) -> Count:
    counted = sum(entry.is_in(share) and span.holds(entry.due_at) for entry in whole.entries)
    return Count(counted, whole.read_until is not None and (span.end is None or span.end > whole.read_until))


def _place(after: str | None) -> Cursor | None:
    found = position("inbox", after)
    return Cursor(datetime.fromisoformat(found[0]), int(found[1])) if found else None


def _address_of_next(choice: Choice, after: Cursor | None) -> str | None:
    if after is None:
        return None
    place = cursor("inbox", [after.due_at.isoformat(), after.task_id])
    return url_for("inbox.show", **choice.arguments, after=place)
