"""Starts instances, one or a whole ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from engine.definitions.library import latest, parsed
from engine.definitions.parser import ParsedDeployment
from engine.errors import WrongState
from engine.history import HistoryKind
from engine.idempotency import once
from engine.instances.casting import Mold, mold_of
from engine.instances.scopes import ScopedWorkflow
from engine.instances.script_engine import SandboxScriptEngine
from engine.instances.steps import Step, settle, store
from engine.instances.waiting import Waiting
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, InstanceStatus, ProcessDefinition

MOST_MOLDS: Final = 8
"""How many different ways to a first rest are remembered within one call."""


def start(
    uow: UnitOfWork,
    process_id: str,
    data: dict[str, Any],
    *,
    business_key: str,
    by: str,
    idempotency_key: str | None = None,
) -> Instance:
    """Start an instance of the newest version and run it to its first rest.

    The same idempotency key again returns the first instance. Raises NotFound for an unknown process and
    WrongState when its definition is suspended.
    """

    def begin() -> dict[str, Any]:
        return {"instance": start_many(uow, process_id, [(business_key, data)], by=by)[0].id}

    asked = {"process": process_id, "business_key": business_key, "data": data}
    done = once(uow, idempotency_key, "start", asked, begin)
    return uow.session.get_one(Instance, done["instance"])


def start_many(
    uow: UnitOfWork, process_id: str, items: Iterable[tuple[str, dict[str, Any]]], *, by: str
) -> list[Instance]:
    """Start one instance for each (business key, data), all in this transaction and far cheaper than one by one."""
    definition = latest(uow.session, process_id)
    if definition.suspended:
        raise WrongState("process definition", process_id, expected="active", actual="suspended")
    beginning = _Beginning(uow, definition, parsed(uow.session, definition.deployment), by)
    steps = [beginning.begin(key, dict(data)) for key, data in items]
    if steps:
        store(steps)
    return [step.instance for step in steps]


@dataclass
class _Beginning:
    """Begins instances of one definition one after another; those that begin alike are cast from the first."""

    uow: UnitOfWork
    definition: ProcessDefinition
    specification: ParsedDeployment
    by: str
    molds: list[Mold] = field(default_factory=list[Mold])

    def begin(self, business_key: str, data: dict[str, Any]) -> Step:
        """A settled step at its first rest."""
        instance = self._instance(business_key)
        engine = SandboxScriptEngine(self.uow, instance, self.specification)
        mold = next((mold for mold in self.molds if mold.fits(engine, data)), None)
        step = Step(self.uow, instance, engine, mold.workflow if mold else self._workflow(engine), Waiting(), self.by)
        self._announce(step, data)
        if mold is not None:
            mold.cast(step, data)
        else:
            self._run(step, data)
        return step

    def _instance(self, business_key: str) -> Instance:
        return Instance(
            definition=self.definition,
            process_id=self.definition.process_id,
            content_hash=self.definition.deployment.content_hash,
            business_key=business_key,
            status=InstanceStatus.RUNNING,
            state=b"",
            started_by=self.by,
            started_at=self.uow.now,
        )

    def _workflow(self, engine: SandboxScriptEngine) -> ScopedWorkflow:
        processes = self.specification.processes
        return ScopedWorkflow(processes[self.definition.process_id], dict(processes), script_engine=engine)

    def _announce(self, step: Step, data: dict[str, Any]) -> None:
        facts = {"version": self.definition.version}
        step.note(HistoryKind.INSTANCE_STARTED, process_id=self.definition.process_id, data=facts)
        step.tell("instance.started", {"process": self.definition.process_id, **facts})
        for listener in self.uow.runtime.listeners:
            listener.process_entered(self.uow, step.instance, self.definition.process_id, data)

    def _run(self, step: Step, data: dict[str, Any]) -> None:
        step.workflow.task_tree.data = dict(data)
        step.run()
        asked = tuple(step.engine.conditions)
        settle(step)
        if len(self.molds) < MOST_MOLDS and (mold := mold_of(step, data, asked)) is not None:
            self.molds.append(mold)
