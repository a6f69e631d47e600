"""Turns the text of an expression or script into a checked tree, once for each text."""

from __future__ import annotations

import ast
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from engine.errors import ExpressionError
from engine.expressions.grammar import refusal
from engine.expressions.limits import SOURCE_LENGTH, STATEMENTS
from engine.sentences import sentence

KEPT: Final = 4096


@dataclass(frozen=True)
class ParsedExpression:
    """An expression of the language, with the variables that it reads and the functions that it calls."""

    text: str
    tree: ast.expr
    names: frozenset[str]
    functions: frozenset[str]


@dataclass(frozen=True)
class ParsedAssignment:
    """One line `name = expression` of a script."""

    name: str
    expression: ParsedExpression


@lru_cache(maxsize=KEPT)
def parse(expression: str) -> ParsedExpression:
    """The checked tree of an expression. Raises ExpressionError that says what is wrong with it."""
    try:
        tree = ast.parse(_source(expression), mode="eval").body
    except SyntaxError as error:
        said = sentence("this is no expression (%(reason)s)", reason=error.msg)
        raise ExpressionError(said, expression=expression) from error
    except (ValueError, RecursionError, MemoryError) as error:
        said = sentence("this cannot be read as an expression; make it simpler")
        raise ExpressionError(said, expression=expression) from error
    return _checked(tree, expression.strip())


@lru_cache(maxsize=KEPT)
def parse_script(script: str) -> tuple[ParsedAssignment, ...]:
    """The checked lines of a script. Raises ExpressionError for anything but `name = expression`."""
    try:
        statements = ast.parse(_source(textwrap.dedent(script))).body
    except SyntaxError as error:
        said = sentence(
            "line %(line)s of the script is no assignment (%(reason)s)", line=error.lineno, reason=error.msg
        )
        raise ExpressionError(said, expression=script) from error
    except (ValueError, RecursionError, MemoryError) as error:
        said = sentence("this cannot be read as a script; make it simpler")
        raise ExpressionError(said, expression=script) from error
    if len(statements) > STATEMENTS:
        said = sentence("the script has more than %(most)s lines; split it up", most=STATEMENTS)
        raise ExpressionError(said, expression=script)
    return tuple(_assignment(statement, script) for statement in statements)


def validate(expression: str) -> None:
    """Raises ExpressionError when a text is no expression of the language."""
    parse(expression)


def ensure_parses(text: str) -> None:
    """Raises SyntaxError for a text that is no Python expression, ExpressionError for one outside the language.

    A decision table's cell such as `> 5` is told by that SyntaxError from a cell that is a value.
    """
    try:
        parse(text)
    except ExpressionError as error:
        if isinstance(error.__cause__, SyntaxError):
            raise error.__cause__ from error
        raise


def _source(text: str) -> str:
    if len(text) > SOURCE_LENGTH:
        said = sentence("the text is longer than %(most)s characters; split it up", most=SOURCE_LENGTH)
        raise ExpressionError(said, expression=text)
    return text.strip()


def _assignment(statement: ast.stmt, script: str) -> ParsedAssignment:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if not name.startswith("_"):
            return ParsedAssignment(name, _checked(value, ast.unparse(value)))
        case _:
            said = sentence(
                "line %(line)s of the script is no assignment of the kind 'name = expression'", line=statement.lineno
            )
            raise ExpressionError(said, expression=script)


def _checked(tree: ast.expr, text: str) -> ParsedExpression:
    if reason := refusal(tree):
        raise ExpressionError(reason, expression=text)
    called = frozenset(
        node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    )
    return ParsedExpression(text, tree, _variables(tree), called)


def _variables(tree: ast.expr) -> frozenset[str]:
    callees = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in callees]
    bound = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    return frozenset(name.id for name in names) - bound
