"""Builds executable specifications from a deployment's files; the only reader of BPMN and DMN for execution."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from lxml import etree
from SpiffWorkflow.bpmn.parser.event_parsers import (
    BoundaryEventParser,
    EndEventParser,
    IntermediateCatchEventParser,
    IntermediateThrowEventParser,
    ReceiveTaskParser,
    SendTaskParser,
    StartEventParser,
)
from SpiffWorkflow.bpmn.parser.task_parsers import ScriptTaskParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.dmn.parser.BpmnDmnParser import BpmnDmnParser

from engine.definitions.camunda import called_process
from engine.definitions.decisions import Decision, decision_of
from engine.definitions.extensions import Extensions, read_extensions
from engine.definitions.files import Files, of_kind
from engine.definitions.foreign import translated
from engine.definitions.namespaces import bpmn
from engine.definitions.specs import (
    AbstractTask,
    BoundaryEvent,
    BroadcastSignal,
    DecisionTask,
    OperatorTask,
    PayloadMessage,
    SandboxScriptTask,
)
from engine.definitions.timers import as_job_timer
from engine.definitions.xml import read_xml
from engine.storage.models import ResourceKind


@dataclass(frozen=True)
class ParsedDeployment:
    """Everything a deployment executes with. Shared by all instances and threads, so never changed after parsing."""

    processes: Mapping[str, BpmnProcessSpec]
    executable: frozenset[str]
    decisions: Mapping[str, Decision]
    forms: Mapping[str, dict[str, Any]]


def parse(files: Files) -> ParsedDeployment:
    """Parse a whole set. Raises SpiffWorkflow's ValidationException, naming file and element, for what cannot run."""
    parser = _DiagramParser()
    for name, content in sorted(files.items()):
        if name.endswith(".bpmn"):
            parser.add_bpmn_xml(etree.ElementTree(_in_our_words(read_xml(content, name))), filename=name)
        elif name.endswith(".dmn"):
            parser.add_dmn_xml(read_xml(content, name), filename=name)
    executable = frozenset(parser.get_process_ids())
    processes: dict[str, BpmnProcessSpec] = {}
    for process_id in sorted(executable):
        processes[process_id] = parser.get_spec(process_id)
        processes.update(parser.get_subprocess_specs(process_id, require_call_activity_specs=True))
    for spec in processes.values():
        _make_shareable(spec)
    return ParsedDeployment(
        processes=processes,
        executable=executable,
        decisions={name: decision_of(parser.get_engine(name, None)) for name in parser.dmn_parsers},
        forms=_forms(files),
    )


def parse_tables(files: Files) -> Mapping[str, Decision]:
    """The executable decision tables of a set alone. Raises SpiffWorkflow's ValidationException, InvalidDefinition."""
    parser = _DiagramParser()
    for name, content in of_kind(files, ResourceKind.DECISION):
        parser.add_dmn_xml(read_xml(content, name), filename=name)
    return {name: decision_of(parser.get_engine(name, None)) for name in parser.dmn_parsers}


def _in_our_words(root: Any) -> Any:
    """A diagram from Camunda's modeler says in BPMN's own places what is read of it there."""
    for call in root.iter(bpmn("callActivity")):
        if called := called_process(call):
            call.set("calledElement", called)
    for condition in root.iter(bpmn("conditionExpression")):
        condition.text = translated(condition.text)
    return root


def _forms(files: Files) -> dict[str, dict[str, Any]]:
    schemas = [json.loads(content) for name, content in files.items() if name.endswith(".form")]
    return {schema["id"]: schema for schema in schemas}


def _make_shareable(spec: BpmnProcessSpec) -> None:
    """Do now what the library would otherwise do to the specification while an instance runs."""
    for task_spec in list(spec.task_specs.values()):
        if (definition := getattr(task_spec, "event_definition", None)) is not None:
            task_spec.event_definition = _own_event_definition(definition, task_spec.name)
        if isinstance(task_spec, LoopTask):
            completed = spec.task_specs[task_spec.task_spec].completed_event
            if not completed.is_connected(task_spec.merge_child):
                completed.connect(task_spec.merge_child)
    for name in spec.start.trigger_specs:
        triggered = spec.task_specs[name]
        if spec.start not in triggered.inputs:
            triggered._inputs.append(spec.start.name)
            triggered.connect(spec.end)


def _own_event_definition(definition: Any, key: str) -> Any:
    if isinstance(definition, MultipleEventDefinition):
        definition.event_definitions = [
            as_job_timer(part, f"{key}.{number}") for number, part in enumerate(definition.event_definitions)
        ]
        return definition
    return as_job_timer(definition, key)


class _ReadsExtensions(TaskParser):
    """Parses our extension elements, payloads and signals for every kind of node."""

    def parse_extensions(self, node: Any = None) -> Extensions:
        return read_extensions(self.node if node is None else node)

    def parse_message_event(self, message_event: Any) -> Any:
        parsed = super().parse_message_event(message_event)
        payload = self.parse_extensions().payload
        return PayloadMessage(parsed.name, parsed.correlation_properties, payload.value if payload else None)

    def parse_signal_event(self, signal_event: Any) -> Any:
        parsed = super().parse_signal_event(signal_event)
        return BroadcastSignal(parsed.name)


class _Task(_ReadsExtensions):
    pass


class _Script(_ReadsExtensions, ScriptTaskParser):
    pass


class _Decision(_Task):
    @staticmethod
    def get_decision_ref(node: Any) -> str | None:
        decision = read_extensions(node).decision
        return decision.ref if decision else None


class _Start(_ReadsExtensions, StartEventParser):
    def create_task(self) -> Any:
        task = super().create_task()
        task.is_interrupting = self.node.get("isInterrupting") != "false"
        return task


class _End(_ReadsExtensions, EndEventParser):
    pass


class _Catch(_ReadsExtensions, IntermediateCatchEventParser):
    pass


class _Throw(_ReadsExtensions, IntermediateThrowEventParser):
    pass


class _Boundary(_ReadsExtensions, BoundaryEventParser):
    pass


class _Send(_ReadsExtensions, SendTaskParser):
    pass


class _Receive(_ReadsExtensions, ReceiveTaskParser):
    pass


class _DiagramParser(BpmnDmnParser):
    OVERRIDE_PARSER_CLASSES: ClassVar = {
        full_tag("task"): (_Task, AbstractTask),
        full_tag("userTask"): (_Task, defaults.UserTask),
        full_tag("manualTask"): (_Task, defaults.ManualTask),
        full_tag("serviceTask"): (_Task, OperatorTask),
        full_tag("scriptTask"): (_Script, SandboxScriptTask),
        full_tag("businessRuleTask"): (_Decision, DecisionTask),
        full_tag("sendTask"): (_Send, defaults.SendTask),
        full_tag("receiveTask"): (_Receive, defaults.ReceiveTask),
        full_tag("startEvent"): (_Start, defaults.StartEvent),
        full_tag("endEvent"): (_End, defaults.EndEvent),
        full_tag("intermediateCatchEvent"): (_Catch, defaults.IntermediateCatchEvent),
        full_tag("intermediateThrowEvent"): (_Throw, defaults.IntermediateThrowEvent),
        full_tag("boundaryEvent"): (_Boundary, BoundaryEvent),
    }
