"""The task and event specifications of our own: operators, decisions, scripts in the sandbox, messages with payload."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent as SpiffBoundaryEvent
from SpiffWorkflow.bpmn.specs.defaults import ScriptTask as SpiffScriptTask
from SpiffWorkflow.bpmn.specs.defaults import ServiceTask as SpiffServiceTask
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import SignalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.definitions.extensions import Extensions


class AbstractTask(BpmnSpecMixin):
    """A `bpmn:task` without a type: nothing to do, the token passes."""


class OperatorTask(SpiffServiceTask):
    """A service task; its operator runs in the step's transaction. A refusal leaves the token here as an incident."""

    extensions: Extensions

    def _execute(self, task: Task) -> bool:
        return task.workflow.script_engine.run_operator(task)


class DecisionTask(BpmnSpecMixin):
    """A business rule task; the decision's outcome becomes one variable."""

    extensions: Extensions

    def _run_hook(self, my_task: Task) -> bool:
        my_task.workflow.script_engine.run_decision(my_task)
        return True


class SandboxScriptTask(SpiffScriptTask):
    """A script task in the expression language."""

    def _execute(self, task: Task) -> bool:
        task.workflow.script_engine.run_script(task, self.script)
        return True


class BoundaryEvent(SpiffBoundaryEvent):
    """A boundary event; one that does not interrupt catches again, as long as its activity goes on."""

    def catch(self, my_task: Task, event: BpmnEvent) -> None:
        if not self.cancel_activity:
            again = my_task.parent._add_child(self, TaskState.FUTURE)
            self._predict(again, mask=TaskState.NOT_FINISHED_MASK)
            self._update(again)
        super().catch(my_task, event)


class PayloadMessage(MessageEventDefinition):
    """A message that carries what its payload expression gives, and nothing else of the sender's data."""

    def __init__(self, name: str, correlation_properties: Any, payload: str | None) -> None:
        super().__init__(name, correlation_properties)
        self.payload = payload

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MessageEventDefinition) and _name(other) == self.name

    def __hash__(self) -> int:
        return hash(self.name)

    def throw(self, my_task: Task) -> None:
        engine = my_task.workflow.script_engine
        payload = engine.evaluate(my_task, self.payload) if self.payload else {}
        correlations = self.get_correlations(my_task, payload)
        my_task.workflow.correlations.update(correlations)
        my_task.workflow.top_workflow.catch(BpmnEvent(self, payload=payload, correlations=correlations))


class BroadcastSignal(SignalEventDefinition):
    """A signal: caught wherever it is awaited in this instance, and handed on to all others."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SignalEventDefinition) and _name(other) == self.name

    def __hash__(self) -> int:
        return hash(self.name)

    def throw(self, my_task: Task) -> None:
        event = BpmnEvent(self, payload={})
        workflow = my_task.workflow.top_workflow
        workflow.catch(event)
        if event not in workflow.bpmn_events:
            workflow.bpmn_events.append(event)


def _name(definition: Any) -> str:
    return definition.name
