"""Registration: a hazard gets its number, those who answer for it, and its process; a whole ledger at once."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import event, func, select

from engine.storage.models import Instance, OutboxEvent
from tests.workflows.play import MAJOR, Play
from workflows.errors import InvalidRecord
from workflows.geography.divisions import RegionLevel
from workflows.hazards.models import Hazard, StageChange
from workflows.hazards.register import register_many
from workflows.hazards.words import Severity, Stage
from workflows.organisations.models import OrganisationKind
from workflows.organisations.sectors import Sector
from workflows.organisations.tree import committee_for, department_for


def test_a_hazard_gets_its_number_and_waits_for_its_unit(play: Play) -> None:
    hazard = play.register()
    assert hazard.number == "豫回2022-410105-000001"
    assert (hazard.stage, play.waits_at()) == (Stage.SELF_CHECK, ["confirm_hazard"])
    assert hazard.instance_id == play.instance().id
    assert [change.after for change in play.rows(StageChange)] == [Stage.SELF_CHECK]
    assert play.told("hazard.registered")[0]["severity"] == "general"


def test_a_hazard_is_answered_for_along_both_lines(play: Play) -> None:
    hazard = play.register()
    with play.runtime.reading() as uow:
        department = department_for(uow.session, hazard.region_code, Sector.TOWN_GAS)
        county = committee_for(uow.session, hazard.region_code, RegionLevel.COUNTY)
    assert (hazard.department_id, hazard.committee_id) == (department.id, county.id)
    assert county.kind is OrganisationKind.COMMITTEE


def test_a_general_hazard_is_closed_by_the_county_and_a_major_one_by_the_city(play: Play) -> None:
    play.register()
    general = play.data()["hazard"]["closing"]
    major = play.register(**MAJOR)
    with play.runtime.reading() as uow:
        city = committee_for(uow.session, major.region_code, RegionLevel.CITY).id
    assert (general, play.data()["hazard"]["closing"]) == (major.committee_id, city)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", ""),
        ("description", ""),
        ("unit_name", ""),
        ("campaign_id", 999),
        ("region_code", "990101"),
        ("unit_id", 999_999),
    ],
)
def test_what_is_wrong_is_named(play: Play, field: str, wrong: object) -> None:
    with pytest.raises(InvalidRecord) as refused:
        play.register(**{field: wrong})
    assert set(refused.value.errors) == {field}


def test_one_wrong_row_keeps_the_whole_batch_off_the_ledger(play: Play) -> None:
    rows = [play.registration(), play.registration(title="")]
    with play.runtime.unit_of_work() as uow, pytest.raises(InvalidRecord, match=r"1\.title"):
        register_many(uow, rows, by="anweiban")
    with play.runtime.reading() as uow:
        assert uow.session.scalar(select(func.count()).select_from(Hazard)) == 0


def test_an_empty_batch_is_no_batch(play: Play) -> None:
    assert play.register_many(0) == []


def test_a_batch_is_numbered_without_gaps_and_every_process_runs(play: Play) -> None:
    hazards = play.register_many(50)
    assert [hazard.number[-6:] for hazard in hazards] == [f"{number:06}" for number in range(1, 51)]
    with play.runtime.reading() as uow:
        keys = set(uow.session.scalars(select(Instance.business_key)))
        kinds = Counter(uow.session.scalars(select(OutboxEvent.type)))
    assert keys == {hazard.number for hazard in hazards}
    assert kinds["hazard.registered"] == 50


@pytest.mark.parametrize("severity", list(Severity))
def test_a_larger_batch_asks_the_database_no_more_often(play: Play, severity: Severity) -> None:
    overrides = MAJOR if severity is Severity.MAJOR else {}
    play.register_many(5, **overrides)
    few, many = (_selects(play, count, overrides) for count in (20, 60))
    assert few == many


def _selects(play: Play, count: int, overrides: dict[str, object]) -> int:
    """How many queries a batch asks."""
    asked: list[str] = []
    registrations = [play.registration(**overrides)] * count

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.extend([statement] * statement.startswith("SELECT"))

    event.listen(play.runtime.database.engine, "before_cursor_execute", note)
    with play.runtime.unit_of_work() as uow:
        register_many(uow, registrations, by="anweiban")
    event.remove(play.runtime.database.engine, "before_cursor_execute", note)
    return len(asked)
