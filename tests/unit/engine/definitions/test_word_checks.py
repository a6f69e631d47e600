"""What is written wrongly in a diagram is refused: timers, expressions, operators, references and ids."""

from __future__ import annotations

import pytest

from engine.definitions import Severity
from tests.diagrams import (
    definition,
    diagram,
    element,
    end,
    extensions,
    flow,
    flows,
    lookback,
    process,
    script_task,
    service_task,
    start,
    timer,
    user_task,
)
from tests.unit.engine.definitions.sets import FILE, around, catching, choosing, on_boundary, problems

MESSAGE = '<bpmn:message id="m" name="sampled"/>'


def _calling(called: str) -> bytes:
    return around(element("callActivity", "a", calledElement=called), through="a")


def _deciding(ref: str) -> bytes:
    return around(element("businessRuleTask", "a", extensions(lookback("decision", ref=ref))), through="a")


SPOILED = {
    "a duration in words": (catching(timer("timeDuration", "P3 days")), "a", "is no ISO 8601 duration"),
    "a date without zone": (catching(timer("timeDate", "2023-01-31T18:00:00")), "a", "date and time with its zone"),
    "a cycle that never ends a second": (
        on_boundary(timer("timeCycle", "R/PT0S")),
        "late",
        "is no ISO 8601 repeating interval",
    ),
    "a cycle of a million times": (
        on_boundary(timer("timeCycle", "R1000000/PT1S")),
        "late",
        "is no ISO 8601 repeating interval",
    ),
    "a timer of unknown function": (
        catching(timer("timeDuration", "due_in(3)")),
        "a",
        "there is no function 'due_in'",
    ),
    "a timer without time": (catching(definition("timer")), "a", "exactly one of a date, a duration or a cycle"),
    "an expression that does not parse": (
        around(user_task("a", users="'ann"), through="a"),
        "a",
        "this is no expression",
    ),
    "an expression that is not allowed": (
        around(user_task("a", users="x.__class__"), through="a"),
        "a",
        "begins with an underscore",
    ),
    "a method call": (around(user_task("a", users="'a'.upper()"), through="a"), "a", "cannot be called"),
    "a function that is not there": (
        around(user_task("a", groups="members('x')"), through="a"),
        "a",
        "there is no function 'members'",
    ),
    "true in small letters": (
        choosing("exclusiveGateway", flow("g", "a", "x == true"), flow("g", "b", id="d"), default="d"),
        "g_to_a",
        "write True",
    ),
    "a decision that is not there": (
        around(script_task("a", "x = decide('limit')"), through="a"),
        "a",
        "there is no decision 'limit'",
    ),
    "a script that acts": (around(script_task("a", "import os"), through="a"), "a", "no assignment of the kind"),
    "an empty script": (around(script_task("a", ""), through="a"), "a", "nothing is written here"),
    "no operator": (around(element("serviceTask", "a"), through="a"), "a", "calls no operator"),
    "an operator that is not there": (
        around(service_task("a", "hazard.open"), through="a"),
        "a",
        "registered are hazard.close",
    ),
    "a missing parameter": (
        around(service_task("a", "hazard.close"), through="a"),
        "a",
        "needs the parameter 'number'",
    ),
    "an unknown parameter": (
        around(service_task("a", "hazard.close", number="1", why="'x'"), through="a"),
        "a",
        "has no parameter 'why'",
    ),
    "a parameter of a wrong type": (
        around(service_task("a", "hazard.close", number="'x'"), through="a"),
        "a",
        "cannot be 'x'",
    ),
    "a form that is not there": (
        around(
            element(
                "userTask", "a", extensions(lookback("assignment", assignee="'ann'"), lookback("form", ref="plan"))
            ),
            through="a",
        ),
        "a",
        "there is no form 'plan'",
    ),
    "a deadline without its function": (
        around(
            element(
                "userTask",
                "a",
                extensions(lookback("assignment", assignee="'ann'"), lookback("deadline", decision="limit")),
            ),
            through="a",
        ),
        "a",
        "due_after",
    ),
    "a rule task without decision": (around(element("businessRuleTask", "a"), through="a"), "a", "takes no decision"),
    "a rule task of an unknown decision": (_deciding("limit"), "a", "there is no decision 'limit'"),
    "a call of nothing": (_calling(""), "a", "calls no process"),
    "a call of an unknown process": (_calling("q"), "a", "no executable process 'q'"),
    "a process that cannot be named": (
        diagram(process("整改", start(), end(), flows("start", "end"))),
        "整改",
        "is no identifier",
    ),
    "an id that occurs twice": (
        around(user_task("a"), '<bpmn:textAnnotation id="a"/>', through="a"),
        "a",
        "occurs more than once",
    ),
    "a node without id": (around("<bpmn:task/>"), "p", "a task has no id"),
}


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=SPOILED.keys())
def test_a_problem_names_its_file_its_element_and_the_remedy(spoiled: tuple[bytes, str, str]) -> None:
    content, element_id, sentence = spoiled
    found = problems(content)
    assert [p for p in found if (p.file, p.element_id) == (FILE, element_id) and sentence in p.message], found
    assert all(p.severity is Severity.ERROR for p in found if p.element_id == element_id)


def test_a_sound_diagram_has_no_problem() -> None:
    assert problems(around(user_task("a"), service_task("b", "hazard.close", number="3"), through="a b")) == []


def test_every_problem_is_reported_at_once_in_the_order_of_files() -> None:
    broken = around(service_task("a", "hazard.open"), element("callActivity", "b", calledElement="q"), through="a b")
    found = problems(broken, another_form=b"{")
    assert [(p.file, p.element_id) for p in found] == [("another.form", ""), (FILE, "a"), (FILE, "b")]


def test_a_task_that_is_offered_to_nobody_is_a_warning() -> None:
    [problem] = problems(around(element("userTask", "a", name="整改"), through="a"))
    assert (problem.severity, problem.element_name) == (Severity.WARNING, "整改")
    assert str(problem).startswith("warning: p.bpmn, a (整改): the task is offered to nobody; add lookback:assignment")


def test_one_id_in_two_files_is_refused() -> None:
    [problem] = problems(around(), other_bpmn=diagram(process("p", start(), end(), flows("start", "end"))))
    assert "has a process or subprocess with the id 'p' too" in problem.message


def test_a_message_that_means_two_things_is_refused() -> None:
    other = diagram('<bpmn:message id="m" name="other"/>', process("q", start(), end(), flows("start", "end")))
    [problem] = problems(around(beside=MESSAGE), other_bpmn=other)
    assert "another name" in problem.message


def test_a_file_without_an_executable_process_and_a_file_of_another_kind_are_refused() -> None:
    found = problems(around(), empty_bpmn=diagram(), notes_txt=b"x")
    assert [(p.file, p.message.split(";")[0]) for p in found] == [
        ("empty.bpmn", "the file has no executable process"),
        ("notes.txt", "the file is neither .bpmn, .dmn nor .form"),
    ]
