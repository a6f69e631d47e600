"""Reads the ledger page by page, forwards and backwards, and counts what is selected as far as that is cheap.

What is selected is counted first. Few rows are gathered by the index that finds them, and put in order; of many the
first are found soon enough by the index that has them in order. The databases cannot tell which is better, because
they guess how many rows several conditions leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from workflows.hazards.models import Hazard
from workflows.ledger.orders import Order, Run, runs, turned
from workflows.ledger.selection import Selection
from workflows.permissions import Scope

COUNTED: Final = 10_000
"""Up to so many rows are counted; beyond it nobody needs the last figure, and counting would cost more than reading."""

COUNTED_BY_TEXT: Final = 4_000
"""The same for a search, where each row must be looked up; more than are gathered."""

GATHERED: Final = 3_000
"""Up to so many rows are put in order when they are asked for."""


@dataclass(frozen=True)
class Position:
    """A row's place in an order: which run it is in, by what value it stands there, and its id."""

    run: int
    value: Any
    id: int


@dataclass(frozen=True)
class LedgerPage:
    """Some rows in order, and the places before and behind which there are more (None: no more)."""

    rows: Sequence[Hazard]
    before: Position | None
    after: Position | None


@dataclass(frozen=True)
class Count:
    """How many rows are selected; `is_exact` is false when there are more than were counted."""

    number: int
    is_exact: bool


@dataclass(frozen=True)
class Listing:
    """A selection in an order, as one person may see it at one moment."""

    session: Session
    selection: Selection
    scope: Scope
    now: datetime
    order: Order = Order.REGISTERED
    descends: bool = False

    @cached_property
    def count(self) -> Count:
        """How many rows there are, up to the bound. Raises UnknownRecord for the campaign, Refused for the text."""
        most = COUNTED_BY_TEXT if self.selection.text else COUNTED
        some = self._selected(select(Hazard.id)).limit(most + 1).subquery()
        number = self.session.scalars(select(func.count()).select_from(some)).one()
        return Count(min(number, most), number <= most)

    def following(self, place: Position | None, limit: int) -> LedgerPage:
        """The page behind a place, or the first one. Raises as `count` does."""
        rows, more = self._read(self._runs(), place, limit)
        return LedgerPage(
            rows=rows,
            before=self._position(rows[0]) if rows and place is not None else None,
            after=self._position(rows[-1]) if more else None,
        )

    def preceding(self, place: Position, limit: int) -> LedgerPage:
        """The page before a place; the first page when too few rows stand there to fill one."""
        order = self._runs()
        backwards = Position(len(order) - 1 - place.run, place.value, place.id)
        rows, more = self._read(turned(order), backwards, limit)
        if not more:
            return self.following(None, limit)
        rows.reverse()
        return LedgerPage(rows, before=self._position(rows[0]), after=self._position(rows[-1]))

    def _runs(self) -> Sequence[Run]:
        return runs(self.order, self.selection, descends=self.descends)

    def _read(self, order: Sequence[Run], place: Position | None, limit: int) -> tuple[list[Hazard], bool]:
        """Up to `limit` rows behind a place, and whether there are more."""
        read = self._gathered if self.count.number <= GATHERED else self._walked
        found = read(order, place, limit + 1)
        return found[:limit], len(found) > limit

    def _gathered(self, order: Sequence[Run], place: Position | None, limit: int) -> list[Hazard]:
        """Few rows, put in order among themselves.

        They are ordered by expressions, for which there is no index, so that the databases find them by their own.
        """
        rank = case(*((run.condition, at) for at, run in enumerate(order)))
        rows = self._selected(select(Hazard)).where(rank.is_not(None))
        if place is not None:
            here = and_(rank == place.run, order[place.run].after(place.value, place.id, by_index=False))
            rows = rows.where(or_(rank > place.run, here))
        return list(self.session.scalars(rows.order_by(rank, *order[0].ordering(by_index=False)).limit(limit)))

    def _walked(self, order: Sequence[Run], place: Position | None, limit: int) -> list[Hazard]:
        """The first of many rows, run after run, each in the order of its index."""
        found: list[Hazard] = []
        begins_at = place.run if place else 0
        for at, run in enumerate(order[begins_at:], start=begins_at):
            rows = self._selected(select(Hazard)).where(run.condition)
            if place is not None and at == begins_at:
                rows = rows.where(run.after(place.value, place.id))
            found += self.session.scalars(rows.order_by(*run.ordering()).limit(limit - len(found)))
            if len(found) == limit:
                break
        return found

    def _selected(self, statement: Select[Any]) -> Select[Any]:
        return self.selection.narrow(self.session, statement, self.scope, self.now)

    def _position(self, row: Hazard) -> Position:
        at, run = next((at, run) for at, run in enumerate(self._runs()) if run.holds(row))
        return Position(at, getattr(row, run.column.key) if run.column is not None else None, row.id)
