"""The bridge from SpiffWorkflow to the sandbox: every expression, script, decision and operator runs through it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import ErrorEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import expressions
from engine.definitions.extensions import Deadline, Extensions, OperatorCall
from engine.definitions.parser import ParsedDeployment
from engine.errors import BpmnError, ConcurrentChange, EngineError, ExpressionError, NotFound, OperatorFailed
from engine.instances.failures import remember_failure
from engine.operators import OperatorContext
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, UserTask

BUILT_INS: Mapping[str, Any] = expressions.BUILT_INS
NOTHING_SAID = Extensions()


class SandboxScriptEngine:
    """SpiffWorkflow's script engine for one step of one instance.

    `conditions` are the expressions that the diagram asked with their answers, and `has_acted` tells whether anything
    beyond asking was done: a script, a decision or an operator. `is_job` tells that nobody waits for the step's answer.
    """

    def __init__(self, uow: UnitOfWork, instance: Instance, parsed: ParsedDeployment) -> None:
        self.uow = uow
        self.instance = instance
        self.now: datetime = uow.now
        self.environment = self
        self.conditions: list[tuple[str, Any]] = []
        self.has_acted = False
        self.is_job = False
        self._parsed = parsed

    def validate(self, expression: str) -> None:
        expressions.ensure_parses(expression)

    def evaluate(self, task: Any, expression: Any, external_context: Any = None) -> Any:
        """An expression's value. Called with a token, or (for correlation keys) with a token-like or plain mapping."""
        if isinstance(task, str):
            return self._evaluate(task, expression, {}, None)
        value = self._evaluate(expression, {**task.data, **(external_context or {})}, {}, task)
        if isinstance(task, Task):  # a decision table's cells are asked of more than the data, and again for each cast
            self.conditions.append((expression, value))
        return value

    def evaluate_on(self, data: Mapping[str, Any], expression: str) -> Any:
        """An expression's value on plain data, without a token."""
        return self._evaluate(expression, data, {}, None)

    def evaluate_in(self, task: Task, expression: str, **more: Any) -> Any:
        """An expression's value on a token's data with further names."""
        return self._evaluate(expression, {**task.data, **more}, {}, task)

    def evaluate_timer(self, task: Task, expression: str) -> Any:
        """A timer's moment: an ISO 8601 literal as it stands, or what its expression gives; `due_at` is at hand."""
        text = expression.strip()
        if _is_literal(text):
            return text.strip("\"'")
        attached = attached_activity(task)
        due_at = self.due_at(attached) if attached is not None else None
        return self.evaluate_in(task, text, due_at=due_at)

    def execute(self, task: Task, script: str, _external_context: Any = None) -> bool:
        self.run_script(task, script)
        return True

    def run_script(self, task: Task, script: str) -> None:
        self.has_acted = True
        functions = self._functions(task.data, task)
        task.data.update(expressions.run_script(script, task.data, functions))

    def run_decision(self, task: Task) -> None:
        self.has_acted = True
        call = _extensions(task).decision
        if call is not None:
            outcome = self.decide(call.ref, task.data, task)
            task.data.update({call.result: outcome} if call.result else outcome)

    def decide(self, decision_id: str, data: Mapping[str, Any], task: Task | None) -> dict[str, Any]:
        """What a decision table of the same deployment gives for these data. Raises ExpressionError."""
        table = self._parsed.decisions.get(decision_id)
        if table is None:
            raise ExpressionError("there is no such decision in the deployment", expression=decision_id)
        return table.outcome(
            lambda column: self._evaluate(column, data, {}, task),
            lambda rules: rules.result(_DecisionInput(self, dict(data), task)),
        )

    def form(self, name: str) -> dict[str, Any]:
        """A form of the same deployment. Raises NotFound."""
        if name not in self._parsed.forms:
            raise NotFound("form", name)
        return self._parsed.forms[name]

    def due_at(self, task: Task) -> str | None:
        """When the work at a token is due (ISO, UTC), from its deadline element; None without one."""
        if "due_at" in task.internal_data:
            return str(task.internal_data["due_at"])
        deadline = _extensions(task).deadline
        if deadline is None:
            return None
        names = {"process_id": task.workflow.spec.name, "element_id": task.task_spec.bpmn_id}
        if deadline.due:
            value = self.evaluate_in(task, deadline.due, **names)
        else:
            value = self._decided_due(task, deadline, names)
        return None if value is None else str(value)

    def _decided_due(self, task: Task, deadline: Deadline, names: dict[str, str]) -> Any:
        if not deadline.decision:
            return None
        limit = self.decide(deadline.decision, {**task.data, **names}, task)
        if not {"amount", "unit"} <= limit.keys():
            raise ExpressionError(
                "the decision gave no amount and unit", expression=deadline.decision, element_id=names["element_id"]
            )
        return self.uow.runtime.functions["due_after"](limit["amount"], limit["unit"], self.now.isoformat())

    def run_operator(self, task: Task) -> bool | None:
        """Run a service task's operator in a savepoint. None: an error event took over; False: an incident.

        What the operator did not foresee, a change that came too late, and what someone who waits for the answer can
        correct undo the whole step.
        """
        call = _extensions(task).operator
        if call is None:
            return True
        self.has_acted = True
        self._ensure_stored()
        try:
            with self.uow.session.begin_nested():
                result = self._call(task, call)
        except BpmnError as error:
            if self._throw(task, error):
                return None
            remember_failure(task, f"nobody catches the error {error.code}: {error}")
            return False
        except ConcurrentChange:
            raise
        except EngineError as error:
            remember_failure(task, str(error))
            return False
        if call.result:
            task.data[call.result] = result
        return True

    def _call(self, task: Task, call: OperatorCall) -> Any:
        operator = self.uow.runtime.operators.find(call.name)
        if operator is None:
            raise OperatorFailed(f"no operator {call.name!r} is registered")
        arguments = {name: self.evaluate(task, value) for name, value in call.parameters.items()}
        context = OperatorContext(self.uow, self.instance, task.task_spec.bpmn_id, self._attached_row(task))
        try:
            return operator.call(context, arguments)
        except self.uow.runtime.operators.corrections as wrong:
            if self.is_job:
                raise OperatorFailed(f"operator {call.name}: {wrong}") from wrong
            raise

    def _ensure_stored(self) -> None:
        if not self.instance.id:
            self.uow.session.add(self.instance)
            self.uow.session.flush()

    def _throw(self, task: Task, error: BpmnError) -> bool:
        top = task.workflow.top_workflow
        uncaught = len(top.bpmn_events)
        definition = ErrorEventDefinition(error.code, error.code)
        top.catch(BpmnEvent(definition, payload={"error": str(error)}, target=task.workflow))
        if len(top.bpmn_events) == uncaught:
            return True
        del top.bpmn_events[uncaught:]
        return False

    def _attached_row(self, task: Task) -> UserTask | None:
        boundary = task
        while boundary is not None and not isinstance(boundary.task_spec, BoundaryEvent):
            boundary = boundary.parent
        attached = attached_activity(boundary) if boundary is not None else None
        if attached is None:
            return None
        return self.uow.session.query(UserTask).filter(UserTask.token == attached.id).one_or_none()

    def _evaluate(self, expression: str, context: Mapping[str, Any], more: Mapping[str, Any], task: Task | None) -> Any:
        return expressions.evaluate(expression, context, {**self._functions(context, task), **more})

    def _functions(self, data: Mapping[str, Any], task: Task | None) -> dict[str, Any]:
        return {
            **BUILT_INS,
            **self.uow.runtime.functions,
            "now": self.now.isoformat,
            "decide": lambda decision_id: self.decide(decision_id, data, task),
        }


class _DecisionInput:
    """What SpiffWorkflow's decision engine takes for a task: data, and the way back to the sandbox."""

    def __init__(self, engine: SandboxScriptEngine, data: dict[str, Any], task: Task | None) -> None:
        self.data = data
        self.workflow = task.workflow if task is not None else self
        self.script_engine = engine
        self.task_spec = task.task_spec if task is not None else None


def attached_activity(task: Task) -> Task | None:
    """The activity that a boundary event's token hangs on."""
    split = task.parent
    if split is None or not isinstance(split.task_spec, BoundaryEventSplit):
        return None
    mains = [child for child in split.children if not isinstance(child.task_spec, BoundaryEvent)]
    return next((main for main in mains if not main.has_state(TaskState.CANCELLED)), None)


def _extensions(task: Task) -> Extensions:
    """What the element says; a multi-instance activity is one around the element that has them, and says nothing."""
    return getattr(task.task_spec, "extensions", NOTHING_SAID)


def _is_literal(text: str) -> bool:
    return (text[:1] in {"P", "R"} and text[1:2].isdigit()) or text[:2] in {"PT", "R/"} or text[:4].isdigit()
