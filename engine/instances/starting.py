"""Starts instances, one or a whole ledger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from engine.definitions.library import latest, parsed
from engine.definitions.parser import ParsedDeployment
from engine.errors import WrongState
from engine.history import HistoryKind
from engine.idempotency import once
from engine.instances.script_engine import SandboxScriptEngine
from engine.instances.steps import Step, close_steps
from engine.instances.waiting import Waiting
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, InstanceStatus, ProcessDefinition


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
    specification = parsed(uow.session, definition.deployment)
    steps = [_begun(uow, definition, specification, key, data, by) for key, data in items]
    if steps:
        close_steps(steps)
    return [step.instance for step in steps]


def _begun(
    uow: UnitOfWork,
    definition: ProcessDefinition,
    specification: ParsedDeployment,
    business_key: str,
    data: dict[str, Any],
    by: str,
) -> Step:
    instance = Instance(
        definition=definition,
        business_key=business_key,
        status=InstanceStatus.RUNNING,
        state=b"",
        started_by=by,
        started_at=uow.now,
    )
    engine = SandboxScriptEngine(uow, instance, specification)
    workflow = BpmnWorkflow(
        specification.processes[definition.process_id], dict(specification.processes), script_engine=engine
    )
    workflow.task_tree.data = dict(data)
    step = Step(uow, instance, engine, workflow, Waiting(), by)
    step.note(HistoryKind.INSTANCE_STARTED, process_id=definition.process_id, data={"version": definition.version})
    step.tell("instance.started", {"process": definition.process_id, "version": definition.version})
    for listener in uow.runtime.listeners:
        listener.process_entered(uow, instance, definition.process_id, data)
    step.run()
    return step
