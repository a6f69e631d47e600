"""Which element may take over a token from which: only one of the same kind, as the engine runs it."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import ManualTask, UserTask
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask

from engine.definitions.timers import JobTimer

_FOR_PEOPLE = (UserTask, ManualTask)


def is_loop(spec: Any) -> bool:
    """Whether an activity is done several times: a loop or a multi-instance."""
    return isinstance(spec, LoopTask)


def fits(old: Any, new: Any) -> bool:
    """Whether a token that waits at one specification can wait at the other instead."""
    if isinstance(old, _FOR_PEOPLE):
        return isinstance(new, _FOR_PEOPLE)
    if type(old) is not type(new):
        return False
    if isinstance(old, LoopTask):
        return fits(_repeated(old), _repeated(new))
    return not isinstance(old, CatchingEvent) or _alike(old.event_definition, new.event_definition)


def _repeated(loop: Any) -> Any:
    return loop._wf_spec.task_specs[loop.task_spec]


def _alike(old: Any, new: Any) -> bool:
    return type(old) is type(new) or (isinstance(old, JobTimer) and isinstance(new, JobTimer))
