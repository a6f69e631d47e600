"""Expressions: each parses, calls functions that exist, and takes decisions that are in the set."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.report import error_at
from engine.definitions.checks.sites import Site, sites_in
from engine.definitions.problems import Problem
from engine.errors import ExpressionError
from engine.expressions import BUILT_INS, ParsedExpression, parse, parse_script

OF_THE_ENGINE: Final = frozenset({"decide", "now"})
_OTHER_LANGUAGES: Final = {"true": "True", "false": "False", "null": "None"}


def check_expressions(content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    for diagram in content.diagrams:
        for scope in diagram.scopes:
            for site in sites_in(scope):
                yield from check_site(site, content, vocabulary)


def check_site(site: Site, content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    """The problems of one expression or script."""
    try:
        parsed = _parsed(site)
    except ExpressionError as error:
        yield error_at(site.file, site.element, f"{site.role}: {error}")
        return
    for expression in parsed:
        for message in complaints(expression, content, vocabulary):
            yield error_at(site.file, site.element, f"{site.role}: {message}")


def complaints(expression: ParsedExpression, content: Content, vocabulary: Vocabulary) -> Iterator[str]:
    """What is wrong with an expression that parses, in sentences."""
    known = BUILT_INS.keys() | vocabulary.functions.keys() | OF_THE_ENGINE
    for name in sorted(expression.functions - known):
        yield f"there is no function {name!r}; there are {', '.join(sorted(known))}"
    for name in sorted(expression.names & _OTHER_LANGUAGES.keys()):
        yield f"there is no {name!r} in the language; write {_OTHER_LANGUAGES[name]}"
    for decision in _decisions_taken(expression.tree):
        if decision not in content.decision_ids:
            yield f"there is no decision {decision!r} in the set; add its table or correct the name"


def _parsed(site: Site) -> list[ParsedExpression]:
    if not site.text:
        raise ExpressionError("nothing is written here; write it or remove the element", expression="")
    if site.is_script:
        return [assignment.expression for assignment in parse_script(site.text)]
    return [parse(site.text)]


def _decisions_taken(tree: ast.expr) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="decide"), args=[ast.Constant(value=str(decision))]):
                yield decision
            case _:
                pass
