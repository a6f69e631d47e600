"""Expressions: each parses, calls functions that exist, and takes decisions that are in the set."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from typing import Final

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.report import error_at
from engine.definitions.checks.sites import Site, sites_in
from engine.definitions.fixes import Fix
from engine.definitions.foreign import feel_or_juel, suggestion
from engine.definitions.problems import Problem
from engine.definitions.remarks import Remark, closest, remark
from engine.errors import ExpressionError
from engine.expressions import BUILT_INS, ParsedExpression, parse, parse_script
from engine.sentences import sentence

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
        yield error_at(site.file, site.element, unreadable(error, site.rewrite).at(site.role))
        return
    for expression in parsed:
        for said in complaints(expression, content, vocabulary, None if site.is_script else site.rewrite):
            yield error_at(site.file, site.element, said.at(site.role))


def unreadable(error: ExpressionError, rewrite: Callable[[str], Fix] | None = None) -> Remark:
    """What is said of a text that is no expression of the language."""
    if feel_or_juel(error.expression):
        suggested = suggestion(error.expression)
        return remark(
            "foreign-expression",
            "%(expression)s is FEEL or JUEL of another engine; write it in the language of this one",
            rewrite(suggested) if rewrite and suggested else None,
            expression=error.expression[:200],
        )
    return remark("expression", "%(reason)s: %(expression)s", reason=error.reason, expression=error.expression[:200])


def complaints(
    expression: ParsedExpression,
    content: Content,
    vocabulary: Vocabulary,
    rewrite: Callable[[str], Fix] | None = None,
) -> Iterator[Remark]:
    """What is wrong with an expression that parses; `rewrite` is the fix that replaces it, where there is one."""
    known = BUILT_INS.keys() | vocabulary.functions.keys() | OF_THE_ENGINE
    for name in sorted(expression.functions - known):
        yield remark(
            "no-function",
            "there is no function '%(name)s'; there are %(known)s",
            _renamed(expression.text, name, closest(name, known), rewrite),
            name=name,
            known=sorted(known),
        )
    for name in sorted(expression.names & _OTHER_LANGUAGES.keys()):
        yield remark(
            "other-language",
            "there is no '%(name)s' in the language; write %(right)s",
            _renamed(expression.text, name, _OTHER_LANGUAGES[name], rewrite),
            name=name,
            right=_OTHER_LANGUAGES[name],
        )
    for decision in _decisions_taken(expression.tree):
        if decision not in content.decision_ids:
            yield remark(
                "no-decision",
                "there is no decision '%(decision)s' in the set; add its table or correct the name",
                _renamed(expression.text, decision, closest(decision, content.decision_ids), rewrite),
                decision=decision,
            )


def _renamed(text: str, name: str, to: str | None, rewrite: Callable[[str], Fix] | None) -> Fix | None:
    if to is None or rewrite is None:
        return None
    return rewrite(re.sub(rf"(?<![\w.]){re.escape(name)}(?!\w)", to, text))


def _parsed(site: Site) -> list[ParsedExpression]:
    if not site.text:
        raise ExpressionError(sentence("nothing is written here; write it or remove the element"), expression="")
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
