"""The pages of administration: who enters which, what each shows, and what a refusal looks like."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from tests.integration.web.site import Browser, Site
from workflows.audit import AuditRecord
from workflows.organisations.api_tokens import TokenScope
from workflows.organisations.models import Person
from workflows.organisations.people import person_by_account
from workflows.organisations.roles import Role

SECTIONS = ("organisations", "people", "leaves", "campaigns", "calendar/2022")


def person_of(site: Site, account: str) -> Person:
    with site.runtime.reading() as uow:
        person = person_by_account(uow.session, account)
        assert person is not None
        _ = [held.organisation.name for held in person.roles], person.organisation.name
        return person


@pytest.fixture
def administrator(site: Site) -> Browser:
    browser = site.browser("guanli")
    browser.get("/administration/")
    return browser


@pytest.mark.parametrize("path", ["", *SECTIONS, "audit", "organisations/new", "people/new", "campaigns/new"])
def test_an_administrator_enters_every_page(administrator: Browser, path: str) -> None:
    assert administrator.get(f"/administration/{path}").status_code == 200


@pytest.mark.parametrize("path", SECTIONS)
def test_a_committee_office_and_a_department_enter_what_is_theirs(site: Site, path: str) -> None:
    assert site.browser("anweiban").get(f"/administration/{path}").status_code == 200
    assert site.browser("bumen").get(f"/administration/{path}").status_code == 200
    assert site.browser("zeren").get(f"/administration/{path}").status_code == 403


def test_the_record_is_for_the_auditor_and_the_administrator(site: Site) -> None:
    seen = {who: site.browser(who).get("/administration/audit").status_code for who in ("shenji", "guanli", "anweiban")}
    assert seen == {"shenji": 200, "guanli": 200, "anweiban": 403}
    assert site.browser("shenji").get("/administration/people").status_code == 403


def test_a_county_lists_its_own_organisations_and_no_others(site: Site) -> None:
    county = site.browser("anweiban").get("/administration/organisations?q=金水区").text
    assert "郑州市金水区安全生产委员会" in county
    assert (
        "洛阳市" not in site.browser("anweiban").get("/administration/organisations?q=洛阳市").text.split("</form>")[-1]
    )


def test_lists_go_on_page_by_page(administrator: Browser) -> None:
    page = administrator.get("/administration/people?role=department_inspector").text
    following = re.search(r'href="([^"]+)" rel="next"', page)
    assert following is not None
    second = administrator.get(following[1].replace("&amp;", "&")).text
    first, then = (set(re.findall(r'<th scope="row"><a href="[^"]+/people/(\w+)"', each)) for each in (page, second))
    assert len(first) == len(then) == 3
    assert first.isdisjoint(then)


def test_an_organisation_is_founded_changed_and_closed(administrator: Browser) -> None:
    entries = {
        "name": "金水区新燃气公司",
        "kind": "enterprise",
        "region": "郑州市金水区",
        "sector": "town_gas",
        "uscc": "",
    }
    administrator.get("/administration/organisations/new")
    founded = administrator.post("/administration/organisations/new", **entries)
    assert founded.status_code == 302
    address = founded.location
    administrator.get(f"{address}/edit")
    changed = administrator.post(f"{address}/edit", **{**entries, "name": "金水区老燃气公司"}, expected_version="1")
    assert changed.status_code == 302
    assert "金水区老燃气公司" in administrator.get(address).text
    closed = administrator.post(f"{address}/close", reason="注销", expected_version="2")
    assert closed.status_code == 302
    assert f"{address}/reopen" in administrator.get(address).text


def test_a_wrong_credit_code_is_refused_beside_its_field(administrator: Browser) -> None:
    administrator.get("/administration/organisations/new")
    entries = {"name": "某公司", "kind": "enterprise", "region": "410105", "sector": "town_gas"}
    refused = administrator.post("/administration/organisations/new", **entries, uscc="91410105MA00000000")
    assert refused.status_code == 422
    assert 'id="error-uscc"' in refused.text


def test_two_who_change_the_same_organisation_are_told(administrator: Browser, site: Site) -> None:
    unit = person_of(site, "zeren").organisation
    address = f"/administration/organisations/{unit.id}/edit"
    administrator.get(address)
    entries = {"name": unit.name, "kind": "enterprise", "region": unit.region_code, "sector": "town_gas", "uscc": ""}
    assert administrator.post(address, **entries | {"name": "甲"}, expected_version="1").status_code == 302
    administrator.get(address)
    assert administrator.post(address, **entries | {"name": "乙"}, expected_version="1").status_code == 409


def test_a_new_person_signs_in_with_a_one_time_password_and_must_change_it(administrator: Browser, site: Site) -> None:
    administrator.get("/administration/people/new")
    unit = person_of(site, "zeren").organisation
    entries = {"account": "lisi", "name": "李四", "phone": "0371 6000", "organisation": str(unit.id)}
    assert administrator.post("/administration/people/new", **entries).status_code == 302
    administrator.get("/administration/people/lisi")
    shown = administrator.post("/administration/people/lisi/password")
    password = re.search(r"<code>([^<]+)</code>", shown.text)
    assert password is not None
    newcomer = site.visitor()
    newcomer.get("/sign-in")
    newcomer.post("/sign-in", account="lisi", password=password[1])
    assert newcomer.get("/inbox").location == "/account/password"
    newcomer.get("/account/password")
    new = "一句容易记住的话语"
    refused = newcomer.post("/account/password", present=password[1], new=new, again=new)
    assert refused.status_code == 422
    new += "2022"
    assert newcomer.post("/account/password", present=password[1], new=new, again=new).status_code == 302
    assert newcomer.get("/inbox").status_code == 200


def test_roles_that_belong_apart_are_given_with_a_reason_only(administrator: Browser, site: Site) -> None:
    county = person_of(site, "anweiban").organisation
    administrator.get("/administration/people/zeren")
    asked = {"role": "closer", "at": str(county.id)}
    refused = administrator.post("/administration/people/zeren/roles", **asked)
    assert refused.status_code == 422
    assert 'name="role_reason"' in refused.text
    assert administrator.post("/administration/people/zeren/roles", **asked, role_reason="人手不足").status_code == 302
    assert Role.CLOSER in {held.role for held in person_of(site, "zeren").roles}


def test_a_role_is_withdrawn_and_nobody_withdraws_the_own(administrator: Browser, site: Site) -> None:
    unit = person_of(site, "zeren").organisation_id
    administrator.get("/administration/people/zeren")
    gone = administrator.post(f"/administration/people/zeren/roles/{unit}/responsible_person/withdraw")
    assert gone.status_code == 302
    at = person_of(site, "guanli").organisation_id
    administrator.get("/administration/people/guanli")
    kept = administrator.post(f"/administration/people/guanli/roles/{at}/administrator/withdraw")
    assert kept.status_code == 422


def test_a_closed_account_is_out_at_once(administrator: Browser, site: Site) -> None:
    zeren = site.browser("zeren")
    assert zeren.get("/inbox").status_code == 200
    administrator.get("/administration/people/zeren")
    form = {"reason": "离职", "expected_version": "1"}
    assert administrator.post("/administration/people/zeren/deactivate", **form).status_code == 302
    assert zeren.get("/inbox").status_code == 302


def test_a_deputy_is_named_and_the_task_can_then_be_opened_and_completed(administrator: Browser, site: Site) -> None:
    hazard = site.register()
    deputy = site.browser("danwei")
    assert deputy.get(f"/tasks/{site.task(hazard).id}").status_code in (200, 403)
    administrator.get("/administration/people/zeren/leave")
    today = date(2022, 11, 8).isoformat()
    named = administrator.post("/administration/people/zeren/leave", deputy="danwei", first_day=today, last_day=today)
    assert named.status_code == 302
    assert deputy.get(f"/tasks/{site.task(hazard).id}").status_code == 200
    assert deputy.post(f"/tasks/{site.task(hazard).id}/claim").status_code == 302
    assert 'class="badge leave-active"' in administrator.get("/administration/leaves?state=active").text


def test_a_campaign_that_has_begun_keeps_its_first_day(administrator: Browser) -> None:
    page = administrator.get("/administration/campaigns/henan-2022").text
    assert 'type="hidden" name="first_day"' in page
    entries = {"name": "新名", "first_day": "2022-11-01", "last_day": "2023-02-28", "expected_version": "1"}
    refused = administrator.post("/administration/campaigns/henan-2022", **entries)
    assert refused.status_code == 422


def test_a_closed_campaign_takes_no_new_hazard(administrator: Browser, site: Site) -> None:
    administrator.get("/administration/campaigns/henan-2022")
    form = {"reason": "结束", "expected_version": "1"}
    assert administrator.post("/administration/campaigns/henan-2022/close", **form).status_code == 302
    told = site.facts()
    program = site.program("anweiban", TokenScope.HAZARDS_WRITE)
    answer = program.post("/hazards", {k: v for k, v in told.items() if k != "unit_id"})
    assert answer.status_code == 422


def test_the_next_campaign_is_proposed_from_the_last(administrator: Browser) -> None:
    page = administrator.get("/administration/campaigns/new").text
    assert 'value="2023-02-01"' in page


def test_a_correction_of_the_calendar_is_shown_with_its_source(administrator: Browser) -> None:
    administrator.get("/administration/calendar/2022")
    entries = {"first_day": "2022-12-05", "is_working": "no", "reason": "疫情", "source": "豫政办〔2022〕1号"}
    entered = administrator.post("/administration/calendar/2022", **entries)
    assert entered.status_code == 302
    assert "豫政办〔2022〕1号" in administrator.get("/administration/calendar/2022").text
    past = administrator.post("/administration/calendar/2022", **entries | {"first_day": "2022-11-07"})
    assert past.status_code == 422


def test_only_an_administrator_corrects_the_calendar(site: Site) -> None:
    office = site.browser("anweiban")
    page = office.get("/administration/calendar/2022").text
    assert 'name="first_day"' not in page
    assert office.post("/administration/calendar/2022", first_day="2022-12-05").status_code == 403


def test_the_record_finds_what_was_done_and_exports_it(administrator: Browser, site: Site) -> None:
    administrator.get("/administration/people/zeren/edit")
    unit = person_of(site, "zeren").organisation_id
    form = {"account": "zeren", "name": "=改名", "phone": "", "organisation": str(unit), "expected_version": "1"}
    assert administrator.post("/administration/people/zeren/edit", **form).status_code == 302
    auditor = site.browser("shenji")
    page = auditor.get("/administration/audit?source=administration&person=zeren").text
    assert "=改名" in page
    exported = auditor.get("/administration/audit.csv?source=administration")
    assert exported.mimetype == "text/csv"
    assert "'=改名" in exported.text
    assert "audit.exported" in site_kinds(site)


def site_kinds(site: Site) -> set[str]:
    """The kinds of what administration has on record."""
    with site.runtime.reading() as uow:
        return {kind.value for kind in uow.session.scalars(select(AuditRecord.kind))}
