"""Teams are founded, take people in and let them go by the rules of appointment; each change is on record."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.workflows.play import Play
from tests.workflows.rounds import OFFICE, Rounds
from workflows.audit import AuditRecord
from workflows.errors import InvalidRecord, OutOfScope, Refused
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector
from workflows.organisations.tree import organisation
from workflows.spot_check.forming import found_team, is_ready, let_go, take_in, team_of
from workflows.spot_check.standing import standing_of
from workflows.spot_check.teams import teams_of


def committee(uow: Any) -> Any:
    return organisation(uow.session, standing_of(uow.session, OFFICE).offices[0].committee_id)


def test_a_new_team_is_ready_with_a_leader_a_second_inspector_and_an_expert(play: Play) -> None:
    with play.runtime.unit_of_work() as uow:
        team = found_team(uow, committee(uow), "省第十九综合抽查组", by=OFFICE)
        take_in(uow, team, account="jiancha1", role=Role.TEAM_LEADER, by=OFFICE)
        take_in(uow, team, account="jiancha2", role=Role.TEAM_MEMBER, by=OFFICE)
        take_in(uow, team, account="zhuanjia", role=Role.EXPERT, specialities=[Sector.COAL_MINES], by=OFFICE)
        uow.session.flush()
        [formed] = [it for it in teams_of(uow.session, committee(uow)) if it.id == team.id]
        assert is_ready(formed)
        assert formed.experts[0].specialities == {"coal_mines"}
        kinds = [row.kind.value for row in uow.session.scalars(select(AuditRecord).order_by(AuditRecord.id))]
    assert kinds[:2] == ["organisation.created", "role.assigned"]


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"account": "nobody", "role": Role.TEAM_MEMBER}, "account"),
        ({"account": "jiancha1", "role": None}, "role"),
        ({"account": "jiancha1", "role": Role.CLOSER}, "role"),
        ({"account": "jiancha1", "role": Role.EXPERT}, "specialities"),
    ],
)
def test_wrong_entries_are_named(play: Play, asked: dict[str, Any], wrong: str) -> None:
    with pytest.raises(InvalidRecord) as refused, play.runtime.unit_of_work() as uow:
        take_in(uow, found_team(uow, committee(uow), "新组", by=OFFICE), **asked, by=OFFICE)
    assert set(refused.value.errors) == {wrong}


def test_a_name_is_given_once(play: Play) -> None:
    with play.runtime.unit_of_work() as uow:
        found_team(uow, committee(uow), "新组", by=OFFICE)
    with pytest.raises(InvalidRecord), play.runtime.unit_of_work() as uow:
        found_team(uow, committee(uow), "新组", by=OFFICE)


def test_only_the_office_forms_teams(play: Play) -> None:
    with pytest.raises(OutOfScope), play.runtime.unit_of_work() as uow:
        found_team(uow, committee(uow), "新组", by="anweiban")


def test_nobody_leaves_whom_a_hazard_waits_for(play: Play) -> None:
    rounds = Rounds(play)
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    for account, role in ((drawn.expert or "", Role.EXPERT), (rounds.leader(drawn), Role.TEAM_LEADER)):
        with pytest.raises(Refused), play.runtime.unit_of_work() as uow:
            let_go(uow, team_of(uow.session, drawn.team_id or 0), account=account, role=role, by=OFFICE)


def test_whoever_is_not_needed_may_leave(play: Play) -> None:
    rounds = Rounds(play)
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    with play.runtime.unit_of_work() as uow:
        team = team_of(uow.session, drawn.team_id or 0)
        before = next(it for it in teams_of(uow.session, committee(uow)) if it.id == team.id)
        leaving = next(it for it in before.inspectors if not it.is_leader)
        let_go(uow, team, account=leaving.account, role=Role.TEAM_MEMBER, by=OFFICE)
    with play.runtime.reading() as uow:
        after = next(it for it in teams_of(uow.session, committee(uow)) if it.id == drawn.team_id)
    assert len(after.inspectors) == len(before.inspectors) - 1
