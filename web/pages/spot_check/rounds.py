"""The list of rounds, and the page of one."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_login import login_required
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from web.pages.spot_check.blueprint import pages, seen_round, standing
from web.pages.spot_check.refusals import NONE, Refusal
from web.pages.spot_check.view import lay_out
from web.paging import cursor, position
from web.wiring import runtime, settings
from workflows.campaigns.models import Campaign
from workflows.organisations.models import Organisation
from workflows.spot_check.models import SpotCheckRound
from workflows.spot_check.progress import progress_of
from workflows.spot_check.standing import visible_rounds

PLACE = "spot-check rounds"


@pages.get("/")
@login_required
def index() -> str:
    """The rounds that the visitor may see, the newest first."""
    with runtime().reading() as uow:
        visitor = standing(uow.session)
        found = visible_rounds(visitor).order_by(SpotCheckRound.id.desc()).limit(settings().page_size + 1)
        after = position(PLACE, request.args.get("after"))
        if after is not None:
            found = found.where(SpotCheckRound.id < after[0])
        rows = list(uow.session.scalars(found))
        page, more = rows[: settings().page_size], len(rows) > settings().page_size
        return render_template(
            "spot_check/rounds.html",
            rounds=page,
            progress=progress_of(uow.session, [it.id for it in page], uow.now),
            campaigns=_names(uow.session, Campaign, [it.campaign_id for it in page]),
            committees=_names(uow.session, Organisation, [it.committee_id for it in page]),
            may_plan=bool(visitor.offices),
            next=url_for("spot_check.index", after=cursor(PLACE, [page[-1].id])) if more else None,
        )


@pages.get("/<int:round_id>")
@login_required
def show(round_id: int) -> str:
    with runtime().reading() as uow:
        return round_page(uow, round_id)


def round_page(uow: UnitOfWork, round_id: int, refusal: Refusal = NONE) -> str:
    """The page of a round; `refusal` is what an act that was not accepted leaves behind."""
    it, visitor = seen_round(uow.session, round_id)
    return render_template("spot_check/round.html", view=lay_out(uow, it, visitor, refusal))


def _names(session: Session, table: type[Campaign] | type[Organisation], ids: list[int]) -> dict[int, str]:
    return {each: session.get_one(table, each).name for each in set(ids)}
