from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from engine.runtime import Runtime
from workflows.cast import load_cast
from workflows.geography.divisions import divisions, path_of
from workflows.geography.paths import EVERYWHERE
from workflows.organisations.models import Organisation
from workflows.organisations.people import person_by_account
from workflows.organisations.sectors import Sector
from workflows.permissions import Scope, Territory, permits, permits_change, scope_of, visible

JINSHUI = "/41/4101/410105/"
ZHONGYUAN = "/41/4101/410102/"

PATHS = st.sampled_from([EVERYWHERE, *map(path_of, divisions())][::7])
SECTORS = st.none() | st.frozensets(st.sampled_from(Sector), max_size=3)
SCOPES = st.builds(
    Scope,
    territories=st.lists(st.builds(Territory, PATHS, SECTORS, st.booleans()), max_size=3).map(tuple),
    units=st.frozensets(st.integers(1, 400), max_size=3),
)


@pytest.fixture
def staged(runtime: Runtime) -> Runtime:
    with runtime.unit_of_work() as uow:
        load_cast(uow, counties=3, units_per_sector=1)
    return runtime


def scope_for(staged: Runtime, account: str) -> Scope:
    with staged.reading() as uow:
        person = person_by_account(uow.session, account)
        assert person is not None
        return scope_of(uow.session, person)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(scope=SCOPES)
def test_what_a_query_shows_is_what_is_permitted(staged: Runtime, scope: Scope) -> None:
    with staged.reading() as uow:
        statement = visible(select(Organisation), scope, Organisation.region_path, Organisation.sector, Organisation.id)
        shown = {it.id for it in uow.session.scalars(statement)}
        permitted = {
            it.id
            for it in uow.session.scalars(select(Organisation))
            if permits(scope, it.region_path, it.sector, it.id)
        }
    assert shown == permitted


def test_an_enterprise_reaches_only_itself(staged: Runtime) -> None:
    scope = scope_for(staged, "zeren")
    [unit] = scope.units
    assert permits_change(scope, JINSHUI, Sector.TOWN_GAS, unit)
    assert not permits(scope, JINSHUI, Sector.TOWN_GAS, unit + 1)


def test_a_department_reaches_its_region_in_its_own_sector(staged: Runtime) -> None:
    scope = scope_for(staged, "jiancha1")
    assert permits_change(scope, JINSHUI + "410105002/", Sector.TOWN_GAS, 1)
    assert not permits(scope, JINSHUI, Sector.COAL_MINES, 1)
    assert not permits(scope, ZHONGYUAN, Sector.TOWN_GAS, 1)


def test_an_expert_reads_what_the_department_does_and_changes_nothing(staged: Runtime) -> None:
    scope = scope_for(staged, "zhuanjia")
    assert permits(scope, JINSHUI, Sector.TOWN_GAS, 1)
    assert not permits_change(scope, JINSHUI, Sector.TOWN_GAS, 1)


def test_a_county_committee_reaches_its_county_in_all_sectors(staged: Runtime) -> None:
    scope = scope_for(staged, "anweiban")
    assert all(permits_change(scope, JINSHUI, sector, 1) for sector in Sector)
    assert not permits(scope, ZHONGYUAN, Sector.COAL_MINES, 1)


def test_the_province_reaches_everything(staged: Runtime) -> None:
    scope = scope_for(staged, "shenganweiban")
    assert permits_change(scope, JINSHUI, Sector.COAL_MINES, 1)
    assert permits_change(scope, "/41/419001/", None, None)


def test_an_auditor_reads_everything_and_changes_nothing(staged: Runtime) -> None:
    scope = scope_for(staged, "shenji")
    assert permits(scope, JINSHUI, Sector.COAL_MINES, 1)
    assert not permits_change(scope, JINSHUI, Sector.COAL_MINES, 1)


def test_a_spot_check_team_reaches_nothing_by_region(staged: Runtime) -> None:
    assert scope_for(staged, "choucha") == Scope()


def test_an_inactive_person_reaches_nothing(staged: Runtime) -> None:
    with staged.unit_of_work() as uow:
        person = person_by_account(uow.session, "shenganweiban")
        assert person is not None
        person.active = False
    assert scope_for(staged, "shenganweiban") == Scope()


def test_a_territory_is_looked_up_by_its_index(staged: Runtime) -> None:
    scope = Scope((Territory(JINSHUI),))
    with staged.reading() as uow:
        dialect = uow.session.get_bind().dialect
        statement = visible(select(Organisation.id), scope, Organisation.region_path)
        query = str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        if dialect.name == "sqlite":
            plan = uow.session.execute(text(f"EXPLAIN QUERY PLAN {query}")).all()
        else:
            uow.session.execute(text("SET LOCAL enable_seqscan = off"))
            plan = uow.session.execute(text(f"EXPLAIN {query}")).all()
    assert any("ix_organisation_" in str(line) for line in plan)
    assert any("region_path>?" in str(line) or "Index Cond" in str(line) for line in plan)
