"""Looks at every instance that a migration is about, batch by batch, and groups those that stand alike.

An instance's position is read from its row alone; nothing is brought to life. Each batch is one transaction that also
says where the next one begins, so a million instances are looked at in bounded steps, and a kill costs one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from threading import Event
from typing import Any, Final

from sqlalchemy import Row, delete, func, select, update

from engine.instances.state import unpack
from engine.migrating.claiming import change_state, hold, refuse_if
from engine.migrating.models import Migration, MigrationGroup, MigrationItem
from engine.migrating.planning import Plan, plan_of
from engine.migrating.positions import Position, position_of
from engine.migrating.states import ItemState, MigrationState
from engine.runtime import Runtime, UnitOfWork
from engine.storage.bulk import insert_rows, reserve_ids
from engine.storage.models import Instance, InstanceStatus

BATCH: Final = 1_000
OPEN: Final = (InstanceStatus.RUNNING, InstanceStatus.SUSPENDED)


def examine(runtime: Runtime, migration: Migration, stopping: Event) -> None:
    """Go on with an examination to its end. Raises GivenUp when it is to leave off."""
    groups: dict[str, int] = {}
    last_seen, examined = migration.last_seen, migration.examined
    with runtime.reading() as uow:
        plan = plan_of(uow.session, migration)
        known = select(MigrationGroup.digest, MigrationGroup.id).where(MigrationGroup.migration_id == migration.id)
        groups.update(uow.session.execute(known).all())
    while True:
        refuse_if(stopping)
        with runtime.unit_of_work() as uow:
            rows = _instances(uow, migration, last_seen)
            if not rows:
                done = uow.session.get_one(Migration, migration.id, with_for_update=True, populate_existing=True)
                if done.state is MigrationState.EXAMINING:
                    done.total = examined
                    change_state(uow, done, MigrationState.EXAMINED)
                return
            _group(uow, migration, plan, rows, groups)
            last_seen, examined = rows[-1].id, examined + len(rows)
            hold(uow, migration, last_seen=last_seen, examined=examined)


def forget_findings(uow: UnitOfWork, migration: Migration) -> None:
    """Drop what an examination found, before it is made anew; nothing of it was acted on."""
    uow.session.execute(delete(MigrationItem).where(MigrationItem.migration_id == migration.id))
    uow.session.execute(delete(MigrationGroup).where(MigrationGroup.migration_id == migration.id))
    migration.last_seen = migration.examined = 0
    migration.total = count_open(uow, migration.from_id)


def count_open(uow: UnitOfWork, definition_id: int) -> int:
    """How many instances of a definition have not ended."""
    wanted = select(func.count()).where(Instance.definition_id == definition_id, Instance.status.in_(OPEN))
    return uow.session.scalar(wanted) or 0


def _instances(uow: UnitOfWork, migration: Migration, after: int) -> Sequence[Row[*tuple[Any, ...]]]:
    wanted = (
        select(Instance.id, Instance.process_id, Instance.state, Instance.status)
        .where(Instance.definition_id == migration.from_id, Instance.status.in_(OPEN), Instance.id > after)
        .order_by(Instance.id)
        .limit(BATCH)
    )
    return uow.session.execute(wanted).all()


def _group(
    uow: UnitOfWork, migration: Migration, plan: Plan, rows: Sequence[Row[*tuple[Any, ...]]], groups: dict[str, int]
) -> None:
    digests: dict[Position, str] = {}
    found: list[tuple[int, str]] = []
    for row in rows:
        suspended = row.status is InstanceStatus.SUSPENDED
        position = position_of(unpack(row.state), row.process_id, plan.old, is_suspended=suspended)
        digest = digests.get(position) or digests.setdefault(position, position.digest())
        found.append((row.id, digest))
    _add_groups(uow, migration, {digest: position for position, digest in digests.items()}, groups)
    for digest, count in Counter(digest for _, digest in found).items():
        counted = update(MigrationGroup).where(MigrationGroup.id == groups[digest])
        uow.session.execute(counted.values(count=MigrationGroup.count + count))
    insert_rows(uow.session, MigrationItem, [_item(migration, number, groups[digest]) for number, digest in found])


def _add_groups(uow: UnitOfWork, migration: Migration, positions: dict[str, Position], groups: dict[str, int]) -> None:
    fresh = [digest for digest in positions if digest not in groups]
    for digest, number in zip(fresh, reserve_ids(uow.session, MigrationGroup, len(fresh)), strict=True):
        groups[digest] = number
        position = positions[digest].as_data()
        uow.session.add(MigrationGroup(id=number, migration_id=migration.id, digest=digest, position=position, count=0))
    uow.session.flush()


def _item(migration: Migration, instance_id: int, group_id: int) -> dict[str, Any]:
    return {
        "migration_id": migration.id,
        "instance_id": instance_id,
        "group_id": group_id,
        "state": ItemState.PENDING,
        "attempts": 0,
        "obstacles": [],
    }
