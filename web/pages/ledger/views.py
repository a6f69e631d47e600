"""Saved views: kept, renamed, shared, made the default, forgotten; and the choice of columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.pages.ledger.addresses import address_of
from web.pages.ledger.blueprint import account, asked, pages
from web.pages.ledger.table import address_of_view
from web.sentences import spoken
from web.wiring import runtime
from workflows.errors import InvalidRecord
from workflows.ledger.appearance import OFFERED, Appearance
from workflows.ledger.selection import Selection
from workflows.ledger.views import choose_default, delete_view, rename_view, save_view, usable_view


@pages.get("/views/<int:view_id>")
def view(view_id: int) -> Response:
    """The ledger as a saved view has it."""
    with runtime().reading() as uow:
        return redirect(address_of_view(usable_view(uow.session, account(), view_id)))


@pages.post("/views")
def save() -> Response:
    """Keep the ledger as it is shown under a name."""
    pairs = parse_qsl(request.form.get("query", ""))
    query = urlencode([*Selection.from_query(pairs).pairs(), *Appearance.from_query(pairs).pairs()])
    shared_with = request.form.get("organisation", type=int)

    def keep(uow: UnitOfWork) -> str:
        saved = save_view(uow, account(), request.form.get("name", ""), query, shared_with)
        if request.form.get("is_default"):
            choose_default(uow, account(), saved.id)
        return address_of_view(saved)

    address = f"{url_for('ledger.show')}?{query}" if query else url_for("ledger.show")
    return _done(keep, gettext("The view was saved."), address)


@pages.post("/views/<int:view_id>")
def change(view_id: int) -> Response:
    """Rename a view, make it the default or the plain ledger, or forget it."""
    act = request.form.get("act")
    name = request.form.get("name", "")
    acts: dict[str | None, Callable[[UnitOfWork], object]] = {
        "rename": lambda uow: rename_view(uow, account(), view_id, name),
        "default": lambda uow: choose_default(uow, account(), view_id),
        "plain": lambda uow: choose_default(uow, account(), None),
        "delete": lambda uow: delete_view(uow, account(), view_id),
    }
    back = url_for("ledger.show", columns="") if act in ("delete", "plain") else url_for("ledger.view", view_id=view_id)
    return _done(acts.get(act, lambda _uow: None), gettext("The view was changed."), back)


@pages.get("/columns")
def columns() -> Response:
    """The ledger with the columns that were ticked, in the order in which they stood; a button moves one of them."""
    selection, appearance = asked()
    ticked = [name for name in request.args.getlist("column") if name in OFFERED]
    chosen = replace(appearance, columns=tuple(dict.fromkeys(ticked)) or Appearance().columns)
    for way, steps in (("left", -1), ("right", 1)):
        chosen = chosen.moved(request.args.get(way, ""), steps)
    return redirect(address_of(selection, chosen, **{"arranging": "yes"} if _is_moving() else {}))


def _is_moving() -> bool:
    return "left" in request.args or "right" in request.args


def _done(act: Callable[[UnitOfWork], object], said: str, back: str) -> Response:
    try:
        with runtime().unit_of_work() as uow:
            address = act(uow)
    except InvalidRecord as invalid:
        flash(" ".join(spoken(why) for why in invalid.errors.values()), "error")
        return redirect(back)
    flash(said, "success")
    return redirect(address if isinstance(address, str) else back)
