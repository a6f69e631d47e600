"""One file of a draft: saves over what was seen, steps back, copies, expressions, and nothing that runs."""

from __future__ import annotations

from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from tests.integration.web.designer.conftest import Designer
from tests.integration.web.site import Site, body

DIAGRAM = "self_check.bpmn"
SCRIPT = "<script>alert(1)</script>"


def test_a_save_answers_its_revision_and_the_problems_of_the_whole_set(designer: Designer) -> None:
    answer = designer.save(DIAGRAM, b"<bpmn", seen=0)
    assert answer.status_code == 200
    assert (body(answer)["revision"], answer.headers["ETag"]) == (1, '"1"')
    problems = body(answer)["problems"]
    assert {problem["file"] for problem in problems} >= {DIAGRAM}
    assert {"file", "elementId", "elementName", "message", "severity"} <= problems[0].keys()


def test_a_save_over_what_was_not_seen_is_a_conflict_that_names_who_was_faster(site: Site, designer: Designer) -> None:
    other = Designer(site.browser("sheji2"), designer.draft_id)
    other.browser.get(other.address())
    assert other.save(DIAGRAM, b"<theirs/>", seen=0).status_code == 200
    answer = designer.save(DIAGRAM, b"<mine/>", seen=0)
    assert answer.status_code == 409
    assert body(answer)["revision"] == 1
    assert "保存了该文件" in body(answer)["message"]
    assert designer.content(DIAGRAM).data == b"<theirs/>"
    assert designer.save(DIAGRAM, b"<mine/>", seen=1).status_code == 200


@pytest.mark.parametrize("seen", [None, "what"])
def test_a_save_must_name_what_it_is_based_on(designer: Designer, seen: str | None) -> None:
    assert designer.save(DIAGRAM, b"<x/>", seen=seen).status_code == 428


def test_a_save_needs_the_page_s_token(designer: Designer) -> None:
    answer = designer.browser.client.put(
        designer.address(f"/files/{DIAGRAM}"), data=b"<x/>", headers={"If-Match": '"0"'}
    )
    assert answer.status_code == 400


def test_a_file_beyond_every_bound_is_refused(designer: Designer) -> None:
    assert designer.save(DIAGRAM, b"x" * 200_000, seen=0).status_code == 413


def test_undo_goes_on_where_the_page_s_memory_ends(designer: Designer) -> None:
    original = designer.content(DIAGRAM).data
    designer.save(DIAGRAM, b"<one/>", seen=0)
    designer.save(DIAGRAM, b"<two/>", seen=1)
    seen, contents = 2, list[bytes]()
    for _ in range(2):
        answer = _step_back(designer, seen)
        seen = body(answer)["revision"]
        contents.append(designer.content(DIAGRAM).data)
    assert contents == [b"<one/>", original]
    assert body(_step_back(designer, seen))["revision"] is None


def test_a_copy_is_added_beside_the_other(designer: Designer) -> None:
    path = designer.address("/files")
    copy = {"name": "copy.bpmn", "content": (BytesIO(b"<mine/>"), "copy")}
    answer = designer.browser.client.post(path, data=copy, headers=designer.signed())
    assert answer.status_code == 201
    assert designer.content("copy.bpmn").data == b"<mine/>"
    again = {"name": "copy.bpmn", "content": (BytesIO(b"<mine/>"), "copy")}
    assert designer.browser.client.post(path, data=again, headers=designer.signed()).status_code == 422


@pytest.mark.parametrize("name", ["审批.bpmn", "tables/limits.dmn", "forms/ask.form"])
def test_a_new_file_begins_so_that_its_editor_opens_it(designer: Designer, name: str) -> None:
    answer = designer.browser.post(designer.address("/files"), name=name)
    assert answer.status_code == 302
    designer.browser.get(designer.address())
    assert not [each for each in _problems(designer) if each["file"] == name and "XML" in each["message"]]


def test_a_file_is_handed_out_and_never_shown_as_a_page_of_ours(designer: Designer) -> None:
    designer.save(DIAGRAM, SCRIPT.encode(), seen=0)
    answer = designer.content(DIAGRAM)
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_labels_with_scripts_are_text_on_the_editor_s_page(designer: Designer) -> None:
    drawn = designer.content(DIAGRAM).data.decode()
    hostile = drawn.replace('name="', 'name="&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;', 3)
    designer.save(DIAGRAM, hostile.encode(), seen=0)
    page = designer.browser.get(designer.address(f"/files/{DIAGRAM}"))
    assert page.status_code == 200
    assert SCRIPT not in page.text


def test_only_the_editors_allow_styles_on_elements(designer: Designer) -> None:
    strict = designer.browser.get(designer.address()).headers["Content-Security-Policy"]
    editors = designer.browser.get(designer.address(f"/files/{DIAGRAM}")).headers["Content-Security-Policy"]
    assert "unsafe-inline" not in strict
    assert "style-src-attr 'unsafe-inline'" in editors
    assert "script-src 'self' 'nonce-" in editors


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("hazard.severity == 'major'", "expression", ""),
        ("group('closer', hazard.closing)", "expression", ""),
        ("P3D", "timer", ""),
        ("a = 1\nb = a + 1", "script", ""),
        ("hazard.severity ==", "expression", "expression"),
        ("grup('closer', 1)", "expression", "grup"),
        ("__import__('os')", "expression", "underscore"),
        ("decide('nothing')", "expression", "nothing"),
    ],
)
def test_an_expression_is_checked_while_it_is_typed(
    site: Site, designer: Designer, text: str, kind: str, says: str
) -> None:
    form = {"text": text, "kind": kind}
    path = designer.address("/expressions")
    answer = designer.browser.client.post(path, data=form, headers=designer.signed())
    messages = body(answer)["messages"]
    assert bool(messages) is bool(says)


def test_where_an_expression_stops_being_one_is_told(designer: Designer) -> None:
    form = {"text": "1 +* 2"}
    answer = designer.browser.client.post(designer.address("/expressions"), data=form, headers=designer.signed())
    assert body(answer)["column"] == 4


def test_the_vocabulary_names_roles_forms_and_processes_in_words(designer: Designer) -> None:
    known = body(designer.browser.client.get(designer.address("/vocabulary")))
    assert {"value": "closer", "words": "销号审批人"} in known["roles"]
    assert "administrator" not in {role["value"] for role in known["roles"]}
    assert {form["id"] for form in known["forms"]} == {"decide", "rectification"}
    assert {process["id"] for process in known["processes"]} == {"hazard_lookback", "self_check"}


def test_an_organisation_is_found_by_the_beginning_of_its_name(designer: Designer) -> None:
    assert body(designer.browser.client.get("/designer/organisations?q=河南省"))
    assert body(designer.browser.client.get("/designer/organisations?q=%25")) == []


def test_what_is_not_there_is_not_found(designer: Designer) -> None:
    for path in ("/designer/drafts/999", designer.address("/files/none.bpmn"), designer.address("/content/none.bpmn")):
        assert designer.browser.get(path).status_code == 404


def _step_back(designer: Designer, seen: int) -> TestResponse:
    headers = designer.signed({"If-Match": f'"{seen}"'})
    return designer.browser.client.post(designer.address(f"/earlier/{DIAGRAM}"), headers=headers)


def _problems(designer: Designer) -> list[dict[str, str]]:
    return body(designer.save(DIAGRAM, designer.content(DIAGRAM).data + b"\n", seen=0))["problems"]
