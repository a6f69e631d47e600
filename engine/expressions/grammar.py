"""The language: which Python expressions may be written. What is not listed here is refused before it is evaluated."""

from __future__ import annotations

import ast
from typing import Final

from engine.expressions.limits import SOURCE_DEPTH

OPERATORS: Final[frozenset[type[ast.AST]]] = frozenset(
    {
        ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow,
        ast.Not, ast.USub, ast.UAdd, ast.And, ast.Or,
        ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Is, ast.IsNot, ast.In, ast.NotIn,
    }
)  # fmt: skip

FORMS: Final[frozenset[type[ast.AST]]] = frozenset(
    {
        ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp,
        ast.Constant, ast.Name, ast.Load, ast.Store, ast.Attribute, ast.Subscript, ast.Slice,
        ast.List, ast.Tuple, ast.Dict, ast.JoinedStr, ast.FormattedValue,
        ast.Call, ast.keyword, ast.ListComp, ast.DictComp, ast.GeneratorExp, ast.comprehension,
    }
)  # fmt: skip

_REASONS: Final[dict[type[ast.AST], str]] = {
    ast.Lambda: "a lambda is not allowed",
    ast.NamedExpr: "an assignment inside an expression is not allowed",
    ast.Starred: "unpacking with * is not allowed",
    ast.Await: "await is not allowed",
    ast.Set: "a set is not allowed; write a list in square brackets",
    ast.SetComp: "a set is not allowed; write a list in square brackets",
    ast.LShift: "<< is not allowed",
    ast.RShift: ">> is not allowed",
    ast.BitAnd: "& is not allowed; write 'and'",
    ast.BitOr: "| is not allowed; write 'or'",
    ast.BitXor: "^ is not allowed",
    ast.Invert: "~ is not allowed; write 'not'",
    ast.MatMult: "@ is not allowed",
}

_NO_UNPACKING: Final = "unpacking with ** is not allowed"


def refusal(tree: ast.expr) -> str | None:
    """Why an expression is not of the language, in a sentence; None when it is."""
    stack: list[tuple[ast.AST, int]] = [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        if depth > SOURCE_DEPTH:
            return f"the expression is nested more than {SOURCE_DEPTH} deep; split it up"
        if reason := _refusal_of_kind(type(node)) or _refusal_of(node):
            return reason
        stack.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return None


def _refusal_of_kind(kind: type[ast.AST]) -> str | None:
    if kind in FORMS or kind in OPERATORS:
        return None
    return _REASONS.get(kind, f"{kind.__name__} is not allowed in an expression")


def _refusal_of(node: ast.AST) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)) if name.startswith("_"):
            return f"the name {name!r} is not allowed: it begins with an underscore"
        case ast.Constant(value=value) if not isinstance(value, str | int | float | None):
            return f"{value!r} is no value of the language"
        case ast.Call(func=func) if not isinstance(func, ast.Name):
            return f"{ast.unparse(func)[:60]!r} cannot be called: only the engine's functions can, by their plain name"
        case ast.keyword(arg=None):
            return _NO_UNPACKING
        case ast.Dict(keys=keys) if None in keys:
            return _NO_UNPACKING
        case ast.FormattedValue(format_spec=spec, conversion=conversion) if spec is not None or conversion != -1:
            return "a format specification inside {} is not allowed"
        case ast.comprehension(is_async=1):
            return "async is not allowed"
        case _:
            return None
