"""Live checking, tables, forms and element templates: what is answered, in whose language, within limits."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from tests.diagrams import diagram as drawn
from tests.diagrams import element, end, flow, flows, process, start, user_task
from tests.integration.web.designer.conftest import Designer
from tests.integration.web.site import Site
from tests.unit.engine.definitions.test_table_checks import rule, table
from web.pages.designer.linting import LARGEST

NEW = "new_step.bpmn"
NO_DEFAULT = drawn(
    process(
        "p", start(), element("exclusiveGateway", "g"), user_task("a"), user_task("b"), end(), end("end2"),
        flow("start", "g"), flow("g", "a", "sure"), flow("g", "b"), flows("a", "end"), flow("b", "end2"),
    )
)  # fmt: skip


def lint(designer: Designer, name: str, content: bytes) -> list[dict[str, object]]:
    answer = designer.browser.client.post(
        designer.address(f"/lint/{name}"),
        data=content,
        headers=designer.signed(),
        content_type="application/octet-stream",
    )
    assert answer.status_code == 200
    return [each for each in answer.get_json()["problems"] if each["file"] == name]


def test_a_drawing_is_checked_with_the_whole_set_in_the_reader_s_language(designer: Designer) -> None:
    found = {each["rule"]: each for each in lint(designer, NEW, NO_DEFAULT)}
    missing = found["no-default-flow"]
    assert (missing["elementId"], missing["severity"]) == ("g", "error")
    assert missing["message"] == "网关没有默认流，请标出各条件都不成立时走哪条流"
    assert missing["fix"] == {"kind": "set-default", "flow": "g_to_b", "elementId": "g", "label": "把这条流设为默认"}


def test_checking_saves_nothing(designer: Designer) -> None:
    lint(designer, NEW, NO_DEFAULT)
    assert designer.content(NEW).status_code == 404


def test_a_file_that_cannot_be_read_is_a_problem_and_no_failure(designer: Designer) -> None:
    assert [each["rule"] for each in lint(designer, NEW, b"<broken")] == ["xml"]


def test_a_file_that_is_too_large_is_not_checked_while_it_is_drawn(designer: Designer) -> None:
    address = designer.address(f"/lint/{NEW}")
    answer = designer.browser.client.post(
        address, data=b" " * (LARGEST + 1), headers=designer.signed(), content_type="application/octet-stream"
    )
    assert answer.status_code == 413


def test_a_reader_checks_nothing(site: Site, designer: Designer) -> None:
    reader = site.browser("shenji")
    reader.get(designer.address())
    token = designer.signed() | {"X-CSRFToken": Designer(reader, designer.draft_id).signed()["X-CSRFToken"]}
    assert reader.client.post(designer.address(f"/lint/{NEW}"), data=b"", headers=token).status_code == 403


def tried(designer: Designer, content: bytes, **entries: str) -> dict[str, object]:
    body = {"content": content.decode(), "entries": json.dumps(entries)}
    answer = designer.browser.client.post(designer.address("/try/limit.dmn"), data=body, headers=designer.signed())
    assert answer.status_code == 200
    return dict(answer.get_json())


def test_a_table_is_tried_without_being_saved(designer: Designer) -> None:
    answer = tried(designer, table(rule("r", "'major'", "60"), rule("s", "'general'", "30")), severity="general")
    assert answer["questions"] == [{"path": "severity", "label": "severity", "options": ["major", "general"]}]
    assert answer["hits"] == [{"number": 2, "id": "s"}]
    assert answer["outcome"] == [{"name": "days", "label": "days", "value": "30"}]
    assert designer.content("limit.dmn").status_code == 404


@pytest.mark.parametrize("content", [b"<broken", table(rule("r", "&gt; &gt;", "1"))])
def test_a_table_with_problems_says_so_when_it_is_tried(designer: Designer, content: bytes) -> None:
    answer = tried(designer, content, severity="1")
    assert answer["hits"] == []
    assert answer["message"]


def test_a_table_is_read_on_its_page_without_a_script(designer: Designer) -> None:
    designer.browser.post(designer.address("/files"), name="limit.dmn")
    designer.browser.get(designer.address())
    assert designer.save("limit.dmn", table(rule("r", "'&lt;b&gt;'", "60")), seen=1).status_code == 200
    page = designer.browser.get(designer.address("/files/limit.dmn")).text
    assert "试算" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def form(*components: Mapping[str, object]) -> str:
    return json.dumps({"type": "default", "id": "f", "components": components})


REASON = {"type": "textfield", "key": "reason", "label": "<i>理由</i>", "validate": {"required": True}}


def preview(designer: Designer, **sent: str) -> str:
    answer = designer.browser.client.post("/designer/form-preview", data=sent, headers=designer.signed())
    assert answer.status_code == 200
    return answer.text


def test_a_form_is_previewed_as_people_see_it_and_its_texts_are_no_markup(designer: Designer) -> None:
    page = preview(designer, **{":schema": form(REASON)})
    assert 'name="reason"' in page
    assert "<i>" not in page


def test_entries_are_checked_by_way_of_trial(designer: Designer) -> None:
    refused = preview(designer, **{":schema": form(REASON), ":checked": "yes", "reason": ""})
    taken = preview(designer, **{":schema": form(REASON), ":checked": "yes", "reason": "雨季"})
    assert "此项必填" in refused
    assert "这样填写可以提交" in taken


def test_a_form_with_problems_names_them_in_place_of_the_preview(designer: Designer) -> None:
    page = preview(designer, **{":schema": form({"type": "table", "key": "t", "label": "表"})})
    assert "表单不支持 table 组件" in page


def test_the_page_of_a_form_shows_the_form_without_a_script(designer: Designer) -> None:
    page = designer.browser.get(designer.address("/files/decide.form")).text
    assert "办理人看到的样子" in page


@pytest.mark.parametrize("platform", ["platform-7", "platform-8"])
def test_element_templates_are_handed_out(designer: Designer, platform: str) -> None:
    answer = designer.browser.client.get(f"/designer/element-templates/{platform}")
    assert f"lookback-{platform}.json" in answer.headers["Content-Disposition"]
    assert "lookback.user-task" in {each["id"] for each in json.loads(answer.data)}


def test_there_are_no_templates_for_other_platforms(designer: Designer) -> None:
    assert designer.browser.client.get("/designer/element-templates/platform-9").status_code == 404
