"""Instances that are started together stand exactly where they would stand had each been started alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from engine import instances
from engine.storage.models import HistoryEvent, Job, Subscription, TaskCandidate, UserTask
from tests.diagrams import (
    boundary,
    definition,
    diagram,
    element,
    end,
    flow,
    flows,
    process,
    start,
    timer,
    user_task,
)
from tests.features.player import Player

GATEWAY = diagram(
    '<bpmn:message id="m" name="found"/>',
    process(
        "p",
        start(),
        element("exclusiveGateway", "which", default="which_to_a"),
        user_task("a", users="owner", due="limit"),
        boundary("late", "a", timer("timeDate", "due_at"), interrupting=False),
        boundary("told", "a", definition("message", messageRef="m"), interrupting=False),
        user_task("b"),
        end(),
        end("end2"),
        end("end3"),
        flows("start", "which"),
        flow("which", "a"),
        flow("which", "b", "kind == 'major'"),
        flows("a", "end"),
        flows("b", "end"),
        flows("late", "end2"),
        flows("told", "end3"),
    ),
)
LIMITS = ("2022-11-20T10:00:00+00:00", "2022-11-25T10:00:00+00:00", "2022-12-01T10:00:00+00:00")
DATA = [
    {"kind": kind, "owner": owner, "limit": limit}
    for kind in ("general", "major")
    for owner in ("ann", "bob")
    for limit in LIMITS
]


def test_started_together_they_wait_as_if_started_alone(player: Player) -> None:
    player.deploy(GATEWAY)
    alone = [_start(player, [data])[0] for data in DATA]
    together = _start(player, DATA)
    assert [_waits(player, one) for one in together] == [_waits(player, one) for one in alone]


def test_started_together_each_keeps_data_and_tokens_of_its_own(player: Player) -> None:
    player.deploy(GATEWAY)
    started = _start(player, DATA)
    with player.runtime.reading() as uow:
        assert [instances.read_data(uow, one) for one in started] == DATA
        tokens = list(uow.session.scalars(select(UserTask.token)))
    assert len(set(tokens)) == len(DATA)


def test_started_together_each_goes_on_by_itself(player: Player) -> None:
    player.deploy(GATEWAY)
    first, second, *_ = _start(player, DATA)
    player.instance_id = second
    player.complete("a")
    assert player.waits_at() == []
    player.instance_id = first
    assert player.waits_at() == ["a"]
    player.pass_time(days=13)
    assert player.passed().count("late") == 1


def _start(player: Player, items: Sequence[dict[str, Any]]) -> list[int]:
    with player.runtime.unit_of_work() as uow:
        keyed = [(f"H-{number}", data) for number, data in enumerate(items)]
        return [each.id for each in instances.start_many(uow, "p", keyed, by="ann")]


def _waits(player: Player, instance_id: int) -> list[list[Any]]:
    """Everything that is on record of an instance but its numbers."""
    task = UserTask.instance_id == instance_id
    asked = (
        select(UserTask.element_id, UserTask.due_at, UserTask.excluded, TaskCandidate.identity, TaskCandidate.due_at)
        .join(TaskCandidate, TaskCandidate.task_id == UserTask.id)
        .where(task),
        select(Job.element_id, Job.due_at).where(Job.instance_id == instance_id),
        select(Subscription.name, Subscription.element_id).where(Subscription.instance_id == instance_id),
        select(HistoryEvent.kind, HistoryEvent.element_id, HistoryEvent.process_id).where(
            HistoryEvent.instance_id == instance_id
        ),
    )
    with player.runtime.reading() as uow:
        return [sorted(map(repr, uow.session.execute(each))) for each in asked]
