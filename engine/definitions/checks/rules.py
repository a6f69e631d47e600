"""The rules and options of a form's question: each of the right type, and together possible to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.definitions.fixes import set_member
from engine.definitions.forms.answers import TEXT_LENGTH, read_answer
from engine.definitions.forms.faults import WrongAnswer
from engine.definitions.forms.patterns import UnreadablePattern, ensure_readable
from engine.definitions.forms.questions import Question, QuestionKind
from engine.definitions.remarks import Remark, remark
from engine.sentences import sentence

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


def check_rules(question: Question) -> Iterator[Remark]:
    """What is wrong with the rules of a question, its decimals, its step and its kind of date."""
    rules = question.component.get("validate") or {}
    if not isinstance(rules, Mapping):
        yield remark("rules-no-object", "validate is no object; save the form again from the form editor")
        return
    allowed = _RULES.get(question.kind, _REQUIRED_ONLY)
    for name in rules.keys() - allowed:
        yield remark(
            "form-rule",
            "a %(kind)s has no rule '%(name)s'; it can have %(allowed)s",
            set_member(sentence("Remove the rule"), f"validate.{name}", ""),
            kind=question.kind.value,
            name=name,
            allowed=sorted(allowed),
        )
    if rules.get("required") not in (None, True, False):
        yield remark("rule-required", "the rule required is neither true nor false")
    if rules.get("validationType") not in _OWN_PATTERN:
        yield remark(
            "validation-type",
            "the engine does not know the validation type '%(type)s'; write a pattern",
            set_member(sentence("Remove the rule"), "validate.validationType", ""),
            type=rules["validationType"],
        )
    yield from _check_span("minLength", "maxLength", rules, int, least=0, most=TEXT_LENGTH)
    yield from _check_span("min", "max", rules, (int, float))
    yield from _check_pattern(rules.get("pattern"))
    yield from _check_kind(question)


def check_options(question: Question) -> Iterator[Remark]:
    """What is wrong with the options of a question that has any."""
    if question.kind not in _WITH_OPTIONS:
        return
    options = question.component.get("values")
    if not isinstance(options, list) or not options:
        yield remark("no-options", "there is nothing to choose from; list the options")
        return
    if len(options) > OPTIONS:
        yield remark("too-many-options", "there are more than %(most)s options; ask for a text instead", most=OPTIONS)
    seen: list[Any] = []
    for number, option in enumerate(options[:OPTIONS], start=1):
        value = option.get("value") if isinstance(option, Mapping) else None
        if not isinstance(value, str | int | float) or value == "":
            yield remark(
                "option-without-value", "option %(number)s has no value; give it a text or a number", number=number
            )
        elif value in seen:
            yield remark(
                "option-twice", "the value %(value)s is given to several options; rename one", value=repr(value)
            )
        else:
            seen.append(value)


def check_default(question: Question) -> Iterator[Remark]:
    """Whether a default value could be submitted as it is."""
    default = question.component.get("defaultValue")
    if default in (None, "", [], False):
        return
    try:
        read_answer(question, default)
    except WrongAnswer as wrong:
        yield remark(
            "default-value",
            "the default value does not fit the field: %(fault)s",
            set_member(sentence("Remove the default value"), "defaultValue", ""),
            fault=wrong.error,
        )


def _check_span(
    low: str,
    high: str,
    rules: Mapping[str, Any],
    kinds: type | tuple[type, ...],
    *,
    least: float | None = None,
    most: float | None = None,
) -> Iterator[Remark]:
    given = {name: rules[name] for name in (low, high) if rules.get(name) is not None}
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, kinds):
            yield remark(
                "rule-number",
                "the rule %(name)s is no number but %(value)s; an expression cannot stand here",
                name=name,
                value=repr(value),
            )
            return
        if (least is not None and value < least) or (most is not None and value > most):
            yield remark(
                "rule-span", "the rule %(name)s must be from %(least)s to %(most)s", name=name, least=least, most=most
            )
    if len(given) == 2 and given[low] > given[high]:
        yield remark(
            "rule-order", "%(low)s is larger than %(high)s, so no answer is right; exchange them", low=low, high=high
        )


def _check_pattern(pattern: Any) -> Iterator[Remark]:
    if pattern in (None, ""):
        return
    if not isinstance(pattern, str):
        yield remark("pattern-no-text", "the rule pattern is no text")
        return
    try:
        ensure_readable(pattern)
    except UnreadablePattern as unreadable:
        yield remark(
            "pattern",
            "the pattern '%(pattern)s' cannot be used: %(reason)s",
            pattern=pattern[:60],
            reason=unreadable.args[0],
        )


def _check_kind(question: Question) -> Iterator[Remark]:
    component = question.component
    if question.kind is QuestionKind.DATETIME and component.get("subtype", "date") not in SUBTYPES:
        yield remark(
            "subtype",
            "the subtype '%(subtype)s' is none of %(known)s",
            subtype=component["subtype"],
            known=list(SUBTYPES),
        )
    if question.kind is not QuestionKind.NUMBER:
        return
    decimals, step = component.get("decimalDigits"), component.get("increment")
    if decimals is not None and (type(decimals) is not int or not 0 <= decimals <= DECIMALS):
        yield remark("decimals", "decimalDigits must be a whole number from 0 to %(most)s", most=DECIMALS)
    if step is not None and (type(step) not in {int, float} or step <= 0):
        yield remark("increment", "the increment must be a number above 0")
