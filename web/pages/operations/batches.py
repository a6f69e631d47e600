"""Acts on many instances: considered first, begun with a reason, watched while they are done, stopped if need be."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.errors import WrongState
from engine.operating import batches as work
from engine.operating.batches import UNDER_WAY, applicable
from engine.operating.models import Batch, BatchAct
from engine.operating.selecting import MOST_COUNTED, Selection, how_many
from engine.runtime import UnitOfWork
from web.pages.names import names_of
from web.pages.operations.asking import asked, chips, conditions, process_names
from web.pages.operations.blueprint import NOT_REFUSED, Refusal, carry_out, pages, require
from web.pages.operations.lists import element_name
from web.paging import cursor, position
from web.security.identity import signed_in
from web.wiring import runtime, settings
from workflows.operating.acting import request_batch, stop


@pages.get("/batches")
def batches() -> str:
    """Every batch, the newest first."""
    after = position("operations.batches", request.args.get("after"))
    size = settings().page_size
    with runtime().reading() as uow:
        found = work.batches(uow.session, after=after[0] if after else None, limit=size + 1)
        names = names_of(uow, [batch.requested_by for batch in found])
    more = cursor("operations.batches", [found[size - 1].id]) if len(found) > size else None
    further = url_for("operations.batches", after=more) if more else None
    return render_template("operations/batches.html", listed=found[:size], names=names, next=further)


@pages.get("/batches/new")
def consider() -> str:
    """What an act on the ticked instances, or on all that are asked for, would mean."""
    require()
    return _considered()


@pages.post("/batches")
def begin() -> Response | tuple[str, int]:
    """Begin a batch; the conditions stand in the address."""
    require()
    begun: list[Batch] = []

    def act(uow: UnitOfWork) -> None:
        reason = request.form.get("reason", "")
        begun.append(request_batch(uow, _act(), _chosen(uow), reason=reason, by=signed_in().account))

    refusal = carry_out(act)
    if refusal.status == 409:
        refusal = Refusal(gettext("There is no instance to which this could be done any more."), status=409)
    if refusal is not NOT_REFUSED:
        return _considered(refusal), refusal.status
    return redirect(url_for("operations.batch", batch_id=begun[0].id))


@pages.get("/batches/<int:batch_id>")
def batch(batch_id: int) -> str:
    """One batch: how far it has come, and with which instances nothing could be done."""
    with runtime().reading() as uow:
        found = work.batch_of(uow.session, batch_id)
        selection = Selection.of_json(found.selection)
        names = process_names(uow)
        people = names_of(uow, [found.requested_by])
        problems = work.problems_of(uow.session, batch_id)
        concerned = chips("operations.instances", selection, names, element_name(uow, selection))
    page = "operations/batch_state.html" if request.headers.get("HX-Request") else "operations/batch.html"
    return render_template(
        page,
        batch=found,
        people=people,
        problems=problems,
        chips=concerned,
        asked=selection,
        names=names,
        is_live=found.state in UNDER_WAY,
    )


@pages.post("/batches/<int:batch_id>/stop")
def leave_off(batch_id: int) -> Response:
    """Leave a batch off; what is done stays done."""
    require()
    refusal = carry_out(lambda uow: stop(uow, batch_id, by=signed_in().account))
    said = gettext("The batch was stopped. What was done stays done.") if refusal is NOT_REFUSED else refusal.message
    flash(said, "success" if refusal is NOT_REFUSED else "error")
    return redirect(url_for("operations.batch", batch_id=batch_id))


def _considered(refusal: Refusal = NOT_REFUSED) -> str:
    with runtime().reading() as uow:
        chosen = _chosen(uow)
        wanted = applicable(_act(), chosen)
        concerned = how_many(uow.session, wanted) if wanted is not None else 0
        names = process_names(uow)
        return render_template(
            "operations/batch_new.html",
            act=_act(),
            asked=chosen,
            names=names,
            chips=chips("operations.instances", chosen, names, element_name(uow, chosen)),
            concerned=concerned,
            left_out=how_many(uow.session, chosen) - concerned,
            most=MOST_COUNTED,
            conditions=conditions,
            ticked=request.args.getlist("instance"),
            refusal=refusal,
        )


def _chosen(uow: UnitOfWork) -> Selection:
    """The ticked ones, or with `all` everything that is asked for. Aborts with 422 when neither was said."""
    selection = asked(uow)
    if request.args.get("scope") == "all":
        return replace(selection, ids=())
    if not selection.ids:
        flash(gettext("Tick the instances first, or choose all of them."), "error")
        abort(redirect(url_for("operations.instances", **conditions())))
    return Selection(ids=selection.ids)


def _act() -> BatchAct:
    try:
        return BatchAct(request.args.get("act", ""))
    except ValueError as unknown:
        raise WrongState("act", request.args.get("act", ""), expected="one of ours", actual="unknown") from unknown
