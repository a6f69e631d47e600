"""A set of files becomes effective as a whole, as one version, or not at all."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from engine import instances
from engine.definitions import Deployed, deploy
from engine.errors import ConcurrentChange, InvalidDefinition
from engine.runtime import Runtime
from engine.storage.models import Deployment, Instance, OutboxEvent, ProcessDefinition, Resource
from tests.diagrams import diagram, element, end, flows, process, start, user_task


def _set(*tasks: str, process_id: str = "p") -> dict[str, bytes]:
    drawn = process(process_id, start(), *map(user_task, tasks), end(), flows("start", *tasks, "end"))
    return {f"{process_id}.bpmn": diagram(drawn)}


ONE, TWO = _set("a"), _set("a", "b")


def test_versions_count_up_for_each_process(runtime: Runtime) -> None:
    assert [_versions(runtime, files) for files in (ONE, TWO, {**ONE, **_set("c", process_id="q")})] == [
        {"p": 1}, {"p": 2}, {"p": 3, "q": 1},
    ]  # fmt: skip


def test_the_same_content_deploys_nothing(runtime: Runtime) -> None:
    first = _deploy(runtime, ONE)
    again = _deploy(runtime, dict(reversed(ONE.items())))
    assert (first.is_new, again.is_new, again.deployment.id) == (True, False, first.deployment.id)
    assert again.processes[0].version == 1
    assert _count(runtime, Deployment) == 1


def test_the_content_of_an_older_deployment_becomes_a_new_version(runtime: Runtime) -> None:
    assert [_versions(runtime, files) for files in (ONE, TWO, ONE)] == [{"p": 1}, {"p": 2}, {"p": 3}]


def test_a_set_with_an_error_deploys_nothing_and_reports_everything(runtime: Runtime) -> None:
    _deploy(runtime, ONE)
    broken = diagram(process("q", start(), element("complexGateway", "g"), end(), flows("start", "g", "end")))
    with pytest.raises(InvalidDefinition, match=r"q\.bpmn, g: the engine does not run a complexGateway"):
        _deploy(runtime, {**TWO, "q.bpmn": broken})
    assert [_count(runtime, table) for table in (Deployment, ProcessDefinition, Resource)] == [1, 1, 1]
    assert _versions(runtime, TWO) == {"p": 2}


def test_what_was_deployed_is_kept_byte_for_byte_and_told(runtime: Runtime) -> None:
    _deploy(runtime, ONE)
    with runtime.reading() as uow:
        [resource] = uow.session.scalars(select(Resource))
        [deployment] = uow.session.scalars(select(Deployment))
        [event] = uow.session.scalars(select(OutboxEvent))
        assert (resource.name, resource.content) == ("p.bpmn", ONE["p.bpmn"])
    assert (deployment.deployed_by, deployment.comment) == ("designer", "first")
    told = {"deployment": deployment.id, "by": "designer", "versions": {"p": 1}}
    assert (event.type, event.data) == ("deployment.created", told)


def test_an_instance_goes_on_with_the_version_it_began_with(runtime: Runtime) -> None:
    _deploy(runtime, ONE)
    old = _start(runtime)
    _deploy(runtime, TWO)
    new = _start(runtime)
    with runtime.reading() as uow:
        versions = [uow.session.get_one(Instance, instance).definition.version for instance in (old, new)]
    assert versions == [1, 2]


def test_of_two_deployments_at_once_both_or_one_become_effective_but_never_the_same_version(runtime: Runtime) -> None:
    outcomes: list[Any] = []
    ready = Barrier(2)

    def attempt(files: dict[str, bytes]) -> None:
        ready.wait()
        try:
            outcomes.append(_deploy(runtime, files).processes[0].version)
        except ConcurrentChange as refused:
            outcomes.append(refused)

    both = [Thread(target=attempt, args=(files,)) for files in (ONE, TWO)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    versions = sorted(outcome for outcome in outcomes if isinstance(outcome, int))
    assert versions == list(range(1, len(versions) + 1))
    assert len(outcomes) == 2
    assert _count(runtime, ProcessDefinition) == len(versions) >= 1


def _deploy(runtime: Runtime, files: dict[str, bytes]) -> Deployed:
    with runtime.unit_of_work() as uow:
        return deploy(uow, files, by="designer", comment="first")


def _versions(runtime: Runtime, files: dict[str, bytes]) -> dict[str, int]:
    return {process.process_id: process.version for process in _deploy(runtime, files).processes}


def _start(runtime: Runtime) -> int:
    with runtime.unit_of_work() as uow:
        return instances.start(uow, "p", {}, business_key="H-1", by="ann").id


def _count(runtime: Runtime, table: type[Deployment] | type[ProcessDefinition] | type[Resource]) -> int:
    with runtime.reading() as uow:
        return uow.session.scalar(select(func.count()).select_from(table)) or 0
