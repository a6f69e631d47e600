"""Instances are moved on the pages of operations and through the API, by an operator alone."""

from __future__ import annotations

from threading import Event

import pytest
from sqlalchemy import select

from engine.definitions import deploy, read_folder
from engine.migrating import work_on_next
from engine.storage.models import ProcessDefinition
from tests.integration.web.conftest import DEFINITIONS
from tests.integration.web.site import Browser, Site, body
from workflows.audit import AuditKind, AuditRecord
from workflows.hazards.models import Hazard

REASON = "步骤改名"
NEW = "self_check.bpmn"


@pytest.fixture
def hazard(site: Site) -> Hazard:
    """A hazard that waits to be rectified; the step has another id in the version deployed since."""
    hazard = site.register()
    release(site, 'name="落实整改"', 'name="落实整改"')
    return hazard


def release(site: Site, old: str, name: str, *, to: str = "carry_out") -> None:
    files = read_folder(DEFINITIONS)
    text = files[NEW].decode().replace('"rectify"', f'"{to}"').replace(">rectify<", f">{to}<").replace(old, name)
    with site.runtime.unit_of_work() as uow:
        deploy(uow, {**files, NEW: text.encode()}, by="liucheng")


def begun(site: Site, browser: Browser) -> str:
    """The address of a migration of the main process, examined."""
    browser.get("/operations/migrations/new?process=hazard_lookback")
    source, target = versions(site)
    response = browser.post("/operations/migrations", **{"process": "hazard_lookback", "from": source, "to": target})
    assert response.status_code == 302, response.text
    work(site)
    return str(response.headers["Location"])


def versions(site: Site) -> list[int]:
    with site.runtime.reading() as uow:
        wanted = select(ProcessDefinition.id).where(ProcessDefinition.process_id == "hazard_lookback")
        return list(uow.session.scalars(wanted.order_by(ProcessDefinition.version)))


def work(site: Site) -> None:
    while work_on_next(site.runtime, Event()):
        pass


def test_an_operator_previews_moves_and_undoes(site: Site, hazard: Hazard) -> None:
    operator = site.browser("yunwei")
    address = begun(site, operator)
    preview = operator.get(address).text
    assert "疑似同一步骤" in preview
    assert operator.post(address, act="run", reason=REASON, deadlines="keep").status_code == 302
    work(site)
    assert site.task(hazard, "carry_out").name == "落实整改"
    operator.get(address)
    assert operator.post(address, act="undo").status_code == 302
    work(site)
    assert site.task(hazard, "rectify").name == "落实整改"
    assert kinds(site) == [AuditKind.MIGRATION_BEGUN, AuditKind.MIGRATION_RUN, AuditKind.MIGRATION_UNDONE]


def kinds(site: Site) -> list[AuditKind]:
    with site.runtime.reading() as uow:
        wanted = select(AuditRecord.kind).where(AuditRecord.actor == "yunwei").order_by(AuditRecord.id)
        return list(uow.session.scalars(wanted))


def test_without_a_reason_nothing_is_moved(site: Site, hazard: Hazard) -> None:
    operator = site.browser("yunwei")
    address = begun(site, operator)
    operator.get(address)
    refused = operator.post(address, act="run", reason=" ")
    assert (refused.status_code, "请说明" in refused.text or "error-reason" in refused.text) == (422, True)
    assert site.task(hazard, "rectify").id


def test_an_unmapped_step_is_named_and_mapped_by_hand(site: Site) -> None:
    hazard = site.register()
    release(site, 'name="落实整改"', 'name="XYZ"', to="quite_other")
    operator = site.browser("yunwei")
    address = begun(site, operator)
    page = operator.get(address).text
    mapped = operator.post(f"{address}/mapping", **{"map:self_check:rectify": "quite_other"})
    assert mapped.status_code == 302, page
    operator.get(address)
    operator.post(address, act="run", reason=REASON)
    work(site)
    assert site.task(hazard, "quite_other").name == "XYZ"


def test_a_mapping_to_another_kind_is_refused_beside_the_step(site: Site, hazard: Hazard) -> None:
    operator = site.browser("yunwei")
    address = begun(site, operator)
    operator.get(address)
    refused = operator.post(f"{address}/mapping", **{"map:self_check:rectify": "agreed"})
    assert (refused.status_code, 'class="wrong"' in refused.text) == (422, True)


def test_left_as_nothing_the_step_keeps_its_instances_and_lists_them(site: Site, hazard: Hazard) -> None:
    operator = site.browser("yunwei")
    address = begun(site, operator)
    operator.get(address)
    operator.post(f"{address}/mapping", **{"map:self_check:rectify": "-"})
    page = operator.get(address).text
    assert "停留在“落实整改”" in page
    assert hazard.number in operator.get(f"{address.split('#')[0]}/instances?reason=0").text


@pytest.mark.parametrize(("account", "status"), [("shenji", 403), ("liucheng", 403), ("zeren", 403)])
def test_others_may_look_at_most(site: Site, hazard: Hazard, account: str, status: int) -> None:
    address = begun(site, site.browser("yunwei"))
    other = site.browser(account)
    assert other.get(address).status_code == (403 if account == "zeren" else 200)
    other.get("/inbox/")
    assert other.post(address, act="run", reason=REASON).status_code == status


def test_an_act_decided_on_an_old_page_is_a_conflict(site: Site, hazard: Hazard) -> None:
    operator = site.browser("yunwei")
    address = begun(site, operator)
    operator.get(address)
    assert operator.post(address, act="run", reason=REASON, version="1").status_code == 409


def test_while_it_runs_the_page_asks_again(site: Site, hazard: Hazard) -> None:
    operator = site.browser("yunwei")
    address = begun(site, operator)
    operator.get(address)
    operator.post(address, act="run", reason=REASON)
    assert 'hx-trigger="every 2s"' in operator.get(address).text
    operator.post(address, act="cancel")
    assert "已放弃" in operator.get(address).text


def test_the_list_and_one_moved_instance(site: Site, hazard: Hazard) -> None:
    operator = site.browser("yunwei")
    address = begun(site, operator)
    operator.get(address)
    operator.post(address, act="run", reason=REASON)
    work(site)
    assert REASON in operator.get("/operations/migrations").text
    listed = operator.get(f"{address}/instances?state=moved").text
    assert hazard.number in listed
    instance = site.task(hazard, "carry_out").instance_id
    assert operator.post(f"{address}/instances/{instance}/undo").status_code == 302
    assert site.task(hazard, "rectify").id


def test_a_program_moves_them_too(site: Site, hazard: Hazard) -> None:
    program = site.program("yunwei")
    begun = program.post("/migrations", {"process": "hazard_lookback", "from_version": 1, "to_version": 2})
    assert begun.status_code == 201, begun.text
    address = f"/migrations/{body(begun)['id']}"
    work(site)
    read = program.get(address)
    assert (body(read)["movable"], body(read)["in_the_way"]) == (1, [])
    ran = program.post(f"{address}/run", {"reason": REASON}, If_Match=read.headers["ETag"])
    assert ran.status_code == 202, ran.text
    work(site)
    [item] = body(program.get(f"{address}/instances?state=moved"))["items"]
    assert item["business_key"] == hazard.number
    assert body(program.get("/migrations"))["items"][0]["moved"] == 1
    assert program.post(f"{address}/undo").status_code == 202


def test_a_program_is_told_what_is_wrong_with_its_mapping(site: Site, hazard: Hazard) -> None:
    program = site.program("yunwei")
    wrong = {"self_check": {"rectify": "agreed"}}
    asked = {"process": "hazard_lookback", "from_version": 1, "to_version": 2, "mapping": wrong}
    assert program.post("/migrations", asked).status_code == 422
    assert site.program("shenji").post("/migrations", {**asked, "mapping": {}}).status_code == 403
