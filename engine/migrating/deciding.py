"""What a person decides about a migration: begin, map, run, pause, cancel, run again, undo; each is one transaction."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from engine.errors import ConcurrentChange, EngineError, NotFound, WrongState
from engine.events import publish
from engine.migrating.claiming import change_state
from engine.migrating.examining import count_open, forget_findings
from engine.migrating.kinds import fits
from engine.migrating.models import Migration, MigrationItem
from engine.migrating.planning import Plan, plan_of
from engine.migrating.running import take_up_failed, undo_item
from engine.migrating.states import UNDER_WAY, Deadlines, MigrationState
from engine.runtime import UnitOfWork
from engine.storage.models import ProcessDefinition

Choice = Mapping[str, Mapping[str, str | None]]


class WrongMapping(EngineError):
    """An element was mapped to one that cannot take its tokens over; choose one of the same kind in the same process.

    `process` and `element` name the old element, `target` the new one.
    """

    def __init__(self, process: str, element: str, target: str, why: str) -> None:
        super().__init__(f"{element} of {process} cannot become {target}: {why}")
        self.process, self.element, self.target, self.why = process, element, target, why


def begin(
    uow: UnitOfWork, *, from_id: int, to_id: int, by: str, mapping: Choice | None = None, reason: str = ""
) -> Migration:
    """A migration from one definition of a process to another of the same id; its examination begins at once.

    Raises NotFound, WrongState when the two are the same, or another migration of the instances is under way, and
    WrongMapping.
    """
    source, target = (_definition(uow, each) for each in (from_id, to_id))
    if source.process_id != target.process_id or source.id == target.id:
        raise WrongState("process definition", to_id, expected=f"another version of {source.process_id}", actual="not")
    _refuse_second(uow, source)
    migration = Migration(
        process_id=source.process_id,
        from_id=from_id,
        to_id=to_id,
        state=MigrationState.EXAMINING,
        begun_by=by,
        begun_at=uow.now,
        acted_by=by,
        reason=reason[:500],
        mapping={},
        deadlines=Deadlines.KEEP,
        total=count_open(uow, from_id),
    )
    uow.session.add(migration)
    uow.session.flush()
    if mapping:
        migration.mapping = _checked(plan_of(uow.session, migration), mapping)
    _publish(uow, migration, "migration.begun", by)
    return migration


def choose(uow: UnitOfWork, migration: Migration, mapping: Choice, *, expected_version: int | None = None) -> None:
    """Say by hand what elements become; what is left out goes by the proposal again.

    Raises WrongMapping, and WrongState once instances are being moved.
    """
    _expect(migration, expected_version)
    if migration.state not in {MigrationState.EXAMINED, MigrationState.PAUSED, MigrationState.DONE}:
        raise WrongState("migration", migration.id, expected="examined, paused or done", actual=migration.state.value)
    migration.mapping = _checked(plan_of(uow.session, migration), mapping)


def look_again(uow: UnitOfWork, migration: Migration, *, by: str) -> None:
    """Examine the instances anew. Raises WrongState once any was moved."""
    change_state(uow, migration, MigrationState.EXAMINING)
    forget_findings(uow, migration)
    migration.acted_by = by


def run(
    uow: UnitOfWork,
    migration: Migration,
    *,
    by: str,
    deadlines: Deadlines | None = None,
    reason: str = "",
    expected_version: int | None = None,
) -> None:
    """Move what can be moved; what failed before is tried again. Raises WrongState, ConcurrentChange."""
    _expect(migration, expected_version)
    change_state(uow, migration, MigrationState.RUNNING)
    take_up_failed(uow, migration)
    migration.acted_by = by
    migration.deadlines = deadlines or migration.deadlines
    migration.reason = reason[:500] or migration.reason
    _publish(uow, migration, "migration.started", by)


def pause(uow: UnitOfWork, migration: Migration, *, by: str) -> None:
    """Halt a migration after the instance that is being moved. Raises WrongState."""
    _decide(uow, migration, MigrationState.PAUSED, "migration.paused", by)


def cancel(uow: UnitOfWork, migration: Migration, *, by: str) -> None:
    """Give a migration up; what was moved stays moved until it is undone. Raises WrongState."""
    _decide(uow, migration, MigrationState.CANCELLED, "migration.cancelled", by)


def undo(uow: UnitOfWork, migration: Migration, *, by: str) -> None:
    """Move back whatever has taken no step since. Raises WrongState."""
    _decide(uow, migration, MigrationState.UNDOING, "migration.undoing", by)


def undo_one(uow: UnitOfWork, migration: Migration, instance_id: int, *, by: str) -> None:
    """Move one instance back. Raises NotFound, WrongState when it has gone on since."""
    if migration.state in UNDER_WAY:
        raise WrongState("migration", migration.id, expected="at rest", actual=migration.state.value)
    wanted = select(MigrationItem).where(
        MigrationItem.migration_id == migration.id, MigrationItem.instance_id == instance_id
    )
    item = uow.session.scalars(wanted).one_or_none()
    if item is None:
        raise NotFound("instance of this migration", instance_id)
    undo_item(uow, item, by=by)
    migration.moved -= 1
    migration.undone += 1


def _decide(uow: UnitOfWork, migration: Migration, to: MigrationState, event: str, by: str) -> None:
    change_state(uow, migration, to)
    migration.acted_by = by
    _publish(uow, migration, event, by)


def _expect(migration: Migration, version: int | None) -> None:
    if version is not None and migration.version != version:
        raise ConcurrentChange(f"migration {migration.id} was changed by someone else meanwhile; read it again")


def _checked(plan: Plan, mapping: Choice) -> dict[str, dict[str, str | None]]:
    """A mapping that names only what is there, and only what fits; empty parts are left out."""
    pairings = {pairing.old.name: pairing for pairing in plan.pairings()}
    for process, chosen in mapping.items():
        if process not in pairings:
            raise NotFound("process of the old version with a counterpart", process)
        pairing = pairings[process]
        for element, target in chosen.items():
            if element not in pairing.elements:
                raise NotFound(f"element of {process}", element)
            if target is not None and target not in pairing.new.task_specs:
                raise WrongMapping(process, element, target, f"{pairing.new.name} has no such element")
            if target is not None and not fits(pairing.old.task_specs[element], pairing.new.task_specs[target]):
                raise WrongMapping(process, element, target, "it is of another kind")
    return {process: dict(chosen) for process, chosen in mapping.items() if chosen}


def _refuse_second(uow: UnitOfWork, source: ProcessDefinition) -> None:
    open_states = [*UNDER_WAY, MigrationState.EXAMINED, MigrationState.PAUSED]
    wanted = select(Migration.id).where(Migration.from_id == source.id, Migration.state.in_(open_states)).limit(1)
    other = uow.session.scalar(wanted)
    if other is not None:
        raise WrongState("process definition", source.id, expected="in no other migration", actual=f"in {other}")


def _definition(uow: UnitOfWork, definition_id: int) -> ProcessDefinition:
    found = uow.session.get(ProcessDefinition, definition_id, with_for_update=True)
    if found is None:
        raise NotFound("process definition", definition_id)
    return found


def _publish(uow: UnitOfWork, migration: Migration, event: str, by: str) -> None:
    facts = {"migration": migration.id, "process": migration.process_id, "by": by, "total": migration.total}
    publish(uow, event, f"migration-{migration.id}", facts)
