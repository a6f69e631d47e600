"""The lists for everybody: what is asked for by city, sector and year, and where the next page begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar

from flask import request, url_for
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from web.paging import cursor, position
from web.wiring import settings
from web.words import in_words
from workflows.geography.divisions import HENAN, divisions
from workflows.organisations.sectors import Sector
from workflows.publishing import Choice, year_of

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 9000


class Published(Protocol):
    """One thing on a list."""

    @property
    def id(self) -> int: ...
    @property
    def published_at(self) -> datetime: ...


Item = TypeVar("Item", bound=Published)
Read = Callable[..., Sequence[Item]]


@dataclass(frozen=True)
class PublicList:
    """One page of a list, with what may be chosen and what was."""

    items: Sequence[Any]
    choice: Choice
    cities: Sequence[tuple[str, str]]
    sectors: Sequence[tuple[str, str]]
    years: Sequence[tuple[str, str]]
    is_first_page: bool
    next: str | None

    @property
    def is_filtered(self) -> bool:
        return self.choice != Choice()


def list_of(
    uow: UnitOfWork, endpoint: str, read: Read[Item], first_year: Callable[[Session], int | None]
) -> PublicList:
    """The page of a list that the address asks for."""
    choice, after = _choice(), position(endpoint, request.args.get("after"))
    size = settings().page_size
    place = (datetime.fromisoformat(after[0]), int(after[1])) if after else None
    found = read(uow.session, choice, after=place, limit=size + 1)
    return PublicList(
        items=found[:size],
        choice=choice,
        cities=cities(),
        sectors=[(sector.value, in_words(sector)) for sector in Sector],
        years=_years(first_year(uow.session), year_of(uow.now) or 0),
        is_first_page=after is None,
        next=_next(endpoint, choice, found[size - 1]) if len(found) > size else None,
    )


def cities() -> Sequence[tuple[str, str]]:
    """The province's cities by code, in administrative order."""
    return [(each.code, each.name) for each in divisions().values() if each.parent_code == HENAN]


def _choice() -> Choice:
    year = request.args.get("year", type=int)
    return Choice(
        city=next((code for code, _ in cities() if code == request.args.get("city")), None),
        sector=next((sector for sector in Sector if sector.value == request.args.get("sector")), None),
        year=year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None,
    )


def _years(first: int | None, last: int) -> Sequence[tuple[str, str]]:
    return [(str(year), str(year)) for year in range(last, (first or last) - 1, -1)]


def _next(endpoint: str, choice: Choice, last: Published) -> str:
    place = cursor(endpoint, [last.published_at.isoformat(), last.id])
    return url_for(endpoint, city=choice.city, sector=choice.sector, year=choice.year, after=place)
