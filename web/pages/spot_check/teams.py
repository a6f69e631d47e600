"""The teams of a committee: see them, found one, take people in, let them go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import login_required
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.pages.spot_check.blueprint import holder, pages, standing
from web.pages.spot_check.refusals import NONE, REFUSALS, Refusal, refusal_of
from web.wiring import runtime
from workflows.organisations.models import Organisation
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector
from workflows.organisations.tree import organisation
from workflows.spot_check.assignment import Team
from workflows.spot_check.forming import ROLES, found_team, is_ready, let_go, people_to_take, take_in, team_of
from workflows.spot_check.standing import Standing, ensure_may_hold
from workflows.spot_check.teams import open_teams, teams_of


@pages.get("/teams")
@login_required
def teams() -> str:
    with runtime().reading() as uow:
        return _list(uow)


@pages.post("/teams")
@login_required
def found() -> Response | tuple[str, int]:
    try:
        with runtime().unit_of_work() as uow:
            visitor = holder(uow.session)
            committee = organisation(uow.session, _committee_id(visitor, request.form.get("committee", type=int)))
            team = found_team(uow, committee, request.form.get("name", ""), by=visitor.account)
            address = url_for("spot_check.team", team_id=team.id)
    except REFUSALS as refused:
        refusal = refusal_of(refused)
        with runtime().reading() as uow:
            return _list(uow, refusal), refusal.status
    flash(gettext("The team is founded. It needs a leader, a second inspector and an expert."), "success")
    return redirect(address)


@pages.get("/teams/<int:team_id>")
@login_required
def team(team_id: int) -> str:
    with runtime().reading() as uow:
        return _one(uow, team_id)


@pages.post("/teams/<int:team_id>/members")
@login_required
def add_member(team_id: int) -> Response | tuple[str, int]:
    return _change(team_id, _take_in)


@pages.post("/teams/<int:team_id>/members/leave")
@login_required
def drop_member(team_id: int) -> Response | tuple[str, int]:
    return _change(team_id, _let_go)


def _change(team_id: int, do: Callable[[UnitOfWork, Organisation, str], str]) -> Response | tuple[str, int]:
    try:
        with runtime().unit_of_work() as uow:
            changed = team_of(uow.session, team_id)
            visitor = standing(uow.session)
            ensure_may_hold(visitor, changed.region_path)
            done = do(uow, changed, visitor.account)
    except REFUSALS as refused:
        refusal = refusal_of(refused)
        with runtime().reading() as uow:
            return _one(uow, team_id, refusal), refusal.status
    flash(done, "success")
    return redirect(url_for("spot_check.team", team_id=team_id))


def _take_in(uow: UnitOfWork, changed: Organisation, by: str) -> str:
    person = take_in(
        uow,
        changed,
        account=request.form.get("account", ""),
        role=_role(),
        specialities=[sector for sector in Sector if sector.value in request.form.getlist("specialities")],
        reason=request.form.get("reason", ""),
        by=by,
    )
    return gettext("%(name)s belongs to the team now.", name=person.name)


def _let_go(uow: UnitOfWork, changed: Organisation, by: str) -> str:
    account = request.form.get("account", "")
    let_go(uow, changed, account=account, role=_role() or Role.TEAM_MEMBER, by=by)
    return gettext("%(name)s does not belong to the team any more.", name=account)


def _list(uow: UnitOfWork, refusal: Refusal = NONE) -> str:
    visitor = holder(uow.session)
    committee = organisation(uow.session, _committee_id(visitor, request.values.get("committee", type=int)))
    return render_template(
        "spot_check/teams.html",
        committee=committee,
        offices=visitor.offices,
        teams=_with_empty(uow, committee),
        is_ready=is_ready,
        refusal=refusal,
        entered=request.form,
    )


def _one(uow: UnitOfWork, team_id: int, refusal: Refusal = NONE) -> str:
    shown = team_of(uow.session, team_id)
    ensure_may_hold(standing(uow.session), shown.region_path)
    committee = organisation(uow.session, shown.parent_id or 0)
    text = request.args.get("find", "")
    return render_template(
        "spot_check/team.html",
        committee=committee,
        team=next(it for it in _with_empty(uow, committee) if it.id == team_id),
        is_ready=is_ready,
        roles=ROLES,
        sectors=list(Sector),
        find=text,
        people=people_to_take(uow.session, committee, text),
        refusal=refusal,
        entered=request.form,
    )


def _with_empty(uow: UnitOfWork, committee: Organisation) -> Sequence[Team]:
    """All open teams, those without people too."""
    formed = {it.id: it for it in teams_of(uow.session, committee)}
    return [formed.get(it.id, Team(it.id, it.name, (), ())) for it in open_teams(uow.session, committee)]


def _committee_id(visitor: Standing, asked: int | None) -> int:
    own = [office.committee_id for office in visitor.offices]
    return asked if asked in own else own[0]


def _role() -> Role | None:
    asked = request.form.get("role", "")
    return Role(asked) if asked in list(Role) else None
