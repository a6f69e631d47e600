"""The search over hazards, on both databases: what it finds, what it leaves alone, and which index serves it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from engine.clock import ReplayClock
from engine.definitions import deploy, read_folder
from engine.runtime import Runtime
from engine.storage.bulk import insert_rows, reserve_ids
from engine.storage.database import Database
from workflows.calendar import WorkingCalendar
from workflows.campaigns.content_areas import ContentArea, Source
from workflows.campaigns.opening import HENAN_2022, open_campaign
from workflows.cast import load_cast
from workflows.errors import Refused
from workflows.expressions import functions
from workflows.hazards.listener import StageListener
from workflows.hazards.models import Hazard
from workflows.hazards.register import Registration, register_many
from workflows.hazards.words import Severity
from workflows.search import is_searchable, matching, saying
from workflows.search.keeping import enter_missing, entries_of
from workflows.search.models import HazardSearch

DEFINITIONS = Path(__file__).parents[1] / "web" / "definitions"
HOSE = {"title": "燃气软管老化", "unit_name": "花园路烧烤店", "place": "后厨 LPG-17 号灶台"}
EXIT = {"title": "疏散通道堆放100%易燃杂物", "unit_name": "宏达电器（郑州）有限公司", "place": "三楼东侧"}

Register = Callable[..., list[Hazard]]
MANY = 3_000


@pytest.fixture
def runtime(database: Database, clock: ReplayClock) -> Runtime:
    return Runtime(database, clock, functions=functions(WorkingCalendar()), listeners=(StageListener(),))


@pytest.fixture
def register(runtime: Runtime) -> Register:
    with runtime.unit_of_work() as uow:
        cast = load_cast(uow, counties=1, units_per_sector=1)
        deploy(uow, read_folder(DEFINITIONS), by="designer")
        campaign = open_campaign(uow, HENAN_2022, committee_id=cast.province_committee, by="shenganweiban").id
        unit = cast.units[0]

    def enter(*wanted: dict[str, Any]) -> list[Hazard]:
        known: dict[str, Any] = {
            "campaign_id": campaign,
            "description": "现场检查发现",
            "region_code": unit.region_code,
            "sector": unit.sector,
            "severity": Severity.GENERAL,
            "content_area": ContentArea.SECTOR_CAMPAIGN,
            "source": Source.SECTOR_CAMPAIGN,
            "found_on": date(2022, 11, 8),
        }
        with runtime.unit_of_work() as uow:
            return register_many(uow, [Registration(**{**known, **each}) for each in wanted], by="anweiban")

    return enter


def found(session: Session, asked: str) -> list[str]:
    titles = select(Hazard.title).where(matching(session, asked)).order_by(Hazard.id)
    return list(session.scalars(titles))


@pytest.mark.parametrize(
    "asked",
    [
        "燃气", "软管老", "花园路", "lpg", "ＬＰＧ-17", "灶台",
        "烧烤 软管", "“燃气软管”", '"后厨 lpg"', "软管 气", "郑州 烧烤",
    ],
)  # fmt: skip
def test_a_hazard_is_found_by_parts_of_what_people_remember(runtime: Runtime, register: Register, asked: str) -> None:
    register(HOSE, EXIT)
    with runtime.reading() as uow:
        assert found(uow.session, asked) == [HOSE["title"]]
        assert list(uow.session.scalars(select(Hazard.title).where(saying(asked)))) == [HOSE["title"]]


def test_a_hazard_is_found_by_any_part_of_its_number(runtime: Runtime, register: Register) -> None:
    hose, _ = register(HOSE, EXIT)
    with runtime.reading() as uow:
        for start in range(len(hose.number) - 8):
            part = hose.number[start : start + 9]
            assert HOSE["title"] in found(uow.session, part), part
        assert found(uow.session, hose.number) == [HOSE["title"]]


@pytest.mark.parametrize("asked", ["气燃", "燃气管", '"软管 燃气"', "烧烤 杂物", "100_易", "燃气%老"])
def test_what_no_hazard_says_finds_nothing(runtime: Runtime, register: Register, asked: str) -> None:
    register(HOSE, EXIT)
    with runtime.reading() as uow:
        assert found(uow.session, asked) == []


@pytest.mark.parametrize(
    "asked",
    ['燃气" OR "通道', "燃气 OR 通道", "燃气 NOT 通道", "grams:燃气",
     "燃气*", "NEAR(燃气 通道)", "'; DROP TABLE hazard;--", "燃气')"],
)  # fmt: skip
def test_the_syntax_of_an_index_means_nothing_here(runtime: Runtime, register: Register, asked: str) -> None:
    register(HOSE, EXIT)
    with runtime.reading() as uow:
        assert found(uow.session, asked) == []
        assert uow.session.scalar(select(func.count()).select_from(Hazard)) == 2


def test_signs_with_a_meaning_to_the_database_are_only_signs(runtime: Runtime, register: Register) -> None:
    register(HOSE, EXIT)
    with runtime.reading() as uow:
        assert found(uow.session, "100%易燃") == [EXIT["title"]]


def test_an_empty_search_asks_for_nothing_and_one_character_is_too_little(runtime: Runtime, register: Register) -> None:
    register(HOSE, EXIT)
    with runtime.reading() as uow:
        assert len(found(uow.session, "  ")) == 2
        with pytest.raises(Refused, match="two characters"):
            matching(uow.session, "气")
    assert [is_searchable(asked) for asked in ("气", "a-b", "燃气", "气 燃气")] == [False, False, True, True]


def test_a_changed_title_is_found_and_the_old_one_no_more(runtime: Runtime, register: Register) -> None:
    key = register(HOSE)[0].id
    with runtime.unit_of_work() as uow:
        uow.session.get_one(Hazard, key).title = "燃气阀门漏气"
    with runtime.reading() as uow:
        assert (found(uow.session, "软管"), found(uow.session, "阀门")) == ([], ["燃气阀门漏气"])


def test_what_was_written_past_the_registration_is_made_up_for(runtime: Runtime, register: Register) -> None:
    register(HOSE, EXIT)
    with runtime.unit_of_work() as uow:
        uow.session.execute(HazardSearch.__table__.delete())  # pyright: ignore[reportAttributeAccessIssue] # every mapped class has one
        assert found(uow.session, "燃气") == []
        assert (enter_missing(uow.session), enter_missing(uow.session)) == (2, 0)
        assert found(uow.session, "燃气") == [HOSE["title"]]


def test_the_index_serves_a_search_for_two_characters(runtime: Runtime, register: Register) -> None:
    (hose,) = register(HOSE)
    with runtime.unit_of_work() as uow:
        _copies(uow.session, hose)
    with runtime.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if runtime.database.is_sqlite else "VACUUM ANALYZE"))
    with runtime.reading() as uow:
        assert found(uow.session, "燃气") == [HOSE["title"]]
        plan = _plan(uow.session, "燃气")
    served = "ix_hazard_search_grams" if not runtime.database.is_sqlite else "hazard_grams VIRTUAL TABLE INDEX"
    assert served in plan, plan
    assert "Seq Scan" not in plan


def _copies(session: Session, hazard: Hazard) -> None:
    """Many hazards that say something else."""
    columns = {column.key: getattr(hazard, column.key) for column in Hazard.__mapper__.column_attrs}
    keys = reserve_ids(session, Hazard, MANY)
    rows = [{**columns, "id": key, "number": f"豫测{key}", "title": "通道堵塞"} for key in keys]
    insert_rows(session, Hazard, rows)
    insert_rows(session, HazardSearch, entries_of(Hazard(**row) for row in rows))


def _plan(session: Session, asked: str) -> str:
    """How the database reads it; with so few rows PostgreSQL would rather read them all, and is told not to."""
    statement = select(Hazard.title).where(matching(session, asked))
    bind = session.get_bind()
    shown = str(statement.compile(bind, compile_kwargs={"literal_binds": True})).replace("%%", "%")
    if bind.dialect.name == "postgresql":
        session.execute(text("SET LOCAL enable_seqscan = off"))
    explain = "EXPLAIN QUERY PLAN" if bind.dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(str(row) for row in session.connection().exec_driver_sql(f"{explain} {shown}"))
