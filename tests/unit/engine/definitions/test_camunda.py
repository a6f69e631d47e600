"""Diagrams from Camunda's modelers are read where the meaning is the same, and named where it is not."""

from __future__ import annotations

import pytest

from engine.definitions import Severity
from engine.definitions.diagrams import Diagram
from engine.definitions.extensions import Assignment, Deadline, DecisionCall, FormBinding, OperatorCall, read_extensions
from engine.definitions.foreign import suggestion, translated
from engine.definitions.parser import parse
from engine.definitions.xml import Element, read_xml
from tests.diagrams import ANYTHING, end, flow, flows, process, start, user_task
from tests.unit.engine.definitions.sets import FILE, problems
from tests.unit.engine.definitions.test_table_checks import rule, table

NAMESPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:lookback="urn:lookback:bpmn:1"'
)


def drawn(*elements: str) -> bytes:
    return f'<bpmn:definitions id="d" {NAMESPACES}>{"".join(elements)}</bpmn:definitions>'.encode()


def one(kind: str, attributes: str = "", extensions: str = "", inner: str = "") -> bytes:
    """A process whose only step is the element `a`."""
    within = f"<bpmn:extensionElements>{extensions}</bpmn:extensionElements>" if extensions else ""
    step = f'<bpmn:{kind} id="a" name="A" {attributes}>{within}{inner}</bpmn:{kind}>'
    return drawn(process("p", start(), step, end(), flows("start", "a", "end")))


def step_of(content: bytes) -> Element:
    return Diagram(FILE, read_xml(content, FILE)).scopes[0].nodes["a"]


ASSIGNMENTS = {
    "an assignee": ('camunda:assignee="ann"', "", Assignment(assignee="'ann'")),
    "an assignee from a variable": ('camunda:assignee="${leader}"', "", Assignment(assignee="leader")),
    "candidate groups": (
        'camunda:candidateGroups="office, team"',
        "",
        Assignment(candidate_groups="['office', 'team']"),
    ),
    "candidate users": ('camunda:candidateUsers="#{inspectors}"', "", Assignment(candidate_users="inspectors")),
    "an assignment of version 8": (
        "",
        '<zeebe:assignmentDefinition assignee="=leader" candidateGroups="office" candidateUsers="ann,bob"/>',
        Assignment("['office']", "['ann', 'bob']", "leader"),
    ),
    "what an element template wrote": (
        "",
        (
            '<camunda:properties><camunda:property name="lookback.assignment.candidateGroups" value="group(\'r\', 1)"/>'
            '<camunda:property name="lookback.assignment.assignee" value=""/></camunda:properties>'
        ),
        Assignment(candidate_groups="group('r', 1)"),
    ),
    "ours before theirs": (
        'camunda:assignee="ann"',
        "<lookback:assignment candidateUsers=\"'bob'\"/>",
        Assignment(candidate_users="'bob'"),
    ),
}


@pytest.mark.parametrize("case", ASSIGNMENTS.values(), ids=ASSIGNMENTS.keys())
def test_who_acts_is_read(case: tuple[str, str, Assignment]) -> None:
    attributes, extensions, expected = case
    content = one("userTask", attributes, extensions)
    assert read_extensions(step_of(content)).assignment == expected
    assert problems(content) == []


DEADLINES = {
    "moments with their zone": (
        'camunda:dueDate="2023-01-31T18:00:00+08:00" camunda:followUpDate="${remind_at}" camunda:priority="70"',
        "",
        Deadline(due="'2023-01-31T18:00:00+08:00'", follow_up="remind_at", priority="70"),
    ),
    "a schedule of version 8": (
        "",
        (
            '<zeebe:taskSchedule dueDate="=due" followUpDate="2023-01-30T09:00:00Z"/>'
            '<zeebe:priorityDefinition priority="=urgency"/>'
        ),
        Deadline(due="due", follow_up="'2023-01-30T09:00:00Z'", priority="urgency"),
    ),
}


@pytest.mark.parametrize("case", DEADLINES.values(), ids=DEADLINES.keys())
def test_when_it_is_due_is_read(case: tuple[str, str, Deadline]) -> None:
    attributes, extensions, expected = case
    assert read_extensions(step_of(one("userTask", attributes, extensions))).deadline == expected


@pytest.mark.parametrize(
    ("attributes", "extensions"),
    [
        ('camunda:formKey="anything"', ""),
        ('camunda:formRef="anything" camunda:formRefBinding="deployment"', ""),
        ("", '<zeebe:userTask/><zeebe:formDefinition formId="anything" bindingType="deployment"/>'),
    ],
)
def test_a_form_is_read(attributes: str, extensions: str) -> None:
    content = one("userTask", f'{attributes} camunda:assignee="ann"', extensions)
    assert read_extensions(step_of(content)).form == FormBinding("anything")
    assert problems(content) == []
    assert parse({FILE: content, "anything.form": ANYTHING}).executable == {"p"}


def test_a_decision_of_version_7_is_read_when_its_result_is_one_mapping() -> None:
    content = one(
        "businessRuleTask",
        'camunda:decisionRef="limit" camunda:resultVariable="found" camunda:mapDecisionResult="singleResult"',
    )
    assert read_extensions(step_of(content)).decision == DecisionCall("limit", "found")
    assert problems(content, limit_dmn=table(rule("r", "1", "2"))) == []


def test_a_decision_of_version_8_is_read_and_its_single_output_is_told() -> None:
    content = one("businessRuleTask", "", '<zeebe:calledDecision decisionId="limit" resultVariable="found"/>')
    (told,) = problems(content, limit_dmn=table(rule("r", "1", "2")))
    assert read_extensions(step_of(content)).decision == DecisionCall("limit", "found")
    assert (told.element_id, told.rule, told.severity) == ("a", "camunda-single-output", Severity.WARNING)


def test_a_called_process_of_version_8_is_read_and_runs() -> None:
    called = process("inner", start("s"), end("e"), flow("s", "e"))
    step = (
        '<bpmn:callActivity id="a"><bpmn:extensionElements><zeebe:calledElement processId="inner"/>'
        "</bpmn:extensionElements></bpmn:callActivity>"
    )
    content = drawn(process("p", start(), step, end(), flows("start", "a", "end")), called)
    assert problems(content) == []
    assert set(parse({FILE: content}).processes) == {"p", "inner"}


def test_an_operator_of_an_element_template_is_read() -> None:
    written = {"operator.name": "hazard.close", "operator.result": "closed", "parameter.number": "7"}
    listed = "".join(f'<zeebe:property name="lookback.{name}" value="{text}"/>' for name, text in written.items())
    content = one("serviceTask", "", f"<zeebe:properties>{listed}</zeebe:properties>")
    assert read_extensions(step_of(content)).operator == OperatorCall("hazard.close", "closed", {"number": "7"})
    assert problems(content) == []


NAMED = {
    "a class": ("serviceTask", 'camunda:class="com.x.Y"', "", "camunda:class", Severity.ERROR),
    "a bean": ("serviceTask", 'camunda:delegateExpression="${b}"', "", "camunda:delegateExpression", Severity.ERROR),
    "a job": ("serviceTask", "", '<zeebe:taskDefinition type="x"/>', "zeebe:taskDefinition", Severity.ERROR),
    "a topic": ("serviceTask", 'camunda:type="external" camunda:topic="t"', "", "camunda:topic", Severity.ERROR),
    "a connector": ("serviceTask", "", "<camunda:connector/>", "camunda:connector", Severity.ERROR),
    "a task listener": (
        "userTask", "", '<camunda:taskListener event="create"/>', "camunda:taskListener", Severity.ERROR,
    ),
    "an execution listener": (
        "task", "", '<camunda:executionListener event="start"/>', "camunda:executionListener", Severity.ERROR,
    ),
    "a mapping of version 8": ("task", "", "<zeebe:ioMapping/>", "zeebe:ioMapping", Severity.ERROR),
    "a mapping of version 7": ("task", "", "<camunda:inputOutput/>", "camunda:inputOutput", Severity.ERROR),
    "generated fields": ("userTask", "", "<camunda:formData/>", "camunda:formData", Severity.ERROR),
    "a form elsewhere": ("userTask", 'camunda:formKey="embedded:app:x.html"', "", "camunda:formKey", Severity.ERROR),
    "a form that a program shows": (
        "userTask", "", '<zeebe:formDefinition formKey="x"/>', "zeebe:formDefinition/formKey", Severity.ERROR,
    ),
    "a local moment": ("userTask", 'camunda:dueDate="2023-01-31T18:00:00"', "", "camunda:dueDate", Severity.ERROR),
    "more than a variable": ("userTask", 'camunda:assignee="${a.b()}"', "", "camunda:assignee", Severity.ERROR),
    "a list of rows": (
        "businessRuleTask", 'camunda:decisionRef="limit"', "", "camunda:decisionRef", Severity.ERROR,
    ),
    "a loop over a list": (
        "userTask", "", "", "camunda:collection", Severity.ERROR,
    ),
    "retries": (
        "serviceTask", "", "<camunda:failedJobRetryTimeCycle>R3/PT1M</camunda:failedJobRetryTimeCycle>",
        "camunda:failedJobRetryTimeCycle", Severity.WARNING,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NAMED.values(), ids=NAMED.keys())
def test_what_is_not_read_is_named_with_its_element(case: tuple[str, str, str, str, Severity]) -> None:
    kind, attributes, extensions, name, severity = case
    loop = '<bpmn:multiInstanceLoopCharacteristics camunda:collection="xs" camunda:elementVariable="x"/>'
    content = one(kind, attributes, extensions, loop if name == "camunda:collection" else "")
    found = [p for p in problems(content) if p.rule.startswith("camunda-") and name in p.message]
    assert [(p.element_id, p.element_name, p.severity) for p in found] == [("a", "A", severity)], found


def test_what_concerns_only_camunda_s_own_server_is_passed_over() -> None:
    content = one("userTask", 'camunda:assignee="ann" camunda:asyncBefore="true" camunda:jobPriority="3"')
    assert problems(content) == []


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("${approved}", "approved"),
        ("=approved", "approved"),
        ("= true", "True"),
        ('="major"', '"major"'),
        ("approved", "approved"),
        ("${a > 5}", "${a > 5}"),
        ("=a = 1", "=a = 1"),
    ],
)
def test_only_a_literal_or_a_plain_variable_is_the_same_condition(theirs: str, ours: str) -> None:
    assert translated(theirs) == ours


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("${a > 5 && b == 'x&&y'}", "a > 5 and b == 'x&&y'"),
        ("=a = 1 and b != null", "a == 1 and b != None"),
        ("${!done || false}", "not done or False"),
        ("=if a then b else c", None),
    ],
)
def test_a_longer_condition_has_a_suggestion(theirs: str, ours: str | None) -> None:
    assert suggestion(theirs) == ours


def test_a_condition_of_another_engine_is_named_and_can_be_mended_at_one_press() -> None:
    gateway = '<bpmn:exclusiveGateway id="g" default="g_to_b"/>'
    parts = (start(), gateway, user_task("a"), user_task("b"), end(), end("end2"))
    ways = (flow("start", "g"), flow("g", "a", "${x > 5}"), flow("g", "b"), flow("a", "end"), flow("b", "end2"))
    (found,) = problems(drawn(process("p", *parts, *ways)))
    assert (found.element_id, found.rule) == ("g_to_a", "foreign-expression")
    assert found.fix is not None
    assert found.fix.members == {"text": "x > 5"}
