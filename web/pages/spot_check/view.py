"""Everything that the page of one round shows, gathered in one reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request, url_for
from sqlalchemy import select

from engine.runtime import UnitOfWork
from web.pages.names import names_of
from web.pages.spot_check.refusals import Refusal
from web.paging import cursor, position
from web.times import Due, left_until
from web.wiring import settings
from workflows.campaigns.models import Campaign
from workflows.organisations.models import Organisation
from workflows.organisations.tree import organisation
from workflows.spot_check.itineraries import teams_sent
from workflows.spot_check.models import Commitment, RoundChange, RoundStatus, SpotCheckRound
from workflows.spot_check.progress import Inspection, Progress, hindrances, progress_of
from workflows.spot_check.revealing import REVEALED
from workflows.spot_check.samples import Which, sample_page
from workflows.spot_check.standing import Standing
from workflows.spot_check.strata import Strata, strata_of

HINDRANCES_SHOWN = 10
PLACE = "spot-check sample"


@dataclass(frozen=True)
class Listed:
    """A drawn hazard as lists show it."""

    inspection: Inspection
    due: Due | None
    is_overdue: bool


@dataclass(frozen=True)
class RoundView:
    """One round as its page shows it. `team_names` are by id, `sent` how many hazards each team was given."""

    it: SpotCheckRound
    campaign: Campaign
    committee: Organisation
    standing: Standing
    refusal: Refusal
    strata: Strata | None
    commitment: Commitment | None
    progress: Progress
    which: Which
    sample: Sequence[Listed]
    next: str | None
    hindrances: Sequence[Listed]
    sent: Mapping[int, int]
    team_names: Mapping[int, str]
    record: Sequence[RoundChange]
    names: Mapping[str, str]

    @property
    def may_hold(self) -> bool:
        return self.standing.holds(self.it.region_path)

    @property
    def oversees(self) -> bool:
        return self.standing.oversees(self.it.region_path)

    @property
    def is_drawn(self) -> bool:
        return self.it.status in REVEALED

    @property
    def steps(self) -> Sequence[tuple[RoundStatus, RoundChange | None]]:
        """The statuses in their order, each with the act that brought the round there."""
        reached = {change.after: change for change in reversed(self.record) if change.before != change.after}
        return [(status, reached.get(status)) for status in RoundStatus]


def lay_out(uow: UnitOfWork, it: SpotCheckRound, standing: Standing, refusal: Refusal) -> RoundView:
    """The page of a round for a person. What a team was not sent to stays hidden from it."""
    session = uow.session
    oversees = standing.oversees(it.region_path)
    which = Which(request.args["which"]) if request.args.get("which") in list(Which) else Which.ALL
    sample, following = _sample(uow, it, standing, which)
    open_ones = (
        hindrances(session, it, limit=HINDRANCES_SHOWN) if oversees and it.status is RoundStatus.ASSIGNED else []
    )
    sent = {team: number for team, number in teams_sent(session, it).items() if oversees or team in standing.teams}
    record = session.scalars(
        select(RoundChange).where(RoundChange.round_id == it.id).order_by(RoundChange.id.desc()).limit(50)
    ).all()
    accounts = [one.inspection.sampled.expert for one in sample] + [change.by for change in record]
    return RoundView(
        it=it,
        campaign=session.get_one(Campaign, it.campaign_id),
        committee=organisation(session, it.committee_id),
        standing=standing,
        refusal=refusal,
        strata=strata_of(session, it, uow.now) if oversees else None,
        commitment=session.get(Commitment, it.id),
        progress=progress_of(session, [it.id], uow.now)[it.id],
        which=which,
        sample=sample,
        next=following,
        hindrances=[listed(uow, each) for each in open_ones],
        sent=sent,
        team_names=team_names(uow, [*sent, *(one.inspection.sampled.team_id for one in sample)]),
        record=record if oversees else [],
        names=names_of(uow, [*accounts, *(each.sampled.expert for each in open_ones)]),
    )


def listed(uow: UnitOfWork, inspection: Inspection) -> Listed:
    """A drawn hazard with the words for its time limit."""
    task = inspection.task
    due = left_until(task.due_at, uow.now, settings().calendar) if task and task.due_at else None
    return Listed(inspection, due, inspection.is_overdue(uow.now))


def team_names(uow: UnitOfWork, ids: Sequence[int | None]) -> Mapping[int, str]:
    """The names of teams by their ids."""
    wanted = {each for each in ids if each is not None}
    rows = uow.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def _sample(
    uow: UnitOfWork, it: SpotCheckRound, standing: Standing, which: Which
) -> tuple[Sequence[Listed], str | None]:
    after = position(PLACE, request.args.get("after")) if request.method == "GET" else None
    page = sample_page(
        uow.session, it, standing, uow.now, which=which, after=after[0] if after else 0, limit=settings().page_size
    )
    following = None
    if page.next is not None:
        following = url_for("spot_check.show", round_id=it.id, which=which, after=cursor(PLACE, [page.next]))
    return [listed(uow, each) for each in page.inspections], following
