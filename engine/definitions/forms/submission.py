"""Holds what was submitted against a form: every question is answered rightly, and nothing else is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.definitions.forms.answers import is_missing, read_answer
from engine.definitions.forms.faults import Fault, FieldError, WrongAnswer
from engine.definitions.forms.questions import questions_of
from engine.errors import InvalidForm

FORM_LENGTH: Final = 200_000
"""Characters of all answers together."""


def validate_submission(schema: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to every question of a form, typed and tidied; a question left empty has its empty answer.

    So an expression on the diagram can rely on every key of the form. The empty answer is `""` for a text, False for
    a checkbox, `[]` where several can be given, and None otherwise. A key that the form has not is refused rather than
    dropped: whoever sent it meant something by it. A question that the other answers hide is left empty, whatever was
    sent. Raises InvalidForm with an error for each key that is wrong.
    """
    questions = {question.key: question for question in questions_of(schema)}
    errors = {str(key)[:255]: FieldError(Fault.UNKNOWN_FIELD) for key in data if key not in questions}
    answers: dict[str, Any] = {}
    seen = dict(data)
    room = FORM_LENGTH
    for key, question in questions.items():
        if question.is_hidden(seen):
            answers[key] = question.empty
            seen.pop(key, None)
            continue
        try:
            answers[key] = read_answer(question, data.get(key))
            if question.must_be_answered(seen) and is_missing(answers[key]):
                raise WrongAnswer(Fault.REQUIRED)
            room = _within(room, answers[key])
        except WrongAnswer as wrong:
            errors[key] = wrong.error
    if errors:
        raise InvalidForm(errors)
    return answers


def _within(room: int, answer: Any) -> int:
    room -= sum(len(part) for part in (answer if isinstance(answer, list) else [answer]) if isinstance(part, str))
    if room < 0:
        raise WrongAnswer(Fault.FORM_TOO_LONG, most=FORM_LENGTH)
    return room
