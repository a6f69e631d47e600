"""The table of the ledger, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.pages.ledger.addresses import address_of, place_asked, place_text
from web.pages.ledger.blueprint import account, asked, pages, scope
from web.pages.ledger.cells import Line, lines
from web.pages.ledger.filtering import chips, choices, from_form, is_form_sent, regions
from web.pages.ledger.headings import FIGURES, HEADINGS, ORDERED
from web.sentences import spoken
from web.wiring import runtime, settings
from workflows.errors import Refused
from workflows.ledger.appearance import OFFERED, Appearance, Density
from workflows.ledger.import_jobs import may_import
from workflows.ledger.listing import Count, LedgerPage, Listing
from workflows.ledger.models import SavedView
from workflows.ledger.narrowing import campaign_of
from workflows.ledger.selection import Selection
from workflows.ledger.states import ExportFormat
from workflows.ledger.views import bodies_of, default_view, views_for
from workflows.permissions import Scope


@dataclass(frozen=True)
class Sheet:
    """One page of the table with the ways to its neighbours; `hint` says why a text was not searched for."""

    lines: Sequence[Line]
    count: Count
    next: str | None
    previous: str | None
    hint: str = ""


@pages.get("/", strict_slashes=False)
def show() -> str | Response:
    """The ledger; without any condition, as the visitor's default view has it."""
    selection, appearance = asked()
    if is_form_sent():
        return redirect(address_of(from_form(selection), appearance))
    with runtime().reading() as uow:
        if not request.args and (chosen := default_view(uow.session, account())) is not None:
            return redirect(address_of_view(chosen))
        reach = scope(uow)
        return render_template(
            "ledger/table.html",
            sheet=read_sheet(uow, selection, appearance, reach),
            selection=selection,
            appearance=appearance,
            campaign=campaign_of(uow.session, selection.campaign),
            chips=list(chips(uow.session, selection, appearance)),
            choices=choices(uow.session),
            regions=regions(selection, reach),
            views=views_for(uow.session, account()),
            bodies=bodies_of(uow.session, account()),
            default=default_view(uow.session, account()),
            view=request.args.get("view", type=int),
            may_register=may_import(reach),
            **WORDS,
        )


def read_sheet(uow: UnitOfWork, selection: Selection, appearance: Appearance, reach: Scope) -> Sheet:
    """The page that the address asks for. Raises InvalidCursor, UnknownRecord for the campaign."""
    try:
        return _sheet(uow, selection, appearance, reach)
    except Refused as refused:
        plain = _sheet(uow, selection.without("text"), appearance, reach)
        return replace(plain, hint=spoken(refused.said))


def address_of_view(view: SavedView) -> str:
    """The address of the ledger as a saved view has it; whoever opens it sees what they may read."""
    pairs = parse_qsl(view.query)
    return address_of(Selection.from_query(pairs), Appearance.from_query(pairs), view=str(view.id))


def _sheet(uow: UnitOfWork, selection: Selection, appearance: Appearance, reach: Scope) -> Sheet:
    listing = Listing(uow.session, selection, reach, uow.now, appearance.order, appearance.descends)
    page = _page(listing, appearance)
    return Sheet(
        lines(uow, page.rows, appearance.columns),
        listing.count,
        _neighbour(page, "after", selection, appearance),
        _neighbour(page, "before", selection, appearance),
    )


def _page(listing: Listing, appearance: Appearance) -> LedgerPage:
    limit = max(settings().page_size, 1)
    before = place_asked("before", appearance)
    if before is not None:
        return listing.preceding(before, limit)
    return listing.following(place_asked("after", appearance), limit)


def _neighbour(page: LedgerPage, way: str, selection: Selection, appearance: Appearance) -> str | None:
    place = page.after if way == "after" else page.before
    return address_of(selection, appearance, **{way: place_text(place, appearance)}) if place is not None else None


WORDS = {
    "HEADINGS": HEADINGS,
    "ORDERED": ORDERED,
    "FIGURES": FIGURES,
    "OFFERED": OFFERED,
    "Density": Density,
    "ExportFormat": ExportFormat,
    "address_of": address_of,
    "replace": replace,
}
