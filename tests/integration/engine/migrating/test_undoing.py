"""A move can be undone until the instance's next step; what it was is kept for that, and forgotten in time."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import func, select

from engine import migrating, tasks
from engine.errors import WrongState
from engine.migrating import Deadlines, ItemState, MigrationState
from engine.migrating.models import KeptState
from engine.storage.models import HistoryEvent, Instance, InstanceStatus, Job, TaskCandidate
from tests.diagrams import boundary, diagram, end, flows, process, script_task, start, timer, user_task
from tests.features.player import Player
from tests.integration.engine.migrating.mover import Mover


def late(due: str, *, users: str = "'ann'", name: str = "a", extra: bool = False) -> bytes:
    boundaries = [boundary("late", "a", timer("timeDate", "due_at"), interrupting=False)]
    notes = [script_task("note", "noted = True"), end("end2"), flows("late", "note", "end2")]
    if extra:
        boundaries.append(boundary("more", "a", timer("timeDuration", "'P2D'"), interrupting=False))
        notes += [end("end3"), flows("more", "end3")]
    task = user_task("a", due=due, users=users).replace('name="a"', f'name="{name}"')
    return diagram(process("p", start(), task, *boundaries, *notes, end(), flows("start", "a", "end")))


OLD = late("'2022-11-20T00:00:00+00:00'")
NEW = late("'2022-11-15T00:00:00+00:00'", users="'bob'", name="a, anew", extra=True)


@pytest.fixture
def moved(player: Player, mover: Mover) -> Player:
    player.deploy(OLD)
    mover.stand_on_newest()
    player.start()
    player.deploy(NEW)
    mover.begin()
    return player


def test_undone_an_instance_is_what_it_was(moved: Player, mover: Mover) -> None:
    before = _all(moved)
    mover.run(Deadlines.RECKON)
    assert moved.task("a").name == "a, anew"
    assert _all(moved) != before
    migration = mover.undo()
    assert (migration.state, migration.undone, migration.moved) == (MigrationState.UNDONE, 1, 0)
    assert _all(moved) == before
    assert moved.pass_time(days=30) == 1
    moved.complete("a")
    assert moved.status is InstanceStatus.COMPLETED


def test_who_took_the_task_since_holds_it_after_undo_too(moved: Player, mover: Mover) -> None:
    mover.run()
    with moved.runtime.unit_of_work() as uow:
        tasks.claim(uow, moved.task("a").id, tasks.Actor("bob"))
    mover.undo()
    assert (moved.task("a").assignee, moved.task("a").name) == ("bob", "a")


def test_an_instance_that_took_a_step_stays_moved(moved: Player, mover: Mover) -> None:
    mover.run()
    moved.pass_time(days=3)
    migration = mover.undo()
    assert (migration.undone, migration.moved) == (0, 1)
    with pytest.raises(WrongState):
        mover.undo_one(moved.instance_id)
    assert moved.task("a").name == "a, anew"


def test_one_instance_is_undone_and_can_be_moved_again(moved: Player, mover: Mover) -> None:
    mover.run()
    mover.undo_one(moved.instance_id)
    assert [item.state for item in mover.items()] == [ItemState.UNDONE]
    mover.run()
    assert (moved.task("a").name, [item.state for item in mover.items()]) == ("a, anew", [ItemState.MOVED])


def test_history_says_both(moved: Player, mover: Mover) -> None:
    mover.run()
    mover.undo()
    with moved.runtime.reading() as uow:
        wanted = select(HistoryEvent.kind).where(HistoryEvent.kind.like("instance_migrat%")).order_by(HistoryEvent.id)
        assert list(uow.session.scalars(wanted)) == ["instance_migrated", "instance_migration_undone"]


def test_what_was_kept_for_undo_is_forgotten_in_time(moved: Player, mover: Mover) -> None:
    mover.run()
    forgetting = migrating.forgetting_kept_states(moved.runtime)
    forgetting.run(Event())
    assert _kept(moved) == 1
    moved.clock.advance(timedelta(days=31))
    forgetting.run(Event())
    assert _kept(moved) == 0
    assert mover.undo().undone == 0


def _kept(player: Player) -> int:
    with player.runtime.reading() as uow:
        return uow.session.scalar(select(func.count()).select_from(KeptState)) or 0


def _all(player: Player) -> list[object]:
    with player.runtime.reading() as uow:
        instance = uow.session.get_one(Instance, player.instance_id)
        jobs = uow.session.execute(select(Job.token, Job.element_id, Job.due_at).order_by(Job.element_id)).all()
        offered = uow.session.execute(select(TaskCandidate.task_id, TaskCandidate.identity, TaskCandidate.due_at)).all()
    rows = [(row.id, row.name, row.due_at, row.element_id, row.excluded, row.priority) for row in player.open_tasks()]
    return [instance.definition_id, instance.content_hash, instance.state, jobs, offered, rows]
