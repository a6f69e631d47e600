"""A plan: two deployments, what was decided by hand, and from these the pairing of every process that is met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.definitions.library import parsed
from engine.definitions.parser import ParsedDeployment
from engine.errors import NotFound
from engine.migrating.models import Migration
from engine.migrating.pairing import Pairing
from engine.migrating.states import Deadlines
from engine.storage.models import ProcessDefinition, Resource, ResourceKind

Mapped = Mapping[str, Mapping[str, str | None]]
"""For each process or subprocess of the old version: old element id → new one, or None for none."""


@dataclass(frozen=True)
class Plan:
    """How instances of one definition go over to another.

    `decisions_differ` tells whether any decision table does, so that a deadline may be reckoned otherwise although the
    diagram says the same.
    """

    process_id: str
    old: ParsedDeployment
    new: ParsedDeployment
    target: ProcessDefinition
    mapping: Mapped
    deadlines: Deadlines = Deadlines.KEEP
    decisions_differ: bool = True
    _pairings: dict[tuple[str, str], Pairing] = field(default_factory=dict[tuple[str, str], Pairing])

    def top(self) -> Pairing | None:
        """The pairing of the process itself; None when the new version has none of its id."""
        return self.pairing(self.process_id, self.process_id)

    def pairing(self, old: str, new: str) -> Pairing | None:
        """The pairing of two processes or subprocesses; None when the new version has no such one."""
        if old not in self.old.processes or new not in self.new.processes:
            return None
        known = self._pairings.get((old, new))
        if known is None:
            known = Pairing(self.old.processes[old], self.new.processes[new], self.mapping.get(old, {}))
            self._pairings[old, new] = known
        return known

    def inner(self, outer: Pairing, activity: str) -> Pairing | None:
        """The pairing of what an activity of an outer process calls or contains; None when it has no counterpart."""
        old, new = outer.old.task_specs[activity], outer.target(activity)
        return self.pairing(old.spec, new.spec) if new is not None and hasattr(new, "spec") else None

    def pairings(self) -> list[Pairing]:
        """Every pairing that can be met from the process itself, outer before inner."""
        found: dict[tuple[str, str], Pairing] = {}
        ahead = [self.top()]
        while ahead:
            each = ahead.pop(0)
            if each is None or (each.old.name, each.new.name) in found:
                continue
            found[each.old.name, each.new.name] = each
            ahead.extend(self.inner(each, name) for name, spec in each.old.task_specs.items() if hasattr(spec, "spec"))
        return list(found.values())


def plan_of(session: Session, migration: Migration) -> Plan:
    """The plan of a migration. Raises NotFound when one of its definitions is gone."""
    return plan_between(
        session, migration.from_id, migration.to_id, mapping=migration.mapping, deadlines=migration.deadlines
    )


def plan_between(
    session: Session, from_id: int, to_id: int, *, mapping: Mapped | None = None, deadlines: Deadlines = Deadlines.KEEP
) -> Plan:
    """The plan from one definition to another."""
    old, new = (_definition(session, each) for each in (from_id, to_id))
    return Plan(
        process_id=old.process_id,
        old=parsed(session, old.deployment),
        new=parsed(session, new.deployment),
        target=new,
        mapping=mapping or {},
        deadlines=deadlines,
        decisions_differ=_decisions(session, old.deployment_id) != _decisions(session, new.deployment_id),
    )


def _definition(session: Session, definition_id: int) -> ProcessDefinition:
    found = session.get(ProcessDefinition, definition_id)
    if found is None:
        raise NotFound("process definition", definition_id)
    return found


def _decisions(session: Session, deployment_id: int) -> dict[str, Any]:
    wanted = select(Resource.name, Resource.content).where(
        Resource.deployment_id == deployment_id, Resource.kind == ResourceKind.DECISION
    )
    return dict(session.execute(wanted).all())
