"""Two diagrams compared: what a reader would call a change is one, what only another modeler writes is none."""

from __future__ import annotations

import time
from pathlib import Path

from engine.comparing import Change, FileComparison, PartChange, compare_file
from tests.diagrams import (
    boundary,
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

CLOSURE = Path(__file__).parents[4] / "bpmn" / "closure.bpmn"


def around(*elements: str, through: str = "a") -> bytes:
    return diagram(process("p", start(), *elements, end(), flows("start", *through.split(), "end")))


def compared(before: bytes, after: bytes) -> FileComparison:
    return compare_file("p.bpmn", before, after)


def only(before: bytes, after: bytes) -> PartChange:
    [part] = compared(before, after).parts
    return part


def properties(part: PartChange) -> dict[str, tuple[str | None, str | None]]:
    return {each.name: (each.before, each.after) for each in part.properties}


def test_a_new_step_is_added_and_the_flow_around_it_changed() -> None:
    before, after = around(user_task("a")), around(user_task("a"), user_task("b"), through="a b")
    changes = {part.id: part.change for part in compared(before, after).parts}
    assert changes == {
        "b": Change.ADDED, "a_to_b": Change.ADDED, "b_to_end": Change.ADDED, "a_to_end": Change.REMOVED,
    }  # fmt: skip


def test_who_may_act_is_told_before_and_after() -> None:
    part = only(around(user_task("a", users="'ann'")), around(user_task("a", users="'bob'", excluded="x")))
    assert properties(part) == {
        "assignment.candidateUsers": ("'ann'", "'bob'"),
        "assignment.excludedUsers": (None, "x"),
    }


def test_a_parameter_of_an_operator_is_told_by_its_name() -> None:
    part = only(
        around(service_task("a", "hazard.close", number="1", by="x")),
        around(service_task("a", "hazard.close", number="2", by="x")),
    )
    assert properties(part) == {"operator.parameter[number].value": ("1", "2")}


def test_form_and_deadline_are_told_when_they_come() -> None:
    part = only(around(user_task("a")), around(user_task("a", result="answer", due="now()")))
    assert properties(part) == {
        "form.ref": (None, "anything"), "form.result": (None, "answer"), "deadline.due": (None, "now()"),
    }  # fmt: skip


def test_a_condition_a_script_and_documentation_are_told() -> None:
    note = "<bpmn:documentation>{}</bpmn:documentation>"
    before = diagram(
        process("p", element("task", "a", note.format("old")), script_task("s", "x = 1"), flow("a", "s", "x > 1"))
    )
    after = diagram(
        process("p", element("task", "a", note.format("new")), script_task("s", "x = 2"), flow("a", "s", "x > 2"))
    )
    found = {part.id: properties(part) for part in compared(before, after).parts}
    assert found == {
        "a": {"documentation": ("old", "new")},
        "s": {"script": ("x = 1", "x = 2")},
        "a_to_s": {"conditionExpression": ("x > 1", "x > 2")},
    }


def test_a_timer_that_no_longer_interrupts_says_both() -> None:
    before = around(user_task("a"), boundary("late", "a", timer("timeDuration", "P1D")))
    after = around(user_task("a"), boundary("late", "a", timer("timeDuration", "P2D"), interrupting=False))
    assert properties(only(before, after)) == {
        "cancelActivity": (None, "false"),
        "timerEventDefinition.timeDuration": ("P1D", "P2D"),
    }


def test_an_element_of_another_kind_under_the_same_id_is_changed() -> None:
    part = only(around(element("task", "a", name="x")), around(element("userTask", "a", name="x")))
    assert properties(part) == {"kind": ("task", "userTask")}


def test_a_reference_is_told_by_name() -> None:
    before = around(element("task", "a", name="登记"), element("task", "b", name="核查"))
    after = before.replace(b'targetRef="end"', b'targetRef="b"')
    assert properties(only(before, after)) == {"targetRef": ("end", "核查 (b)")}


def test_moving_an_element_is_no_change_of_what_it_says() -> None:
    drawn = CLOSURE.read_bytes()
    moved = drawn.replace(b'<dc:Bounds x="', b'<dc:Bounds x="1', 3)
    comparison = compared(drawn, moved)
    assert {part.change for part in comparison.parts} == {Change.MOVED}
    assert comparison.is_layout_only


def test_what_a_modeler_writes_though_it_goes_without_saying_is_no_change() -> None:
    before = around(user_task("a"), boundary("late", "a", timer("timeDuration", "P1D")))
    after = before.replace(b' cancelActivity="true"', b"").replace(b' xsi:type="bpmn:tFormalExpression"', b"")
    after = after.replace(b"<bpmn:process", b"\n  <bpmn:process").replace(
        b"<bpmn:userTask id", b'<bpmn:userTask isForCompensation="false" id'
    )
    assert before != after
    assert compared(before, after).parts == ()


def test_an_attribute_of_another_vendor_is_told_too() -> None:
    camunda = b'<bpmn:userTask xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:assignee="ann" id'
    before = around(user_task("a"))
    assert properties(only(before, before.replace(b"<bpmn:userTask id", camunda))) == {
        "camunda:assignee": (None, "ann")
    }


def test_a_step_that_went_into_a_subprocess_says_so() -> None:
    inner = element("task", "a")
    before = diagram(process("p", inner, element("subProcess", "s", name="复查")))
    after = diagram(process("p", element("subProcess", "s", inner, name="复查")))
    assert properties(only(before, after)) == {"within": (None, "复查 (s)")}


def test_a_message_is_a_part_of_its_own() -> None:
    before = diagram('<bpmn:message id="m" name="old"/>', process("p"))
    part = only(before, before.replace(b"old", b"new"))
    assert (part.kind, properties(part)) == ("message", {"name": ("old", "new")})


def test_an_unreadable_file_says_so() -> None:
    assert compared(around(user_task("a")), b"<broken").unreadable
    assert compared(b"<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>", around(user_task("a"))).unreadable


def test_unknown_extension_elements_are_not_lost() -> None:
    before = around(element("task", "a", extensions(lookback("escalation", policy="x"))))
    assert properties(only(before, before.replace(b'"x"', b'"y"'))) == {"escalation.policy": ("x", "y")}


def test_a_thousand_elements_are_compared_in_no_time() -> None:
    tasks = [f"a{number}" for number in range(500)]
    before = around(*map(user_task, tasks), through=" ".join(tasks))
    after = before.replace(b"'ann'", b"'bob'")
    began = time.perf_counter()
    assert len(compared(before, after).parts) == 500
    assert time.perf_counter() - began < 2
