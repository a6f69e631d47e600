"""The pages of releases: proposed, approved by another, put into effect, taken back, and all of it without scripts."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from engine.modelling import DraftState, draft_of
from engine.releasing import ReleaseState, deployment_files
from engine.runtime import UnitOfWork
from tests.integration.web.releases.conftest import FILE, Office
from workflows.organisations.models import RoleAssignment
from workflows.organisations.people import person_by_account
from workflows.organisations.roles import Role

READERS = ("sheji", "sheji2", "liucheng", "yunwei", "shenji", "guanli")
STRANGERS = ("anweiban", "zeren", "jiancha1")


def pages_of(office: Office) -> list[str]:
    release = office.proposed()
    return [
        "/designer/releases",
        f"/designer/releases/{release}",
        "/designer/deployments",
        "/designer/deployments/1/download",
        "/designer/comparison?from=nothing&to=1",
        f"/designer/versions/deployment-1/{FILE}",
        f"/designer/drafts/{office.draft('另一个')}/comparison",
    ]


@pytest.mark.parametrize("account", READERS)
def test_everybody_with_a_part_in_processes_reads_them(office: Office, account: str) -> None:
    browser = office.site.browser(account)
    assert [browser.get(path).status_code for path in pages_of(office)] == [200] * 7


@pytest.mark.parametrize("account", STRANGERS)
def test_nobody_else_does(office: Office, account: str) -> None:
    browser = office.site.browser(account)
    assert [browser.get(path).status_code for path in pages_of(office)] == [403] * 7
    assert office.site.visitor().get("/designer/releases").status_code == 302


def test_a_draft_becomes_a_version_by_three_people(office: Office) -> None:
    draft = office.draft("整改说明")
    designer, approver, operator = (office.site.browser(each) for each in ("sheji", "liucheng", "yunwei"))
    assert "rectification" in designer.get(f"/designer/drafts/{draft}/release").text
    proposed = designer.post(f"/designer/drafts/{draft}/release", comment="说清楚要写什么")
    assert proposed.status_code == 302
    page = proposed.location
    assert "整改说明" in approver.get(page).text
    approver.post(f"{page}/approve", comment="同意")
    operator.get(page)
    operator.post(f"{page}/deploy")
    assert office.newest().comment == "说清楚要写什么"
    with office.site.runtime.reading() as uow:
        assert draft_of(uow.session, draft).state is DraftState.RELEASED
    assert "现行" in operator.get("/designer/deployments").text


def test_a_proposal_says_what_stands_in_its_way(office: Office) -> None:
    designer = office.site.browser("sheji")
    broken = office.draft_of(b"{")
    designer.get(f"/designer/drafts/{broken}/release")
    refused = designer.post(f"/designer/drafts/{broken}/release", comment="坏的")
    assert (refused.status_code, FILE in refused.text) == (422, True)
    draft = office.draft()
    designer.get(f"/designer/drafts/{draft}/release")
    assert designer.post(f"/designer/drafts/{draft}/release", comment=" ").status_code == 422


def test_what_others_deployed_is_kept_or_replaced_as_the_designer_chooses(office: Office) -> None:
    draft = office.draft("我的")
    office.deployed("他们的")
    designer = office.site.browser("sheji")
    page = designer.get(f"/designer/drafts/{draft}/release").text
    assert "双方都改了" in page
    kept = designer.post(f"/designer/drafts/{draft}/release", comment="合并", meanwhile="theirs")
    assert kept.status_code == 422
    replaced = designer.post(f"/designer/drafts/{draft}/release", comment="取代", meanwhile="replace")
    assert replaced.status_code == 302


@pytest.mark.parametrize(("act", "account"), [("approve", "liucheng"), ("decline", "liucheng"), ("withdraw", "sheji")])
def test_only_those_whose_act_it_is_find_its_button_and_may_press_it(office: Office, act: str, account: str) -> None:
    release = office.proposed()
    for other in READERS:
        browser = office.site.browser(other)
        has_button = f"/releases/{release}/{act}" in browser.get(f"/designer/releases/{release}").text
        assert has_button is (other == account), other
        if other != account:
            refused = browser.post(f"/designer/releases/{release}/{act}", comment="x")
            assert refused.status_code in (403, 422), other
    assert office.release(release).state is ReleaseState.PROPOSED


@pytest.mark.parametrize("act", ["deploy", "schedule"])
@pytest.mark.parametrize("account", [each for each in READERS if each != "yunwei"])
def test_nobody_but_an_operator_deploys(office: Office, act: str, account: str) -> None:
    release = office.approved()
    browser = office.site.browser(account)
    assert f"/releases/{release}/{act}" not in browser.get(f"/designer/releases/{release}").text
    assert browser.post(f"/designer/releases/{release}/{act}", at="2030-01-01T08:00").status_code == 403
    assert browser.get("/designer/deployments/1/rollback").status_code == 403


def test_an_approver_who_also_drew_it_is_refused(office: Office) -> None:
    release = office.proposed()
    with office.site.runtime.unit_of_work() as uow:
        _give_role_of_approver(uow, "sheji")
    browser = office.site.browser("sheji")
    assert f"/releases/{release}/approve" not in browser.get(f"/designer/releases/{release}").text
    refused = browser.post(f"/designer/releases/{release}/approve")
    assert (refused.status_code, "须由他人审批" in refused.text) == (422, True)


@pytest.mark.parametrize("act", ["approve", "decline", "withdraw", "deploy", "schedule", "renew", "unschedule"])
def test_an_act_without_the_page_s_token_is_refused(office: Office, act: str) -> None:
    release = office.proposed()
    for account in ("sheji", "liucheng", "yunwei"):
        browser = office.site.browser(account)
        assert browser.post(f"/designer/releases/{release}/{act}", csrf_token="").status_code == 400
    assert office.release(release).state is ReleaseState.PROPOSED


def test_a_release_is_scheduled_for_a_moment_of_local_time(office: Office) -> None:
    release = office.approved()
    operator = office.site.browser("yunwei")
    operator.get(f"/designer/releases/{release}")
    assert operator.post(f"/designer/releases/{release}/schedule", at="soon").status_code == 422
    assert operator.post(f"/designer/releases/{release}/schedule", at="2022-11-20T08:30").status_code == 302
    found = office.release(release)
    assert found.effective_at is not None
    assert found.effective_at.utcoffset() == timedelta(0)
    assert found.effective_at.isoformat() == "2022-11-20T00:30:00+00:00"


def test_a_second_press_finds_the_release_dealt_with(office: Office) -> None:
    release = office.approved()
    operator = office.site.browser("yunwei")
    operator.get(f"/designer/releases/{release}")
    assert operator.post(f"/designer/releases/{release}/deploy").status_code == 302
    operator.get(f"/designer/releases/{release}")
    again = operator.post(f"/designer/releases/{release}/deploy")
    assert (again.status_code, "他人已处理" in again.text) == (409, True)


def test_what_took_effect_meanwhile_is_shown_and_must_be_confirmed(office: Office) -> None:
    release = office.approved("我的")
    others = office.deployed("他们的")
    operator = office.site.browser("yunwei")
    assert f'name="seen" value="{others}"' in operator.get(f"/designer/releases/{release}").text
    refused = operator.post(f"/designer/releases/{release}/deploy")
    assert (refused.status_code, "将被取代" in refused.text) == (422, True)
    assert operator.post(f"/designer/releases/{release}/deploy", seen=str(others)).status_code == 302


def test_going_back_is_proposed_or_in_an_emergency_done_with_a_reason(office: Office) -> None:
    office.deployed()
    operator = office.site.browser("yunwei")
    operator.get("/designer/deployments/1/rollback")
    assert operator.post("/designer/deployments/1/rollback", how="at_once", comment=" ").status_code == 422
    proposed = operator.post("/designer/deployments/1/rollback", how="propose", comment="新表单不好用")
    assert (proposed.status_code, office.newest().id) == (302, 2)
    operator.get("/designer/deployments/1/rollback")
    assert operator.post("/designer/deployments/1/rollback", how="at_once", comment="任务无法提交").status_code == 302
    assert office.newest().id == 3
    assert "紧急" in operator.get("/designer/deployments").text


def test_a_version_is_downloaded_byte_for_byte_and_leads_out_of_no_folder(office: Office) -> None:
    answer = office.site.browser("yunwei").get("/designer/deployments/1/download")
    with ZipFile(BytesIO(answer.data)) as archive, office.site.runtime.reading() as uow:
        assert {name: archive.read(name) for name in archive.namelist()} == deployment_files(uow.session, 1)


def test_lists_go_on_page_by_page(office: Office) -> None:
    for number in range(5):
        office.proposed(f"第{number}版")
    browser = office.site.browser("liucheng")
    first = browser.get("/designer/releases").text
    assert first.count("release-row") == 3
    assert "待您办理" in first
    assert 'rel="next"' in first


def test_unknown_numbers_are_not_found(office: Office) -> None:
    browser = office.site.browser("yunwei")
    for path in ("releases/99", "deployments/99/rollback", "comparison?from=draft-99", "versions/x-1/a.form"):
        assert browser.get(f"/designer/{path}").status_code == 404, path


def _give_role_of_approver(uow: UnitOfWork, account: str) -> None:
    person = person_by_account(uow.session, account)
    assert person is not None
    uow.session.add(
        RoleAssignment(person_id=person.id, role=Role.PROCESS_APPROVER, organisation_id=person.organisation_id)
    )
