"""Instances, messages, definitions and deployments through the API."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest

from engine import instances
from engine.releasing import ReleaseRules
from tests.diagrams import diagram, element, end, flows, process, start
from tests.integration.web.site import Program, Site, body
from web.wiring import KEY

WAITS = diagram(
    '<bpmn:message id="m" name="sampled"/>',
    process(
        "waits",
        start(),
        element("intermediateCatchEvent", "drawn", '<bpmn:messageEventDefinition messageRef="m"/>'),
        end(),
        flows("start", "drawn", "end"),
    ),
)
BROKEN = diagram(process("broken", start(), end("lonely")))


@pytest.fixture
def administrator(site: Site) -> Program:
    return site.program("guanli")


@pytest.fixture
def operator(site: Site) -> Program:
    """An operator of processes at a site where nobody has to approve what is deployed."""
    wiring = site.app.extensions[KEY]
    alone = replace(wiring.settings, releases=ReleaseRules(approvals=0))
    site.app.extensions[KEY] = replace(wiring, settings=alone)
    return site.program("yunwei")


def deploy(program: Program, content: bytes, path: str = "/deployments"):
    return program.post(path, data={"files": (BytesIO(content), "waits.bpmn"), "comment": "a test"})


def test_an_instance_is_found_by_its_hazard_and_tells_its_path(site: Site) -> None:
    hazard = site.register()
    office = site.program("anweiban")
    found = body(office.get(f"/instances?business_key={hazard.number}"))
    assert [(it["process_id"], it["status"]) for it in found] == [("hazard_lookback", "running")]
    address = f"/instances/{found[0]['id']}"
    assert office.get(address).headers["ETag"]
    assert body(office.get(f"{address}/path"))[0]["kind"] == "instance_started"
    assert site.program(site.stranger()).get(address).status_code == 403


def test_a_message_reaches_the_instance_that_waits_for_it(
    site: Site, administrator: Program, operator: Program
) -> None:
    deploy(operator, WAITS)
    with site.runtime.unit_of_work() as uow:
        instances.start(uow, "waits", {}, business_key="H-1", by="guanli")
    message = {"name": "sampled", "business_key": "H-1", "payload": {"drawn": True}}
    sent = [administrator.post("/messages", message, Idempotency_Key="m1") for _ in range(2)]
    assert [(it.status_code, body(it)["status"]) for it in sent] == [(200, "completed")] * 2
    assert administrator.post("/messages", message).status_code == 404
    assert site.program("anweiban").post("/messages", message).status_code == 403


def test_a_deployment_is_made_once_and_listed(site: Site, operator: Program) -> None:
    made, again = deploy(operator, WAITS), deploy(operator, WAITS)
    assert (made.status_code, again.status_code) == (201, 200)
    assert (body(made)["is_new"], body(again)["is_new"]) == (True, False)
    listed = {it["process_id"]: it["version"] for it in body(operator.get("/definitions"))}
    assert listed == {"hazard_lookback": 1, "self_check": 1, "waits": 1}
    assert deploy(site.program("anweiban"), WAITS).status_code == 403


def test_lint_names_every_problem_and_deploys_nothing(operator: Program) -> None:
    linted = deploy(operator, BROKEN, "/deployments/lint")
    assert linted.status_code == 200
    assert body(linted)["problems"][0]["file"] == "waits.bpmn"
    refused = deploy(operator, BROKEN)
    assert (refused.status_code, body(refused)["type"]) == (422, "urn:lookback:problem:invalid-definition")
    assert body(refused)["problems"]
