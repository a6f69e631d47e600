"""A rule of the domain that refuses a submission is told on the task's page, and nothing is saved."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engine import instances
from engine.definitions import deploy
from engine.operators import OperatorContext
from engine.storage.models import TaskStatus, UserTask
from tests.diagrams import diagram, end, flows, process, service_task, start, user_task
from tests.integration.web.site import Site, body
from workflows.errors import InvalidRecord, Refused

ASKS = diagram(
    process(
        "asks",
        start(),
        user_task("ask", users="'zeren'"),
        service_task("judge", "test.judge"),
        end(),
        flows("start", "ask", "judge", "end"),
    )
)


@pytest.fixture(params=[InvalidRecord({"due_on": "the limit has passed"}), Refused("the limit has passed")])
def task_id(request: pytest.FixtureRequest, site: Site) -> int:
    """A task after which an operator refuses what was submitted."""

    @site.runtime.operators.register("test.judge")
    def judge(_context: OperatorContext) -> None:
        raise request.param

    number = site.register().number
    with site.runtime.unit_of_work() as uow:
        deploy(uow, {"asks.bpmn": ASKS}, by="designer")
        instance = instances.start(uow, "asks", {}, business_key=number, by="zeren")
        return uow.session.scalars(select(UserTask.id).where(UserTask.instance_id == instance.id)).one()


def test_the_page_tells_the_rule_and_the_task_stays_open(site: Site, task_id: int) -> None:
    person = site.browser("zeren")
    person.get(f"/tasks/{task_id}")
    refused = person.complete(task_id)
    assert (refused.status_code, "the limit has passed" in refused.text) == (422, True)
    with site.runtime.reading() as uow:
        assert uow.session.get_one(UserTask, task_id).status is TaskStatus.OPEN


def test_the_api_tells_the_rule_as_a_problem(site: Site, task_id: int) -> None:
    program = site.program("zeren")
    tag = program.get(f"/tasks/{task_id}").headers["ETag"]
    refused = program.post(f"/tasks/{task_id}/complete", {"data": {}}, If_Match=tag)
    assert (refused.status_code, "the limit has passed" in body(refused)["detail"]) == (422, True)
