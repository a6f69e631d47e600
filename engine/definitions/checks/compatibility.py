"""Diagrams from Camunda's modelers: what is written there and not read here is named, with what to do instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from engine.definitions.camunda import Given, givens, meanings
from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.report import error_at, warning_at
from engine.definitions.diagrams import identity
from engine.definitions.problems import Problem
from engine.definitions.remarks import Remark, remark
from engine.definitions.tables import read_table
from engine.definitions.xml import Element
from engine.sentences import Sentence, sentence

_OPERATOR: Final = sentence("call a registered operator with lookback:operator")
_LISTENER: Final = sentence("draw what it does as an event or a service task of its own")
_MAPPING: Final = sentence("name the result of the element, or put a script task beside it")
_FORM: Final = sentence("keep the form as a file of its own and name it in lookback:form")
_LOOP: Final = sentence("name the list in BPMN's own loop data input")

REMEDIES: Final[Mapping[str, Sentence]] = {
    "camunda:class": _OPERATOR,
    "camunda:delegateExpression": _OPERATOR,
    "camunda:expression": _OPERATOR,
    "camunda:type": _OPERATOR,
    "camunda:topic": _OPERATOR,
    "camunda:connector": _OPERATOR,
    "camunda:resultVariable": _MAPPING,
    "zeebe:taskDefinition": _OPERATOR,
    "camunda:executionListener": _LISTENER,
    "camunda:taskListener": _LISTENER,
    "zeebe:executionListeners": _LISTENER,
    "zeebe:taskListeners": _LISTENER,
    "camunda:inputOutput": _MAPPING,
    "camunda:in": _MAPPING,
    "camunda:out": _MAPPING,
    "camunda:field": _OPERATOR,
    "zeebe:ioMapping": _MAPPING,
    "camunda:formData": _FORM,
    "camunda:formKey": _FORM,
    "camunda:formRef": _FORM,
    "zeebe:formDefinition/formKey": _FORM,
    "zeebe:formDefinition/externalReference": _FORM,
    "zeebe:userTaskForm": _FORM,
    "zeebe:script": sentence("write the script into the script task, in the language of the engine"),
    "camunda:collection": _LOOP,
    "camunda:elementVariable": _LOOP,
    "zeebe:loopCharacteristics": _LOOP,
    "camunda:decisionRef": sentence("name the decision in lookback:decision; its result is one mapping of outputs"),
}

WITHOUT_EFFECT: Final = frozenset(
    {
        "camunda:initiator", "camunda:candidateStarterGroups", "camunda:candidateStarterUsers",
        "camunda:failedJobRetryTimeCycle", "zeebe:subscription", "zeebe:taskHeaders", "camunda:errorCodeVariable",
        "camunda:errorMessageVariable", "camunda:escalationCodeVariable",
    }
)  # fmt: skip
"""What changes nothing that the diagram draws, and does nothing here."""

SILENT: Final = frozenset(
    {
        "camunda:asyncBefore", "camunda:asyncAfter", "camunda:exclusive", "camunda:jobPriority", "camunda:taskPriority",
        "camunda:historyTimeToLive", "camunda:isStartableInTasklist", "camunda:versionTag", "camunda:properties",
        "camunda:formRefBinding", "camunda:decisionRefBinding", "camunda:calledElementBinding",
        "camunda:modelerTemplate", "camunda:modelerTemplateVersion", "camunda:mapDecisionResult",
        "zeebe:userTask", "zeebe:versionTag", "zeebe:properties", "zeebe:modelerTemplate",
        "zeebe:modelerTemplateVersion", "zeebe:modelerTemplateIcon", "zeebe:assignmentDefinition",
        "zeebe:formDefinition", "zeebe:formDefinition/bindingType", "zeebe:taskSchedule", "zeebe:priorityDefinition",
        "zeebe:calledDecision", "zeebe:calledDecision/bindingType", "zeebe:calledElement",
        "zeebe:calledElement/bindingType", "zeebe:calledElement/propagateAllParentVariables",
    }
)  # fmt: skip
"""What is the business of Camunda's own server or modeler, or the shell of what is read."""


def check_compatibility(content: Content, _vocabulary: Vocabulary) -> Iterator[Problem]:
    for diagram in content.diagrams:
        for scope in diagram.scopes:
            flows = (flow.element for flow in scope.flows)
            around = (scope.element,) if scope.is_process else ()
            for element in (*around, *scope.nodes.values(), *flows):
                yield from _check(diagram.file, element, content)
        for message in diagram.declared("message").values():
            yield from _check(diagram.file, message, content)


def _check(file: str, element: Element, content: Content) -> Iterator[Problem]:
    for given in givens(element):
        if given.meaning is not None or given.name in SILENT or _is_usual(given):
            continue
        if given.name.partition("/")[0] in WITHOUT_EFFECT:
            if "/" not in given.name:
                yield warning_at(file, element, _without_effect(given))
        elif given.field is not None:
            yield error_at(file, element, _other_meaning(given))
        elif "/" not in given.name or given.name.partition("/")[0] in SILENT:
            yield error_at(file, element, _not_read(given))
    yield from _check_outputs(file, element, content)


def _is_usual(given: Given) -> bool:
    """A called process gives its data back here, as it does there unless that is forbidden."""
    return given.name == "zeebe:calledElement/propagateAllChildVariables" and given.text != "false"


def _without_effect(given: Given) -> Remark:
    return remark("camunda-without-effect", "%(name)s has no effect in this engine", name=given.name)


def _other_meaning(given: Given) -> Remark:
    return remark(
        "camunda-other-meaning",
        "%(name)s is written in a way that the engine does not read: '%(text)s'; %(remedy)s",
        name=given.name,
        text=given.text[:100],
        remedy=REMEDIES.get(given.name, sentence("choose it in the panel, or write a name or a plain variable")),
    )


def _not_read(given: Given) -> Remark:
    return remark(
        "camunda-not-read",
        "the engine does not read %(name)s; %(remedy)s",
        name=given.name,
        remedy=REMEDIES.get(given.name, sentence("remove it, or draw it with the elements of this engine")),
    )


def _check_outputs(file: str, task: Element, content: Content) -> Iterator[Problem]:
    """Camunda 8 gives the value alone where a decision has one output; here it is a mapping always."""
    decision_id = meanings(task).get("taken_decision")
    if decision_id is None or not any(given.name.startswith("zeebe:calledDecision") for given in givens(task)):
        return
    decision = next((d for table in content.tables for d in table.decisions if identity(d) == decision_id), None)
    table = read_table(decision) if decision is not None else None
    if table is not None and len(table.outputs) == 1:
        said = remark(
            "camunda-single-output",
            "the decision %(decision)s has one output; its result here is a mapping: write result.%(output)s",
            decision=decision_id,
            output=table.outputs[0].name,
        )
        yield warning_at(file, task, said)
