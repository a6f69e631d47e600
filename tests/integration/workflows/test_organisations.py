from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engine.runtime import Runtime
from workflows.cast import load_cast
from workflows.errors import UnknownRecord
from workflows.geography.divisions import RegionLevel
from workflows.organisations.models import Delegation, Organisation, OrganisationKind
from workflows.organisations.people import (
    actor_for,
    groups_of,
    members_with_role,
    people_deputised_by,
    person_by_account,
)
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector
from workflows.organisations.tree import committee_for, department_for, subordinates, superiors


@pytest.fixture
def staged(runtime: Runtime) -> Runtime:
    with runtime.unit_of_work() as uow:
        load_cast(uow, counties=1, units_per_sector=1)
    return runtime


def test_a_person_is_in_a_group_for_each_role(staged: Runtime) -> None:
    with staged.reading() as uow:
        person = person_by_account(uow.session, "xiaohao")
        assert person is not None
        assert groups_of(uow.session, person) == {f"closer@{person.organisation_id}"}


def test_an_administrator_acts_as_one(staged: Runtime) -> None:
    with staged.reading() as uow:
        assert actor_for(uow.session, "guanli").is_administrator
        assert not actor_for(uow.session, "zeren").is_administrator


def test_an_inactive_person_cannot_act(staged: Runtime) -> None:
    with staged.unit_of_work() as uow:
        person = person_by_account(uow.session, "zeren")
        assert person is not None
        person.active = False
    with pytest.raises(UnknownRecord, match="zeren"), staged.reading() as uow:
        actor_for(uow.session, "zeren")


def test_only_active_members_have_a_role(staged: Runtime) -> None:
    with staged.unit_of_work() as uow:
        department = department_for(uow.session, "410105", Sector.TOWN_GAS)
        first, second = members_with_role(uow.session, Role.DEPARTMENT_INSPECTOR, department.id)
        first.active = False
        uow.session.flush()
        assert members_with_role(uow.session, Role.DEPARTMENT_INSPECTOR, department.id) == [second]


def test_a_township_is_supervised_by_the_department_of_its_county(staged: Runtime) -> None:
    with staged.reading() as uow:
        department = department_for(uow.session, "410105002", Sector.FOREST_FIRE)
    assert (department.region_code, department.sector) == ("410105", Sector.FOREST_FIRE)


def test_a_county_without_departments_is_supervised_by_those_of_its_city(staged: Runtime) -> None:
    with staged.reading() as uow:
        assert department_for(uow.session, "410202", Sector.COAL_MINES).region_code == "4102"


@pytest.mark.parametrize(
    ("region_code", "level", "answers"),
    [
        ("410105002", RegionLevel.COUNTY, "410105"),
        ("410105002", RegionLevel.CITY, "4101"),
        ("410105002", RegionLevel.PROVINCE, "41"),
        ("419001001", RegionLevel.COUNTY, "419001"),
        ("419001001", RegionLevel.CITY, "419001"),
    ],
)
def test_a_committee_answers_at_each_level(staged: Runtime, region_code: str, level: RegionLevel, answers: str) -> None:
    with staged.reading() as uow:
        assert committee_for(uow.session, region_code, level).region_code == answers


def test_nobody_answers_where_nothing_was_founded(runtime: Runtime) -> None:
    with runtime.unit_of_work() as uow, pytest.raises(UnknownRecord, match="region"):
        department_for(uow.session, "410105", Sector.TOWN_GAS)


def test_superiors_lead_down_from_the_province(staged: Runtime) -> None:
    with staged.reading() as uow:
        department = department_for(uow.session, "410105", Sector.TOWN_GAS)
        names = [it.name for it in superiors(uow.session, department.id)]
    assert names == ["河南省安全生产委员会", "郑州市安全生产委员会", "郑州市金水区安全生产委员会"]


def test_below_the_province_stand_cities_in_code_order_and_teams(staged: Runtime) -> None:
    with staged.reading() as uow:
        province = committee_for(uow.session, "41", RegionLevel.PROVINCE)
        below: list[Organisation] = [*subordinates(uow.session, province.id)]
    cities = [it.region_code for it in below if it.kind is OrganisationKind.COMMITTEE]
    assert (len(cities), cities) == (18, sorted(cities))


def test_a_deputy_stands_in_from_the_first_day_to_the_last(staged: Runtime) -> None:
    with staged.unit_of_work() as uow:
        absent, deputy = (person_by_account(uow.session, account) for account in ("jiancha1", "jiancha2"))
        assert absent is not None
        assert deputy is not None
        uow.session.add(
            Delegation(
                person_id=absent.id,
                deputy_id=deputy.id,
                first_day=date(2022, 12, 1),
                last_day=date(2022, 12, 2),
                created_by="bumen",
                created_at=datetime(2022, 11, 30, tzinfo=UTC),
            )
        )
        days = [date(2022, 11, 30), date(2022, 12, 1), date(2022, 12, 2), date(2022, 12, 3)]
        stood_in = [bool(people_deputised_by(uow.session, deputy, day)) for day in days]
    assert stood_in == [False, True, True, False]
