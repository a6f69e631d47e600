"""The ledger in the browser: what is shown, in which order, and to whom; views, imports, exports, a new hazard."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from engine.storage.models import OutboxEvent
from tests.integration.web.site import Browser, Site
from tests.integration.workflows.ledgers import workbook
from workflows.calendar import WorkingCalendar
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity
from workflows.ledger.export_jobs import exporting
from workflows.ledger.import_jobs import importing
from workflows.ledger.keeping import LedgerFiles
from workflows.ledger.models import ExportJob, ImportJob
from workflows.ledger.states import JobState

TITLES = re.compile(r'class="long"><a href="/hazards/[^"]+">([^<]+)</a>')


def titles(page: str) -> list[str]:
    return TITLES.findall(page)


def test_the_ledger_shows_whoever_reads_only_their_own(site: Site) -> None:
    site.register(title="软管老化")
    assert titles(site.browser("anweiban").get("/ledger").text) == ["软管老化"]
    assert titles(site.browser(site.stranger()).get("/ledger").text) == []


def test_every_order_leads_forth_and_back_over_all_rows(site: Site) -> None:
    for n in range(8):
        site.register(title=f"隐患{n}", description=f"隐患的描述{n}", severity=Severity.GENERAL)
    browser = site.browser("anweiban")
    for sort in ("number", "number-down", "due_at", "found_on-down", "severity", "stage-down", "returns", "registered"):
        there = walked(browser, f"/ledger?sort={sort}", "next")
        back = walked(browser, there[-1][0], "prev")
        assert sorted(title for _, page in there for title in page) == [f"隐患{n}" for n in range(8)], sort
        assert [page for _, page in back] == [page for _, page in reversed(there)], sort


def walked(browser: Browser, address: str, way: str) -> list[tuple[str, list[str]]]:
    """The pages from an address on, each with its titles."""
    found: list[tuple[str, list[str]]] = []
    following: str | None = address
    while following:
        page = browser.get(following).text
        found.append((following, titles(page)))
        link = re.search(rf'href="([^"]+)" rel="{way}"', page)
        following = link[1].replace("&amp;", "&") if link else None
    return found


def test_filters_become_a_plain_address_with_chips_to_take_them_back(site: Site) -> None:
    site.register(title="软管老化")
    browser = site.browser("anweiban")
    sent = browser.get("/ledger?filter=yes&stage=self_check&severity=&due_from=&listed=no")
    assert sent.location.endswith("?stage=self_check&listed=no")
    page = browser.get(sent.location).text
    assert titles(page) == ["软管老化"]
    assert page.count("data-removes") >= 2


def test_a_word_that_is_too_short_is_said_and_not_searched_for(site: Site) -> None:
    site.register(title="软管老化")
    page = site.browser("anweiban").get("/ledger?text=管").text
    assert titles(page) == ["软管老化"]
    assert "notice-warning" in page
    assert titles(site.browser("anweiban").get("/ledger?text=软管").text) == ["软管老化"]


def test_a_forged_place_is_refused(site: Site) -> None:
    assert site.browser("anweiban").get("/ledger?after=forged").status_code == 400


def test_chosen_columns_stand_in_their_order_and_can_be_moved(site: Site) -> None:
    site.register()
    browser = site.browser("anweiban")
    chosen = browser.get("/ledger/columns?column=number&column=department&column=progress&left=progress")
    page = browser.get(chosen.location).text
    heads = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', page)
    assert heads == ["隐患编号", "整改情况", "行业监管部门"]


def test_a_saved_view_opens_first_and_is_shared_with_those_of_the_organisation_alone(site: Site) -> None:
    browser = site.browser("anweiban")
    page = browser.get("/ledger?severity=major").text
    body = re.search(r'<option value="(\d+)">', page[page.index('id="view-body"') :])
    assert body
    browser.post(
        "/ledger/views", name="重大隐患", query="severity=major&sort=due_at", organisation=body[1], is_default="yes"
    )
    opened = browser.get("/ledger")
    assert "severity=major" in opened.location
    assert "sort=due_at" in opened.location
    browser.get(opened.location)
    view = re.search(r"/ledger/views/(\d+)", browser.page)
    assert view
    assert site.browser(site.stranger()).get(f"/ledger/views/{view[1]}").status_code == 404


def test_a_view_is_renamed_and_deleted_by_its_owner(site: Site) -> None:
    browser = site.browser("anweiban")
    browser.get("/ledger")
    browser.post("/ledger/views", name="一", query="")
    page = browser.get("/ledger?view=1").text
    view_id = int(re.findall(r"/ledger/views/(\d+)", page)[0])
    browser.post(f"/ledger/views/{view_id}", act="rename", name="二")
    assert "二" in browser.get(f"/ledger?view={view_id}").text
    browser.post(f"/ledger/views/{view_id}", act="delete")
    assert browser.get(f"/ledger/views/{view_id}").status_code == 404


@pytest.fixture
def files(tmp_path: Path, site: Site) -> LedgerFiles:
    folder = site.app.extensions["lookback"].settings.ledger_files
    return LedgerFiles(folder)


def run(site: Site, files: LedgerFiles) -> None:
    """Both duties once, as the scheduler runs them."""
    importing(site.runtime, files, WorkingCalendar()).run(Event())
    exporting(site.runtime, files).run(Event())


def sheet(site: Site, tmp_path: Path, *descriptions: str, **others: str) -> bytes:
    facts = site.facts()
    rows: list[dict[str, Any]] = [
        {
            "问题来源": "国务院考核巡查",
            "检查时间": "2022.11.9",
            "所属行业领域": facts["sector"].label,
            "属地": facts["region_code"],
            "隐患描述": description,
            "隐患等级": "一般",
            "整改责任单位": facts["unit_name"],
        }
        | others
        for description in descriptions
    ]
    return workbook(tmp_path / "file.xlsx", rows).read_bytes()


def hand_in(browser: Browser, content: bytes, name: str = "台账.xlsx") -> Any:
    browser.get("/ledger/imports")
    return browser.post("/ledger/imports", file=(BytesIO(content), name))


def sheet_of(browser: Browser, address: str) -> Any:
    """The first sheet of a workbook that is downloaded."""
    return load_workbook(BytesIO(browser.client.get(address, buffered=True).data)).active


def test_a_file_is_examined_then_imported_and_then_removed(site: Site, files: LedgerFiles, tmp_path: Path) -> None:
    browser = site.browser("anweiban")
    taken = hand_in(browser, sheet(site, tmp_path, "疏散通道堆放杂物", "灭火器过期"))
    assert taken.status_code == 302
    assert "正在核对" in browser.get(taken.location).text
    run(site, files)
    assert "全部导入" in browser.get(taken.location).text
    browser.post(taken.location, act="import")
    run(site, files)
    browser.get(taken.location)
    with site.runtime.reading() as uow:
        job = uow.session.scalars(select(ImportJob)).one()
        assert (job.state, job.registered, job.rows) == (JobState.DONE, 2, 2)
        assert len(uow.session.scalars(select(Hazard)).all()) == 2
        told = select(OutboxEvent).where(OutboxEvent.type == "administration.ledger_imported")
        assert uow.session.scalars(told).one().data["after"]["registered"] == 2
    assert not files.handed_in(job).exists()


def test_wrong_cells_are_shown_as_in_the_sheet(site: Site, files: LedgerFiles, tmp_path: Path) -> None:
    browser = site.browser("anweiban")
    taken = hand_in(browser, sheet(site, tmp_path, "疏散通道堆放杂物", 隐患等级="很大"))
    run(site, files)
    page = browser.get(taken.location).text
    assert "<q>很大</q>" in page
    assert 'class="letter">F</span> 隐患等级' in page
    assert "一般隐患、重大隐患" in page
    assert sheet_of(browser, f"{taken.location}/report")["B2"].value.startswith("错误：【隐患等级】")


def test_an_import_that_was_killed_after_its_last_batch_is_counted_once(
    site: Site, files: LedgerFiles, tmp_path: Path
) -> None:
    browser = site.browser("anweiban")
    taken = hand_in(browser, sheet(site, tmp_path, "疏散通道堆放杂物"))
    run(site, files)
    browser.get(taken.location)
    browser.post(taken.location, act="import")
    content = files.handed_in(_job(site)).read_bytes()
    run(site, files)
    with site.runtime.unit_of_work() as uow:
        job = uow.session.scalars(select(ImportJob)).one()
        job.state, job.claimed_until, job.registered = JobState.RUNNING, None, 0
    files.handed_in(job).write_bytes(content)
    run(site, files)
    assert (_job(site).state, _job(site).registered) == (JobState.DONE, 1)


def _job(site: Site) -> ImportJob:
    with site.runtime.reading() as uow:
        return uow.session.scalars(select(ImportJob)).one()


def test_a_file_that_is_no_ledger_is_refused_beside_the_field(site: Site) -> None:
    browser = site.browser("anweiban")
    assert hand_in(browser, b"%PDF-1.4", "台账.pdf").status_code == 415
    assert hand_in(browser, b"PK\x03\x04broken", "台账.xlsx").status_code == 422
    assert "error-file" in browser.page
    large = hand_in(browser, b"x" * 200_000, "台账.csv")
    assert large.status_code == 413
    assert "error-file" in large.text


def test_an_import_is_its_maker_s_alone(site: Site, tmp_path: Path) -> None:
    taken = hand_in(site.browser("anweiban"), sheet(site, tmp_path, "疏散通道堆放杂物"))
    assert site.browser("shenganweiban").get(taken.location).status_code == 404


def test_rows_beyond_the_importer_s_reach_are_wrong(site: Site, files: LedgerFiles, tmp_path: Path) -> None:
    content = sheet(site, tmp_path, "疏散通道堆放杂物")
    browser = site.browser(site.stranger())
    taken = hand_in(browser, content)
    run(site, files)
    assert "不在您的权限范围" in browser.get(taken.location).text


def test_an_export_writes_the_selection_and_is_private(site: Site, files: LedgerFiles) -> None:
    site.register(title="软管老化")
    site.register(title="阀门锈蚀", description="阀门锈蚀", severity=Severity.MAJOR, criterion="经专家组认定")
    browser = site.browser("anweiban")
    browser.get("/ledger")
    browser.post("/ledger/exports", query="severity=major", columns="all", format="xlsx")
    assert "hx-get" in browser.get("/ledger/exports").text
    run(site, files)
    page = browser.get("/ledger/exports").text
    found = re.search(r'href="(/ledger/exports/\d+/file)"', page)
    assert found
    rows = list(sheet_of(browser, found[1]).values)
    assert [row[rows[0].index("隐患名称")] for row in rows[1:]] == ["阀门锈蚀"]
    assert site.browser("shenganweiban").get(found[1]).status_code == 404
    with site.runtime.reading() as uow:
        told = select(OutboxEvent).where(OutboxEvent.type == "administration.ledger_exported")
        assert uow.session.scalars(told).one().data["after"]["hazards"] == 1


def test_an_export_of_chosen_columns_imports_again_as_known(site: Site, files: LedgerFiles) -> None:
    site.register()
    browser = site.browser("anweiban")
    browser.get("/ledger")
    columns = "columns=description%2Cregion_code%2Cunit_name%2Csector"
    browser.post("/ledger/exports", query=columns, columns="shown", format="csv")
    run(site, files)
    with site.runtime.reading() as uow:
        job = uow.session.scalars(select(ExportJob)).one()
    taken = hand_in(browser, files.written(job).read_bytes(), "导出.csv")
    run(site, files)
    browser.get(taken.location)
    assert (_job(site).fresh, _job(site).duplicates, _job(site).wrong_rows) == (0, 1, 0)


def test_a_cancelled_export_is_not_written_and_a_fourth_has_to_wait(site: Site, files: LedgerFiles) -> None:
    site.register()
    browser = site.browser("anweiban")
    browser.get("/ledger")
    for _ in range(4):
        browser.post("/ledger/exports", query="", format="csv")
        browser.get("/ledger/exports")
    with site.runtime.reading() as uow:
        jobs = list(uow.session.scalars(select(ExportJob).order_by(ExportJob.id)))
    assert len(jobs) == 3
    browser.post(f"/ledger/exports/{jobs[0].id}/cancel")
    run(site, files)
    assert [files.written(job).exists() for job in jobs] == [False, True, True]


def test_a_single_hazard_is_registered_once_however_often_the_form_is_sent(site: Site) -> None:
    facts = site.facts()
    browser = site.browser("anweiban")
    browser.get("/ledger/new")
    form = {
        "request_key": browser.hidden("request_key"),
        "title": "软管老化",
        "description": "软管老化开裂",
        "region_code": facts["region_code"],
        "unit_name": facts["unit_name"],
        "sector": facts["sector"].value,
        "severity": "general",
        "source": "local_inspection",
        "content_area": "sector_campaign",
        "due_on": "2022-12-01",
    }
    sent = browser.post("/ledger/new", **form)
    browser.get("/ledger/new")
    again = browser.post("/ledger/new", **form)
    assert sent.status_code == 302
    assert sent.location == again.location
    with site.runtime.reading() as uow:
        hazard = uow.session.scalars(select(Hazard)).one()
        assert hazard.unit_id == facts["unit_id"]


def test_what_is_wrong_with_a_hazard_is_said_beside_the_fields(site: Site) -> None:
    browser = site.browser("anweiban")
    browser.get("/ledger/new")
    refused = browser.post("/ledger/new", title="软管老化", region_code="不存在的地方", severity="major")
    assert refused.status_code == 422
    assert {"error-region_code", "error-description", "error-sector"} <= set(
        re.findall(r'id="(error-[a-z_]+)"', refused.text)
    )
    assert 'value="软管老化"' in refused.text


def test_places_and_units_are_proposed_within_reach(site: Site) -> None:
    facts = site.facts()
    assert facts["unit_name"] in site.browser("anweiban").get(f"/ledger/units?unit_name={facts['unit_name'][:4]}").text
    assert facts["unit_name"] not in site.browser(site.stranger()).get(f"/ledger/units?q={facts['unit_name'][:4]}").text
    assert "41" in site.browser("shenganweiban").get("/ledger/places?region_code=金水").text
