"""The pages of drafts: who enters, who changes, what is taken in and given out."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.integration.web.designer.conftest import Designer
from tests.integration.web.site import Site

DIAGRAM = "self_check.bpmn"


def test_the_first_page_tells_what_is_in_effect_and_who_is_working_on_what(site: Site, designer: Designer) -> None:
    page = designer.browser.get("/designer").text
    assert "缩短时限" in page
    assert DIAGRAM in page
    assert "他人的草稿" in site.browser("sheji2").get("/designer").text


@pytest.mark.parametrize("account", ["liucheng", "yunwei", "shenji", "guanli"])
def test_approvers_operators_auditors_and_administrators_read_only(
    site: Site, designer: Designer, account: str
) -> None:
    reader = Designer(site.browser(account), designer.draft_id)
    for path in ("", f"/files/{DIAGRAM}", "/export", "/vocabulary"):
        assert reader.browser.get(reader.address(path)).status_code == 200
    reader.browser.get(reader.address())
    reader.browser.get("/account/")
    assert reader.save(DIAGRAM, b"", seen=0).status_code == 403
    for act in ("rename", "discard", "import", "restore", f"change/{DIAGRAM}", "files", f"earlier/{DIAGRAM}"):
        assert reader.browser.post(reader.address(f"/{act}"), name="x").status_code == 403
        reader.browser.get("/account/")


@pytest.mark.parametrize("account", ["zeren", "anweiban"])
def test_nobody_else_enters(site: Site, designer: Designer, account: str) -> None:
    browser = site.browser(account)
    assert browser.get("/designer").status_code == 403
    assert browser.get(designer.address()).status_code == 403


def test_a_stranger_is_asked_to_sign_in(site: Site) -> None:
    assert "/sign-in" in site.visitor().get("/designer").headers["Location"]


def test_a_draft_without_a_purpose_is_refused_beside_the_field(site: Site) -> None:
    browser = site.browser("sheji")
    browser.get("/designer")
    answer = browser.post("/designer/drafts", name=" ")
    assert answer.status_code == 422
    assert 'id="error-name"' in answer.text


def test_files_and_packed_sets_are_taken_in(designer: Designer) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("forms/new.form", b'{"type": "default", "id": "new", "components": []}')
        archive.writestr("notes/readme.txt", b"left where it is")
    files = [(BytesIO(packed.getvalue()), "set.zip"), (BytesIO(b"<x/>"), "other.bpmn")]
    answer = designer.browser.post(designer.address("/import"), files=files)
    assert answer.status_code == 302
    page = designer.browser.get(designer.address()).text
    assert "forms/new.form" in page
    assert "other.bpmn" in page
    assert "readme.txt" not in page


@pytest.mark.parametrize("name", ["../evil.form", "macro.exe", "broken.zip"])
def test_what_is_no_file_of_a_set_is_refused(designer: Designer, name: str) -> None:
    answer = designer.browser.post(designer.address("/import"), files=[(BytesIO(b"{}"), name)])
    assert answer.status_code == 422
    assert "未导入" in answer.text


def test_the_export_holds_the_whole_set_as_it_is_in_the_draft(designer: Designer) -> None:
    designer.save(DIAGRAM, b"<changed/>", seen=0)
    answer = designer.browser.client.get(designer.address("/export"))
    with ZipFile(BytesIO(answer.data)) as archive:
        assert archive.read(DIAGRAM) == b"<changed/>"
        assert len(archive.namelist()) == 4


def test_a_file_is_renamed_taken_out_and_brought_back(designer: Designer) -> None:
    change = designer.address("/change/decide.form")
    designer.browser.post(change, act="rename", to="forms/decide.form", expected_revision=0)
    page = designer.browser.get(designer.address()).text
    assert "forms/decide.form" in page
    designer.browser.post(change, act="restore", to=0, expected_revision=1)
    assert designer.content("decide.form").status_code == 200


def test_the_draft_goes_back_to_an_earlier_revision_unless_it_changed_meanwhile(designer: Designer) -> None:
    designer.save(DIAGRAM, b"<one/>", seen=0)
    designer.save(DIAGRAM, b"<two/>", seen=1)
    designer.browser.get(designer.address())
    late = designer.browser.post(designer.address("/restore"), to=1, expected_revision=1)
    assert late.status_code == 409
    designer.browser.get(designer.address())
    assert designer.browser.post(designer.address("/restore"), to=1, expected_revision=2).status_code == 302
    assert designer.content(DIAGRAM).data == b"<one/>"


def test_a_draft_is_given_up_and_taken_up_again(designer: Designer) -> None:
    designer.browser.post(designer.address("/discard"))
    assert "缩短时限" in designer.browser.get("/designer/drafts/ended?state=discarded").text
    assert designer.save(DIAGRAM, b"<one/>", seen=0).status_code == 410
    designer.browser.get(designer.address())
    designer.browser.post(designer.address("/take-up"))
    designer.browser.get(designer.address())
    assert designer.save(DIAGRAM, b"<one/>", seen=0).status_code == 200


def test_the_history_is_read_page_by_page(designer: Designer) -> None:
    for seen in range(5):
        designer.save(DIAGRAM, f"<n{seen}/>".encode(), seen=seen)
    first = designer.browser.get(designer.address()).text
    assert "cursor=" in first
    address = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert designer.browser.get(address.split("#")[0]).status_code == 200
