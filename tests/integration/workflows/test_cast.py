from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select
from stdnum.cn import uscc

from engine.runtime import Runtime
from workflows.cast import DEMO_PASSWORD, demo_sign_ins, load_cast
from workflows.geography.divisions import RegionLevel
from workflows.organisations.models import Organisation, Person
from workflows.organisations.passwords import verify_password
from workflows.organisations.people import members_with_role, person_by_account
from workflows.organisations.roles import Role
from workflows.organisations.tree import committee_for, department_for


@pytest.fixture
def staged(runtime: Runtime) -> Runtime:
    with runtime.unit_of_work() as uow:
        load_cast(uow, counties=4, units_per_sector=1)
    return runtime


def test_loading_again_gives_the_same_cast(staged: Runtime) -> None:
    with staged.unit_of_work() as uow:
        first, second = (load_cast(uow, counties=4, units_per_sector=1) for _ in range(2))
    assert first == second


def test_every_demo_sign_in_works(staged: Runtime) -> None:
    with staged.reading() as uow:
        people = [person_by_account(uow.session, it.account) for it in demo_sign_ins()]
    assert all(person and person.password_hash for person in people)
    [stored] = {person.password_hash for person in people if person}
    assert verify_password(stored, DEMO_PASSWORD)


def test_every_unit_has_everyone_who_must_act_on_its_hazards(staged: Runtime) -> None:
    with staged.reading() as uow:
        for unit in load_cast(uow).units[::5]:
            department = department_for(uow.session, unit.region_code, unit.sector).id
            county, city = (
                committee_for(uow.session, unit.region_code, level).id
                for level in (RegionLevel.COUNTY, RegionLevel.CITY)
            )
            assert len(members_with_role(uow.session, Role.DEPARTMENT_INSPECTOR, department)) >= 2
            assert members_with_role(uow.session, Role.DEPARTMENT_LEADER, department)
            assert members_with_role(uow.session, Role.EXPERT, department)
            for committee in (county, city):
                assert members_with_role(uow.session, Role.CLOSER, committee)
                assert members_with_role(uow.session, Role.COMMITTEE_OFFICE, committee)
                assert members_with_role(uow.session, Role.PROVINCIAL_LEADER, committee)


def test_every_social_credit_code_is_valid_and_unique(staged: Runtime) -> None:
    with staged.reading() as uow:
        codes = [unit.uscc or "" for unit in load_cast(uow).units]
    assert all(uscc.is_valid(code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_organisations_of_a_county_have_names_of_their_own(staged: Runtime) -> None:
    with staged.reading() as uow:
        names = Counter(uow.session.scalars(select(Organisation.name)))
    assert [name for name, count in names.items() if count > 1] == []


def test_a_team_has_experts_for_all_sectors_who_live_elsewhere_than_its_members(staged: Runtime) -> None:
    with staged.reading() as uow:
        for team in load_cast(uow).teams:
            experts = members_with_role(uow.session, Role.EXPERT, team)
            members = members_with_role(uow.session, Role.TEAM_MEMBER, team)
            assert len({speciality for expert in experts for speciality in expert.specialities}) == 10
            assert not {_home(person) for person in experts} & {_home(person) for person in members}


def _home(person: Person) -> str:
    return person.organisation.region_path
