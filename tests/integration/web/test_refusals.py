"""A rule of the domain that refuses a submission is told on the task's page in its language, and nothing is saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine import instances
from engine.definitions import deploy
from engine.errors import OperatorFailed
from engine.operators import OperatorContext
from engine.storage.models import TaskStatus, UserTask
from tests.diagrams import diagram, element, end, extensions, flows, lookback, process, service_task, start, user_task
from tests.integration.web.site import Browser, Site, body
from workflows import enforcement, self_check
from workflows.enforcement import EnforcementCase
from workflows.errors import InvalidRecord, Refused
from workflows.sentences import sentence
from workflows.timekeeping import Timekeeping

FORMS = Path(__file__).parents[3] / "bpmn" / "forms"
SAID = sentence("the time limit lies in the past")
CHINESE = "整改时限已经过去，请填写以后的日期"
PLAN = {"responsible_name": "李四", "measures": "更换软管", "due_on": "2022-11-07"}
FINE = {"penalty": "fine", "opinion": "逾期未改"}


@pytest.fixture(params=[InvalidRecord({"due_on": SAID}), Refused(SAID)])
def task_id(request: pytest.FixtureRequest, site: Site) -> int:
    """A task after which an operator refuses what was submitted."""

    @site.runtime.operators.register("test.judge")
    def judge(_context: OperatorContext) -> None:
        raise request.param

    return begin(site, user_task("ask", users="'zeren'"), service_task("judge", "test.judge"))


def begin(site: Site, asking: str, judging: str, form: str = "", **data: Any) -> int:
    """Start a process about a new hazard that asks `zeren` and lets an operator judge the answer; the task's id."""
    drawn = diagram(process("asks", start(), asking, judging, end(), flows("start", "ask", "judge", "end")))
    number = site.register().number
    forms = {f"{form}.form": (FORMS / f"{form}.form").read_bytes()} if form else {}
    with site.runtime.unit_of_work() as uow:
        deploy(uow, {"asks.bpmn": drawn, **forms}, by="designer")
        instance = instances.start(uow, "asks", data, business_key=number, by="zeren")
        return uow.session.scalars(select(UserTask.id).where(UserTask.instance_id == instance.id)).one()


def asking_with(form: str, result: str) -> str:
    """A user task of `zeren` with one of our forms."""
    inner = lookback("assignment", candidateUsers="'zeren'") + lookback("form", ref=form, result=result)
    return element("userTask", "ask", extensions(inner), name="ask")


def is_open(site: Site, task_id: int) -> bool:
    with site.runtime.reading() as uow:
        return uow.session.get_one(UserTask, task_id).status is TaskStatus.OPEN


def error_beside(person: Browser, field: str) -> str:
    """The error that the page shows at a field."""
    return person.page.split(f'id="error-{field}">')[1].split("<")[0]


def test_the_page_tells_the_rule_in_chinese_and_the_task_stays_open(site: Site, task_id: int) -> None:
    person = site.browser("zeren")
    person.get(f"/tasks/{task_id}")
    refused = person.complete(task_id)
    assert (refused.status_code, CHINESE in refused.text, SAID in refused.text) == (422, True, False)
    assert is_open(site, task_id)


def test_an_english_page_tells_the_rule_in_english(site: Site, task_id: int) -> None:
    person = site.browser("zeren")
    person.get("/inbox")
    person.post("/language", language="en", next="/inbox")
    person.get(f"/tasks/{task_id}")
    refused = person.complete(task_id)
    assert (refused.status_code, CHINESE in refused.text, SAID in refused.text) == (422, False, True)


def test_the_api_tells_the_rule_in_english_as_a_problem(site: Site, task_id: int) -> None:
    program = site.program("zeren")
    tag = program.get(f"/tasks/{task_id}").headers["ETag"]
    refused = program.post(f"/tasks/{task_id}/complete", {"data": {}}, If_Match=tag)
    assert (refused.status_code, SAID in body(refused)["detail"]) == (422, True)
    assert body(refused).get("errors", {"due_on": SAID}) == {"due_on": SAID}


def test_a_time_limit_in_the_past_is_told_beside_its_field(site: Site) -> None:
    self_check.register(site.runtime.operators, Timekeeping())
    judging = service_task("judge", "hazard.record_plan", plan="plan")
    task_id = begin(site, asking_with("make_plan", "plan"), judging, "make_plan")
    person = site.browser("zeren")
    person.get(f"/tasks/{task_id}")
    assert person.complete(task_id, **PLAN).status_code == 422
    assert (error_beside(person, "due_on"), is_open(site, task_id)) == (CHINESE, True)
    assert "更换软管" in person.page


def test_a_fine_without_an_amount_is_told_beside_its_field(site: Site) -> None:
    enforcement.register(site.runtime.operators, Timekeeping())
    judging = service_task("judge", "enforcement.record_decision", case="case", decision="decision")
    asking = asking_with("penalty_decision", "decision")
    task_id = begin(site, asking, judging, "penalty_decision", case=open_case(site))
    person = site.browser("zeren")
    person.get(f"/tasks/{task_id}")
    assert person.complete(task_id, **FINE).status_code == 422
    assert (error_beside(person, "amount"), is_open(site, task_id)) == ("处以罚款的，请填写罚款金额（万元）", True)


def test_a_step_that_failed_is_told_without_its_technical_message(site: Site) -> None:
    @site.runtime.operators.register("test.fail")
    def fail(_context: OperatorContext) -> None:
        raise OperatorFailed("the sea is rough")

    task_id = begin(site, user_task("ask", users="'zeren'"), service_task("judge", "test.fail"))
    person = site.browser("zeren")
    person.get(f"/tasks/{task_id}")
    person.complete(task_id)
    page = person.get(f"/tasks/{task_id}").text
    assert ("一个步骤出错" in page, "the sea is rough" in page) == (True, False)


def test_a_page_out_of_reach_says_in_chinese_what_lies_out_of_reach(site: Site) -> None:
    task = site.task(site.register())
    refused = site.browser(site.stranger()).get(f"/tasks/{task.id}")
    assert (refused.status_code, "的属地、行业和单位范围内" in refused.text, "lies outside" in refused.text) == (
        403,
        True,
        False,
    )


def open_case(site: Site) -> int:
    """A case about a hazard, on record without its process."""
    hazard = site.register()
    with site.runtime.unit_of_work() as uow:
        case = EnforcementCase(
            hazard_id=hazard.id,
            unit_name=hazard.unit_name,
            department_id=hazard.department_id,
            reason="拒不整改",
            opened_by="jiancha1",
            opened_at=uow.now,
        )
        uow.session.add(case)
        uow.session.flush()
        return case.id
