"""Sends the teams out, and ends a round."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from flask_login import login_required
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.pages.spot_check.blueprint import held_round, pages, standing
from web.pages.spot_check.refusals import REFUSALS, refusal_of
from web.pages.spot_check.rounds import round_page
from web.wiring import runtime
from workflows.spot_check.assigning import assign_round
from workflows.spot_check.ending import end_round
from workflows.spot_check.models import SpotCheckRound

Answer = Response | tuple[str, int]


@pages.post("/<int:round_id>/assign")
@login_required
def assign(round_id: int) -> Answer:
    return _act(round_id, _assign)


@pages.post("/<int:round_id>/end")
@login_required
def end(round_id: int) -> Answer:
    return _act(round_id, _end)


def _act(round_id: int, do: Callable[[UnitOfWork, SpotCheckRound, str], str]) -> Answer:
    try:
        with runtime().unit_of_work() as uow:
            it = held_round(uow, round_id, request.form.get("expected_version", type=int))
            done = do(uow, it, standing(uow.session).account)
    except REFUSALS as refused:
        refusal = refusal_of(refused)
        with runtime().reading() as uow:
            return round_page(uow, round_id, refusal), refusal.status
    flash(done, "success")
    return redirect(url_for("spot_check.show", round_id=round_id))


def _assign(uow: UnitOfWork, it: SpotCheckRound, by: str) -> str:
    sending = assign_round(uow, it, by=by)
    if not sending.unassigned:
        return gettext("Every hazard has a team now.")
    return ngettext(
        "%(assigned)s hazards have a team; %(num)s has none, its reason stands beside it.",
        "%(assigned)s hazards have a team; %(num)s have none, the reasons stand beside them.",
        len(sending.unassigned),
        assigned=sending.assigned,
    )


def _end(uow: UnitOfWork, it: SpotCheckRound, by: str) -> str:
    released = end_round(uow, it, by=by)
    return ngettext(
        "The round has ended; %(num)s hazard that was not drawn goes on.",
        "The round has ended; %(num)s hazards that were not drawn go on.",
        released,
    )
