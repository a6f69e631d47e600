"""Who administers what: an administrator everything, a committee its region, a department its sector there."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from engine.runtime import Runtime
from workflows.cast import load_cast
from workflows.errors import InvalidRecord, OutOfScope, Refused
from workflows.organisations.appointing import appoint, withdraw
from workflows.organisations.credentials import one_time_password, reset_password
from workflows.organisations.directory import OrganisationFilter, organisations
from workflows.organisations.enrolling import PersonFacts, deactivate, enrol
from workflows.organisations.mandates import Mandate, ensure_administers, mandate_of
from workflows.organisations.models import Organisation, OrganisationKind
from workflows.organisations.people import person_by_account
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector
from workflows.organisations.tree import department_for


@pytest.fixture
def staged(runtime: Runtime) -> Runtime:
    with runtime.unit_of_work() as uow:
        load_cast(uow, counties=3, units_per_sector=1)
    return runtime


def _mandate(staged: Runtime, account: str) -> Mandate:
    with staged.reading() as uow:
        return mandate_of(uow.session, account)


def _seen(staged: Runtime, account: str, **asked: Any) -> set[str]:
    with staged.reading() as uow:
        mandate = mandate_of(uow.session, account)
        found = organisations(uow.session, mandate, OrganisationFilter(**asked), after=None, limit=1000)
        return {row.name for row in found.rows}


def test_without_one_of_the_roles_there_is_nothing_to_administer(staged: Runtime) -> None:
    assert _mandate(staged, "zeren").is_empty
    assert _mandate(staged, "nobody").is_empty
    assert not _mandate(staged, "guanli").is_empty


def test_a_committee_administers_its_region_in_all_sectors(staged: Runtime) -> None:
    seen = _seen(staged, "anweiban")
    with staged.reading() as uow:
        rows = uow.session.scalars(select(Organisation).where(Organisation.name.in_(seen))).all()
    assert {row.region_path.startswith("/41/4101/410105/") for row in rows} == {True}
    assert len({row.sector for row in rows}) > 2


def test_a_department_administers_its_sector_in_its_region(staged: Runtime) -> None:
    with staged.reading() as uow:
        rows = uow.session.scalars(select(Organisation).where(Organisation.name.in_(_seen(staged, "bumen")))).all()
    assert {row.sector for row in rows} == {Sector.TOWN_GAS}
    assert {row.region_path.startswith("/41/4101/410105/") for row in rows} == {True}


def test_a_committee_shapes_what_lies_below_it_but_not_itself(staged: Runtime) -> None:
    with staged.reading() as uow:
        office = person_by_account(uow.session, "anweiban")
        department = department_for(uow.session, "410105", Sector.TOWN_GAS)
        assert office is not None
        mandate = mandate_of(uow.session, "anweiban")
        assert mandate.looks_after(office.organisation)
        assert not mandate.shapes(office.organisation)
        assert mandate.shapes(department)


def test_nobody_reaches_people_whose_roles_lie_beyond_the_mandate(staged: Runtime) -> None:
    with staged.reading() as uow:
        mandate = mandate_of(uow.session, "shenganweiban")
        administrator = person_by_account(uow.session, "guanli")
        assert administrator is not None
        with pytest.raises(OutOfScope, match="beyond what you administer"):
            ensure_administers(mandate, administrator)


def test_a_county_does_not_reset_a_password_in_the_city(staged: Runtime) -> None:
    with staged.unit_of_work() as uow, pytest.raises(OutOfScope):
        reset_password(uow, mandate_of(uow.session, "anweiban"), "shixiaohao", one_time_password())


def test_nobody_gives_or_takes_a_role_of_their_own(staged: Runtime) -> None:
    with staged.unit_of_work() as uow:
        office = person_by_account(uow.session, "anweiban")
        assert office is not None
        mandate = mandate_of(uow.session, "anweiban")
        with pytest.raises(Refused, match="nobody does this for themselves"):
            appoint(uow, mandate, "anweiban", Role.CLOSER, office.organisation_id)
        with pytest.raises(Refused, match="nobody does this for themselves"):
            withdraw(uow, mandate, "anweiban", Role.COMMITTEE_OFFICE, office.organisation_id)


def test_only_an_administrator_gives_roles_of_trust(staged: Runtime) -> None:
    with staged.unit_of_work() as uow:
        at = person_by_account(uow.session, "lingdao")
        assert at is not None
        with pytest.raises(OutOfScope, match="only an administrator"):
            appoint(uow, mandate_of(uow.session, "anweiban"), "lingdao", Role.ADMINISTRATOR, at.organisation_id)
        appoint(uow, mandate_of(uow.session, "guanli"), "lingdao", Role.AUDITOR, at.organisation_id)


def test_a_role_is_given_only_where_it_belongs(staged: Runtime) -> None:
    with staged.unit_of_work() as uow:
        unit = person_by_account(uow.session, "zeren")
        assert unit is not None
        with pytest.raises(InvalidRecord) as refused:
            appoint(uow, mandate_of(uow.session, "guanli"), "zeren", Role.CLOSER, unit.organisation_id)
        assert set(refused.value.errors) == {"role"}


def test_the_last_administrator_stays(staged: Runtime) -> None:
    with staged.unit_of_work() as uow:
        guanli, other = (person_by_account(uow.session, account) for account in ("guanli", "shenji"))
        assert guanli is not None
        assert other is not None
        first = mandate_of(uow.session, "guanli")
        appoint(uow, first, "shenji", Role.ADMINISTRATOR, guanli.organisation_id)
        second = mandate_of(uow.session, "shenji")
        withdraw(uow, second, "guanli", Role.ADMINISTRATOR, guanli.organisation_id)
        uow.session.expire_all()
        beyond = Mandate("root", is_administrator=True, territories=second.territories)
        with pytest.raises(Refused, match="last administrator"):
            withdraw(uow, beyond, "shenji", Role.ADMINISTRATOR, guanli.organisation_id)
        with pytest.raises(Refused, match="last administrator"):
            deactivate(uow, beyond, "shenji", reason="x", expected_version=other.version)


def test_a_department_takes_in_people_of_its_enterprises(staged: Runtime) -> None:
    with staged.unit_of_work() as uow:
        unit = person_by_account(uow.session, "zeren")
        assert unit is not None
        enrol(uow, mandate_of(uow.session, "bumen"), PersonFacts("wangwu", "王五", unit.organisation_id))
        elsewhere = uow.session.scalars(
            select(Organisation).where(
                Organisation.kind == OrganisationKind.ENTERPRISE, Organisation.sector == Sector.COAL_MINES
            )
        ).first()
        assert elsewhere is not None
        with pytest.raises(OutOfScope):
            enrol(uow, mandate_of(uow.session, "bumen"), PersonFacts("zhaoliu", "赵六", elsewhere.id))
