"""Try it out: the pages on which a draft is played, its scenarios are kept and run, and finished hazards replayed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import func, select

from engine.clock import ReplayClock
from engine.definitions import deploy
from engine.modelling import begin_draft, draft_files, newest_deployment, save_file
from engine.modelling.reading import file_of
from engine.storage.models import HistoryEvent, Instance, OutboxEvent, UserTask
from tests.integration.web.site import Browser, Site, created
from tests.workflows.play import Play
from tests.workflows.trials import FIRST_DAY, changed, our_files
from web.pages.designer.theatre import KEY
from web.settings import WebSettings
from workflows.hazards.models import Hazard
from workflows.trials.models import Trial
from workflows.trials.proving import plain_theatre
from workflows.trials.replays import replaying

BEGIN = {"severity": "general", "origin": "new", "sector": "town_gas", "region": "410105", "on": FIRST_DAY.isoformat()}
DEADLINES = "decisions/deadline.dmn"


@pytest.fixture
def designed(site: Site, tmp_path: Path) -> Site:
    """The site with our whole set in effect and all our operators, as in an installation."""
    runtime = replace(plain_theatre().runtime, database=site.runtime.database, clock=site.clock)
    with runtime.unit_of_work() as uow:
        deploy(uow, our_files(), by="designer")
    settings = WebSettings(secret_key="a key for the tests only", uploads=tmp_path / "uploads")
    app = created(runtime, settings)
    app.extensions[KEY] = plain_theatre()
    return Site(app, runtime, site.clock)


@pytest.fixture
def draft(designed: Site) -> int:
    with designed.runtime.unit_of_work() as uow:
        deployment = newest_deployment(uow.session)
        assert deployment is not None
        return begin_draft(uow, name="试一试", by="sheji", base=deployment.id).id


def begun(site: Site, draft: int, account: str = "sheji") -> tuple[Browser, str]:
    """A browser on the page of a new trial, and the page's path."""
    browser = site.browser(account)
    browser.get(f"/designer/drafts/{draft}/trials")
    answer = browser.post(f"/designer/drafts/{draft}/trials", **BEGIN)
    path = answer.headers["Location"]
    browser.get(path)
    return browser, path


def act(browser: Browser, path: str, what: str, task: str = "", **fields: str) -> int:
    """Do something in the trial and look at it again; the status of the answer."""
    answer = browser.post(f"{path}/acts?do={what}&task={task}", version=browser.hidden("version"), **fields)
    if answer.status_code == 302:
        browser.get(path)
    return answer.status_code


def shorter(site: Site, draft: int) -> None:
    """Let the draft give five days for the inspection, where ten are in effect."""
    with site.runtime.unit_of_work() as uow:
        seen = file_of(uow.session, draft, DEADLINES).revision
        content = changed(DEADLINES, "<text>10</text>", "<text>5</text>")[DEADLINES]
        save_file(uow, draft, DEADLINES, content, by="sheji", expected_revision=seen)


def test_a_designer_plays_each_role_and_sees_what_follows(designed: Site, draft: int) -> None:
    browser, path = begun(designed, draft)
    assert "签收并确认隐患" in browser.page
    assert "整改责任人" in browser.page
    assert act(browser, path, "complete", "confirm_hazard", state="to_rectify", **{"trial:by": "zeren"}) == 302
    assert "制定整改方案" in browser.page
    assert act(browser, path, "wait", days="10") == 302
    assert "到期告知" in browser.page


def test_wrong_answers_stand_beside_their_fields_and_change_nothing(designed: Site, draft: int) -> None:
    browser, path = begun(designed, draft)
    assert act(browser, path, "complete", "confirm_hazard", **{"trial:by": "zeren"}) == 422
    assert "请回答此项" in browser.page or "aria-invalid" in browser.page
    browser.get(path)
    assert "签收并确认隐患" in browser.page


def test_a_step_back_and_forth_again(designed: Site, draft: int) -> None:
    browser, path = begun(designed, draft)
    act(browser, path, "complete", "confirm_hazard", state="to_rectify", **{"trial:by": "zeren"})
    browser.post(f"{path}/back", version=browser.hidden("version"))
    assert "field-state" in browser.get(path).text
    browser.post(f"{path}/forward", version=browser.hidden("version"))
    assert "field-measures" in browser.get(path).text


def test_of_two_who_go_on_at_once_the_later_only_sees_how_it_stands(designed: Site, draft: int) -> None:
    browser, path = begun(designed, draft)
    act(browser, path, "wait", days="1")
    browser.post(f"{path}/acts?do=wait", version="1", days="1")
    with designed.runtime.reading() as uow:
        [trial] = uow.session.scalars(select(Trial)).all()
        assert len(trial.script["acts"]) == 1


def test_nothing_of_a_trial_is_in_the_real_database_but_its_script(designed: Site, draft: int) -> None:
    tables = (Hazard, Instance, UserTask, HistoryEvent, OutboxEvent)

    def counts() -> list[int | None]:
        with designed.runtime.reading() as uow:
            return [uow.session.scalar(select(func.count()).select_from(table)) for table in tables]

    before = counts()
    browser, path = begun(designed, draft)
    act(browser, path, "complete", "confirm_hazard", state="to_rectify", **{"trial:by": "zeren"})
    act(browser, path, "wait", days="30")
    assert counts() == before


def test_the_diagram_is_the_drafts_own(designed: Site, draft: int) -> None:
    browser, path = begun(designed, draft)
    answer = browser.client.get(f"{path}/diagrams/self_check")
    assert answer.data == our_files()["self_check.bpmn"]
    assert browser.client.get(f"{path}/diagrams/nothing").status_code == 404


def test_a_trial_is_kept_as_a_scenario_of_the_draft(designed: Site, draft: int) -> None:
    browser, path = begun(designed, draft)
    act(browser, path, "complete", "confirm_hazard", state="to_rectify", **{"trial:by": "zeren"})
    browser.post(f"{path}/scenario", version=browser.hidden("version"), name="签收", end=["stage", "open"], limit="0")
    with designed.runtime.reading() as uow:
        assert "scenarios/签收.scenario" in draft_files(uow.session, draft)
    browser.get(f"/designer/drafts/{draft}/scenarios")
    assert "全部场景通过" in browser.post(f"/designer/drafts/{draft}/scenarios").text
    assert "签收" in browser.get(f"/designer/drafts/{draft}/files/scenarios/签收.scenario").text


def test_a_failing_scenario_says_its_first_difference(designed: Site, draft: int) -> None:
    shorter(designed, draft)
    browser = designed.browser("sheji")
    browser.get(f"/designer/drafts/{draft}/scenarios")
    page = browser.post(f"/designer/drafts/{draft}/scenarios").text
    assert "“现场复查”应于2022年11月18日到期，实际于2022年11月13日到期" in page


def test_a_draft_with_a_fault_names_it_instead_of_being_tried(designed: Site, draft: int) -> None:
    browser, path = begun(designed, draft)
    with designed.runtime.unit_of_work() as uow:
        broken = changed("self_check.bpmn", 'decision="deadline"', 'decision="nothing"')["self_check.bpmn"]
        save_file(uow, draft, "self_check.bpmn", broken, by="sheji", expected_revision=0)
    answer = browser.get(path)
    assert answer.status_code == 409
    assert "element=confirm_hazard" in answer.text


def test_a_replay_tells_numbers_and_no_hazard_to_a_designer(designed: Site, draft: int, clock: ReplayClock) -> None:
    play = Play(designed.runtime, clock)
    play.register()
    play.reach_closure()
    play.act("xiaohao", "approve_closure", decision="approve")
    shorter(designed, draft)
    browser = designed.browser("sheji")
    browser.get(f"/designer/drafts/{draft}/replays")
    path = browser.post(f"/designer/drafts/{draft}/replays", most="10").headers["Location"]
    replaying(designed.runtime, plain_theatre()).run(Event())
    page = browser.get(path).text
    assert "“现场复查”当时于2022年11月18日到期，现在会于2022年11月13日到期" in page
    assert play.number not in page
    assert play.number in designed.browser("guanli").get(path).text


@pytest.mark.parametrize("account", ["zeren", "anweiban"])
def test_who_has_no_part_in_processes_does_not_enter(designed: Site, draft: int, account: str) -> None:
    assert designed.browser(account).get(f"/designer/drafts/{draft}/trials").status_code == 403


def test_an_auditor_looks_and_does_nothing(designed: Site, draft: int) -> None:
    _, path = begun(designed, draft)
    auditor = designed.browser("shenji")
    assert auditor.get(path).status_code == 200
    assert auditor.post(f"{path}/acts?do=wait", version="1", days="1").status_code == 403
