"""Files come piece by piece as tus 1.0 has it: they go on where they broke off, and only for whoever began them."""

from __future__ import annotations

import base64
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.integration.web.photographs import photograph
from tests.integration.web.site import LARGEST_UPLOAD, TOKEN, Browser, Site
from web.wiring import settings
from workflows.uploads import Photo, expiring
from workflows.uploads.pieces import UNDER_WAY, held, place_of_pieces

PIECE = "application/offset+octet-stream"


def ask(browser: Browser, method: str, path: str, content: bytes = b"", /, **headers: Any) -> TestResponse:
    token = TOKEN.search(browser.page)
    given = {"Tus-Resumable": "1.0.0", "X-CSRFToken": token[1] if token else ""}
    named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
    return browser.client.open(path, method=method, data=content, headers=given | named)


def begin(browser: Browser, length: int, name: str = "整改后.jpg") -> TestResponse:
    coded = base64.b64encode(name.encode()).decode()
    return ask(browser, "POST", "/uploads", Upload_Length=length, Upload_Metadata=f"filename {coded},filetype x")


def piece(browser: Browser, address: str, offset: int, content: bytes) -> TestResponse:
    return ask(browser, "PATCH", address, content, Upload_Offset=offset, Content_Type=PIECE)


@pytest.fixture
def person(site: Site) -> Browser:
    browser = site.browser("zeren")
    browser.get(f"/tasks/{site.task(site.register()).id}")
    return browser


def test_the_server_says_what_it_can_do(person: Browser) -> None:
    told = ask(person, "OPTIONS", "/uploads")
    assert told.status_code == 204
    assert told.headers["Tus-Extension"] == "creation,expiration,termination"
    assert told.headers["Tus-Max-Size"] == str(LARGEST_UPLOAD)


def test_a_file_goes_on_where_it_broke_off(site: Site, person: Browser) -> None:
    content = photograph()
    begun = begin(person, len(content))
    assert begun.status_code == 201
    assert "Upload-Expires" in begun.headers
    address, half = begun.location, len(content) // 2
    assert piece(person, address, 0, content[:half]).headers["Upload-Offset"] == str(half)
    assert ask(person, "HEAD", address).headers["Upload-Offset"] == str(half)
    done = piece(person, address, half, content[half:])
    assert done.status_code == 204
    reference = done.headers["Upload-Reference"]
    assert reference.endswith("/%E6%95%B4%E6%94%B9%E5%90%8E.jpg")
    assert ask(person, "HEAD", address).headers["Upload-Reference"] == reference
    with site.runtime.reading() as uow:
        assert uow.session.get(Photo, reference[:64]) is not None


def test_a_piece_at_the_wrong_place_is_refused(person: Browser) -> None:
    address = begin(person, 100).location
    assert piece(person, address, 50, b"x").status_code == 409
    assert ask(person, "HEAD", address).headers["Upload-Offset"] == "0"


def test_more_than_was_announced_is_not_taken(person: Browser) -> None:
    address = begin(person, 4).location
    refused = piece(person, address, 0, b"%PDF-1.4 and far more")
    assert refused.status_code in {204, 422}
    assert ask(person, "HEAD", address).headers.get("Upload-Offset", "4") == "4"


def test_somebody_elses_upload_is_not_there(site: Site, person: Browser) -> None:
    address = begin(person, 100).location
    other = site.browser("danwei")
    other.get("/inbox")
    assert ask(other, "HEAD", address).status_code == 404
    assert piece(other, address, 0, b"x").status_code == 404


def test_a_file_of_the_wrong_kind_is_refused_at_its_end(person: Browser) -> None:
    content = b"<script>alert(1)</script>"
    address = begin(person, len(content)).location
    refused = piece(person, address, 0, content)
    assert refused.status_code == 422
    assert refused.text == "只接受照片、PDF 和 Office 文档。"
    assert ask(person, "HEAD", address).status_code == 404


def test_limits_of_a_file_and_of_a_day_are_kept(site: Site, person: Browser) -> None:
    assert begin(person, LARGEST_UPLOAD + 1).status_code == 413
    announced = [begin(person, LARGEST_UPLOAD).status_code for _ in range(4)]
    assert announced == [201, 201, 201, 413]
    site.clock.advance(timedelta(hours=25))
    assert begin(person, LARGEST_UPLOAD).status_code == 201


def test_an_upload_that_is_given_up_is_gone(person: Browser) -> None:
    address = begin(person, 100).location
    piece(person, address, 0, b"x" * 10)
    assert ask(person, "DELETE", address).status_code == 204
    assert ask(person, "HEAD", address).status_code == 404


def test_an_upload_that_nobody_came_back_to_expires_with_its_bytes(site: Site, person: Browser) -> None:
    address = begin(person, 100).location
    piece(person, address, 0, b"x" * 10)
    folder = site.uploads
    [pieces] = (folder / UNDER_WAY).iterdir()
    site.clock.advance(timedelta(days=3))
    assert ask(person, "HEAD", address).status_code == 404
    expiring(site.runtime, folder).run(Event())
    assert not pieces.exists()


def test_two_requests_do_not_write_at_once(site: Site, person: Browser) -> None:
    address = begin(person, 100).location
    piece(person, address, 0, b"x")
    [pieces] = (site.uploads / UNDER_WAY).iterdir()
    with held(pieces):
        assert piece(person, address, 1, b"x").status_code == 423


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Tus_Resumable": "0.2"}, 412), ({"Upload_Length": "many"}, 400), ({"X_CSRFToken": ""}, 400)],
)
def test_what_does_not_speak_the_protocol_is_refused(person: Browser, headers: dict[str, Any], status: int) -> None:
    assert ask(person, "POST", "/uploads", b"", **{"Upload_Length": "10", **headers}).status_code == status


def test_nobody_uploads_without_signing_in(site: Site) -> None:
    stranger = site.visitor()
    stranger.get("/sign-in")
    assert begin(stranger, 10).status_code == 302
    with site.runtime.reading() as uow:
        assert uow.session.scalars(select(Photo)).all() == []


def test_a_file_whose_last_piece_came_just_before_a_node_died_is_kept_when_asked_for(
    site: Site, person: Browser
) -> None:
    content = photograph()
    address = begin(person, len(content)).location
    with site.app.app_context():
        place = place_of_pieces(settings().uploads, address.rpartition("/")[2])
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    told = ask(person, "HEAD", address)
    assert told.headers["Upload-Offset"] == str(len(content))
    assert told.headers["Upload-Reference"]
    assert not place.exists()
    assert ask(person, "HEAD", address).headers["Upload-Reference"] == told.headers["Upload-Reference"]
