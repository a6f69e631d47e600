"""Ladders of steps on boundaries: each branch carries the step that fired it, whatever was taken before."""

from __future__ import annotations

from engine.clock import ReplayClock
from engine.operators import OperatorContext, OperatorRegistry
from engine.runtime import Runtime
from engine.storage.database import Database
from tests.diagrams import boundary, diagram, element, end, flows, process, service_task, start, timer, user_task
from tests.features.player import Player

FIRST = "[{'at': '2022-11-09T01:00:00+00:00', 'step': 'first', 'due_at': '2022-11-10T01:00:00+00:00'}]"
SECOND = (
    "[{'at': '2022-12-01T01:00:00+00:00', 'step': 'second', 'due_at': '2022-12-03T01:00:00+00:00'}, "
    "{'at': '2022-12-02T01:00:00+00:00', 'step': 'third', 'due_at': '2022-12-03T01:00:00+00:00'}]"
)


def _stage(name: str, moments: str) -> str:
    return process(
        name,
        start(f"{name}_start"),
        user_task(f"{name}_work"),
        boundary(f"{name}_late", f"{name}_work", timer("timeCycle", moments), interrupting=False),
        service_task(f"{name}_note", "test.take", step="escalation.step"),
        end(f"{name}_end"),
        end(f"{name}_told"),
        flows(f"{name}_start", f"{name}_work", f"{name}_end"),
        flows(f"{name}_late", f"{name}_note", f"{name}_told"),
    )


TWO_STAGES = diagram(
    process(
        "p",
        start(),
        element("callActivity", "call_one", calledElement="one"),
        element("callActivity", "call_two", calledElement="two"),
        user_task("last"),
        end(),
        flows("start", "call_one", "call_two", "last", "end"),
    ),
    _stage("one", FIRST),
    _stage("two", SECOND),
)


def test_a_later_ladder_does_not_repeat_the_step_of_an_earlier_one(database: Database, clock: ReplayClock) -> None:
    operators, taken = OperatorRegistry(), list[str]()

    @operators.register("test.take")
    def take(context: OperatorContext, step: str) -> None:
        taken.append(step)

    player = Player(Runtime(database, clock, operators=operators), clock)
    player.deploy(TWO_STAGES)
    player.start()
    player.pass_time(days=2)
    player.complete("one_work")
    player.pass_time(days=40)
    assert taken == ["first", "second", "third"]
