"""Idempotency keys are kept for as long as a request may be repeated, and no longer."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import select

from engine import instances
from engine.clock import ReplayClock
from engine.definitions import deploy
from engine.errors import ConcurrentChange
from engine.runtime import Runtime
from engine.scheduler import forgetting
from engine.scheduler.forgetting import KEPT_FOR
from engine.storage.models import IdempotencyKey, Instance
from tests.diagrams import diagram, end, flows, process, start, user_task

SHAPE = diagram(process("p", start(), user_task("a"), end(), flows("start", "a", "end")))


@pytest.fixture(autouse=True)
def deployed(runtime: Runtime) -> None:
    with runtime.unit_of_work() as uow:
        deploy(uow, {"p.bpmn": SHAPE}, by="designer")


def test_keys_are_forgotten_when_they_are_old(runtime: Runtime, clock: ReplayClock) -> None:
    _start(runtime, "old")
    clock.advance(KEPT_FOR)
    _start(runtime, "young")
    clock.advance(timedelta(seconds=1))
    forgetting(runtime).run(Event())
    with runtime.reading() as uow:
        assert list(uow.session.scalars(select(IdempotencyKey.key))) == ["young"]


def test_the_same_start_many_times_at_once_starts_one_instance(runtime: Runtime) -> None:
    answers: list[int | None] = []

    def attempt() -> None:
        try:
            answers.append(_start(runtime, "k1"))
        except ConcurrentChange:
            answers.append(None)

    requests = [Thread(target=attempt) for _ in range(6)]
    for each in requests:
        each.start()
    for each in requests:
        each.join()
    assert len({answer for answer in answers if answer is not None}) == 1
    with runtime.reading() as uow:
        assert len(list(uow.session.scalars(select(Instance.id)))) == 1


def _start(runtime: Runtime, key: str) -> int:
    with runtime.unit_of_work() as uow:
        return instances.start(uow, "p", {}, business_key="H-1", by="ann", idempotency_key=key).id
