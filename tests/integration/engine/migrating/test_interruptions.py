"""A migration is killed, paused, called off, or finds instances that others are changing; nothing is left half done."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from threading import Event

import pytest
from sqlalchemy import func, select, update

from engine import instances, migrating
from engine.clock import ReplayClock
from engine.errors import ConcurrentChange, WrongState
from engine.migrating import ItemState, MigrationState, running
from engine.migrating.claiming import LEASE, GivenUp
from engine.migrating.moving import Mover as OneByOne
from engine.runtime import Runtime
from engine.storage.models import HistoryEvent, Instance, InstanceStatus, UserTask
from tests.diagrams import diagram, end, flows, process, start, user_task
from tests.features.player import Player
from tests.integration.engine.migrating.mover import Mover

MANY = 12


def chain(*names: str) -> bytes:
    named = [user_task(name) for name in names]
    return diagram(process("p", start(), *named, end(), flows("start", *names, "end")))


@pytest.fixture
def ready(player: Player, mover: Mover) -> Mover:
    """A dozen instances at the first of two steps, examined for a version with three."""
    player.deploy(chain("a", "b"))
    mover.stand_on_newest()
    with player.runtime.unit_of_work() as uow:
        instances.start_many(uow, "p", [(f"H-{n}", {}) for n in range(MANY)], by="ann")
    player.deploy(chain("a", "c", "b"))
    mover.begin()
    return mover


@pytest.mark.parametrize("statement", [1, 3, 6, 9, 12, 15, 18, 25, 40, 60, 90])
def test_killed_at_any_statement_the_next_node_goes_on(
    ready: Mover, clock: ReplayClock, database_url: str, statement: int
) -> None:
    _order(ready)
    _node(database_url, clock, statement)
    _each_is_moved_or_not(ready)
    clock.advance(LEASE * 2)
    ready.work()
    migration = ready.migration()
    assert (migration.state, migration.moved, migration.failed) == (MigrationState.DONE, MANY, 0)
    assert _told(ready.runtime) == dict.fromkeys(_versions(ready.runtime), 1)


@pytest.mark.parametrize("statement", [2, 5, 8])
def test_an_examination_killed_anywhere_counts_each_instance_once(
    ready: Mover, clock: ReplayClock, database_url: str, statement: int
) -> None:
    with ready.runtime.unit_of_work() as uow:
        migrating.look_again(uow, migrating.migration_of(uow.session, ready.migration_id), by="yunwei")
    _node(database_url, clock, statement)
    clock.advance(LEASE * 2)
    ready.work()
    assert (ready.migration().state, ready.migration().examined) == (MigrationState.EXAMINED, MANY)
    assert len(ready.items()) == MANY


def test_paused_it_stands_still_and_goes_on_when_told(ready: Mover, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 4)
    monkeypatch.setattr(running.Run, "say_how_far", _then(ready, migrating.pause))
    _order(ready)
    ready.work()
    assert (ready.migration().state, _states(ready)) == (MigrationState.PAUSED, {"moved": 4, "pending": MANY - 4})
    monkeypatch.undo()
    ready.run()
    assert ready.migration().moved == MANY


def test_called_off_it_leaves_the_rest_and_can_be_undone(ready: Mover, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 4)
    monkeypatch.setattr(running.Run, "say_how_far", _then(ready, migrating.cancel))
    _order(ready)
    ready.work()
    assert (ready.migration().state, _states(ready)["moved"]) == (MigrationState.CANCELLED, 4)
    monkeypatch.undo()
    with pytest.raises(WrongState):
        ready.run()
    assert ready.undo().undone == 4


def test_an_instance_that_is_being_changed_is_tried_again_later(ready: Mover, monkeypatch: pytest.MonkeyPatch) -> None:
    refused: Counter[int] = Counter()
    move = OneByOne.move

    def busy(self: OneByOne, uow: object, instance_id: int, *rest: object, **more: object) -> object:
        refused[instance_id] += 1
        if instance_id % 3 == 0 and refused[instance_id] < 3:
            raise ConcurrentChange("busy")
        return move(self, uow, instance_id, *rest, **more)  # pyright: ignore[reportArgumentType] # handed through

    monkeypatch.setattr(OneByOne, "move", busy)
    ready.run()
    assert (ready.migration().moved, max(refused.values())) == (MANY, 3)


def test_one_that_fails_is_on_record_and_the_others_are_moved(ready: Mover, runtime: Runtime) -> None:
    broken = min(_versions(runtime))
    with runtime.unit_of_work() as uow:
        intact = uow.session.get_one(Instance, broken).state
        uow.session.execute(update(Instance).where(Instance.id == broken).values(state=b"broken"))
    ready.run()
    assert (ready.migration().moved, ready.migration().failed) == (MANY - 1, 1)
    [item] = [item for item in ready.items() if item.state is ItemState.FAILED]
    assert (item.instance_id, item.obstacles[0]["kind"]) == (broken, "failed")
    with runtime.unit_of_work() as uow:
        uow.session.execute(update(Instance).where(Instance.id == broken).values(state=intact))
    ready.run()
    assert (ready.migration().moved, ready.migration().failed) == (MANY, 0)


def test_one_that_has_gone_on_is_moved_from_where_it_stands(ready: Mover, player: Player) -> None:
    player.instance_id = min(_versions(ready.runtime))
    player.complete("a")
    ready.run()
    assert player.waits_at() == ["b"]
    player.complete("b")
    assert player.status is InstanceStatus.COMPLETED


def test_a_second_migration_of_the_same_instances_is_refused(ready: Mover) -> None:
    with pytest.raises(WrongState):
        ready.begin()


def test_a_stopped_node_hands_the_work_on_at_once(ready: Mover) -> None:
    _order(ready)
    stopping = Event()
    stopping.set()
    assert migrating.work_on_next(ready.runtime, stopping)
    ready.work()
    assert ready.migration().moved == MANY


def _order(mover: Mover) -> None:
    with mover.runtime.unit_of_work() as uow:
        migrating.run(uow, migrating.migration_of(uow.session, mover.migration_id), by="yunwei")


def _then(mover: Mover, decide: object) -> object:
    def decided(_run: object) -> None:
        with mover.runtime.unit_of_work() as uow:
            decide(uow, migrating.migration_of(uow.session, mover.migration_id), by="yunwei")  # pyright: ignore[reportCallIssue] # one of three alike
        raise GivenUp

    return decided


def _node(url: str, clock: ReplayClock, dies_at: int) -> None:
    module = "tests.integration.engine.migrating.node"
    subprocess.run([sys.executable, "-m", module, url, clock.now().isoformat(), str(dies_at)], check=False)


def _each_is_moved_or_not(mover: Mover) -> None:
    """The item, the instance's version of its process and the name in the inbox agree everywhere."""
    versions = _versions(mover.runtime)
    for item in mover.items():
        assert (item.state is ItemState.MOVED) == (versions[item.instance_id] != mover.source)


def _versions(runtime: Runtime) -> dict[int, int]:
    with runtime.reading() as uow:
        return dict(uow.session.execute(select(Instance.id, Instance.definition_id)).all())


def _told(runtime: Runtime) -> dict[int, int]:
    wanted = select(HistoryEvent.instance_id, func.count()).where(HistoryEvent.kind == "instance_migrated")
    with runtime.reading() as uow:
        return dict(uow.session.execute(wanted.group_by(HistoryEvent.instance_id)).all())


def _states(mover: Mover) -> dict[str, int]:
    return dict(Counter(item.state.value for item in mover.items()))


def test_every_open_task_is_still_in_the_inbox(ready: Mover) -> None:
    ready.run()
    with ready.runtime.reading() as uow:
        assert uow.session.scalar(select(func.count()).select_from(UserTask).where(UserTask.status == "open")) == MANY
