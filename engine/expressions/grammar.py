"""The language: which Python expressions may be written. What is not listed here is refused before it is evaluated."""

from __future__ import annotations

import ast
from typing import Final

from engine.expressions.limits import SOURCE_DEPTH
from engine.sentences import Sentence, sentence

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

_REASONS: Final[dict[type[ast.AST], Sentence]] = {
    ast.Lambda: sentence("a lambda is not allowed"),
    ast.NamedExpr: sentence("an assignment inside an expression is not allowed"),
    ast.Starred: sentence("unpacking with * is not allowed"),
    ast.Await: sentence("await is not allowed"),
    ast.Set: sentence("a set is not allowed; write a list in square brackets"),
    ast.SetComp: sentence("a set is not allowed; write a list in square brackets"),
    ast.LShift: sentence("<< is not allowed"),
    ast.RShift: sentence(">> is not allowed"),
    ast.BitAnd: sentence("& is not allowed; write 'and'"),
    ast.BitOr: sentence("| is not allowed; write 'or'"),
    ast.BitXor: sentence("^ is not allowed"),
    ast.Invert: sentence("~ is not allowed; write 'not'"),
    ast.MatMult: sentence("@ is not allowed"),
}

_NO_UNPACKING: Final = sentence("unpacking with ** is not allowed")


def refusal(tree: ast.expr) -> Sentence | None:
    """Why an expression is not of the language, in a sentence; None when it is."""
    stack: list[tuple[ast.AST, int]] = [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        if depth > SOURCE_DEPTH:
            return sentence("the expression is nested more than %(most)s deep; split it up", most=SOURCE_DEPTH)
        if reason := _refusal_of_kind(type(node)) or _refusal_of(node):
            return reason
        stack.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return None


def _refusal_of_kind(kind: type[ast.AST]) -> Sentence | None:
    if kind in FORMS or kind in OPERATORS:
        return None
    return _REASONS.get(kind) or sentence("%(form)s is not allowed in an expression", form=kind.__name__)


def _refusal_of(node: ast.AST) -> Sentence | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)) if name.startswith("_"):
            return sentence("the name '%(name)s' is not allowed: it begins with an underscore", name=name)
        case ast.Constant(value=value) if not isinstance(value, str | int | float | None):
            return sentence("%(value)s is no value of the language", value=repr(value))
        case ast.Call(func=func) if not isinstance(func, ast.Name):
            return sentence(
                "'%(text)s' cannot be called: only the engine's functions can, by their plain name",
                text=ast.unparse(func)[:60],
            )
        case ast.keyword(arg=None):
            return _NO_UNPACKING
        case ast.Dict(keys=keys) if None in keys:
            return _NO_UNPACKING
        case ast.FormattedValue(format_spec=spec, conversion=conversion) if spec is not None or conversion != -1:
            return sentence("a format specification inside {} is not allowed")
        case ast.comprehension(is_async=1):
            return sentence("async is not allowed")
        case _:
            return None
