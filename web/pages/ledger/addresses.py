"""Addresses of the ledger: a selection, how it is shown, and where in it; places are signed and bound to an order."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from web.paging import cursor, position
from workflows.ledger.appearance import Appearance
from workflows.ledger.listing import Position
from workflows.ledger.orders import Order
from workflows.ledger.selection import Selection


def address_of(selection: Selection, appearance: Appearance, **more: str) -> str:
    """The address of the ledger that shows a selection."""
    query = urlencode([*selection.pairs(), *appearance.pairs(), *more.items()])
    return f"{url_for('ledger.show')}?{query}" if query else url_for("ledger.show")


def place_asked(name: str, appearance: Appearance) -> Position | None:
    """The place that this request's address names as `after` or `before`. Raises InvalidCursor."""
    read = position(_list(appearance), request.args.get(name))
    return Position(int(read[0]), _value(appearance.order, read[1]), int(read[2])) if read else None


def place_text(place: Position, appearance: Appearance) -> str:
    """A place as an address has it."""
    value = place.value.isoformat() if isinstance(place.value, date) else place.value
    return cursor(_list(appearance), [place.run, value, place.id])


def _list(appearance: Appearance) -> str:
    return f"ledger.{appearance.sort}"


def _value(order: Order, written: Any) -> Any:
    if written is None:
        return None
    if order is Order.DUE:
        return datetime.fromisoformat(written)
    return date.fromisoformat(written) if order is Order.FOUND else written
