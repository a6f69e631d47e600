"""What an operator decides about a migration: by permission, with a reason where instances are moved, and on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from engine import migrating
from engine.migrating import Deadlines, Migration, Movability, WrongMapping
from engine.runtime import UnitOfWork
from workflows.audit import AuditKind, record
from workflows.errors import InvalidRecord
from workflows.operating.acting import given
from workflows.operating.permissions import ensure_operates
from workflows.sentences import sentence

Result = TypeVar("Result")
Choice = Mapping[str, Mapping[str, str | None]]


def begin_migration(
    uow: UnitOfWork, from_id: int, to_id: int, *, by: str, mapping: Choice | None = None, reason: str = ""
) -> Migration:
    """A migration from one definition of a process to another; it is examined in the background, nothing is moved yet.

    Raises NotPermitted, NotFound, WrongState, and InvalidRecord for a mapping that does not fit.
    """
    ensure_operates(uow, by)
    migration = _mapped(
        lambda: migrating.begin(uow, from_id=from_id, to_id=to_id, by=by, mapping=mapping, reason=reason)
    )
    _record(uow, AuditKind.MIGRATION_BEGUN, migration, by, {"from": from_id, "to": to_id, "total": migration.total})
    return migration


def map_elements(
    uow: UnitOfWork, migration_id: int, mapping: Choice, *, by: str, expected_version: int | None = None
) -> Migration:
    """Say by hand what elements become. Raises as `begin_migration`, and ConcurrentChange."""
    ensure_operates(uow, by)
    migration = _locked(uow, migration_id)
    before = dict(migration.mapping)
    _mapped(lambda: migrating.choose(uow, migration, mapping, expected_version=expected_version))
    if migration.mapping != before:
        _record(uow, AuditKind.MIGRATION_MAPPED, migration, by, {"mapping": migration.mapping}, {"mapping": before})
    return migration


def run_migration(
    uow: UnitOfWork,
    migration_id: int,
    *,
    by: str,
    reason: str,
    deadlines: Deadlines | None = None,
    expected_version: int | None = None,
) -> Migration:
    """Move what can be moved; what failed before is tried again.

    Raises NotPermitted, NotFound, WrongState, ConcurrentChange, and InvalidRecord without a reason.
    """
    ensure_operates(uow, by)
    why = given(reason)
    migration = _locked(uow, migration_id)
    migrating.run(uow, migration, by=by, deadlines=deadlines, reason=why, expected_version=expected_version)
    facts = {"deadlines": migration.deadlines.value, "total": migration.total}
    _record(uow, AuditKind.MIGRATION_RUN, migration, by, facts, reason=why)
    return migration


def look_again(uow: UnitOfWork, migration_id: int, *, by: str) -> Migration:
    """Examine the instances anew. Raises NotPermitted, NotFound, WrongState once any was moved."""
    ensure_operates(uow, by)
    migration = _locked(uow, migration_id)
    migrating.look_again(uow, migration, by=by)
    return migration


def pause_migration(uow: UnitOfWork, migration_id: int, *, by: str) -> Migration:
    """Halt a migration. Raises NotPermitted, NotFound, WrongState."""
    return _decide(uow, migration_id, migrating.pause, AuditKind.MIGRATION_PAUSED, by)


def cancel_migration(uow: UnitOfWork, migration_id: int, *, by: str) -> Migration:
    """Give a migration up; what was moved stays moved. Raises NotPermitted, NotFound, WrongState."""
    return _decide(uow, migration_id, migrating.cancel, AuditKind.MIGRATION_CANCELLED, by)


def undo_migration(uow: UnitOfWork, migration_id: int, *, by: str) -> Migration:
    """Move back whatever has taken no step since. Raises NotPermitted, NotFound, WrongState."""
    return _decide(uow, migration_id, migrating.undo, AuditKind.MIGRATION_UNDONE, by)


def undo_instance(uow: UnitOfWork, migration_id: int, instance_id: int, *, by: str) -> Migration:
    """Move one instance back. Raises NotPermitted, NotFound, WrongState when it has gone on since."""
    ensure_operates(uow, by)
    migration = _locked(uow, migration_id)
    migrating.undo_one(uow, migration, instance_id, by=by)
    _record(uow, AuditKind.MIGRATION_UNDONE, migration, by, {"instance": instance_id})
    return migration


def counts_in_words(verdicts: Mapping[Movability, int]) -> str:
    """The preview in one English line, for logs and the command line."""
    return (
        f"{verdicts[Movability.MOVABLE]:,} can be moved, {verdicts[Movability.NEEDS_MAPPING]:,} need a mapping, "
        f"{verdicts[Movability.BLOCKED]:,} are blocked"
    )


def _decide(uow: UnitOfWork, migration_id: int, decide: Callable[..., None], kind: AuditKind, by: str) -> Migration:
    ensure_operates(uow, by)
    migration = _locked(uow, migration_id)
    decide(uow, migration, by=by)
    _record(uow, kind, migration, by, {"moved": migration.moved, "total": migration.total})
    return migration


def _locked(uow: UnitOfWork, migration_id: int) -> Migration:
    """The migration, kept from its worker until the decision is committed."""
    migration = migrating.migration_of(uow.session, migration_id)
    uow.session.refresh(migration, with_for_update=True)
    return migration


def _mapped(act: Callable[[], Result]) -> Result:
    try:
        return act()
    except WrongMapping as wrong:
        said = sentence("this cannot become “%(target)s”: choose a step of the same kind", target=wrong.target)
        raise InvalidRecord({f"{wrong.process}:{wrong.element}": said}) from wrong


def _record(
    uow: UnitOfWork,
    kind: AuditKind,
    migration: Migration,
    by: str,
    after: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    facts = {"process": migration.process_id, **after}
    record(uow, kind, by=by, object_key=f"migration-{migration.id}", before=before or {}, after=facts, reason=reason)
