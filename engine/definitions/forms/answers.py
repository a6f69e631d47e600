"""Reads one answer: its type, its size and the rules of its question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from math import isnan
from typing import Any, Final

from engine.definitions.forms.faults import Fault, WrongAnswer
from engine.definitions.forms.patterns import matches
from engine.definitions.forms.questions import Question, QuestionKind
from engine.expressions.limits import WHOLE_NUMBER

TEXT_LENGTH: Final = 20_000
"""Characters of one answer, whatever its rules say."""

FILES: Final = 50
REFERENCE_LENGTH: Final = 255

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
"""NUL, which PostgreSQL refuses, and halves of surrogate pairs, which UTF-8 refuses."""


def read_answer(question: Question, given: Any) -> Any:
    """The answer as it is stored: texts without surrounding space, whole numbers whole, options once each.

    None, an empty text and an empty list are no answer. Raises WrongAnswer.
    """
    answer = question.empty if given is None or given in ("", []) else _READERS[question.kind](question, given)
    if question.is_required and is_missing(answer):
        raise WrongAnswer(Fault.REQUIRED)
    return answer


def is_missing(answer: Any) -> bool:
    """Whether an answer counts as none where one is required."""
    return answer is None or answer is False or answer in ("", [])


def _line(question: Question, given: Any) -> str:
    text = _text(question, given)
    if "\n" in text or "\r" in text:
        raise WrongAnswer(Fault.NOT_ONE_LINE)
    return text


def _text(question: Question, given: Any) -> str:
    text = _plain(given).replace("\r\n", "\n").strip()
    if not text:
        return text
    least, most = _given(question.rule("minLength"), 0), _given(question.rule("maxLength"), TEXT_LENGTH)
    if len(text) > min(most, TEXT_LENGTH):
        raise WrongAnswer(Fault.TOO_LONG, most=min(most, TEXT_LENGTH))
    if len(text) < least:
        raise WrongAnswer(Fault.TOO_SHORT, least=least)
    pattern = question.rule("pattern")
    if pattern and not matches(pattern, text):
        raise WrongAnswer(Fault.WRONG_PATTERN)
    return text


def _plain(given: Any) -> str:
    if not isinstance(given, str):
        raise WrongAnswer(Fault.NOT_A_TEXT)
    if _UNSTORABLE.search(given):
        raise WrongAnswer(Fault.NOT_STORABLE)
    return given


def _number(question: Question, given: Any) -> int | float:
    if isinstance(given, bool) or not isinstance(given, int | float) or (isinstance(given, float) and isnan(given)):
        raise WrongAnswer(Fault.NOT_A_NUMBER)
    least = max(-WHOLE_NUMBER, _given(question.rule("min"), -WHOLE_NUMBER))
    most = min(WHOLE_NUMBER, _given(question.rule("max"), WHOLE_NUMBER))
    if given < least:
        raise WrongAnswer(Fault.TOO_SMALL, least=least)
    if given > most:
        raise WrongAnswer(Fault.TOO_LARGE, most=most)
    _check_precision(question, Decimal(str(given)))
    return int(given) if given == int(given) else given


def _given(rule: Any, otherwise: int) -> Any:
    return otherwise if rule is None else rule


def _check_precision(question: Question, number: Decimal) -> None:
    decimals, step = question.component.get("decimalDigits"), question.component.get("increment")
    if decimals is not None and number != round(number, decimals):
        raise WrongAnswer(Fault.TOO_MANY_DECIMALS, most=decimals)
    if step and number % Decimal(str(step)):
        raise WrongAnswer(Fault.WRONG_STEP, step=step)


def _tick(_question: Question, given: Any) -> bool:
    if not isinstance(given, bool):
        raise WrongAnswer(Fault.NOT_YES_OR_NO)
    return given


def _choice(question: Question, given: Any) -> Any:
    for option in question.options:
        if type(option) is type(given) and option == given:
            return option
    raise WrongAnswer(Fault.NO_OPTION, value=f"{given!r:.60}")


def _choices(question: Question, given: Any) -> list[Any]:
    chosen = [_choice(question, each) for each in _list(given, most=len(question.options))]
    return list(dict.fromkeys(chosen))


def _list(given: Any, *, most: int) -> list[Any]:
    if not isinstance(given, list):
        raise WrongAnswer(Fault.NOT_A_LIST)
    if len(given) > most:
        raise WrongAnswer(Fault.TOO_MANY, most=most)
    return given


def _moment(question: Question, given: Any) -> str:
    kind, fault, length = _MOMENTS[question.component.get("subtype") or "date"]
    text = _plain(given).strip()
    try:
        kind.fromisoformat(text)
    except ValueError as error:
        raise WrongAnswer(fault) from error
    if len(text) < length or (kind is date and len(text) > length):  # 20221108 is an ISO date too, but not ours
        raise WrongAnswer(fault)
    return text


def _files(question: Question, given: Any) -> Any:
    references = [_reference(each) for each in _list(given if isinstance(given, list) else [given], most=FILES)]
    if question.takes_many:
        return list(dict.fromkeys(references))
    if len(references) > 1:
        raise WrongAnswer(Fault.TOO_MANY, most=1)
    return references[0]


def _reference(given: Any) -> str:
    if not isinstance(given, str) or not given or len(given) > REFERENCE_LENGTH:
        raise WrongAnswer(Fault.NOT_A_FILE)
    return _plain(given)


_MOMENTS: Final[Mapping[str, tuple[type[date] | type[time] | type[datetime], Fault, int]]] = {
    "date": (date, Fault.NOT_A_DATE, len("2022-11-08")),
    "time": (time, Fault.NOT_A_TIME, len("09:30")),
    "datetime": (datetime, Fault.NOT_A_MOMENT, len("2022-11-08T09:30")),
}
_READERS: Final[Mapping[QuestionKind, Callable[[Question, Any], Any]]] = {
    QuestionKind.TEXTFIELD: _line,
    QuestionKind.TEXTAREA: _text,
    QuestionKind.NUMBER: _number,
    QuestionKind.CHECKBOX: _tick,
    QuestionKind.CHECKLIST: _choices,
    QuestionKind.RADIO: _choice,
    QuestionKind.SELECT: _choice,
    QuestionKind.TAGLIST: _choices,
    QuestionKind.DATETIME: _moment,
    QuestionKind.FILEPICKER: _files,
}
