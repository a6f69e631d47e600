"""What is measured: starting, completing, firing timers, idle sweeps, the inbox."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import sleep
from typing import Any

from bench.filling import open_tasks, open_timers
from bench.peer import Peer
from bench.subject import Subject
from bench.timing import alone, in_turn
from engine import jobs, tasks
from engine.storage.database import Database

DIAGRAM = Path(__file__).with_name("lookback_shape.bpmn")
PROCESS = "lookback_shape"
BATCH = 500
ROUNDS = 100
RETURNS = 100


@dataclass(frozen=True)
class Row:
    """One line of the result: what, ours and the peer's milliseconds, what is aimed at, and whether it was reached."""

    what: str
    ours: float
    peer: float | None
    ratio: float | None
    aim: str
    reached: bool


def measure(database: Database) -> Iterator[Row]:
    """Every measure on one database, one after another."""
    subject, peer = Subject(database, DIAGRAM, PROCESS), Peer(database.engine, DIAGRAM, PROCESS)
    yield _starting(subject, peer)
    yield _completing(subject, peer)
    yield _firing(subject, peer)
    yield _after_returns(subject)
    yield _idle_sweep(subject)
    yield _inbox(subject)


def _starting(subject: Subject, peer: Peer) -> Row:
    ours = [partial(subject.start, [_hazard("P90D")] * BATCH) for _ in range(5)]
    theirs = [partial(_start_each, peer, BATCH) for _ in range(5)]
    result = in_turn(ours, theirs, each=BATCH)
    return Row(
        "start to first task, in bulk", result.ours, result.peer, result.ratio, "≥ 3 × faster", result.ratio >= 3
    )


def _completing(subject: Subject, peer: Peer) -> Row:
    ours = [subject.open_task(number) for number in subject.start([_hazard("P90D")] * ROUNDS)]
    theirs = [peer.start(_hazard("P90D")) for _ in range(ROUNDS)]
    result = in_turn(
        [partial(subject.complete, task, {"decision": "confirm"}) for task in ours],
        [partial(peer.complete, number, {"decision": "confirm"}) for number in theirs],
    )
    return Row("complete a user task, durably", result.ours, result.peer, result.ratio, "≥ 1 ×", result.ratio >= 1)


def _firing(subject: Subject, peer: Peer) -> Row:
    subject.start([_hazard("PT2S")] * ROUNDS)
    theirs = [peer.start(_hazard("PT2S")) for _ in range(ROUNDS)]
    sleep(2.1)
    subject.clock.advance(timedelta(seconds=3))
    ours = [partial(jobs.sweep, subject.runtime, limit=10) for _ in range(ROUNDS // 10)]
    result = in_turn(ours, [partial(_fire_each, peer, theirs[n::10]) for n in range(10)], each=ROUNDS // 10)
    return Row("fire a due timer", result.ours, result.peer, result.ratio, "≥ 1 ×", result.ratio >= 1)


def _after_returns(subject: Subject) -> Row:
    fresh = subject.start([_hazard("P90D")] * 30)
    old = subject.start([_hazard("P90D")] * 30)
    for number in old:
        for _ in range(RETURNS):
            subject.complete(subject.open_task(number), {"decision": "return"})
    result = in_turn(
        [partial(subject.complete, subject.open_task(number), {"decision": "return"}) for number in old],
        [partial(subject.complete, subject.open_task(number), {"decision": "return"}) for number in fresh],
    )
    growth = 1 / result.ratio
    return Row(
        f"complete after {RETURNS} returns (beside a fresh one)",
        result.ours,
        result.peer,
        growth,
        "≤ 1.3 ×",
        growth <= 1.3,
    )


def _idle_sweep(subject: Subject) -> Row:
    open_timers(subject.runtime.database, 100_000)
    took = alone([partial(jobs.sweep, subject.runtime) for _ in range(20)])
    return Row("idle sweep, 100,000 open timers", took, None, None, "< 5 ms", took < 5)


def _inbox(subject: Subject) -> Row:
    groups = open_tasks(subject.runtime.database, 1_000_000)
    actors = [tasks.Actor(f"person{n}", frozenset(groups[n * 3 : n * 3 + 3])) for n in range(20)]
    took = alone([partial(_first_page, subject, actor) for actor in actors])
    return Row("inbox page, 1,000,000 open tasks", took, None, None, "< 20 ms", took < 20)


def _first_page(subject: Subject, actor: tasks.Actor) -> None:
    with subject.runtime.reading() as uow:
        assert len(tasks.inbox(uow.session, actor, limit=50).tasks) == 50


def _start_each(peer: Peer, count: int) -> None:
    for _ in range(count):
        peer.start(_hazard("P90D"))


def _fire_each(peer: Peer, numbers: list[int]) -> None:
    for number in numbers:
        peer.fire(number)


def _hazard(limit: str) -> dict[str, Any]:
    return {
        "limit": limit,
        "decision": "confirm",
        "hazard": {
            "id": 1,
            "number": "豫回2022-410102-000123",
            "title": "疏散通道堆放杂物",
            "unit": 7,
            "severity": "general",
        },
    }
