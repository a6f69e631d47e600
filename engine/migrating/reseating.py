"""Puts the tokens of a living instance on another version's specifications; SpiffWorkflow's migration is the base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from SpiffWorkflow.bpmn.util.diff import WorkflowDiff, filter_tasks, migrate_workflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.instances.folding import LIVE
from engine.migrating import boundaries
from engine.migrating.boundaries import Addition
from engine.migrating.pairing import Pairing
from engine.migrating.planning import Plan
from engine.migrating.schedules import rename_schedules

NO_STATE: Final = 1 << 30
"""SpiffWorkflow resets each token in the states it is told; one that waits would lose its data, due date and timers."""


@dataclass(frozen=True)
class Reseated:
    """What changed for one token: the specification it was on before. `additions` follow when due dates are settled."""

    former: dict[Task, Any]
    additions: list[Addition]


def reseat(workflow: BpmnWorkflow, plan: Plan) -> Reseated:
    """Move every token of an instance that nothing is in the way of, in place."""
    scopes = _scopes(workflow, plan)
    former = {token: token.task_spec for scope, _ in scopes for token in filter_tasks(scope.tasks.values(), state=LIVE)}
    added: list[Addition] = []
    for scope, pairing in scopes:
        _forget_predicted(scope)
        added += boundaries.additions(scope, pairing)
        boundaries.take_away(scope, pairing)
        migrate_workflow(WorkflowDiff(scope, pairing.alignment), scope, pairing.new, reset_mask=NO_STATE)
        _stand_in(scope, pairing)
    workflow.subprocess_specs = dict(plan.new.processes)
    present = {token: old for token, old in former.items() if token.id in token.workflow.tasks}
    for token, old in present.items():
        rename_schedules(token, old, token.task_spec)
    return Reseated(present, added)


def _scopes(workflow: BpmnWorkflow, plan: Plan) -> list[tuple[Any, Pairing]]:
    """Every running process of an instance with its pairing, outer before inner."""
    top = plan.top()
    if top is None:
        return []
    pairings: dict[Any, Pairing] = {workflow: top}
    for token, inner in workflow.subprocesses.items():
        caller = workflow.get_task_from_id(token)
        if caller is None or not caller.has_state(LIVE):
            continue
        pairing = plan.inner(pairings[caller.workflow], caller.task_spec.name)
        if pairing is not None:
            pairings[inner] = pairing
    return list(pairings.items())


def _forget_predicted(scope: Any) -> None:
    """Drop the tokens that stand for what may come; they are predicted anew from the new version."""
    for token in list(scope.tasks.values()):
        if token.id in scope.tasks and token.has_state(TaskState.PREDICTED_MASK | TaskState.FUTURE):
            scope._remove_task(token.id)


def _stand_in(scope: Any, pairing: Pairing) -> None:
    """Put what is over, and has no counterpart, on the new beginning: it only holds what hangs on it."""
    for token in filter_tasks(scope.tasks.values(), state=TaskState.FINISHED_MASK):
        if token.task_spec in pairing.alignment.removed:
            token.task_spec = pairing.new.start
