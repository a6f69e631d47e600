"""The itinerary of a team: by day, to change, to print, and to take along where there is no network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import login_required
from werkzeug.datastructures import HeaderSet
from werkzeug.wrappers import Response as Answer

from engine.runtime import UnitOfWork
from web.pages.names import names_of
from web.pages.spot_check.blueprint import pages, seen_round, standing
from web.pages.spot_check.refusals import NONE, REFUSALS, Refusal, refusal_of
from web.pages.spot_check.view import Listed, listed
from web.places import place_in_words
from web.wiring import runtime, settings
from workflows.errors import InvalidRecord, OutOfScope
from workflows.organisations.tree import organisation
from workflows.sentences import sentence
from workflows.spot_check.itineraries import Wish, itinerary_of, lay_out, rearrange, stops_of
from workflows.spot_check.models import SpotCheckRound
from workflows.spot_check.rounds import round_of
from workflows.spot_check.standing import ensure_may_see_team
from workflows.spot_check.teams import teams_of

KEPT_FOR = 16 * 3600
"""Seconds for which a browser shows the copy to take along without asking again: a day on the road."""
STOP = re.compile(r"(day|place)-(\d{1,18})")


class KeptCopy(Response):
    """An answer that the browser may show again whatever its cookies are by then.

    Flask lets every answer vary by cookie, and the session's cookie changes with each: none would ever be found again.
    """

    @property
    def vary(self) -> HeaderSet:
        return HeaderSet()


@pages.get("/<int:round_id>/itineraries/<int:team_id>")
@login_required
def itinerary(round_id: int, team_id: int) -> str:
    with runtime().reading() as uow:
        return _page(uow, round_id, team_id)


@pages.get("/<int:round_id>/itineraries/<int:team_id>/pocket")
@login_required
def pocket(round_id: int, team_id: int) -> Response:
    """A copy for the road: nothing to change, and the browser shows it again without a network."""
    with runtime().reading() as uow:
        copy = KeptCopy(_page(uow, round_id, team_id, template="spot_check/pocket.html"))
    copy.headers["Cache-Control"] = f"private, max-age={KEPT_FOR}"
    return copy


@pages.post("/<int:round_id>/itineraries/<int:team_id>")
@login_required
def lay(round_id: int, team_id: int) -> Answer | tuple[str, int]:
    try:
        with runtime().unit_of_work() as uow:
            it, by = _arranged_round(uow, round_id, team_id)
            lay_out(
                uow,
                it,
                team_id,
                first_day=_day("first_day", request.form.get("first_day", "")),
                per_day=request.form.get("per_day", type=int),
                calendar=settings().calendar,
                by=by,
                expected_version=request.form.get("expected_version", type=int),
            )
    except REFUSALS as refused:
        return _again(round_id, team_id, refusal_of(refused))
    flash(gettext("The days are laid out anew."), "success")
    return redirect(url_for("spot_check.itinerary", round_id=round_id, team_id=team_id))


@pages.post("/<int:round_id>/itineraries/<int:team_id>/order")
@login_required
def order(round_id: int, team_id: int) -> Answer | tuple[str, int]:
    try:
        with runtime().unit_of_work() as uow:
            it, by = _arranged_round(uow, round_id, team_id)
            rearrange(
                uow, it, team_id, _wishes(), by=by, expected_version=request.form.get("expected_version", type=int)
            )
    except REFUSALS as refused:
        return _again(round_id, team_id, refusal_of(refused))
    flash(gettext("The order was changed."), "success")
    return redirect(url_for("spot_check.itinerary", round_id=round_id, team_id=team_id))


def _arranged_round(uow: UnitOfWork, round_id: int, team_id: int) -> tuple[SpotCheckRound, str]:
    it, visitor = round_of(uow.session, round_id), standing(uow.session)
    if not visitor.leads_or_holds(it, team_id):
        raise OutOfScope(sentence("only the team's leader and the office that holds the round arrange its itinerary"))
    return it, visitor.account


def _page(
    uow: UnitOfWork,
    round_id: int,
    team_id: int,
    refusal: Refusal = NONE,
    *,
    template: str = "spot_check/itinerary.html",
) -> str:
    it, visitor = seen_round(uow.session, round_id)
    ensure_may_see_team(visitor, it, team_id)
    stops = [listed(uow, each) for each in stops_of(uow.session, it, team_id)]
    plan = itinerary_of(uow.session, it, team_id)
    committee = organisation(uow.session, it.committee_id)
    return render_template(
        template,
        it=it,
        team=organisation(uow.session, team_id),
        people=next((each for each in teams_of(uow.session, committee) if each.id == team_id), None),
        days=_by_day(stops),
        number=len(stops),
        done=sum(stop.inspection.sampled.inspected_at is not None for stop in stops),
        plan=plan,
        may_arrange=visitor.leads_or_holds(it, team_id),
        names=names_of(uow, [stop.inspection.sampled.expert for stop in stops]),
        today=settings().calendar.local_date(uow.now),
        now=uow.now,
        refusal=refusal,
        entered=request.form,
        place_in_words=place_in_words,
    )


def _again(round_id: int, team_id: int, refusal: Refusal) -> tuple[str, int]:
    with runtime().reading() as uow:
        return _page(uow, round_id, team_id, refusal), refusal.status


def _by_day(stops: Sequence[Listed]) -> Sequence[tuple[date | None, Sequence[Listed]]]:
    return [(day, list(each)) for day, each in groupby(stops, key=lambda stop: stop.inspection.sampled.visit_on)]


def _wishes() -> dict[int, Wish]:
    """The day and the place asked for each hazard. A button moves one up or down a place."""
    entered: dict[int, dict[str, str]] = {}
    for name, value in request.form.items():
        if found := STOP.fullmatch(name):
            entered.setdefault(int(found[2]), {})[found[1]] = value
    wishes = {
        sampled: Wish(_day("stops", asked.get("day", "")), 2 * _place(asked.get("place", "")))
        for sampled, asked in entered.items()
    }
    for name, step in (("up", -3), ("down", 3)):
        moved = request.form.get(name, type=int)
        if moved in wishes:
            wishes[moved] = Wish(wishes[moved].day, wishes[moved].place + step)
    return wishes


def _place(text: str) -> int:
    return int(text) if text.strip().isdecimal() and len(text.strip()) < 6 else 0


def _day(field: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as unreadable:
        raise InvalidRecord({field: sentence("a day as YYYY-MM-DD")}) from unreadable
