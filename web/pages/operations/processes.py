"""Suspends a process as a whole and resumes it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.operating.batches import applicable
from engine.operating.halting import is_suspended
from engine.operating.models import Batch, BatchAct
from engine.operating.selecting import Selection, how_many
from engine.runtime import UnitOfWork
from web.pages.operations.asking import process_names
from web.pages.operations.blueprint import NOT_REFUSED, Refusal, carry_out, pages, require
from web.security.identity import signed_in
from web.wiring import runtime
from workflows.operating.acting import resume_definition, suspend_definition


@pages.get("/processes/<process_id>/suspension")
def suspension(process_id: str) -> str:
    """What suspending or resuming the process would mean."""
    require()
    return _page(process_id, NOT_REFUSED)


@pages.post("/processes/<process_id>/suspension")
def change_suspension(process_id: str) -> Response | tuple[str, int]:
    """Suspend the process, or resume it; with its instances if that was ticked."""
    require()
    begun: list[Batch | None] = []
    change = resume_definition if request.form.get("act") == BatchAct.RESUME else suspend_definition

    def act(uow: UnitOfWork) -> None:
        reason, whole = request.form.get("reason", ""), bool(request.form.get("with_instances"))
        begun.append(change(uow, process_id, reason=reason, by=signed_in().account, with_instances=whole))

    refusal = carry_out(act)
    if refusal is not NOT_REFUSED:
        return _page(process_id, refusal), refusal.status
    flash(_done(change is suspend_definition), "success")
    if begun[0] is not None:
        return redirect(url_for("operations.batch", batch_id=begun[0].id))
    return redirect(url_for("operations.process", process_id=process_id))


def _done(halted: bool) -> str:
    if halted:
        return gettext("The process is suspended: no new instance begins.")
    return gettext("The process is resumed: new instances may begin.")


def _page(process_id: str, refusal: Refusal) -> str:
    with runtime().reading() as uow:
        halted = is_suspended(uow, process_id)
        act = BatchAct.RESUME if halted else BatchAct.SUSPEND
        wanted = applicable(act, Selection(process_id=process_id))
        return render_template(
            "operations/suspension.html",
            process_id=process_id,
            name=process_names(uow).get(process_id, process_id),
            is_suspended=halted,
            concerned=how_many(uow.session, wanted) if wanted is not None else 0,
            refusal=refusal,
        )
