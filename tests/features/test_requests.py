"""Every operation there is: the same request twice acts once, and a request made on an old view is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from engine import instances, tasks
from engine.errors import ConcurrentChange, IdempotencyConflict
from engine.runtime import UnitOfWork
from engine.storage.models import HistoryEvent, Instance, OutboxEvent, UserTask
from engine.tasks import Actor
from tests.diagrams import diagram, element, end, flow, flows, process, service_task, start, user_task
from tests.features.player import Player

ANN = Actor("ann", is_administrator=True)
SHAPE = diagram(
    process(
        "p",
        start(),
        element("parallelGateway", "both"),
        user_task("a", due="'2022-12-01T10:00:00+08:00'"),
        service_task("sail", "test.sail"),
        user_task("b"),
        end(),
        end("end2"),
        flows("start", "both", "a", "end"),
        flow("both", "sail"),
        flows("sail", "b", "end2"),
    )
)


@dataclass(frozen=True)
class Place:
    """An instance that stands at the task `a` and at the incident of a failed service task."""

    instance: int
    task: int
    token: UUID
    incident: int
    later: datetime


Request = dict[str, Any]
Operation = Callable[[UnitOfWork, Place, Request], object]


def cancel(uow: UnitOfWork, at: Place, request: Request) -> object:
    return instances.cancel(uow, at.instance, reason="registered twice", by="root", **request)


def suspend(uow: UnitOfWork, at: Place, request: Request) -> object:
    return instances.suspend(uow, at.instance, reason="court order", by="root", **request)


def resume(uow: UnitOfWork, at: Place, request: Request) -> object:
    return instances.resume(uow, at.instance, by="root", **request)


def retry(uow: UnitOfWork, at: Place, request: Request) -> object:
    return instances.retry(uow, at.incident, by="root", **request)


def move_token(uow: UnitOfWork, at: Place, request: Request) -> object:
    return instances.move_token(
        uow, at.instance, token=at.token, to_element="b", reason="a mistake", by="root", **request
    )


def claim(uow: UnitOfWork, at: Place, request: Request) -> object:
    return tasks.claim(uow, at.task, ANN, **request)


def unclaim(uow: UnitOfWork, at: Place, request: Request) -> object:
    return tasks.unclaim(uow, at.task, ANN, **request)


def delegate(uow: UnitOfWork, at: Place, request: Request) -> object:
    return tasks.delegate(uow, at.task, ANN, "bob", **request)


def reassign(uow: UnitOfWork, at: Place, request: Request) -> object:
    return tasks.reassign(uow, at.task, ANN, "bob", reason="ill", **request)


def reschedule(uow: UnitOfWork, at: Place, request: Request) -> object:
    return tasks.reschedule(uow, at.task, at.later, reason="extension granted", by="root", **request)


def complete(uow: UnitOfWork, at: Place, request: Request) -> object:
    return tasks.complete(uow, at.task, ANN, {}, **request)


OF_INSTANCES: list[Operation] = [cancel, suspend, resume, retry, move_token]
OF_TASKS: list[Operation] = [claim, unclaim, delegate, reassign, reschedule, complete]
FIRST: dict[Operation, Operation] = {resume: suspend, unclaim: claim}
"""What must be done before an operation is possible."""


@pytest.fixture
def place(player: Player) -> Place:
    player.deploy(SHAPE)
    player.start()
    task, [incident] = player.task("a"), player.incidents()
    return Place(player.instance_id, task.id, task.token, incident.id, player.clock.now() + timedelta(days=40))


@pytest.mark.parametrize("operation", OF_INSTANCES + OF_TASKS)
def test_the_same_request_twice_acts_once(player: Player, place: Place, operation: Operation) -> None:
    _prepare(player, place, operation)
    _do(player, place, operation, idempotency_key="k1")
    after = _written(player)
    _do(player, place, operation, idempotency_key="k1")
    assert _written(player) == after
    with pytest.raises(IdempotencyConflict):
        _do(player, place, cancel if operation is not cancel else suspend, idempotency_key="k1")


@pytest.mark.parametrize("operation", OF_INSTANCES)
def test_a_request_on_an_old_view_of_an_instance_is_refused(player: Player, place: Place, operation: Operation) -> None:
    seen = _version(player, Instance, place.instance)
    _do(player, place, retry)
    _prepare(player, place, operation)
    before = _written(player)
    with pytest.raises(ConcurrentChange):
        _do(player, place, operation, expected_version=seen)
    assert _written(player) == before
    _do(player, place, operation, expected_version=_version(player, Instance, place.instance))


@pytest.mark.parametrize("operation", OF_TASKS)
def test_a_request_on_an_old_view_of_a_task_is_refused(player: Player, place: Place, operation: Operation) -> None:
    seen = _version(player, UserTask, place.task)
    _do(player, place, claim)
    with pytest.raises(ConcurrentChange):
        _do(player, place, operation, expected_version=seen)
    _do(player, place, operation, expected_version=_version(player, UserTask, place.task))


def test_a_refused_request_may_be_repeated_with_its_key(player: Player, place: Place) -> None:
    with pytest.raises(ConcurrentChange):
        _do(player, place, suspend, idempotency_key="k1", expected_version=99)
    _do(player, place, suspend, idempotency_key="k1")


def _prepare(player: Player, place: Place, operation: Operation) -> None:
    if operation in FIRST:
        _do(player, place, FIRST[operation])


def _do(player: Player, place: Place, operation: Operation, **request: Any) -> None:
    with player.runtime.unit_of_work() as uow:
        operation(uow, place, request)


def _version(player: Player, table: type[Instance] | type[UserTask], identity: int) -> int:
    with player.runtime.reading() as uow:
        return uow.session.get_one(table, identity).version


def _written(player: Player) -> list[int | None]:
    with player.runtime.reading() as uow:
        versions = [uow.session.scalar(select(table.version)) for table in (Instance, UserTask)]
        return versions + [
            uow.session.scalar(select(func.count()).select_from(table)) for table in (HistoryEvent, OutboxEvent)
        ]
