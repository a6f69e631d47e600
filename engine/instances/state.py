"""Turns a running workflow into the bytes of an instance row and back.

The row holds the folded token tree only: no specification, no predicted tokens (they are predicted again), and each
distinct set of variables once.
"""

from __future__ import annotations

import copy
from typing import Any
from uuid import UUID

import orjson
import zstandard
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.definitions.parser import ParsedDeployment
from engine.instances.folding import LIVE, FoldedTask, fold
from engine.instances.scopes import ScopedWorkflow

FORMAT = 1
_LEVEL = 3


def freeze(workflow: BpmnWorkflow) -> bytes:
    """The instance row's bytes for a workflow at rest."""
    return pack(content_of(workflow))


def content_of(workflow: BpmnWorkflow) -> dict[str, Any]:
    """What the row of a workflow at rest holds, before it is packed."""
    variables = _Variables()
    workflows = [_frozen(workflow, None, variables)]
    workflows += [
        _frozen(inner, token, variables)
        for token, inner in workflow.subprocesses.items()
        if _is_running(workflow, token)
    ]
    return {"format": FORMAT, "workflows": workflows, "variables": variables.distinct}


def freeze_ended(data: dict[str, Any]) -> bytes:
    """The bytes of an instance that has ended: its last data, no tokens."""
    return pack({"format": FORMAT, "ended": data})


def pack(content: dict[str, Any]) -> bytes:
    """Content as an instance row's bytes."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS))


def unpack(state: bytes) -> dict[str, Any]:
    """What an instance row's bytes hold."""
    content: dict[str, Any] = orjson.loads(zstandard.ZstdDecompressor().decompress(state))
    return content


def ended_data(state: bytes) -> dict[str, Any] | None:
    """The data of an ended instance, or None for one that runs."""
    return unpack(state).get("ended")


def thaw(state: bytes, process_id: str, parsed: ParsedDeployment, script_engine: Any) -> BpmnWorkflow:
    """A workflow from its bytes, ready to go on, its next tokens predicted."""
    content = unpack(state)
    blobs = content["variables"]
    top_content, *inner_contents = content["workflows"]
    workflow = ScopedWorkflow(
        parsed.processes[process_id], dict(parsed.processes), script_engine=script_engine, deserializing=True
    )
    used: set[int] = set()
    _restore(workflow, top_content, blobs, used)
    waiting = {UUID(hex=inner["token"]): inner for inner in inner_contents}
    _restore_inner(workflow, workflow, waiting, blobs, used)
    for each in (workflow, *workflow.subprocesses.values()):
        predict(each)
    return workflow


def predict(workflow: Any) -> None:
    """Give each waiting token the tokens that would follow it."""
    for task in [task for task in workflow.tasks.values() if task.has_state(LIVE & ~TaskState.ERROR)]:
        if all(child.triggered for child in task.children):
            task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)


class _Variables:
    """The distinct sets of variables, and where each stands."""

    def __init__(self) -> None:
        self.distinct: list[Any] = []
        self._places: dict[bytes, int] = {}

    def place(self, data: dict[str, Any]) -> int:
        key = orjson.dumps(data, option=orjson.OPT_NON_STR_KEYS)
        if key not in self._places:
            self._places[key] = len(self.distinct)
            self.distinct.append(orjson.Fragment(key))
        return self._places[key]


def _is_running(workflow: BpmnWorkflow, token: UUID) -> bool:
    task = workflow.get_task_from_id(token)
    return task is not None and task.has_state(LIVE)


def _frozen(workflow: Any, token: UUID | None, variables: _Variables) -> dict[str, Any]:
    return {
        "token": token.hex if token else None,
        "data": workflow.data,
        "correlations": workflow.correlations,
        "tasks": [_frozen_task(folded, variables) for folded in fold(workflow)],
    }


def _frozen_task(folded: FoldedTask, variables: _Variables) -> list[Any]:
    task = folded.task
    return [
        task.id.hex,
        folded.parent,
        task.task_spec.name,
        task.state,
        int(task.triggered),
        _frozen_internal(task),
        variables.place(task.data) if folded.with_data else -1,
    ]


def _frozen_internal(task: Task) -> dict[str, Any]:
    internal = {key: value for key, value in task.internal_data.items() if key != "seen_events"}
    if isinstance(task.task_spec, LoopTask) and "merged" in internal:
        internal["merged"] = len(internal["merged"])
    return internal


def _restore(workflow: Any, content: dict[str, Any], blobs: list[Any], used: set[int]) -> None:
    workflow.data = content["data"]
    workflow.correlations = content["correlations"]
    restored: list[Task] = []
    for token, parent, spec, state, triggered, internal, place in content["tasks"]:
        task = Task(
            workflow,
            workflow.spec.task_specs[spec],
            restored[parent] if parent >= 0 else None,
            state,
            UUID(hex=token),
        )
        task.triggered = bool(triggered)
        if isinstance(internal.get("merged"), int):
            internal["merged"] = [""] * internal["merged"]
        task.internal_data = internal
        if place >= 0:
            task.data = copy.deepcopy(blobs[place]) if place in used else blobs[place]
            used.add(place)
        if state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
            workflow.top_workflow.event_manager.add_task(task)
        restored.append(task)
    workflow.task_tree = restored[0]


def _restore_inner(
    workflow: Any, top: BpmnWorkflow, waiting: dict[UUID, dict[str, Any]], blobs: list[Any], used: set[int]
) -> None:
    for task in list(workflow.tasks.values()):
        content = waiting.pop(task.id, None) if isinstance(task.task_spec, SubWorkflowTask) else None
        if content is None:
            continue
        inner = BpmnSubWorkflow(top.subprocess_specs[task.task_spec.spec], task.id, top, deserializing=True)
        top.subprocesses[task.id] = inner
        _restore(inner, content, blobs, used)
        inner.completed_event.connect(task.task_spec._on_subworkflow_completed, task)
        _restore_inner(inner, top, waiting, blobs, used)
