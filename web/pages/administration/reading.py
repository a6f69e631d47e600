"""Reads what forms and addresses of administration bring: members of enums, days, numbers, organisations, regions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask import request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from web.paging import cursor
from web.places import place_in_words
from workflows.geography.divisions import RegionLevel, divisions, path_of
from workflows.geography.names import code_by_name
from workflows.organisations.mandates import Mandate
from workflows.organisations.models import Organisation

E = TypeVar("E", bound=StrEnum)
MOST_PROPOSED = 300


def text(name: str) -> str:
    """A field as it was written, without blanks around it."""
    return request.values.get(name, "").strip()


def member(kind: type[E], name: str) -> E | None:
    """The member of an enum that was chosen; None for none."""
    written = text(name)
    return next((each for each in kind if each.value == written), None)


def members(kind: type[E], name: str) -> list[E]:
    """The members of an enum that were ticked, in the order of their definition."""
    ticked = set(request.values.getlist(name))
    return [each for each in kind if each.value in ticked]


def day(name: str) -> date | None:
    """A day as a date field sends it; None for none or what is none."""
    try:
        return date.fromisoformat(text(name))
    except ValueError:
        return None


def number(name: str) -> int | None:
    """A number from nought; None for none or what is none."""
    written = text(name)
    return int(written) if written.isdecimal() and len(written) < 19 else None


def version() -> int:
    """The version of the record that the form was filled in for."""
    return number("expected_version") or 0


def region_code(name: str) -> str:
    """The code of a region that was written as code, code and name, or name; what is none of these as it stands."""
    written = text(name)
    code = written.split(" ")[0]
    return code if code in divisions() else code_by_name(written) or written


def regions_within(mandate: Mandate) -> list[str]:
    """The regions of a mandate that a form proposes, as code and name; townships only to those who have few."""
    paths = [territory.region_path for territory in mandate.territories]
    reached = [code for code in divisions() if any(path_of(code).startswith(path) for path in paths)]
    large = len(reached) > MOST_PROPOSED
    return [
        f"{code} {place_in_words(code)}"
        for code in reached
        if not (large and divisions()[code].level is RegionLevel.TOWNSHIP)
    ]


def organisation_id(session: Session, mandate: Mandate, name: str) -> int | None:
    """The organisation that was written by its number, or by its whole name if that is one's only in the mandate."""
    written = text(name)
    if written.isdecimal():
        return number(name)
    rows = mandate.within(select(Organisation.id)).where(Organisation.name == written, Organisation.closed_at.is_(None))
    found = session.scalars(rows.limit(2)).all()
    return found[0] if len(found) == 1 else None


def address(endpoint: str, filters: tuple[str, ...], **more: str) -> str:
    """The address of a list with the filters that were asked for, and no other arguments of this request's."""
    arguments: dict[str, Any] = {name: request.args[name] for name in filters if request.args.get(name)} | more
    return url_for(endpoint, **arguments)


def next_page(endpoint: str, filters: tuple[str, ...], of: str, after: list[Any] | None) -> str | None:
    """Where the list goes on, under the same filters; None at its end."""
    return address(endpoint, filters, after=cursor(of, after)) if after is not None else None
