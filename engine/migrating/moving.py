"""Moves one instance to another version, and back: state, tasks, timers and subscriptions in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from uuid import UUID

from engine.definitions.library import parsed
from engine.errors import EngineError, WrongState
from engine.history import HistoryKind
from engine.instances.script_engine import SandboxScriptEngine
from engine.instances.state import content_of, pack, thaw, unpack
from engine.instances.steps import Step, close_step, lock, step_of
from engine.instances.waiting import waiting_of
from engine.migrating import boundaries, carrying
from engine.migrating.judging import Obstacle, judge
from engine.migrating.models import KeptState
from engine.migrating.planning import Plan
from engine.migrating.positions import Position, position_of
from engine.migrating.reseating import Reseated, reseat
from engine.migrating.schedules import is_reckoned_otherwise, reckon_anew, timers_in
from engine.migrating.states import Deadlines
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, InstanceStatus, ProcessDefinition, UserTask


class InTheWay(EngineError):
    """The instance cannot be moved as it stands; each obstacle names what is in the way. Nothing was changed."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        named = ", ".join(f"{each.kind.value} {each.name}".strip() for each in obstacles)
        super().__init__(f"the instance cannot be moved: {named}")
        self.obstacles = obstacles


class Lost(EngineError):
    """Moved, the instance would have lost open tasks; the definitions do not match. Nothing was changed."""


class NotHere(EngineError):
    """The instance has ended or is on another version already; there is nothing to move."""


@dataclass
class Mover:
    """Moves instances by one plan, and remembers what it judged of each position."""

    plan: Plan
    _judged: dict[Position, tuple[Obstacle, ...]] = field(default_factory=dict[Position, tuple[Obstacle, ...]])

    def move(self, uow: UnitOfWork, instance_id: int, source_id: int, *, by: str, migration_id: int) -> Moved:
        """Move a running instance. Raises NotHere, InTheWay, Lost, and ConcurrentChange."""
        instance = lock(uow, instance_id)
        _ensure_there(instance, source_id)
        obstacles = self._obstacles(instance)
        if obstacles:
            raise InTheWay(obstacles)
        step = step_of(uow, instance, actor=by)
        rows = carrying.open_rows(step)
        kept = KeptState(
            definition_id=instance.definition_id,
            content_hash=instance.content_hash,
            state=instance.state,
            tasks=carrying.facts_of(uow, rows.values()),
            kept_at=uow.now,
        )
        reckoned = carrying.reckoned(step, self.plan, rows)
        reseated = reseat(step.workflow, self.plan)
        step.engine = SandboxScriptEngine(uow, instance, self.plan.new)
        step.workflow.script_engine = step.engine
        moved = carrying.carry(step, rows, reseated.former, reckoned)
        if self.plan.deadlines is Deadlines.RECKON:
            _reckon_timers(step, self.plan, reseated, rows, moved)
        for addition in reseated.additions:
            carrying.pin_due_date(rows.get(addition.activity.id), addition.activity)
            boundaries.add(addition)
        _settle_on(step, self.plan)
        _tell(step, HistoryKind.INSTANCE_MIGRATED, "instance.migrated", migration_id, self.plan.target.version)
        close_step(step)
        return Moved(instance, kept)

    def _obstacles(self, instance: Instance) -> tuple[Obstacle, ...]:
        position = position_of(
            unpack(instance.state),
            instance.process_id,
            self.plan.old,
            is_suspended=instance.status is InstanceStatus.SUSPENDED,
        )
        if position not in self._judged:
            self._judged[position] = judge(position, self.plan)
        return self._judged[position]


@dataclass(frozen=True)
class Moved:
    """A moved instance, and what it was before."""

    instance: Instance
    kept: KeptState


def move_back(
    uow: UnitOfWork, kept: KeptState, instance_id: int, version: int, *, by: str, migration_id: int
) -> Instance:
    """Make an instance again what it was before it was moved.

    Raises WrongState when it has taken a step since, or was suspended or ended.
    """
    instance = lock(uow, instance_id)
    if instance.version != version or instance.status is not InstanceStatus.RUNNING:
        raise WrongState("instance", instance_id, expected="as the migration left it", actual="changed since")
    step = step_of(uow, instance, actor=by)
    former = uow.session.get_one(ProcessDefinition, kept.definition_id)
    specification = parsed(uow.session, former.deployment)
    step.engine = SandboxScriptEngine(uow, instance, specification)
    step.workflow = thaw(kept.state, instance.process_id, specification, step.engine)
    carrying.give_back(step, carrying.open_rows(step).values(), kept.tasks)
    _adopt(instance, former)
    _tell(step, HistoryKind.INSTANCE_MIGRATION_UNDONE, "instance.migration_undone", migration_id, former.version)
    close_step(step)
    return instance


def _ensure_there(instance: Instance, source_id: int) -> None:
    if instance.status not in {InstanceStatus.RUNNING, InstanceStatus.SUSPENDED}:
        raise NotHere(f"instance {instance.id} has ended")
    if instance.definition_id != source_id:
        raise NotHere(f"instance {instance.id} is on another version")


def _reckon_timers(step: Step, plan: Plan, reseated: Reseated, rows: Mapping[UUID, UserTask], moved: Set[UUID]) -> None:
    """Work out anew the timers that the new version reckons otherwise, or whose task has another due date now."""
    for token, old in reseated.former.items():
        if not timers_in(token.task_spec):
            continue
        beside = token.parent.children if token.parent is not None else []
        activity = next((each for each in beside if each.id in rows), None)
        is_due_otherwise = activity is not None and activity.id in moved
        if not (plan.decisions_differ or is_due_otherwise or is_reckoned_otherwise(old, token.task_spec)):
            continue
        since = step.uow.now
        if activity is not None:
            carrying.pin_due_date(rows[activity.id], activity)
            since = rows[activity.id].created_at
        reckon_anew(token, step.engine, since, step.uow.now)


def _settle_on(step: Step, plan: Plan) -> None:
    """Open the instance once more as its next step will, on the new version, and see that nobody's work is lost."""
    before = step.before.user_tasks.keys()
    content = pack(content_of(step.workflow))
    step.workflow = thaw(content, step.instance.process_id, plan.new, step.engine)
    after = waiting_of(step.workflow).user_tasks.keys()
    if before != after:
        raise Lost(f"of {len(before)} open tasks, {len(before & after)} would be left")
    _adopt(step.instance, plan.target)


def _adopt(instance: Instance, definition: ProcessDefinition) -> None:
    instance.definition_id = definition.id
    instance.content_hash = definition.deployment.content_hash


def _tell(step: Step, kind: HistoryKind, event: str, migration_id: int, version: int) -> None:
    facts = {"migration": migration_id, "version": version}
    step.note(kind, process_id=step.instance.process_id, data=facts)
    step.tell(event, {"process": step.instance.process_id, "by": step.actor, **facts})
