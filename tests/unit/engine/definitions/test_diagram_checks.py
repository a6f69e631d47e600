"""What is drawn wrongly is refused at deployment: each problem names file and element and says what to do."""

from __future__ import annotations

import pytest

from engine.definitions import Severity
from tests.diagrams import (
    boundary,
    definition,
    diagram,
    element,
    end,
    flow,
    flows,
    process,
    start,
    timer,
    user_task,
)
from tests.unit.engine.definitions.sets import FILE, around, catching, choosing, on_boundary, problems

MESSAGE = '<bpmn:message id="m" name="sampled"/>'
WAITS_M = element("intermediateCatchEvent", "a", definition("message", messageRef="m"))
ASIDE = {"triggeredByEvent": "true"}


def _twice_from_a() -> bytes:
    return diagram(
        process("p", start(), user_task("a"), end(), end("end2"), flows("start", "a", "end"), flow("a", "end2"))
    )


def _after_event_gateway(*targets: str) -> bytes:
    paths = "".join(flow("g", target) + flow(target, "end") for target in ("a", "b")[: len(targets)])
    return diagram(
        MESSAGE, process("p", start(), element("eventBasedGateway", "g"), *targets, end(), flow("start", "g"), paths)
    )


SPOILED = {
    "an unknown element": (around(element("complexGateway", "a"), through="a"), "a", "does not run a complexGateway"),
    "a transaction": (
        around(element("transaction", "a", start("s"), end("e"), flow("s", "e")), through="a"),
        "a",
        "transaction; use",
    ),
    "an ad hoc subprocess": (
        around(element("adHocSubProcess", "a"), through="a"),
        "a",
        "does not run a adHocSubProcess",
    ),
    "compensation": (around(element("task", "a", isForCompensation="true"), through="a"), "a", "does not compensate"),
    "a conditional event": (catching(definition("conditional")), "a", "wait for a message or a timer"),
    "a link": (catching(definition("link")), "a", "connect the two ends"),
    "a signal end event": (
        diagram(
            '<bpmn:signal id="s" name="s"/>',
            process("p", start(), end("end", definition("signal", signalRef="s")), flows("start", "end")),
        ),
        "end",
        "put a signal throw event",
    ),
    "an event that waits for nothing": (
        around(element("intermediateCatchEvent", "a"), through="a"),
        "a",
        "waits for nothing",
    ),
    "a flow to nowhere": (
        diagram(process("p", start(), end(), flow("start", "lost"))),
        "start_to_lost",
        "target 'lost'",
    ),
    "a choice without default": (
        choosing("exclusiveGateway", flow("g", "a", "x > 1"), flow("g", "b", "x < 1")),
        "g",
        "has no default flow",
    ),
    "a choice without condition": (
        choosing("inclusiveGateway", flow("g", "a"), flow("g", "b", id="d"), default="d"),
        "g_to_a",
        "has no condition",
    ),
    "a default with a condition": (
        choosing("exclusiveGateway", flow("g", "a", "x"), flow("g", "b", "y", id="d"), default="d"),
        "d",
        "would be ignored",
    ),
    "a default of another gateway": (
        choosing("exclusiveGateway", flow("g", "a", "x"), flow("g", "b", "y"), default="zzz"),
        "g",
        "does not leave this gateway",
    ),
    "a condition without choice": (
        diagram(process("p", start(), user_task("a"), end(), flow("start", "a"), flow("a", "end", "x"))),
        "a_to_end",
        "only a flow from",
    ),
    "two flows from a task": (_twice_from_a(), "a", "2 flows leave this element"),
    "no start": (diagram(process("p", user_task("a"), end(), flow("a", "end"))), "p", "has no start event"),
    "no end": (diagram(process("p", start(), user_task("a"), flow("start", "a"))), "p", "has no end event"),
    "two plain starts": (
        diagram(process("p", start(), start("s2"), end(), flow("start", "end"), flow("s2", "end"))),
        "s2",
        "several plain start",
    ),
    "a start that is never taken": (
        diagram(
            MESSAGE,
            process(
                "p",
                start(),
                start("s2", definition("message", messageRef="m")),
                end(),
                flow("start", "end"),
                flow("s2", "end"),
            ),
        ),
        "s2",
        "is never taken",
    ),
    "an element that nobody reaches": (
        around(user_task("a"), user_task("b"), flow("b", "end"), through="a"),
        "b",
        "no path from a start",
    ),
    "a path that stops": (
        diagram(
            process(
                "p",
                start(),
                element("parallelGateway", "g"),
                user_task("a"),
                end(),
                flow("start", "g"),
                flow("g", "a"),
                flow("g", "end"),
            )
        ),
        "a",
        "the path stops here",
    ),
    "a flow out of an end": (
        around(user_task("a"), flow("end", "a"), through="a"),
        "end",
        "a flow leaves the end event",
    ),
    "a flow into a start": (
        around(user_task("a"), element("parallelGateway", "g"), flow("g", "start"), through="a g"),
        "start",
        "leads into the start",
    ),
    "a boundary event on nothing": (
        diagram(
            process(
                "p",
                start(),
                user_task("a"),
                boundary("late", "b", timer("timeDuration", "P1D")),
                end(),
                end("e2"),
                flows("start", "a", "end"),
                flow("late", "e2"),
            )
        ),
        "late",
        "attached to no activity",
    ),
    "an error that does not interrupt": (
        on_boundary(definition("error"), interrupting=False),
        "late",
        "an error always interrupts",
    ),
    "an event subprocess with a plain start": (
        around(
            user_task("a"), element("subProcess", "aside", start("s"), end("e"), flow("s", "e"), **ASIDE), through="a"
        ),
        "aside",
        "begins at exactly one message or signal start",
    ),
    "an event subprocess with a timer": (
        around(
            user_task("a"),
            element("subProcess", "aside", start("s", timer("timeDuration", "P1D")), end("e"), flow("s", "e"), **ASIDE),
            through="a",
        ),
        "s",
        "does not run a timer startEvent here",
    ),
    "a message that is not declared": (
        catching(definition("message", messageRef="m")),
        "a",
        "message 'm' is not declared",
    ),
    "no message": (catching(definition("message")), "a", "no message is chosen"),
    "a message without name": (
        catching(definition("message", messageRef="m"), '<bpmn:message id="m"/>'),
        "a",
        "has no name",
    ),
    "one event to choose from": (_after_event_gateway(WAITS_M), "g", "at least two events"),
    "a task after an event-based gateway": (
        _after_event_gateway(WAITS_M, user_task("b")),
        "b",
        "only a catch event or a receive task",
    ),
}


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=SPOILED.keys())
def test_a_problem_names_its_file_its_element_and_the_remedy(spoiled: tuple[bytes, str, str]) -> None:
    content, element_id, sentence = spoiled
    found = problems(content)
    assert [p for p in found if (p.file, p.element_id) == (FILE, element_id) and sentence in p.message], found
    assert all(p.severity is Severity.ERROR for p in found if p.element_id == element_id)
