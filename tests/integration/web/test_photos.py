"""Photos tell when and where they were taken, are shown small, and are known again wherever they are handed in."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from engine.storage.models import UserTask
from tests.integration.web.photographs import COPPER, photograph
from tests.integration.web.site import Browser, Site
from web.pages.evidence import exhibits_of
from web.uploads import store_content
from workflows.hazards.evidence import add_evidence
from workflows.hazards.models import Evidence, Hazard
from workflows.hazards.words import EvidenceKind
from workflows.organisations.people import actor_for

TAKEN = datetime(2022, 11, 7, 10, 30)  # noqa: DTZ001 - a camera's clock has no zone


@pytest.fixture
def hazard(site: Site) -> Hazard:
    return site.register()


@pytest.fixture
def task(site: Site, hazard: Hazard) -> UserTask:
    return site.task(hazard)


def hand_in(site: Site, hazard: Hazard, content: bytes, kind: EvidenceKind = EvidenceKind.AFTER) -> None:
    """Put a photo among the evidence of a hazard, as the operators of its process do."""
    with site.app.test_request_context():
        reference = store_content(content, "现场.jpg")
    with site.runtime.unit_of_work() as uow:
        add_evidence(uow, uow.session.get_one(Hazard, hazard.id), kind, [reference], by="zeren")


def shown(site: Site, task: UserTask, account: str = "zeren") -> str:
    return site.browser(account).get(f"/tasks/{task.id}").text


def test_the_page_says_when_where_and_with_what_a_photo_was_taken(site: Site, hazard: Hazard, task: UserTask) -> None:
    hand_in(site, hazard, photograph(taken=TAKEN, at=(34.75, 113.65)), EvidenceKind.BEFORE)
    page = shown(site, task)
    for text in ("拍摄于2022年11月7日 10:30", "34.75000, 113.65000", "Mate 40"):
        assert text in page
    assert "早于隐患登记" not in page


def test_a_photo_without_a_time_is_told_so(site: Site, hazard: Hazard, task: UserTask) -> None:
    hand_in(site, hazard, photograph())
    assert "照片未记录拍摄时间" in shown(site, task)


def test_a_photo_of_the_result_that_is_older_than_the_hazard_is_told_so(
    site: Site, hazard: Hazard, task: UserTask
) -> None:
    hand_in(site, hazard, photograph(taken=TAKEN))
    assert "拍摄时间早于隐患登记" in shown(site, task)


def test_the_same_photo_for_another_hazard_is_counted_and_named_to_those_who_may_see_it(
    site: Site, hazard: Hazard, task: UserTask
) -> None:
    others = [site.register(title=f"另一条{number}") for number in range(2)]
    for each in (hazard, *others):
        hand_in(site, each, photograph(taken=TAKEN))
    page = shown(site, task)
    assert "同一照片还用于另外2条隐患" in page
    assert all(other.number in page for other in others)
    with site.app.test_request_context(), site.runtime.reading() as uow:
        [kind] = exhibits_of(uow, hazard.number, actor_for(uow.session, site.stranger()))
    [exhibit] = kind.files
    assert (exhibit.elsewhere, exhibit.named) == (2, ())


def test_the_same_photo_twice_for_one_hazard_is_shown_once(site: Site, hazard: Hazard) -> None:
    for _ in range(2):
        hand_in(site, hazard, photograph(), EvidenceKind.BEFORE)
    with site.app.test_request_context(), site.runtime.reading() as uow:
        [kind] = exhibits_of(uow, hazard.number)
    assert len(kind.files) == 1


def test_before_and_after_stand_side_by_side(site: Site, hazard: Hazard, task: UserTask) -> None:
    hand_in(site, hazard, photograph((168, 92, 60)), EvidenceKind.BEFORE)
    hand_in(site, hazard, photograph(COPPER), EvidenceKind.AFTER)
    assert 'class="before-after is-pair"' in shown(site, task)


def test_a_small_copy_is_served_like_the_photo_itself(site: Site, hazard: Hazard) -> None:
    hand_in(site, hazard, photograph(taken=TAKEN))
    with site.runtime.reading() as uow:
        [evidence] = uow.session.query(Evidence).all()
    address = f"/evidence/{evidence.id}?size=small"
    answer = site.browser("zeren").get(address)
    with Image.open(BytesIO(answer.data)) as small:
        assert (small.format, small.size, dict(small.getexif())) == ("JPEG", (320, 240), {})
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    answer.close()
    assert site.browser(site.stranger()).get(address).status_code == 403


def test_a_heic_photo_is_shown_as_a_copy_and_kept_as_it_is(site: Site, hazard: Hazard) -> None:
    content = BytesIO()
    Image.new("RGB", (640, 480), COPPER).save(content, "HEIF")
    hand_in(site, hazard, content.getvalue())
    with site.runtime.reading() as uow:
        [evidence] = uow.session.query(Evidence).all()
    browser = site.browser("zeren")
    large, original = (browser.get(f"/evidence/{evidence.id}{query}") for query in ("?size=large", ""))
    assert (large.mimetype, original.mimetype) == ("image/jpeg", "image/heic")
    assert original.headers["Content-Disposition"].startswith("attachment")
    large.close()
    original.close()


def test_a_photo_that_cannot_be_read_is_kept_and_served_as_it_is(site: Site, hazard: Hazard, task: UserTask) -> None:
    hand_in(site, hazard, b"\xff\xd8\xff\xe0" + b"\0" * 64)
    with site.runtime.reading() as uow:
        [evidence] = uow.session.query(Evidence).all()
    answer = site.browser("zeren").get(f"/evidence/{evidence.id}?size=small")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    answer.close()


def test_what_was_handed_in_is_shown_on_the_page_of_the_task(site: Site, task: UserTask) -> None:
    person: Browser = site.browser("zeren")
    person.get(f"/tasks/{task.id}")
    photos: Any = [(BytesIO(photograph((168, 92, 60), taken=TAKEN)), "前.jpg")]
    after: Any = [(BytesIO(photograph(taken=TAKEN)), "后.jpg")]
    person.complete(
        task.id, done="软管已更换，试压合格", done_on="2022-11-08", before_photos=photos, after_photos=after
    )
    page = person.get(f"/tasks/{task.id}").text
    assert page.count("size=small") >= 2
    assert "拍摄于2022年11月7日 10:30" in page
