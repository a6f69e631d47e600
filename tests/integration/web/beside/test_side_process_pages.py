"""What is begun beside a hazard's main line: who may, what the page says, and that a form sent twice acts once."""

from __future__ import annotations

from io import BytesIO

import pytest

from tests.integration.web.site import JPEG, Browser, Site
from tests.workflows.beside import close_on_record
from tests.workflows.play import Play
from web.pages.side_processes import possible_acts
from workflows.enforcement import EnforcementCase
from workflows.exposure import Exposure, ExposureStatus
from workflows.extension_request import ExtensionRequest
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Evidence
from workflows.listed_supervision import Supervision
from workflows.organisations.people import actor_for
from workflows.side_acts import SideAct
from workflows.similar_check import SimilarCheck

PAGES = ("extension", "listing", "exposure", "similar-check", "enforcement")


def visit(site: Site, play: Play, account: str, page: str) -> Browser:
    browser = site.browser(account)
    assert browser.get(f"/hazards/{play.number}/{page}").status_code == 200
    return browser


def possible(site: Site, play: Play, account: str) -> set[str]:
    with site.runtime.reading() as uow, site.app.test_request_context():
        hazard, actor = hazard_of(uow.session, play.number), actor_for(uow.session, account)
        return {each.act.value for each in possible_acts(uow, hazard, actor)}


@pytest.mark.parametrize("page", PAGES)
def test_whoever_sees_the_hazard_reads_each_page(site: Site, rectifying: Play, page: str) -> None:
    auditor = visit(site, rectifying, "shenji", page)
    assert "现在不能办理" in auditor.page


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_reads_none(site: Site, rectifying: Play, page: str) -> None:
    stranger = site.browser(site.stranger())
    assert stranger.get(f"/hazards/{rectifying.number}/{page}").status_code == 403
    assert stranger.post(f"/hazards/{rectifying.number}/{page}", reason="越权").status_code in (400, 403)


def test_each_person_may_begin_what_is_theirs(site: Site, rectifying: Play) -> None:
    assert possible(site, rectifying, "zeren") == {SideAct.EXTENSION}
    assert possible(site, rectifying, "anweiban") == {SideAct.LISTING, SideAct.EXPOSURE, SideAct.SIMILAR_CHECK}
    assert possible(site, rectifying, "jiancha1") == set(SideAct) - {SideAct.EXTENSION}
    assert possible(site, rectifying, "shenji") == possible(site, rectifying, "choucha") == set()


def test_a_closed_hazard_is_neither_extended_nor_listed(site: Site, rectifying: Play) -> None:
    close_on_record(rectifying)
    assert possible(site, rectifying, "zeren") == set()
    assert possible(site, rectifying, "anweiban") == {SideAct.EXPOSURE, SideAct.SIMILAR_CHECK}


def test_the_unit_asks_for_more_time_with_its_evidence(site: Site, rectifying: Play) -> None:
    person = visit(site, rectifying, "zeren", "extension")
    assert "大检查的最后一天" in person.page
    sent = person.post(
        f"/hazards/{rectifying.number}/extension",
        request_key=person.hidden("request_key"),
        until="2022-12-20",
        reason="配件缺货",
        evidence=(BytesIO(JPEG), "缺货证明.jpg"),
    )
    assert sent.status_code == 302
    assert "缺货证明.jpg" in person.get(sent.location).text
    assert len(rectifying.rows(ExtensionRequest)) == 1
    assert len(rectifying.rows(Evidence)) == 1


def test_a_wrong_day_is_told_beside_its_field_and_nothing_typed_is_lost(site: Site, rectifying: Play) -> None:
    person = visit(site, rectifying, "zeren", "extension")
    refused = person.post(f"/hazards/{rectifying.number}/extension", until="2022-11-10", reason="配件缺货")
    assert refused.status_code == 422
    for text in ('id="error-until"', "2022年11月30日", ">配件缺货</textarea>"):
        assert text in refused.text
    assert person.post(f"/hazards/{rectifying.number}/extension", until="明天", reason="x").status_code == 422


def test_a_second_request_waits_for_the_first(site: Site, rectifying: Play) -> None:
    person = visit(site, rectifying, "zeren", "extension")
    address = f"/hazards/{rectifying.number}/extension"
    form = {"until": "2022-12-20", "reason": "配件缺货", "request_key": person.hidden("request_key")}
    page = person.page
    assert person.post(address, **form).status_code == 302
    person.page = page
    assert person.post(address, **form).status_code == 302
    person.page = page
    assert person.post(address, **{**form, "request_key": "f" * 32}).status_code == 422
    assert len(rectifying.rows(ExtensionRequest)) == 1


def test_only_the_unit_asks_for_more_time(site: Site, rectifying: Play) -> None:
    office = visit(site, rectifying, "anweiban", "extension")
    assert office.post(f"/hazards/{rectifying.number}/extension", until="2022-12-20", reason="x").status_code == 403


@pytest.mark.parametrize(
    ("page", "account", "kind"),
    [
        ("listing", "anweiban", Supervision),
        ("exposure", "anweiban", Exposure),
        ("enforcement", "jiancha1", EnforcementCase),
    ],
)
def test_a_proposal_is_made_once_and_wants_a_reason(
    site: Site, rectifying: Play, page: str, account: str, kind: type[Exposure]
) -> None:
    person, address = visit(site, rectifying, account, page), f"/hazards/{rectifying.number}/{page}"
    key = person.hidden("request_key")
    assert 'id="error-reason"' in person.post(address, reason=" ", request_key=key).text
    assert person.post(address, reason="屡改屡犯", request_key=key).status_code == 302
    person.get(address)
    assert person.post(address, reason="屡改屡犯", request_key=key).status_code == 302
    assert person.post(address, reason="再次", request_key="e" * 32).status_code in (400, 422)
    assert len(rectifying.rows(kind)) == 1


@pytest.mark.parametrize(
    ("page", "account"), [("listing", "zeren"), ("exposure", "danwei"), ("enforcement", "anweiban")]
)
def test_what_is_not_ones_own_to_begin_is_refused(site: Site, rectifying: Play, page: str, account: str) -> None:
    person = visit(site, rectifying, account, page)
    assert person.post(f"/hazards/{rectifying.number}/{page}", reason="越权").status_code in (400, 403)


def test_the_preview_of_an_exposure_masks_what_nobody_may_read(site: Site, play: Play) -> None:
    play.register(description="王建国（13912345678）在纬五路12号院存放液化气", responsible_name="王建国")
    page = visit(site, play, "anweiban", "exposure").page
    preview = page.split('<blockquote class="public-text">')[1].split("</blockquote>")[0]
    assert "王某（***）在纬五路××号存放液化气" in preview


def test_a_published_case_can_be_withdrawn_by_the_office_only(site: Site, rectifying: Play) -> None:
    expose(site, rectifying)
    address = f"/hazards/{rectifying.number}/exposure/withdraw"
    inspector = visit(site, rectifying, "jiancha1", "exposure")
    inspector.get(f"/hazards/{rectifying.number}/similar-check")
    assert inspector.post(address, reason="误发").status_code == 403
    office = visit(site, rectifying, "anweiban", "exposure")
    assert office.post(address, reason="").status_code == 422
    office.get(f"/hazards/{rectifying.number}/exposure")
    assert office.post(address, reason="单位认定有误", request_key="a" * 32).status_code == 302
    assert rectifying.rows(Exposure)[0].status is ExposureStatus.WITHDRAWN
    assert not rectifying.hazard().exposed


def test_similar_units_are_previewed_and_then_asked_once(site: Site, rectifying: Play) -> None:
    office = visit(site, rectifying, "anweiban", "similar-check")
    assert "将收到任务的" in office.page
    address = f"/hazards/{rectifying.number}/similar-check"
    form = {
        "reason": "自查软管老化",
        "request_key": office.hidden("request_key"),
        "region": "410105",
        "sector": "town_gas",
    }
    page = office.page
    assert office.post(address, **form).status_code == 302
    asked = len(rectifying.rows(SimilarCheck))
    assert asked > 0
    office.page = page
    assert office.post(address, **form).status_code == 302
    assert len(rectifying.rows(SimilarCheck)) == asked
    assert "尚未答复" in office.get(address).text


def test_a_region_beyond_ones_own_is_not_aimed_at(site: Site, rectifying: Play) -> None:
    county = visit(site, rectifying, "anweiban", "similar-check")
    assert 'value="4101"' not in county.page
    province = visit(site, rectifying, "shenganweiban", "similar-check")
    assert 'value="41"' in province.page


def test_the_law_s_closure_alert_and_the_papers_stand_on_the_page(site: Site, rectifying: Play) -> None:
    page = visit(site, rectifying, "jiancha1", "enforcement").page
    assert "第七十八条" in page
    assert "案件" in page


def expose(site: Site, play: Play) -> Exposure:
    from workflows.exposure import propose_exposure

    with site.runtime.unit_of_work() as uow:
        propose_exposure(uow, hazard_of(uow.session, play.number), reason="屡改屡犯", by="jiancha1")
    play.act(
        "anweiban",
        "draft_text",
        headline="软管老化逾期未改",
        public_text="某烩面馆燃气软管老化，已停业。",
        media="河南日报",
    )
    play.act("lingdao", "approve_text", decision="approve", opinion="同意")
    return play.rows(Exposure)[-1]
