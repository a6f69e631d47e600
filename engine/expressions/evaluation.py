"""Evaluates expressions and scripts on an instance's data, within limits, by walking their checked tree.

The walk is simpleeval's: a small, kept evaluator of Python's own expression syntax. That syntax is needed because
SpiffWorkflow's decision tables join a column and a cell into one Python comparison (`hazard.severity == 'major'`,
`4 < value < 6`), so a language such as FEEL or CEL could not serve both. On top of it this package admits fewer
forms of expression, counts every step, bounds every value, calls nothing but the functions that it is given by their
plain names, and reads members of mappings only: no attribute of any object is ever looked up.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from simpleeval import EvalWithCompoundTypes, InvalidExpression

from engine.errors import EngineError, ExpressionError
from engine.expressions.arithmetic import OPERATORS
from engine.expressions.budget import Budget, TooCostly, shared_budget
from engine.expressions.limits import CALL_STEPS
from engine.expressions.parsing import ParsedExpression, parse, parse_script
from engine.expressions.values import SCALARS, NoValue, as_json, bounded, weigh

Functions = Mapping[str, Callable[..., Any]]


def evaluate(expression: str, context: Mapping[str, Any], functions: Functions) -> Any:
    """The value of an expression on some data: what JSON can hold, sharing nothing with the data.

    Raises ExpressionError when it cannot be parsed, is not allowed, goes beyond a limit, or fails on these data.
    """
    parsed = parse(expression)
    try:
        with shared_budget() as budget:
            return _value(parsed, context, functions, budget)
    except TooCostly as error:
        raise ExpressionError(str(error), expression=expression) from error


def run_script(script: str, context: Mapping[str, Any], functions: Functions) -> dict[str, Any]:
    """The variables that a script assigns, line after line, each line seeing those before it.

    The data themselves are left as they are. Raises ExpressionError as `evaluate` does.
    """
    assignments = parse_script(script)
    assigned: dict[str, Any] = {}
    try:
        with shared_budget() as budget:
            for assignment in assignments:
                known = {**context, **assigned}
                assigned[assignment.name] = _value(assignment.expression, known, functions, budget)
    except TooCostly as error:
        raise ExpressionError(str(error), expression=script) from error
    return assigned


def _value(parsed: ParsedExpression, context: Mapping[str, Any], functions: Functions, budget: Budget) -> Any:
    walk = _Walk(context, functions, budget)
    try:
        value = walk.value_of(parsed.tree)
        if type(value) in SCALARS and type(value) is not float:
            return value
        weigh(value, budget)
        return as_json(value)
    except (EngineError, TooCostly):
        raise
    except (_Failure, NoValue, InvalidExpression) as error:
        raise ExpressionError(str(error), expression=parsed.text) from error
    except (ArithmeticError, TypeError, ValueError, LookupError, RecursionError) as error:
        raise ExpressionError(f"the expression fails on these data ({error})", expression=parsed.text) from error


class _Failure(Exception):
    """The expression cannot be evaluated on these data; the message says why."""


class _Walk(EvalWithCompoundTypes):
    """One evaluation. The library's own initialisation is not run: it adds constructors and resets warning filters."""

    def __init__(self, context: Mapping[str, Any], functions: Functions, budget: Budget) -> None:
        self.operators = OPERATORS
        self.functions = functions
        self.names = context
        self.budget = budget
        self.nodes: Mapping[type[ast.AST], Callable[[Any], Any]] = {
            ast.Attribute: self._member,
            ast.BinOp: self._operation,
            ast.BoolOp: self._eval_boolop,
            ast.Call: self._call,
            ast.Compare: self._comparison,
            ast.Constant: _constant,
            ast.Dict: self._eval_dict,
            ast.DictComp: self._eval_comprehension,
            ast.FormattedValue: self._inserted,
            ast.GeneratorExp: self._eval_comprehension,
            ast.IfExp: self._eval_ifexp,
            ast.JoinedStr: self._eval_joinedstr,
            ast.keyword: self._eval_keyword,
            ast.List: self._eval_list,
            ast.ListComp: self._eval_comprehension,
            ast.Name: self._variable,
            ast.Slice: self._eval_slice,
            ast.Subscript: self._item,
            ast.Tuple: self._eval_tuple,
            ast.UnaryOp: self._eval_unaryop,
        }

    def value_of(self, tree: ast.expr) -> Any:
        """The value of a checked tree, and the only way in."""
        return self._eval(tree)

    def _eval(self, node: ast.AST) -> Any:
        self.budget.spend(1)
        value = self.nodes[type(node)](node)
        if type(node) in _MAKERS and type(value) not in SCALARS:
            weigh(bounded(value), self.budget)
        return value

    def _variable(self, node: ast.Name) -> Any:
        try:
            return self.names[node.id]
        except KeyError:
            raise _Failure(f"there is no variable {node.id!r}{_alternatives(self.names)}") from None

    def _member(self, node: ast.Attribute) -> Any:
        owner = self._eval(node.value)
        if not isinstance(owner, dict):
            raise _Failure(f"{ast.unparse(node.value)} is {_kind(owner)}, so it has no member {node.attr!r}")
        try:
            return owner[node.attr]
        except KeyError:
            raise _Failure(f"{ast.unparse(node.value)} has no member {node.attr!r}{_alternatives(owner)}") from None

    def _item(self, node: ast.Subscript) -> Any:
        owner, key = self._eval(node.value), self._eval(node.slice)
        if not isinstance(owner, dict | list | tuple | str):
            raise _Failure(f"{ast.unparse(node.value)} is {_kind(owner)}, so nothing can be taken out of it")
        try:
            return owner[key]
        except LookupError:
            raise _Failure(f"{ast.unparse(node.value)} has no member {key!r}") from None

    def _operation(self, node: ast.BinOp) -> Any:
        value = self.operators[type(node.op)](self._eval(node.left), self._eval(node.right))
        if type(value) is str:
            weigh(value, self.budget)
        return value

    def _comparison(self, node: ast.Compare) -> bool:
        left = self._eval(node.left)
        for operation, comparator in zip(node.ops, node.comparators, strict=True):
            right = self._eval(comparator)
            for side in (left, right):
                if type(side) not in SCALARS:
                    weigh(side, self.budget)
            if not self.operators[type(operation)](left, right):
                return False
            left = right
        return True

    def _inserted(self, node: ast.FormattedValue) -> Any:
        value = self._eval(node.value)
        if type(value) not in SCALARS:
            raise _Failure(f"{ast.unparse(node.value)} is {_kind(value)}; only a single value can stand in a text")
        weigh(value, self.budget)
        return value

    def _call(self, node: ast.Call) -> Any:
        assert isinstance(node.func, ast.Name)  # the grammar admits nothing else
        function = self.functions.get(node.func.id)
        if function is None:
            raise _Failure(f"there is no function {node.func.id!r}{_alternatives(self.functions)}")
        positional = [self._eval(argument) for argument in node.args]
        named = {keyword.arg: self._eval(keyword.value) for keyword in node.keywords if keyword.arg}
        self.budget.spend(CALL_STEPS)
        weigh([*positional, *named.values()], self.budget)
        return bounded(self._answer(node.func.id, function, positional, named))

    def _answer(self, name: str, function: Callable[..., Any], positional: list[Any], named: dict[str, Any]) -> Any:
        try:
            return function(*positional, **named)
        except (EngineError, TooCostly):
            raise
        except Exception as error:
            raise _Failure(f"{name}() fails on these data ({error})") from error


_MAKERS = frozenset(
    {ast.BinOp, ast.Call, ast.Dict, ast.DictComp, ast.GeneratorExp, ast.List, ast.ListComp, ast.Subscript, ast.Tuple}
)


def _constant(node: ast.Constant) -> Any:
    return bounded(node.value)


def _kind(value: object) -> str:
    match value:
        case None:
            return "nothing (None)"
        case str():
            return "a text"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case list() | tuple():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return f"a {type(value).__name__}"


def _alternatives(known: Mapping[Any, Any]) -> str:
    names = sorted(name for name in known if isinstance(name, str))[:12]
    return f"; there are {', '.join(names)}" if names else ""
