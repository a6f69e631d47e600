"""What a migration's page shows: its groups with their verdicts, what waits where, and the instances one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.instances.folding import LIVE
from engine.migrating.aligning import Counterpart, Origin
from engine.migrating.judging import Movability, Obstacle, judge, verdict_of
from engine.migrating.models import Migration, MigrationGroup, MigrationItem
from engine.migrating.pairing import REPEATED, Pairing, attached_to
from engine.migrating.planning import Plan
from engine.migrating.positions import Position
from engine.migrating.states import ItemState
from engine.storage.models import Instance


@dataclass(frozen=True)
class JudgedGroup:
    """Instances that stand alike, and what a plan says of them."""

    id: int
    count: int
    position: Position
    obstacles: tuple[Obstacle, ...]

    @property
    def verdict(self) -> Movability:
        return verdict_of(self.obstacles)


@dataclass(frozen=True)
class MappedElement:
    """An element of the old version: how many instances wait there, its counterpart, and what else could be it.

    `on` is the name of the activity on whose boundary it lies, empty for all that lie on none.
    """

    process: str
    new_process: str
    element: str
    name: str
    on: str
    waiting: int
    counterpart: Counterpart
    target_name: str
    candidates: tuple[tuple[str, str], ...]


def migration_of(session: Session, migration_id: int) -> Migration:
    """A migration. Raises NotFound."""
    found = session.get(Migration, migration_id)
    if found is None:
        raise NotFound("migration", migration_id)
    return found


def migrations(session: Session, *, before: int | None = None, limit: int) -> Sequence[Migration]:
    """The latest migrations, the newest first, from below a number on."""
    wanted = select(Migration).order_by(Migration.id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(Migration.id < before)
    return session.scalars(wanted).all()


def groups_of(session: Session, migration: Migration, plan: Plan) -> list[JudgedGroup]:
    """Every group with its verdict as the mapping is now, the largest first."""
    rows = session.scalars(select(MigrationGroup).where(MigrationGroup.migration_id == migration.id))
    judged = (JudgedGroup(row.id, row.count, position, judge(position, plan)) for row, position in _positions(rows))
    return sorted(judged, key=lambda group: (-group.count, group.id))


def movable_groups(session: Session, migration: Migration, plan: Plan) -> list[int]:
    """The groups whose instances can be moved."""
    return [group.id for group in groups_of(session, migration, plan) if group.verdict is Movability.MOVABLE]


def verdicts(groups: Iterable[JudgedGroup]) -> dict[Movability, int]:
    """How many instances have each verdict."""
    counted = Counter[Movability]()
    for group in groups:
        counted[group.verdict] += group.count
    return {verdict: counted[verdict] for verdict in Movability}


def reasons(groups: Iterable[JudgedGroup]) -> list[tuple[Obstacle, int]]:
    """Everything that is in the way, with how many instances it keeps; an instance may be kept by several."""
    counted = Counter[Obstacle]()
    for group in groups:
        for obstacle in group.obstacles:
            counted[obstacle] += group.count
    return sorted(counted.items(), key=lambda item: (-item[1], item[0].process, item[0].element))


def kept_by(groups: Iterable[JudgedGroup], obstacle: Obstacle) -> list[int]:
    """The groups that one thing keeps."""
    return [group.id for group in groups if obstacle in group.obstacles]


def mapped_elements(groups: Sequence[JudgedGroup], plan: Plan, *, everything: bool) -> list[MappedElement]:
    """The mapping, where instances wait or no counterpart was found for sure; or all of it."""
    waiting = waiting_at(groups)
    return [
        _mapped(pairing, each, waiting[pairing.old.name, each.element_id])
        for pairing in plan.pairings()
        for each in pairing.elements.values()
        if everything or _is_asked(pairing, each, waiting[pairing.old.name, each.element_id])
    ]


def waiting_at(groups: Iterable[JudgedGroup]) -> Counter[tuple[str, str]]:
    """How many instances have a living token at each element, by process and element."""
    counted = Counter[tuple[str, str]]()
    for group in groups:
        for place in {
            (part.process, token.spec.removesuffix(REPEATED))
            for part in group.position.parts
            for token in part.tokens
            if token.state & LIVE
        }:
            counted[place] += group.count
    return counted


def items_of(
    session: Session,
    migration: Migration,
    *,
    groups: Sequence[int] | None = None,
    state: ItemState | None = None,
    after: int = 0,
    limit: int,
) -> Sequence[tuple[MigrationItem, Instance]]:
    """The instances of a migration by number, of some groups or in some state, from behind a number on."""
    wanted = (
        select(MigrationItem, Instance)
        .join(Instance, Instance.id == MigrationItem.instance_id)
        .where(MigrationItem.migration_id == migration.id, MigrationItem.instance_id > after)
        .order_by(MigrationItem.instance_id)
        .limit(limit)
    )
    if groups is not None:
        wanted = wanted.where(MigrationItem.group_id.in_(groups))
    if state is not None:
        wanted = wanted.where(MigrationItem.state == state)
    return [(row.MigrationItem, row.Instance) for row in session.execute(wanted)]


def _positions(rows: Iterable[MigrationGroup]) -> Iterable[tuple[MigrationGroup, Position]]:
    return ((row, Position.from_data(row.position)) for row in rows)


def _is_asked(pairing: Pairing, each: Counterpart, waiting: int) -> bool:
    """Whether somebody may want to look at a counterpart: it was guessed or chosen, or somebody waits there.

    A boundary event that stays as it is goes with its activity and is not looked at for itself.
    """
    if each.origin in {Origin.RENAMED, Origin.BY_HAND}:
        return True
    is_beside = isinstance(pairing.old.task_specs[each.element_id], BoundaryEvent)
    return bool(waiting) and not (is_beside and each.origin is Origin.SAME)


def _activity(pairing: Pairing, boundary: Any) -> str:
    activity = attached_to(pairing.old, boundary.name)
    return pairing.old.task_specs[activity].bpmn_name or activity


def _mapped(pairing: Pairing, each: Counterpart, waiting: int) -> MappedElement:
    old, new = pairing.old.task_specs[each.element_id], pairing.element(each.element_id)
    specs = pairing.new.task_specs
    return MappedElement(
        process=pairing.old.name,
        new_process=pairing.new.name,
        element=each.element_id,
        name=old.bpmn_name or each.element_id,
        on=_activity(pairing, old) if isinstance(old, BoundaryEvent) else "",
        waiting=waiting,
        counterpart=each,
        target_name=(new.bpmn_name or new.name) if new is not None else "",
        candidates=tuple((name, specs[name].bpmn_name or name) for name in pairing.candidates(each.element_id)),
    )
