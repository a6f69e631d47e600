"""The statistics: every number is the count of the rows that it leads to, within the reader's own territory."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from io import BytesIO
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from tests.integration.web.site import Site
from web.access import scope
from workflows.hazards.guard import FINAL
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity, Stage
from workflows.ledger.selection import Selection
from workflows.organisations.models import Organisation, OrganisationKind
from workflows.organisations.people import actor_for
from workflows.organisations.sectors import Sector
from workflows.statistics.folding import fold
from workflows.statistics.models import ZeroReport

NUMBER = re.compile(r'<a class="number-link" href="([^"]+)">([\d,]+)</a>')
MAJOR: dict[str, Any] = {"severity": Severity.MAJOR, "criterion": "经专家组认定，参照建质规〔2022〕2号第三条"}


@pytest.mark.parametrize(
    ("account", "path"),
    [
        ("shenganweiban", "/statistics"),
        ("shenganweiban", "/statistics?region=4101&rate=on_time"),
        ("shenganweiban", "/statistics?region=4101&rate=rectified&sector=town_gas"),
        ("shenganweiban", "/statistics/bulletin?region=4101"),
        ("anweiban", "/statistics"),
        ("bumen", "/statistics"),
    ],
)
def test_every_number_is_the_count_of_the_rows_it_leads_to(site: Site, account: str, path: str) -> None:
    live(site)
    page = site.browser(account).get(path).text
    numbers = [(unescape(href), int(value.replace(",", ""))) for href, value in NUMBER.findall(page)]
    assert len(numbers) > 20
    assert [(href, value, counted(site, account, href)) for href, value in numbers] == [
        (href, value, value) for href, value in numbers
    ]


def test_folding_changes_no_page(site: Site) -> None:
    live(site)
    person = site.browser("shenganweiban")
    before = person.get("/statistics?region=4101").text
    with site.runtime.unit_of_work() as uow:
        assert fold(uow, limit=10_000) > 0
    assert without_nonces(person.get("/statistics?region=4101").text) == without_nonces(before)


def test_nobody_reads_figures_beyond_their_own_territory(site: Site) -> None:
    assert site.browser("anweiban").get("/statistics?region=41").status_code == 403
    assert site.browser("bumen").get("/statistics?sector=coal_mines").status_code == 403
    assert site.browser("zeren").get("/statistics").status_code == 403
    assert site.browser("shenganweiban").get("/statistics?region=99").status_code == 404


def test_a_ledger_without_hazards_has_a_page_that_says_so(site: Site) -> None:
    assert "还没有可统计的隐患" in site.browser("shenganweiban").get("/statistics").text


def test_the_workbook_has_numbers_as_numbers_and_rates_as_percentages(site: Site) -> None:
    live(site)
    answer = site.browser("shenganweiban").get("/statistics/bulletin.xlsx?region=4101")
    sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
    for row in sheet.iter_rows(min_row=2, min_col=2):
        assert all(cell.value is None or isinstance(cell.value, int | float) for cell in row)
    assert sheet.cell(2, 4).number_format == "0.0%"
    assert sheet.cell(sheet.max_row, 2).value == 24


def test_a_zero_report_is_not_the_same_as_no_report(site: Site) -> None:
    office = site.browser("anweiban")
    office.get("/statistics/zero-reports")
    declared = office.post("/statistics/zero-reports", **declaration(site))
    assert declared.status_code == 302
    site.register(region_code="410102")
    page = site.browser("shenganweiban").get("/statistics?region=4101").text
    assert re.search(r'report-zero"><span>金水区', page)
    assert re.search(r'report-found"><span>中原区', page)
    assert "report-silent" in site.browser("shenganweiban").get("/statistics").text


def test_a_zero_report_is_refused_when_hazards_were_registered_in_that_week(site: Site) -> None:
    site.register()
    office = site.browser("anweiban")
    office.get("/statistics/zero-reports")
    refused = office.post("/statistics/zero-reports", **declaration(site))
    assert refused.status_code == 422
    assert "不能作零报告" in refused.text
    assert "检查餐饮单位12家" in refused.text


def test_a_zero_report_that_is_sent_twice_is_one(site: Site) -> None:
    office = site.browser("anweiban")
    for _ in range(2):
        office.get("/statistics/zero-reports")
        office.post("/statistics/zero-reports", **declaration(site))
    with site.runtime.reading() as uow:
        assert uow.session.scalar(select(func.count()).select_from(ZeroReport)) == 1


def test_a_zero_report_is_refused_for_another_s_organisation_and_for_days_to_come(site: Site) -> None:
    office = site.browser("anweiban")
    office.get("/statistics/zero-reports")
    for wrong in ({"organisation": "1"}, {"day": "2023-01-20"}, {"day": "soon"}, {"looked_at": " "}):
        assert office.post("/statistics/zero-reports", **{**declaration(site), **wrong}).status_code == 422


def declaration(site: Site) -> dict[str, str]:
    with site.runtime.reading() as uow:
        wanted = select(Organisation.id).where(
            Organisation.kind == OrganisationKind.COMMITTEE, Organisation.region_code == "410105"
        )
        office = uow.session.scalars(wanted).one()
    return {
        "organisation": str(office),
        "period": "week",
        "day": f"{site.clock.now():%Y-%m-%d}",
        "looked_at": "检查餐饮单位12家",
    }


def counted(site: Site, account: str, href: str) -> int:
    """How many rows the ledger shows a person at an address."""
    selection = Selection.from_query(parse_qsl(urlsplit(href).query))
    with site.runtime.reading() as uow:
        reach = scope(uow, actor_for(uow.session, account))
        wanted = select(func.count()).select_from(Hazard)
        return uow.session.scalar(selection.narrow(uow.session, wanted, reach, uow.now)) or 0


def live(site: Site) -> None:
    """Two dozen hazards in three counties and sectors over six weeks, at all stages, some late; one is void."""
    random = Random(7)
    for number in range(25):
        site.clock.advance(timedelta(days=random.randrange(3), hours=random.randrange(12)))
        due_at = site.clock.now() + timedelta(days=random.choice((-2, 1, 3, 9, 15, 30)))
        site.register(
            title=f"隐患{number}",
            description=f"描述{number}",
            region_code=random.choice(("410105", "410105", "410102", "410103")),
            sector=random.choice((Sector.TOWN_GAS, Sector.TOWN_GAS, Sector.COAL_MINES, Sector.ROAD_TRAFFIC)),
            due_at=random.choice((due_at, due_at, due_at, None)),
            found_on=site.clock.now().date(),
            **random.choice(({}, {}, {}, MAJOR)),
        )
    with site.runtime.unit_of_work() as uow:
        rows = uow.session.scalars(select(Hazard).order_by(Hazard.id)).all()
        rows[0].stage = Stage.VOIDED
        for row in rows[1:]:
            change(row, uow.now, random)


def change(row: Hazard, now: datetime, random: Random) -> None:
    row.listed = random.random() < 0.2
    if random.random() < 0.7:
        row.rectified_at = now - timedelta(days=random.randrange(12), hours=random.randrange(5))
        row.returns = random.choice((0, 0, 1, 2))
        row.stage = random.choice(
            (Stage.SPECIAL_INSPECTION, Stage.SPOT_CHECK, Stage.CLOSURE, Stage.CLOSED, Stage.CLOSED)
        )
    if row.stage in FINAL:
        row.closed_at = now - timedelta(days=random.randrange(9))


def without_nonces(page: str) -> str:
    return re.sub(r'(nonce|name="csrf_token" value)="[^"]+"', "", page)
