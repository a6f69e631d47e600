"""Releases through the API: a pipeline proposes, others approve and deploy, each token within its scope."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest

from engine.releasing import ReleaseRules, ReleaseState, deployment_files
from tests.integration.web.releases.conftest import FILE, Office, changed
from tests.integration.web.site import Program, body
from web.wiring import KEY
from workflows.organisations.api_tokens import TokenScope


def propose(program: Program, office: Office, label: str = "管道", path: str = "/releases"):
    with office.site.runtime.reading() as uow:
        files = deployment_files(uow.session, office.newest().id) | {FILE: changed(label)}
    parts = [(BytesIO(content), name) for name, content in files.items()]
    return program.post(path, data={"files": parts, "comment": "from the pipeline"})


def test_a_pipeline_proposes_and_people_approve_and_deploy(office: Office) -> None:
    designer, approver, operator = (office.site.program(each) for each in ("sheji", "liucheng", "yunwei"))
    made = propose(designer, office)
    assert (made.status_code, body(made)["state"]) == (201, "proposed")
    number = body(made)["id"]
    [file] = body(approver.get(f"/releases/{number}/comparison"))["files"]
    assert (file["file"], file["change"]) == (FILE, "changed")
    assert body(approver.post(f"/releases/{number}/approve", {"words": "good"}))["state"] == "approved"
    done = body(operator.post(f"/releases/{number}/deploy", {}))
    assert (done["state"], done["deployment_id"], done["decisions"][0]["words"]) == ("deployed", 2, "good")


def test_each_act_needs_its_scope_and_its_role(office: Office) -> None:
    release = office.proposed()
    acts = {"approve": "liucheng", "decline": "liucheng", "withdraw": "sheji", "deploy": "yunwei"}
    for act, account in acts.items():
        narrow = office.site.program(account, TokenScope.DEFINITIONS_READ, TokenScope.DEFINITIONS_WRITE)
        assert narrow.post(f"/releases/{release}/{act}", {"words": "x"} if act != "deploy" else {}).status_code == 403
        for other in {"sheji2", "liucheng", "yunwei", "guanli"} - {account}:
            wide = office.site.program(other)
            answer = wide.post(f"/releases/{release}/{act}", {"words": "x"} if act != "deploy" else {})
            assert answer.status_code in (403, 422), (act, other)
    assert office.release(release).state is ReleaseState.PROPOSED
    assert office.site.program("anweiban").get("/releases").status_code == 403


def test_a_refusal_says_why(office: Office) -> None:
    release = office.proposed()
    refused = office.site.program("liucheng").post(f"/releases/{release}/decline", {"words": ""})
    assert (refused.status_code, body(refused)["type"]) == (422, "urn:lookback:problem:refused")
    assert office.site.program("yunwei").post(f"/releases/{release}/deploy", {}).status_code == 409


def test_a_moment_is_scheduled_and_an_emergency_goes_back(office: Office) -> None:
    operator = office.site.program("yunwei")
    release = office.approved()
    at = "2022-12-01T08:00:00+08:00"
    assert body(operator.post(f"/releases/{release}/schedule", {"at": at}))["state"] == "scheduled"
    assert body(operator.post(f"/releases/{release}/deploy", {}))["deployment_id"] == 2
    back = operator.post("/releases/rollback", {"deployment": 1, "comment": "broken", "at_once": True})
    assert (back.status_code, body(back)["emergency"], body(back)["restores_id"]) == (201, True, 1)


def test_lists_go_on_after_a_cursor(office: Office) -> None:
    made = [office.proposed(f"第{number}版") for number in range(3)]
    program = office.site.program("shenji")
    first = body(program.get("/releases?limit=2"))
    assert [each["id"] for each in first["items"]] == made[:0:-1]
    after = first["next"].split("after=", 1)[1]
    assert [each["id"] for each in body(program.get(f"/releases?limit=2&after={after}"))["items"]] == made[:1]


@pytest.mark.parametrize("account", ["sheji", "liucheng", "guanli"])
def test_nobody_but_an_operator_deploys_directly(office: Office, account: str) -> None:
    assert propose(office.site.program(account), office, path="/deployments").status_code == 403


def test_where_others_have_to_approve_even_an_operator_does_not_deploy_directly(office: Office) -> None:
    operator = office.site.program("yunwei")
    assert propose(operator, office, path="/deployments").status_code == 422
    wiring = office.site.app.extensions[KEY]
    without = replace(wiring.settings, releases=ReleaseRules(approvals=0))
    office.site.app.extensions[KEY] = replace(wiring, settings=without)
    assert propose(operator, office, path="/deployments").status_code == 201
