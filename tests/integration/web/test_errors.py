"""Errors, as a page for people and as a problem document for programs."""

from __future__ import annotations

import logging
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from tests.integration.web.site import JPEG, Site, body
from web.uploads import store_upload
from workflows.hazards.models import Evidence
from workflows.hazards.words import EvidenceKind


@pytest.fixture
def broken(site: Site) -> Site:
    """A site in which one page and one route of the API fail."""

    def fail() -> str:
        raise RuntimeError("the secret detail")

    site.app.add_url_rule("/broken", view_func=fail, endpoint="broken")
    site.app.add_url_rule("/api/v1/broken", view_func=fail, endpoint="api-broken")
    return site


def test_an_unexpected_error_is_logged_under_a_reference_and_tells_nothing_more(
    broken: Site, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        page = broken.browser("zeren").get("/broken")
        document = broken.visitor().client.get("/api/v1/broken")
    assert (page.status_code, document.status_code) == (500, 500)
    assert "the secret detail" not in page.text + document.text
    assert body(document)["instance"].removeprefix("urn:lookback:log:") in caplog.text


def test_a_problem_document_has_the_members_of_rfc_9457(site: Site) -> None:
    missing = site.program("zeren").get("/hazards/none")
    assert missing.mimetype == "application/problem+json"
    assert set(body(missing)) == {"type", "title", "status", "detail"}
    assert (body(missing)["type"], body(missing)["status"]) == ("urn:lookback:problem:not-found", 404)


def test_an_address_that_does_not_exist_is_answered_as_the_asker_can_read_it(site: Site) -> None:
    assert site.visitor().get("/nowhere").mimetype == "text/html"
    assert site.visitor().client.get("/api/v1/nowhere").mimetype == "application/problem+json"
    assert site.visitor().client.delete("/api/v1/hazards").status_code == 405


def test_evidence_is_seen_by_those_whose_scope_reaches_its_hazard(site: Site) -> None:
    hazard = site.register()
    with site.app.app_context(), site.runtime.unit_of_work() as uow:
        reference = store_upload(FileStorage(BytesIO(JPEG), "现场.jpg"))
        kept = Evidence(
            hazard_id=hazard.id, kind=EvidenceKind.BEFORE, reference=reference, added_at=uow.now, added_by="zeren"
        )
        uow.session.add(kept)
    office = site.browser("anweiban")
    seen = office.get(f"/evidence/{kept.id}")
    assert (seen.status_code, seen.data) == (200, JPEG)
    seen.close()
    assert f'src="/evidence/{kept.id}' in office.get(f"/tasks/{site.task(hazard).id}").text
    assert site.browser(site.stranger()).get(f"/evidence/{kept.id}").status_code == 403
