"""Operations: who looks, who acts, numbers that equal their lists, one instance and many, and all of it on record."""

from __future__ import annotations

import re
from threading import Event
from typing import Any

import pytest
from sqlalchemy import select

from engine import instances
from engine.definitions import deploy
from engine.errors import OperatorFailed
from engine.operating.working import work_off
from engine.operators import OperatorContext
from engine.storage.models import HistoryEvent, Incident, Instance, InstanceStatus
from tests.diagrams import diagram, end, flows, process, service_task, start, user_task
from tests.integration.web.site import Browser, Site, body
from workflows.audit import AuditKind
from workflows.audit.models import AuditRecord
from workflows.hazards.models import Hazard
from workflows.organisations.api_tokens import TokenScope

ROOT = "/operations"
OF_HAZARD = f"{ROOT}/processes/hazard_lookback"
WATCHERS = ("yunwei", "liucheng", "shenji", "guanli")
STRANGERS = ("zeren", "sheji", "anweiban")
ONE_TASK = process("p", start(), user_task("a"), end(), flows("start", "a", "end"))
TOTAL = re.compile(r"data-total>\D*([\d,]+)")
VERSION = re.compile(r'name="expected_version" value="(\d+)"')


@pytest.fixture
def hazard(site: Site) -> Hazard:
    return site.register()


@pytest.fixture
def operator(site: Site) -> Browser:
    return site.browser("yunwei")


def instance_of(site: Site, hazard: Hazard) -> Instance:
    with site.runtime.reading() as uow:
        return uow.session.scalars(select(Instance).where(Instance.business_key == hazard.number)).one()


def status_of(site: Site, hazard: Hazard) -> InstanceStatus:
    return instance_of(site, hazard).status


def seen_version(browser: Browser) -> str:
    found = VERSION.search(browser.page)
    assert found
    return found[1]


def recorded(site: Site) -> list[tuple[AuditKind, str, str]]:
    with site.runtime.reading() as uow:
        rows = uow.session.scalars(select(AuditRecord).order_by(AuditRecord.id.desc()).limit(3))
        return [(row.kind, row.actor, row.reason) for row in rows]


@pytest.mark.parametrize("account", WATCHERS)
def test_those_who_watch_see_every_page(site: Site, hazard: Hazard, account: str) -> None:
    browser, instance = site.browser(account), instance_of(site, hazard)
    pages = ["", "/instances", "/tasks", "/tasks?late=1", "/batches", f"/instances/{instance.id}"]
    addresses = [*(f"{ROOT}{page}" for page in pages), OF_HAZARD, f"{OF_HAZARD}/1", f"{OF_HAZARD}?diagram=self_check"]
    assert {address: browser.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


@pytest.mark.parametrize("account", STRANGERS)
def test_nobody_else_enters(site: Site, account: str) -> None:
    browser = site.browser(account)
    assert browser.get(ROOT).status_code == browser.get(f"{ROOT}/instances").status_code == 403


@pytest.mark.parametrize("account", WATCHERS[1:])
def test_those_who_only_watch_change_nothing(site: Site, hazard: Hazard, account: str) -> None:
    browser, instance = site.browser(account), instance_of(site, hazard)
    browser.get(f"{ROOT}/instances/{instance.id}")
    acts = {
        f"{ROOT}/instances/{instance.id}": {"act": "cancel"},
        f"{ROOT}/instances/{instance.id}/retry": {"incident": 1},
        f"{ROOT}/instances/{instance.id}/variables": {},
        f"{ROOT}/instances/{instance.id}/tokens/{'0' * 32}": {"act": "move"},
        f"{ROOT}/batches?act=cancel&scope=all": {},
        f"{ROOT}/batches/1/stop": {},
        f"{OF_HAZARD}/suspension": {"act": "suspend"},
    }
    answers = {address: browser.post(address, reason="no", **fields).status_code for address, fields in acts.items()}
    tokens = f"{ROOT}/instances/{instance.id}/tokens/{'0' * 32}"
    del answers[tokens]  # an address of no token
    assert set(answers.values()) == {403}
    assert status_of(site, hazard) is InstanceStatus.RUNNING


def test_each_number_leads_to_a_list_that_equals_it(site: Site, operator: Browser) -> None:
    for _ in range(4):
        site.register()
    home = operator.get(f"{OF_HAZARD}?diagram=self_check").text
    figures = re.findall(r'href="(/operations/(?:tasks|instances)\?[^"]+)">\s*(?:<strong[^>]*>)?([\d,]+)<', home)
    assert figures
    for address, number in figures:
        total = TOTAL.search(operator.get(address.replace("&amp;", "&")).text)
        assert total is not None
        assert total[1] == number, address


def test_a_list_is_read_page_by_page(site: Site, operator: Browser) -> None:
    keys = [site.register().number for _ in range(4)]
    first = operator.get(f"{ROOT}/instances?process=hazard_lookback").text
    onwards = re.search(r'href="([^"]+)" rel="next"', first)
    assert onwards
    second = operator.get(onwards[1].replace("&amp;", "&")).text
    assert [key for key in keys if key in first] == keys[1:]
    assert [key for key in keys if key in second] == keys[:1]


def test_an_instance_is_suspended_and_resumed_with_a_reason(site: Site, operator: Browser, hazard: Hazard) -> None:
    address = f"{ROOT}/instances/{instance_of(site, hazard).id}"
    operator.get(address)
    unexplained = operator.post(address, act="suspend", reason=" ", expected_version=seen_version(operator))
    assert (unexplained.status_code, status_of(site, hazard)) == (422, InstanceStatus.RUNNING)
    operator.get(address)
    operator.post(address, act="suspend", reason="court order", expected_version=seen_version(operator))
    assert status_of(site, hazard) is InstanceStatus.SUSPENDED
    operator.get(address)
    operator.post(address, act="resume", reason="lifted", expected_version=seen_version(operator))
    with site.runtime.reading() as uow:
        kept = select(HistoryEvent.actor, HistoryEvent.data).where(HistoryEvent.kind == "instance_resumed")
        [(actor, data)] = uow.session.execute(kept).all()
    assert (actor, data["reason"], status_of(site, hazard)) == ("yunwei", "lifted", InstanceStatus.RUNNING)


def test_what_somebody_else_changed_meanwhile_is_a_conflict(site: Site, operator: Browser, hazard: Hazard) -> None:
    address = f"{ROOT}/instances/{instance_of(site, hazard).id}"
    operator.get(address)
    seen = seen_version(operator)
    operator.post(address, act="suspend", reason="court order", expected_version=seen)
    operator.get(address)
    assert operator.post(address, act="cancel", reason="twice", expected_version=seen).status_code == 409
    assert status_of(site, hazard) is InstanceStatus.SUSPENDED


def test_a_token_is_moved_after_it_was_tried(site: Site, operator: Browser, hazard: Hazard) -> None:
    task = site.task(hazard)
    address = f"{ROOT}/instances/{task.instance_id}/tokens/{task.token}"
    operator.get(address)
    impossible = operator.post(address, act="preview", to="confirm_by_leader", expected_version=seen_version(operator))
    assert (impossible.status_code, "rectification" in impossible.text) == (422, True)
    target = "rectify"
    tried = operator.post(address, act="preview", to=target, expected_version=seen_version(operator))
    assert (tried.status_code, 'name="act" value="move"' in tried.text) == (200, True)
    assert site.task(hazard).token == task.token
    refused = operator.post(address, act="move", to=target, reason="", expected_version=seen_version(operator))
    assert refused.status_code == 422
    moved = operator.post(address, act="move", to=target, reason="by mistake", expected_version=seen_version(operator))
    assert moved.status_code == 302
    with site.runtime.reading() as uow:
        kept = uow.session.scalars(select(HistoryEvent).where(HistoryEvent.kind == "token_moved")).one()
    assert (kept.actor, kept.element_id, kept.data["reason"]) == ("yunwei", target, "by mistake")


def test_a_batch_is_considered_begun_watched_and_on_record(site: Site, operator: Browser) -> None:
    hazards = [site.register() for _ in range(3)]
    asked = "act=cancel&scope=all&process=hazard_lookback&status=running"
    considered = TOTAL.search(operator.get(f"{ROOT}/batches/new?{asked}").text)
    assert considered is not None
    assert considered[1] == "3"
    assert operator.post(f"{ROOT}/batches?{asked}", reason="").status_code == 422
    begun = operator.post(f"{ROOT}/batches?{asked}", reason="registered twice")
    assert work_off(site.runtime, Event())
    shown = operator.get(begun.headers["Location"]).text
    assert "registered twice" in shown
    assert [status_of(site, hazard) for hazard in hazards] == [InstanceStatus.CANCELLED] * 3
    assert recorded(site)[0] == (AuditKind.BATCH_REQUESTED, "yunwei", "registered twice")
    assert operator.post(f"{ROOT}/batches?{asked}", reason="again").status_code == 409


def test_only_the_ticked_instances_are_acted_on(site: Site, operator: Browser) -> None:
    first, second = site.register(), site.register()
    asked = f"act=suspend&scope=ticked&instance={instance_of(site, second).id}"
    operator.get(f"{ROOT}/batches/new?{asked}")
    operator.post(f"{ROOT}/batches?{asked}", reason="court order")
    work_off(site.runtime, Event())
    assert [status_of(site, each) for each in (first, second)] == [InstanceStatus.RUNNING, InstanceStatus.SUSPENDED]
    assert operator.get(f"{ROOT}/batches/new?act=cancel&scope=ticked").status_code == 302


def test_a_suspended_process_takes_its_instances_along_and_refuses_new_ones(
    site: Site, operator: Browser, hazard: Hazard
) -> None:
    operator.get(f"{OF_HAZARD}/suspension")
    operator.post(f"{OF_HAZARD}/suspension", act="suspend", reason="wrong diagram", with_instances="yes")
    work_off(site.runtime, Event())
    assert status_of(site, hazard) is InstanceStatus.SUSPENDED
    with pytest.raises(Exception, match="suspended"):
        site.register()
    operator.get(f"{OF_HAZARD}/suspension")
    operator.post(f"{OF_HAZARD}/suspension", act="resume", reason="mended", with_instances="yes")
    work_off(site.runtime, Event())
    assert status_of(site, hazard) is InstanceStatus.RUNNING
    assert (AuditKind.PROCESS_RESUMED, "yunwei", "mended") in recorded(site)


def test_variables_are_shown_for_a_reason_on_record_and_without_people(site: Site, operator: Browser) -> None:
    phone = "13812345678"
    with site.runtime.unit_of_work() as uow:
        deploy(
            uow, {"p.bpmn": diagram(process("p", start(), user_task("a"), end(), flows("start", "a", "end")))}, by="x"
        )
        begun = instances.start(uow, "p", {"note": f"call {phone}", "number": int(phone)}, business_key="K-1", by="x")
    address = f"{ROOT}/instances/{begun.id}"
    assert "call " not in operator.get(address).text
    assert operator.post(f"{address}/variables", reason="").status_code == 422
    shown = operator.post(f"{address}/variables", reason="a failed step").text
    assert "call ***" in shown
    assert phone not in shown
    assert recorded(site)[0] == (AuditKind.VARIABLES_READ, "yunwei", "a failed step")


def test_a_failed_step_is_named_and_tried_again_by_hand(site: Site, operator: Browser) -> None:
    registry, sea = site.runtime.operators, {"stormy": True}

    @registry.register("test.sail")
    def sail(context: OperatorContext) -> str:
        if sea["stormy"]:
            raise OperatorFailed("the sea is rough")
        return "arrived"

    shape = process(
        "p", start(), service_task("a", "test.sail"), user_task("b"), end(), flows("start", "a", "b", "end")
    )
    with site.runtime.unit_of_work() as uow:
        deploy(uow, {"p.bpmn": diagram(shape)}, by="x")
        begun = instances.start(uow, "p", {}, business_key="K-1", by="x")
        incident = uow.session.scalars(select(Incident.id)).one()
    address = f"{ROOT}/instances/{begun.id}"
    assert "the sea is rough" in operator.get(address).text
    for stormy in (True, False):
        sea["stormy"] = stormy
        operator.get(address)
        seen = seen_version(operator)
        operator.post(f"{address}/retry", incident=incident, reason="calm now", expected_version=seen)
    assert "the sea is rough" not in operator.get(address).text
    assert recorded(site)[:2] == [(AuditKind.STEP_RETRIED, "yunwei", "calm now")] * 2


def test_names_and_messages_are_shown_as_text_only(site: Site, operator: Browser) -> None:
    evil = "<img src=x onerror=alert(1)>"
    written = ONE_TASK.replace('name="a"', 'name="&lt;img src=x onerror=alert(1)&gt;"')
    with site.runtime.unit_of_work() as uow:
        deploy(uow, {"p.bpmn": diagram(written)}, by="x")
        begun = instances.start(uow, "p", {evil: evil}, business_key=evil, by=evil)
    pages = [ROOT, f"{ROOT}/processes/p", f"{ROOT}/instances", f"{ROOT}/tasks", f"{ROOT}/instances/{begun.id}"]
    answers = [operator.get(page) for page in pages]
    operator.get(f"{ROOT}/instances/{begun.id}")
    answers.append(operator.post(f"{ROOT}/instances/{begun.id}/variables", reason="looking"))
    assert [answer.status_code for answer in answers] == [200] * 6
    assert not any(evil in answer.text for answer in answers)


def api(site: Site, account: str = "yunwei") -> Any:
    return site.program(account)


def test_programs_suspend_a_process_and_begin_and_watch_a_batch(site: Site, hazard: Hazard) -> None:
    program = api(site)
    put = program.client.put
    address = "/api/v1/definitions/hazard_lookback/suspension"
    wanted = {"suspended": True, "reason": "wrong diagram", "with_instances": True}
    halted = put(address, json=wanted, headers={"Authorization": f"Bearer {program.token}"})
    assert (halted.status_code, body(halted)["suspended"], body(halted)["batch"]["expected"]) == (200, True, 1)
    work_off(site.runtime, Event())
    begun = program.post(
        "/batches", {"act": "resume", "reason": "mended", "selection": {"process_id": "hazard_lookback"}}
    )
    assert begun.status_code == 202
    work_off(site.runtime, Event())
    assert body(program.get(f"/batches/{body(begun)['id']}"))["acted"] == 1
    assert status_of(site, hazard) is InstanceStatus.RUNNING


def test_programs_act_on_one_instance_by_version_and_permission(site: Site, hazard: Hazard) -> None:
    instance = instance_of(site, hazard)
    address, tag, reason = f"/instances/{instance.id}/suspend", f'"{instance.version}"', {"reason": "court order"}
    assert api(site, "guanli").post(address, reason, If_Match=tag).status_code == 403
    assert api(site).post(address, reason).status_code == 428
    assert site.program("yunwei", TokenScope.INSTANCES_READ).post(address, reason, If_Match=tag).status_code == 403
    suspended = api(site).post(address, reason, If_Match=tag)
    assert (suspended.status_code, body(suspended)["status"]) == (200, "suspended")
    assert api(site).post(f"/instances/{instance.id}/cancel", reason, If_Match=tag).status_code == 409
