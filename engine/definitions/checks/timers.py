"""Timers: a literal is ISO 8601 to the letter, and anything else is an expression."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Final

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.expressions import check_site
from engine.definitions.checks.report import error_at
from engine.definitions.checks.sites import Site
from engine.definitions.diagrams import EVENTS, Scope, event_definitions, kind, text_of
from engine.definitions.iso8601 import is_duration, is_literal, is_moment, is_repetition
from engine.definitions.problems import Problem
from engine.definitions.remarks import remark
from engine.definitions.xml import Element
from engine.errors import ExpressionError
from engine.expressions import parse
from engine.sentences import Sentence, sentence

_KINDS: Final[dict[str, tuple[Callable[[str], bool], Sentence]]] = {
    "timeDuration": (is_duration, sentence("duration such as P3D or PT12H")),
    "timeDate": (is_moment, sentence("date and time with its zone such as 2023-01-31T18:00:00+08:00")),
    "timeCycle": (is_repetition, sentence("repeating interval such as R3/PT1H")),
}


def check_timers(content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    for diagram in content.diagrams:
        for scope in diagram.scopes:
            for event in scope.of_kind(*EVENTS):
                for definition in event_definitions(event):
                    if kind(definition) == "timerEventDefinition":
                        yield from _check_timer(scope, event, definition, content, vocabulary)


def _check_timer(
    scope: Scope, event: Element, definition: Element, content: Content, vocabulary: Vocabulary
) -> Iterator[Problem]:
    times = [child for child in definition if kind(child) in _KINDS]
    if len(times) != 1:
        said = remark("timer-kind", "the timer needs exactly one of a date, a duration or a cycle; choose one")
        yield error_at(scope.file, event, said)
        return
    text = text_of(times[0]) or ""
    is_right, expected = _KINDS[kind(times[0])]
    literal = _literal(text)
    if literal is None:
        yield from check_site(Site(scope.file, event, sentence("timer"), text), content, vocabulary)
    elif not is_right(literal):
        said = remark(
            "timer-literal",
            "'%(text)s' is no ISO 8601 %(expected)s; correct it",
            text=literal,
            expected=expected,
        )
        yield error_at(scope.file, event, said)


def _literal(text: str) -> str | None:
    """The literal that a timer's text is, quoted or not; None for an expression."""
    if is_literal(text):
        return text
    try:
        tree = parse(text).tree
    except ExpressionError:
        return None
    return str(tree.value) if isinstance(tree, ast.Constant) else None
