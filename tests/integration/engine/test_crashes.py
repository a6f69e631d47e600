"""Nodes are killed, with SIGKILL, wherever they happen to be; nothing is lost, done twice or left half done."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine import instances, jobs, tasks
from engine.clock import ReplayClock
from engine.definitions import deploy
from engine.history import HistoryKind
from engine.jobs.claiming import LEASE
from engine.runtime import Runtime
from engine.storage.models import HistoryEvent, Job, OutboxEvent, TaskStatus, UserTask
from tests.diagrams import boundary, diagram, end, flows, process, script_task, start, timer, user_task

MOMENTS = "['2022-11-10T01:00:00+00:00', '2022-11-12T01:00:00+00:00', '2022-11-14T01:00:00+00:00']"
LADDER = diagram(
    process(
        "p",
        start(),
        user_task("a"),
        boundary("ladder", "a", timer("timeCycle", MOMENTS), interrupting=False),
        script_task("note", "noted = True"),
        user_task("b"),
        end(),
        end("end2"),
        flows("start", "a", "b", "end"),
        flows("ladder", "note", "end2"),
    )
)


@pytest.mark.parametrize("statement", [1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 17, 20])
def test_a_sweep_killed_at_any_statement_is_made_good_by_the_next_node(
    runtime: Runtime, clock: ReplayClock, database_url: str, statement: int
) -> None:
    _deploy(runtime)
    [instance] = _start(runtime, 1)
    clock.advance(timedelta(days=30))
    _run(database_url, clock, "sweep", statement)
    clock.advance(LEASE * 2)
    jobs.drain(runtime)
    assert _notes(runtime, instance) == 3
    assert _firings(runtime, instance) == ["2022-11-10", "2022-11-12", "2022-11-14"]


@pytest.mark.parametrize("statement", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
def test_a_completion_killed_at_any_statement_leaves_nothing_behind(
    runtime: Runtime, clock: ReplayClock, database_url: str, statement: int
) -> None:
    _deploy(runtime)
    [instance] = _start(runtime, 1)
    task, before = _open_task(runtime, instance), _counts(runtime)
    died = _run(database_url, clock, str(task.id), statement) != 0
    assert (_counts(runtime) == before) is died
    if died:
        with runtime.unit_of_work() as uow:
            tasks.complete(uow, task.id, tasks.Actor("ann"), {})
    assert _open_task(runtime, instance).element_id == "b"


def test_many_nodes_share_the_work_and_one_of_them_may_die(
    runtime: Runtime, clock: ReplayClock, database_url: str
) -> None:
    _deploy(runtime)
    started = _start(runtime, 30)
    clock.advance(timedelta(days=30))
    nodes = [_spawn(database_url, clock, "sweep") for _ in range(3)]
    nodes[0].stdout.readline()  # pyright: ignore[reportOptionalMemberAccess] # it was opened as a pipe
    nodes[0].kill()
    for each in nodes:
        each.communicate()
    clock.advance(LEASE * 2)
    jobs.drain(runtime)
    assert [_notes(runtime, instance) for instance in started] == [3] * 30
    with runtime.reading() as uow:
        assert uow.session.scalar(select(func.count()).select_from(Job)) == 0


def _deploy(runtime: Runtime) -> None:
    with runtime.unit_of_work() as uow:
        deploy(uow, {"ladder.bpmn": LADDER}, by="designer")


def _start(runtime: Runtime, number: int) -> list[int]:
    with runtime.unit_of_work() as uow:
        keyed = [(f"H-{n}", {}) for n in range(number)]
        return [each.id for each in instances.start_many(uow, "p", keyed, by="ann")]


def _spawn(url: str, clock: ReplayClock, *work: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.integration.engine.node", url, clock.now().isoformat(), *work]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _run(url: str, clock: ReplayClock, work: str, dies_at: int) -> int:
    node = _spawn(url, clock, work, str(dies_at))
    node.communicate()
    return node.returncode


def _open_task(runtime: Runtime, instance_id: int) -> UserTask:
    with runtime.reading() as uow:
        found = select(UserTask).where(UserTask.instance_id == instance_id, UserTask.status == TaskStatus.OPEN)
        return uow.session.scalars(found).one()


def _notes(runtime: Runtime, instance_id: int) -> int:
    with runtime.reading() as uow:
        return [step.element_id for step in instances.path_of(uow, instance_id)].count("note")


def _firings(runtime: Runtime, instance_id: int) -> list[str]:
    fired = (
        select(HistoryEvent.data)
        .where(HistoryEvent.instance_id == instance_id, HistoryEvent.kind == HistoryKind.TIMER_FIRED)
        .order_by(HistoryEvent.id)
    )
    with runtime.reading() as uow:
        return [data["due_at"][:10] for data in uow.session.scalars(fired)]


def _counts(runtime: Runtime) -> list[int | None]:
    with runtime.reading() as uow:
        return [uow.session.scalar(select(func.count()).select_from(table)) for table in (HistoryEvent, OutboxEvent)]
