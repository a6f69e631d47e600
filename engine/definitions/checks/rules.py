"""The rules and options of a form's question: each of the right type, and together possible to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.definitions.forms.answers import TEXT_LENGTH, read_answer
from engine.definitions.forms.faults import WrongAnswer
from engine.definitions.forms.patterns import UnreadablePattern, ensure_readable
from engine.definitions.forms.questions import Question, QuestionKind

DECIMALS: Final = 9
OPTIONS: Final = 1000
SUBTYPES: Final = ("date", "time", "datetime")

_TEXT_RULES: Final = frozenset({"required", "minLength", "maxLength", "pattern", "validationType"})
_NUMBER_RULES: Final = frozenset({"required", "min", "max"})
_RULES: Final = {
    QuestionKind.TEXTFIELD: _TEXT_RULES,
    QuestionKind.TEXTAREA: _TEXT_RULES,
    QuestionKind.NUMBER: _NUMBER_RULES,
}
_REQUIRED_ONLY: Final = frozenset({"required"})
_OWN_PATTERN: Final = (None, "", "custom")
_WITH_OPTIONS: Final = frozenset(
    {QuestionKind.CHECKLIST, QuestionKind.RADIO, QuestionKind.SELECT, QuestionKind.TAGLIST}
)


def check_rules(question: Question) -> Iterator[str]:
    """What is wrong with the rules of a question, its decimals, its step and its kind of date."""
    rules = question.component.get("validate") or {}
    if not isinstance(rules, Mapping):
        yield "validate is no object; save the form again from the form editor"
        return
    allowed = _RULES.get(question.kind, _REQUIRED_ONLY)
    for name in rules.keys() - allowed:
        yield f"a {question.kind} has no rule {name!r}; it can have {', '.join(sorted(allowed))}"
    if rules.get("required") not in (None, True, False):
        yield "the rule required is neither true nor false"
    if rules.get("validationType") not in _OWN_PATTERN:
        yield f"the engine does not know the validation type {rules['validationType']!r}; write a pattern"
    yield from _check_span("minLength", "maxLength", rules, int, least=0, most=TEXT_LENGTH)
    yield from _check_span("min", "max", rules, (int, float))
    yield from _check_pattern(rules.get("pattern"))
    yield from _check_kind(question)


def check_options(question: Question) -> Iterator[str]:
    """What is wrong with the options of a question that has any."""
    if question.kind not in _WITH_OPTIONS:
        return
    options = question.component.get("values")
    if not isinstance(options, list) or not options:
        yield "there is nothing to choose from; list the options"
        return
    if len(options) > OPTIONS:
        yield f"there are more than {OPTIONS} options; ask for a text instead"
    seen: list[Any] = []
    for number, option in enumerate(options[:OPTIONS], start=1):
        value = option.get("value") if isinstance(option, Mapping) else None
        if not isinstance(value, str | int | float) or value == "":
            yield f"option {number} has no value; give it a text or a number"
        elif value in seen:
            yield f"the value {value!r} is given to several options; rename one"
        else:
            seen.append(value)


def check_default(question: Question) -> Iterator[str]:
    """Whether a default value could be submitted as it is."""
    default = question.component.get("defaultValue")
    if default in (None, "", [], False):
        return
    try:
        read_answer(question, default)
    except WrongAnswer as wrong:
        yield f"the default value does not fit the field: {wrong}"


def _check_span(
    low: str,
    high: str,
    rules: Mapping[str, Any],
    kinds: type | tuple[type, ...],
    *,
    least: float | None = None,
    most: float | None = None,
) -> Iterator[str]:
    given = {name: rules[name] for name in (low, high) if rules.get(name) is not None}
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, kinds):
            yield f"the rule {name} is no number but {value!r}; an expression cannot stand here"
            return
        if (least is not None and value < least) or (most is not None and value > most):
            yield f"the rule {name} must be from {least} to {most}"
    if len(given) == 2 and given[low] > given[high]:
        yield f"{low} is larger than {high}, so no answer is right; exchange them"


def _check_pattern(pattern: Any) -> Iterator[str]:
    if pattern in (None, ""):
        return
    if not isinstance(pattern, str):
        yield "the rule pattern is no text"
        return
    try:
        ensure_readable(pattern)
    except UnreadablePattern as unreadable:
        yield f"the pattern {pattern[:60]!r} cannot be used: {unreadable}"


def _check_kind(question: Question) -> Iterator[str]:
    component = question.component
    if question.kind is QuestionKind.DATETIME and component.get("subtype", "date") not in SUBTYPES:
        yield f"the subtype {component['subtype']!r} is none of {', '.join(SUBTYPES)}"
    if question.kind is not QuestionKind.NUMBER:
        return
    decimals, step = component.get("decimalDigits"), component.get("increment")
    if decimals is not None and (type(decimals) is not int or not 0 <= decimals <= DECIMALS):
        yield f"decimalDigits must be a whole number from 0 to {DECIMALS}"
    if step is not None and (type(step) not in {int, float} or step <= 0):
        yield "the increment must be a number above 0"
