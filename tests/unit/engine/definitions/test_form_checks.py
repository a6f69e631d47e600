"""A form is refused at deployment, component by component, for whatever could not be validated later."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from engine.definitions import Problem, Severity, check
from engine.operators import OperatorRegistry
from tests.diagrams import form, question

NOTHING: Any = SimpleNamespace(operators=OperatorRegistry(), functions={})
OPTION = {"value": "x", "label": "X"}


def problems(*components: Any) -> list[Problem]:
    return check({"plan.form": form("plan", *components)}, NOTHING)


def test_a_form_of_every_supported_component_has_no_problem() -> None:
    group = {"type": "group", "label": "G", "components": [question("number", "n", validate={"min": 0, "max": 9})]}
    texts = [question("textfield", "t", validate={"required": True, "pattern": "^x"}), question("textarea", "u")]
    choices = [question(kind, kind, values=[OPTION]) for kind in ("radio", "select", "checklist", "taglist")]
    others = [question("checkbox", "c"), question("datetime", "d", subtype="date"), question("filepicker", "f")]
    assert problems(group, *texts, *choices, *others, {"type": "text", "text": "x"}, {"type": "separator"}) == []


@pytest.mark.parametrize("kind", ["dynamiclist", "table", "expression", "iframe", "documentPreview"])
def test_a_component_that_cannot_be_validated_is_refused_by_name(kind: str) -> None:
    [problem] = problems({"type": kind, "id": "Field_1", "key": "a", "label": "A"})
    assert (problem.file, problem.element_id, problem.element_name) == ("plan.form", "a", "A")
    assert f"the engine does not support a {kind} in a form" in problem.message


@pytest.mark.parametrize(
    "member",
    [
        {"readonly": True},
        {"disabled": True},
        {"serializeToString": True},
        {"valuesKey": "units"},
    ],
)
def test_what_a_component_cannot_do_is_refused_by_name(member: dict[str, Any]) -> None:
    [problem] = problems(question("number", "a", **member))
    assert f"does not support {next(iter(member))!r}" in problem.message


@pytest.mark.parametrize(
    ("component", "sentence"),
    [
        ({"type": "textfield", "id": "Field_1", "label": "A"}, "the textfield has no key"),
        (question("textfield", "整改"), "is no identifier"),
        (question("textfield", "plan.money"), "is no identifier"),
        (question("textfield", "class"), "is no identifier"),
        (question("textfield", "completed_by"), "is given by the engine itself"),
        (question("textfield", "a", validate={"minLength": 5, "maxLength": 4}), "minLength is larger than maxLength"),
        (question("textfield", "a", validate={"maxLength": -1}), "maxLength must be from 0"),
        (question("textfield", "a", validate={"maxLength": "=n"}), "maxLength is no number"),
        (question("textfield", "a", validate={"min": 1}), "a textfield has no rule 'min'"),
        (question("textfield", "a", validate={"validationType": "phone"}), "validation type 'phone'"),
        (question("textfield", "a", validate={"pattern": "(a"}), "the pattern '(a' cannot be used: missing )"),
        (question("textfield", "a", validate={"pattern": "(?=a)b"}), "cannot be used"),
        (question("textfield", "a", validate={"pattern": r"(a)\1"}), "cannot be used"),
        (question("textfield", "a", validate={"pattern": "((a{99}){99}){99}"}), "cannot be used"),
        (question("textfield", "a", validate={"pattern": "a" * 501}), "longer than 500"),
        (question("textfield", "a", validate={"required": "yes"}), "required is neither true nor false"),
        (question("number", "a", validate={"min": 2, "max": 1}), "min is larger than max"),
        (question("number", "a", decimalDigits=1.5), "decimalDigits must be a whole number"),
        (question("number", "a", increment=0), "increment must be a number above 0"),
        (question("number", "a", validate={"max": 5}, defaultValue=6), "the default value does not fit"),
        (question("datetime", "a", subtype="week"), "subtype 'week'"),
        (question("select", "a"), "there is nothing to choose from"),
        (question("select", "a", values=[{"label": "X"}]), "option 1 has no value"),
        (question("select", "a", values=[OPTION, OPTION]), "given to several options"),
        ("text", "component 1 is no object"),
        ({"type": "group", "label": "G"}, "has no list of components"),
    ],
)
def test_a_mistake_in_a_component_is_named(component: Any, sentence: str) -> None:
    [problem] = problems(component)
    assert sentence in problem.message
    assert problem.severity is Severity.ERROR


def test_a_key_that_occurs_twice_is_refused_across_groups() -> None:
    group = {"type": "group", "components": [question("number", "a")]}
    [problem] = problems(question("textfield", "a"), group)
    assert "the key 'a' occurs more than once" in problem.message


def test_a_missing_label_is_only_a_warning() -> None:
    [problem] = problems({"type": "textfield", "key": "a"})
    assert (problem.severity, problem.element_id) == (Severity.WARNING, "a")


def test_groups_within_groups_end_somewhere() -> None:
    component: dict[str, Any] = question("textfield", "a")
    for _ in range(7):
        component = {"type": "group", "components": [component]}
    assert "nested more than 6 deep" in problems(component)[0].message


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "no readable JSON"),
        (b"[]", "the file is no form"),
        (b'{"id": "f", "id": "g"}', "occurs twice in one object"),
        (b'{"components": []}', "the form has no id"),
        (b"[" * 100_000, "no readable JSON"),
        (b" " * 300_000, "larger than 256 KB"),
    ],
)
def test_an_unreadable_form_is_named(content: bytes, sentence: str) -> None:
    [problem] = check({"f.form": content}, NOTHING)
    assert (problem.file, sentence in problem.message) == ("f.form", True)


@pytest.mark.parametrize(
    ("member", "sentence"),
    [
        ({"conditional": {"hide": "=b > 3"}}, "the condition conditional.hide cannot be used: it is not understood"),
        ({"conditional": {"hide": '=elsewhere = "x"'}}, "looks at 'elsewhere', which the form does not ask"),
        ({"conditional": "=a"}, "the condition conditional.hide cannot be used"),
        ({"properties": {"requiredWhen": "=a = 1 b = 2"}}, "the condition properties.requiredWhen cannot be used"),
    ],
)
def test_a_condition_that_the_server_cannot_keep_is_refused(member: dict[str, Any], sentence: str) -> None:
    [problem] = problems(question("number", "b"), question("textfield", "a", **member))
    assert sentence in problem.message


def test_conditions_on_other_questions_are_accepted() -> None:
    hidden = question("textfield", "a", conditional={"hide": '=b != 3 and c = "x" or c = null'})
    needed = question("textfield", "d", properties={"requiredWhen": "=b = 3"})
    assert problems(hidden, needed, question("number", "b"), question("textfield", "c")) == []
