"""Good practice: proposed by one, approved by another, read by everybody, taken back with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.integration.web.site import Browser, Site
from tests.workflows.play import Play
from workflows.good_practice import GoodPractice, GoodPracticeStatus

GPS = 0x8825


def photo() -> tuple[BytesIO, str]:
    """A photo that tells where it was taken."""
    picture, content = Image.new("RGB", (40, 30), "green"), BytesIO()
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    exif[0x010F] = "a camera"
    picture.save(content, "JPEG", exif=exif)
    content.seek(0)
    return content, "现场.jpg"


def form(**more: Any) -> dict[str, Any]:
    text = "逐户加装自闭阀和报警器，三个月无泄漏报警。"
    return {"title": "燃气报警器全覆盖", "text": text, "region_code": "410105", "sector": "town_gas", **more}


def propose(site: Site, account: str = "anweiban", **more: Any) -> TestResponse:
    browser = site.browser(account)
    browser.get("/good-practice/new")
    return browser.post("/good-practice", request_key=browser.hidden("request_key"), **form(**more))


def practices(site: Site) -> Sequence[GoodPractice]:
    with site.runtime.reading() as uow:
        return uow.session.scalars(select(GoodPractice).order_by(GoodPractice.id)).all()


def decide(site: Site, account: str, decision: str, **words: str) -> TestResponse:
    browser = site.browser(account)
    browser.get("/good-practice/1")
    return browser.post(f"/good-practice/1/{decision}", **words)


def test_a_second_person_makes_it_public(site: Site, play: Play) -> None:
    assert propose(site, photos=photo()).status_code == 302
    assert site.visitor().get("/public/good-practice/1").status_code == 404
    assert "燃气报警器全覆盖" in site.browser("lingdao").get("/good-practice").text
    assert decide(site, "lingdao", "approve").status_code == 302
    public = site.visitor().get("/public/good-practice/1").text
    for text in ("燃气报警器全覆盖", "逐户加装自闭阀", "金水区", "/public/good-practice/1/photos/1"):
        assert text in public
    assert "燃气报警器全覆盖" in site.visitor().get("/public/good-practice.rss").text


def test_whoever_proposed_it_does_not_approve_it(site: Site, play: Play) -> None:
    propose(site)
    assert decide(site, "anweiban", "approve").status_code in (400, 403)
    assert practices(site)[0].status is GoodPracticeStatus.PROPOSED


@pytest.mark.parametrize("account", ["zeren", "shenji", "jiancha1"])
def test_nobody_else_decides(site: Site, play: Play, account: str) -> None:
    propose(site)
    assert decide(site, account, "approve").status_code in (400, 403)
    assert practices(site)[0].status is GoodPracticeStatus.PROPOSED


def test_only_offices_and_departments_propose(site: Site) -> None:
    assert site.browser("zeren").get("/good-practice/new").status_code == 403


def test_nobody_proposes_for_a_place_that_is_not_theirs(site: Site) -> None:
    assert propose(site, region_code="4102").status_code == 403
    assert propose(site, account="jiancha1", sector="coal_mines").status_code == 403


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title": ""}, "title"), ({"text": "联系王师傅13912345678"}, "text"), ({"region_code": "99"}, "region_code")],
)
def test_what_is_wrong_stands_beside_its_field(site: Site, wrong: dict[str, str], field: str) -> None:
    refused = propose(site, **wrong)
    assert refused.status_code == 422
    assert f'id="error-{field}"' in refused.text


def test_a_file_that_is_no_photo_is_refused(site: Site) -> None:
    refused = propose(site, photos=(BytesIO(b"\xff\xd8\xff<script>"), "x.jpg"))
    assert refused.status_code == 422
    assert 'id="error-photos"' in refused.text


def test_a_public_photo_tells_nothing_of_camera_and_place(site: Site, play: Play) -> None:
    propose(site, photos=photo())
    decide(site, "lingdao", "approve")
    sent = site.visitor().get("/public/good-practice/1/photos/1")
    assert (sent.status_code, sent.mimetype) == (200, "image/jpeg")
    assert not Image.open(BytesIO(sent.data)).getexif()


def test_it_is_declined_only_with_an_opinion(site: Site, play: Play) -> None:
    propose(site)
    assert decide(site, "lingdao", "decline", opinion=" ").status_code == 422
    assert decide(site, "lingdao", "decline", opinion="成效未经核实").status_code == 302
    assert "成效未经核实" in site.browser("anweiban").get("/good-practice/1").text


def test_it_is_decided_once(site: Site, play: Play) -> None:
    propose(site)
    decide(site, "lingdao", "approve")
    late = site.browser("shenganweiban")
    late.get("/good-practice/new")
    assert late.post("/good-practice/1/decline", opinion="重复", expected_version="1").status_code == 409


def test_a_withdrawn_one_is_gone(site: Site, play: Play) -> None:
    propose(site)
    decide(site, "lingdao", "approve")
    assert decide(site, "anweiban", "withdraw", reason="").status_code == 422
    assert decide(site, "anweiban", "withdraw", reason="做法已改进").status_code == 302
    assert site.visitor().get("/public/good-practice/1").status_code == 410


def test_the_same_form_sent_twice_proposes_once(site: Site, play: Play) -> None:
    browser = site.browser("anweiban")
    browser.get("/good-practice/new")
    key, page = browser.hidden("request_key"), browser.page
    for _ in range(2):
        browser.page = page
        assert browser.post("/good-practice", request_key=key, **form()).status_code == 302
    assert len(practices(site)) == 1


def test_it_may_come_from_a_hazard_that_one_sees(site: Site, play: Play) -> None:
    hazard = play.register()
    office: Browser = site.browser("anweiban")
    assert hazard.title in office.get(f"/good-practice/new?hazard={hazard.number}").text
    assert propose(site, hazard=hazard.number).status_code == 302
    assert practices(site)[0].hazard_id == hazard.id
    assert site.browser(site.stranger()).get(f"/good-practice/new?hazard={hazard.number}").status_code == 403
