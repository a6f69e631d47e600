"""The sandbox in which the expressions of diagrams and decision tables run: no imports, no methods, no way out."""

from engine.expressions.evaluation import evaluate, run_script
from engine.expressions.functions import BUILT_INS
from engine.expressions.parsing import (
    ParsedAssignment,
    ParsedExpression,
    ensure_parses,
    parse,
    parse_script,
    validate,
)

__all__ = [
    "BUILT_INS",
    "ParsedAssignment",
    "ParsedExpression",
    "ensure_parses",
    "evaluate",
    "parse",
    "parse_script",
    "run_script",
    "validate",
]
