"""Nothing that a designer writes runs in another person's browser: every page shows it as text."""

from __future__ import annotations

import json

import pytest

from engine.definitions import deploy
from engine.modelling import add_file
from engine.releasing import deployment_files
from tests.diagrams import diagram, element, end, flows, form, process, question, start, user_task
from tests.integration.web.releases.conftest import Office

SCRIPT = "<script>alert(1)</script>"
QUOTE = "\"'><img src=x onerror=alert(1)>"
SVG = "<svg onload=alert(1)>"
TEXTS = (SCRIPT, QUOTE, SVG)
LIVE = ("<script>alert", "<img src=x", "<svg onload", "onerror=alert(1)>")


def pages_with(office: Office, draft: int) -> list[str]:
    return [
        f"/designer/drafts/{draft}/comparison",
        f"/designer/drafts/{draft}/release",
        f"/designer/comparison?from=deployment-1&to=draft-{draft}",
        f"/designer/comparison?from=draft-{draft}&to=deployment-1",
    ]


def assert_harmless(office: Office, paths: list[str], *accounts: str) -> None:
    for account in accounts:
        browser = office.site.browser(account)
        for path in paths:
            answer = browser.get(path)
            assert answer.status_code == 200, path
            assert not any(live in answer.text for live in LIVE), path
            assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("text", TEXTS)
def test_labels_and_documentation_of_a_diagram_stay_text(office: Office, text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    drawn = diagram(
        process(
            "self_check",
            start(),
            user_task("a").replace('name="a"', f'name="{escaped}"'),
            element("textAnnotation", "note", f"<bpmn:text>{escaped}</bpmn:text>"),
            end(),
            flows("start", "a", "end"),
            f"<bpmn:documentation>{escaped}</bpmn:documentation>",
        )
    )
    draft = office.draft_of(drawn, file="self_check.bpmn", name=text)
    assert_harmless(office, pages_with(office, draft), "sheji")


@pytest.mark.parametrize("text", TEXTS)
def test_texts_of_a_form_stay_text(office: Office, text: str) -> None:
    said = form(
        "rectification",
        question("textfield", "note", label=text, description=text),
        question("radio", "verdict", values=[{"value": text, "label": text}]),
        {"type": "html", "id": "html", "content": text},
    )
    assert_harmless(office, pages_with(office, office.draft_of(said, name=text)), "sheji")


def test_cells_of_a_table_and_identifiers_stay_text(office: Office) -> None:
    escaped = QUOTE.replace("<", "&lt;").replace('"', "&quot;")
    table = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d">'
        f'<decision id="t{escaped}" name="{escaped}"><decisionTable><input id="i" label="{escaped}">'
        f'<inputExpression><text>{escaped}</text></inputExpression></input><output id="o" name="{escaped}"/>'
        f'<rule id="{escaped}"><inputEntry><text>{escaped}</text></inputEntry>'
        f"<outputEntry><text>{escaped}</text></outputEntry></rule></decisionTable></decision></definitions>"
    )
    draft = office.draft()
    with office.site.runtime.unit_of_work() as uow:
        add_file(uow, draft, "表.dmn", table.encode(), by="sheji")
    assert_harmless(office, pages_with(office, draft), "sheji")


@pytest.mark.parametrize("text", TEXTS)
def test_words_of_people_about_a_release_stay_text(office: Office, text: str) -> None:
    release = office.proposed(text, comment=text)
    approver, operator = office.site.browser("liucheng"), office.site.browser("yunwei")
    approver.get(f"/designer/releases/{release}")
    approver.post(f"/designer/releases/{release}/approve", comment=text)
    operator.get(f"/designer/releases/{release}")
    operator.post(f"/designer/releases/{release}/deploy")
    paths = [
        f"/designer/releases/{release}", "/designer/releases?which=over", "/designer/deployments",
        "/designer/comparison", "/designer",
    ]  # fmt: skip
    assert_harmless(office, paths, "sheji", "liucheng", "yunwei", "guanli")


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>.form", "../../etc/passwd.form", '" onload=".form'])
def test_file_names_from_a_program_stay_text_and_lead_nowhere(office: Office, name: str) -> None:
    with office.site.runtime.unit_of_work() as uow:
        files = deployment_files(uow.session, 1) | {name: form("odd", question("textfield", "note"))}
        number = deploy(uow, files, by="program").deployment.id
    assert_harmless(office, ["/designer/deployments", "/designer/comparison"], "yunwei")
    archive = office.site.browser("yunwei").get(f"/designer/deployments/{number}/download")
    assert b".." not in archive.data.split(b"PK\x01\x02", 1)[1].replace(b"...", b"")


def test_a_file_is_handed_out_as_text_that_no_browser_runs(office: Office) -> None:
    page = f'<html xmlns="http://www.w3.org/1999/xhtml">{SCRIPT}</html>'
    draft = office.draft_of(page.encode(), file="self_check.bpmn")
    answer = office.site.browser("sheji").get(f"/designer/versions/draft-{draft}/self_check.bpmn")
    assert answer.mimetype == "text/plain"
    assert answer.headers["Content-Disposition"] == "attachment"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_the_script_is_told_of_changes_is_only_data(office: Office) -> None:
    drawn = diagram(process("self_check", start(), user_task("a"), end(), flows("start", "a", "end")))
    draft = office.draft_of(drawn.replace(b'id="a"', b'id="a&quot;&gt;&lt;b&gt;"'), file="self_check.bpmn")
    page = office.site.browser("sheji").get(f"/designer/drafts/{draft}/comparison").text
    assert "<b>" not in page.split("data-compare=", 1)[1].split("</figure>", 1)[0].replace("<b>修改", "")
    assert json.dumps("<b>") not in page
