"""What is submitted is held against the deployed form: typed, bounded, and nothing unasked."""

from __future__ import annotations

import json
from contextlib import suppress
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.definitions.forms import Fault, FieldError, validate_submission
from engine.definitions.forms.answers import FILES, TEXT_LENGTH
from engine.definitions.forms.conditions import read_condition
from engine.errors import InvalidForm
from engine.expressions.limits import WHOLE_NUMBER
from tests.diagrams import form, question

OPTIONS = [{"value": "genuine", "label": "属实"}, {"value": "relapsed", "label": "反弹"}]
HIDDEN = '=verdict = "genuine"'
NUMBERS = [{"value": 1, "label": "一"}, {"value": 2, "label": "二"}]


def submit(component: dict[str, Any], **data: Any) -> Any:
    """The one answer of a form with one question `a`."""
    return validate_submission(json.loads(form("f", component)), data)["a"]


def fault(component: dict[str, Any], given: Any) -> FieldError:
    with pytest.raises(InvalidForm) as refused:
        submit(component, a=given)
    assert list(refused.value.errors) == ["a"]
    return refused.value.errors["a"]


@pytest.mark.parametrize(
    ("component", "given", "answer"),
    [
        (question("textfield", "a"), "  three doors \n", "three doors"),
        (question("textarea", "a"), "one\r\ntwo", "one\ntwo"),
        (question("textfield", "a", validate={"pattern": "^[一-龥]+$"}), "隐患", "隐患"),
        (question("textfield", "a", validate={"minLength": 2, "maxLength": 2}), "隐患", "隐患"),
        (question("number", "a"), 5.0, 5),
        (question("number", "a", validate={"min": 0, "max": 0.5}, decimalDigits=1), 0.3, 0.3),
        (question("number", "a", increment=0.1), 0.3, 0.3),
        (question("number", "a"), 0, 0),
        (question("checkbox", "a"), True, True),
        (question("checkbox", "a"), False, False),
        (question("radio", "a", values=OPTIONS), "relapsed", "relapsed"),
        (question("select", "a", values=NUMBERS), 2, 2),
        (question("checklist", "a", values=OPTIONS), ["relapsed", "genuine"], ["relapsed", "genuine"]),
        (question("taglist", "a", values=OPTIONS), ["genuine", "genuine"], ["genuine"]),
        (question("datetime", "a", subtype="date"), "2022-11-08", "2022-11-08"),
        (question("datetime", "a", subtype="time"), "09:30", "09:30"),
        (question("datetime", "a", subtype="datetime"), "2022-11-08T09:30+08:00", "2022-11-08T09:30+08:00"),
        (question("filepicker", "a"), "photo-1", "photo-1"),
        (question("filepicker", "a", multiple=True), ["photo-1", "photo-2"], ["photo-1", "photo-2"]),
        (question("filepicker", "a", multiple=True), "photo-1", ["photo-1"]),
    ],
)
def test_a_right_answer_is_kept_tidied(component: dict[str, Any], given: Any, answer: Any) -> None:
    submitted = submit(component, a=given)
    assert (submitted, type(submitted)) == (answer, type(answer))


@pytest.mark.parametrize(
    ("component", "given", "expected"),
    [
        (question("textfield", "a"), 5, Fault.NOT_A_TEXT),
        (question("textfield", "a"), {"a": 1}, Fault.NOT_A_TEXT),
        (question("textfield", "a"), "one\ntwo", Fault.NOT_ONE_LINE),
        (question("textarea", "a"), "a\x00b", Fault.NOT_STORABLE),
        (question("textarea", "a"), "a\ud800b", Fault.NOT_STORABLE),
        (question("textarea", "a"), "x" * (TEXT_LENGTH + 1), Fault.TOO_LONG),
        (question("textfield", "a", validate={"maxLength": 3}), "four", Fault.TOO_LONG),
        (question("textfield", "a", validate={"minLength": 3}), "隐患", Fault.TOO_SHORT),
        (question("textfield", "a", validate={"pattern": "^[0-9]{18}$"}), "123", Fault.WRONG_PATTERN),
        (question("number", "a"), "5", Fault.NOT_A_NUMBER),
        (question("number", "a"), True, Fault.NOT_A_NUMBER),
        (question("number", "a"), float("nan"), Fault.NOT_A_NUMBER),
        (question("number", "a"), float("inf"), Fault.TOO_LARGE),
        (question("number", "a"), 10**400, Fault.TOO_LARGE),
        (question("number", "a", validate={"min": 1}), 0, Fault.TOO_SMALL),
        (question("number", "a", validate={"max": 9}), 9.5, Fault.TOO_LARGE),
        (question("number", "a", decimalDigits=0), 1.5, Fault.TOO_MANY_DECIMALS),
        (question("number", "a", increment=5), 12, Fault.WRONG_STEP),
        (question("checkbox", "a"), "on", Fault.NOT_YES_OR_NO),
        (question("radio", "a", values=OPTIONS), "other", Fault.NO_OPTION),
        (question("radio", "a", values=OPTIONS), ["genuine"], Fault.NO_OPTION),
        (question("select", "a", values=NUMBERS), "1", Fault.NO_OPTION),
        (question("select", "a", values=NUMBERS), True, Fault.NO_OPTION),
        (question("checklist", "a", values=OPTIONS), "genuine", Fault.NOT_A_LIST),
        (question("checklist", "a", values=OPTIONS), ["genuine", "other"], Fault.NO_OPTION),
        (question("checklist", "a", values=OPTIONS), ["genuine"] * 3, Fault.TOO_MANY),
        (question("datetime", "a", subtype="date"), "08.11.2022", Fault.NOT_A_DATE),
        (question("datetime", "a", subtype="date"), "20221108", Fault.NOT_A_DATE),
        (question("datetime", "a", subtype="date"), "2022-02-30", Fault.NOT_A_DATE),
        (question("datetime", "a", subtype="time"), "25:00", Fault.NOT_A_TIME),
        (question("datetime", "a", subtype="datetime"), "2022-11-08", Fault.NOT_A_MOMENT),
        (question("filepicker", "a"), {"name": "x"}, Fault.NOT_A_FILE),
        (question("filepicker", "a"), "x" * 256, Fault.NOT_A_FILE),
        (question("filepicker", "a"), ["one", "two"], Fault.TOO_MANY),
        (question("filepicker", "a", multiple=True), [f"f{n}" for n in range(FILES + 1)], Fault.TOO_MANY),
    ],
)
def test_a_wrong_answer_is_refused_by_its_fault(component: dict[str, Any], given: Any, expected: Fault) -> None:
    assert fault(component, given).fault is expected


@pytest.mark.parametrize(
    ("component", "empty"),
    [
        (question("textfield", "a"), ""),
        (question("number", "a"), None),
        (question("checkbox", "a"), False),
        (question("radio", "a", values=OPTIONS), None),
        (question("checklist", "a", values=OPTIONS), []),
        (question("datetime", "a"), None),
        (question("filepicker", "a"), None),
        (question("filepicker", "a", multiple=True), []),
    ],
)
def test_a_question_left_empty_has_its_empty_answer_and_is_refused_where_required(
    component: dict[str, Any], empty: Any
) -> None:
    assert submit(component) == empty
    assert submit(component, a=None) == empty
    assert fault({**component, "validate": {"required": True}}, None).fault is Fault.REQUIRED


def test_blanks_and_an_unticked_box_do_not_meet_a_required_question() -> None:
    assert fault(question("textfield", "a", validate={"required": True}), "  ").fault is Fault.REQUIRED
    assert fault(question("checkbox", "a", validate={"required": True}), False).fault is Fault.REQUIRED


def test_a_key_that_the_form_has_not_is_refused() -> None:
    with pytest.raises(InvalidForm) as refused:
        submit(question("textfield", "a"), a="x", admin=True)
    assert refused.value.errors == {"admin": "the form has no such field"}


def test_questions_inside_groups_are_asked_and_shown_parts_are_not() -> None:
    group = {"type": "group", "label": "plan", "components": [question("number", "money")]}
    schema = json.loads(form("f", group, {"type": "text", "text": "# 整改方案"}, {"type": "button", "key": "send"}))
    assert validate_submission(schema, {"money": 3}) == {"money": 3}


def test_every_wrong_answer_is_reported_at_once() -> None:
    schema = json.loads(form("f", question("number", "a"), question("checkbox", "b")))
    with pytest.raises(InvalidForm, match="a: this must be a number; b: this must be true or false"):
        validate_submission(schema, {"a": "x", "b": "y"})


def test_an_error_is_its_english_sentence_and_carries_what_another_language_needs() -> None:
    error = fault(question("number", "a", validate={"max": 9}), 12)
    assert (str(error), error.fault, dict(error.params)) == ("this must be at most 9", "too_large", {"most": 9})
    assert json.dumps({"a": error}) == '{"a": "this must be at most 9"}'
    assert fault(question("number", "a"), -(2**70)).params["least"] == -WHOLE_NUMBER


def test_all_answers_together_are_bounded() -> None:
    schema = json.loads(form("f", *(question("textarea", f"t{n}") for n in range(12))))
    with pytest.raises(InvalidForm) as refused:
        validate_submission(schema, {f"t{n}": "x" * TEXT_LENGTH for n in range(12)})
    assert {error.fault for error in refused.value.errors.values()} == {Fault.FORM_TOO_LONG}
    assert list(refused.value.errors) == ["t10", "t11"]


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$", "^(a*)*b$", "^([a-z]+)*@"])
def test_no_pattern_makes_the_engine_work_long(pattern: str) -> None:
    begun = perf_counter()
    assert fault(question("textarea", "a", validate={"pattern": pattern}), "a" * 19_999 + "!").fault
    assert perf_counter() - begun < 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)
EVERY_KIND = json.loads(
    form(
        "f",
        question("textfield", "line", validate={"pattern": "^[a-z]+$", "maxLength": 9}),
        question("textarea", "text"),
        question("number", "number", decimalDigits=2, increment=0.05, validate={"min": -10, "max": 1000}),
        question("checkbox", "tick"),
        question("radio", "one", values=OPTIONS),
        question("checklist", "many", values=NUMBERS),
        question("datetime", "day"),
        question("datetime", "moment", subtype="datetime"),
        question("filepicker", "file"),
        question("filepicker", "files", multiple=True),
    )
)
KEYS = [component["key"] for component in EVERY_KIND["components"]]


@given(st.dictionaries(st.sampled_from([*KEYS, "other"]), JSON, max_size=11))
def test_whatever_is_sent_is_refused_by_field_or_kept_as_json_that_would_be_accepted(data: dict[str, Any]) -> None:
    with suppress(InvalidForm):
        answers = validate_submission(EVERY_KIND, data)
        assert list(answers) == KEYS
        assert validate_submission(EVERY_KIND, json.loads(json.dumps(answers, allow_nan=False))) == answers


def conditional(*components: dict[str, Any]) -> Any:
    return json.loads(form("f", question("radio", "verdict", values=OPTIONS), *components))


def test_a_hidden_question_has_its_empty_answer_whatever_was_sent() -> None:
    schema = conditional(question("textfield", "why", validate={"required": True}, conditional={"hide": HIDDEN}))
    assert validate_submission(schema, {"verdict": "genuine", "why": "x"})["why"] == ""
    assert validate_submission(schema, {"verdict": "relapsed", "why": "x"})["why"] == "x"


def test_what_a_hidden_group_asks_is_hidden_too() -> None:
    inner = question("textfield", "why", validate={"required": True})
    schema = conditional({"type": "group", "label": "G", "components": [inner], "conditional": {"hide": HIDDEN}})
    assert validate_submission(schema, {"verdict": "genuine"})["why"] == ""


def test_a_question_can_be_required_by_the_answer_to_another() -> None:
    schema = conditional(question("textarea", "why", properties={"requiredWhen": '=verdict = "relapsed"'}))
    assert validate_submission(schema, {"verdict": "genuine"})["why"] == ""
    with pytest.raises(InvalidForm) as refused:
        validate_submission(schema, {"verdict": "relapsed", "why": " "})
    assert refused.value.errors["why"].fault is Fault.REQUIRED


@pytest.mark.parametrize(
    ("condition", "answers", "holds"),
    [
        ("=a = 1", {"a": 1}, True),
        ("=a = 1", {"a": True}, False),
        ("a != null", {"a": []}, False),
        ('=a = "x" and b = 2.5', {"a": "x", "b": 2.5}, True),
        ('=a = "x" and b = 2 or c = true', {"c": True}, True),
        ('=a = "x" and b = 2 or c = true', {"a": "x"}, False),
    ],
)
def test_a_condition_is_read_as_feel_means_it(condition: str, answers: dict[str, Any], holds: bool) -> None:
    assert read_condition(condition).holds(answers) is holds
