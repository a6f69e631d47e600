"""Expressions written to break out, to exhaust memory or never to end are refused at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from engine.errors import ExpressionError
from engine.expressions import BUILT_INS, evaluate, run_script

DATA: dict[str, Any] = {
    "hazard": {"severity": "major", "_secret": 1, "number": "豫安委〔2022〕1号"},
    "many": list(range(1000)),
    "text": "a" * 1000,
    "__builtins__": {"open": open},
}

IMPORTS = [
    "__import__('os').system('id')",
    "import os",
    "__builtins__",
    "__builtins__.open",
    "open('/etc/passwd')",
    "eval('1')",
    "exec('1')",
    "compile('1', '', 'eval')",
    "globals()",
    "getattr(hazard, 'items')",
    "type(hazard)",
    "list('abc')",
    "dict()",
    "breakpoint()",
]

WALKS = [
    "().__class__.__bases__[0].__subclasses__()",
    "''.__class__",
    "hazard.__class__",
    "hazard._secret",
    "hazard.items()",
    "hazard.get('severity')",
    "text.upper()",
    "(lambda: 1)()",
    "[c for c in ().__class__.__mro__]",
    "len.__self__",
    "hazard.severity.__len__()",
    "ｅｖａｌ('1')",
    "hazard.＿＿class＿＿",
    "__name__",
    "_",
    "hazard['severity'].join",
    "len",
    "sorted(many, key=len)",
    "(1).real",
    "1 .numerator",
]

FORMATS = [
    "'{0.__class__}'.format(hazard)",
    "'%s' % hazard",
    "'%1000000000d' % 1",
    "f'{1:1000000000}'",
    "f'{hazard!r}'",
    "f'{hazard}'",
    "f'{1:{2}}'",
    "str(hazard)",
]

NUMBERS = [
    "9**9**9",
    "9**9**9**9",
    "2**63",
    "(-1)**0.5",
    "10.0**64**64",
    "1 << 1000000000",
    "1 >> 1",
    "9223372036854775807 + 1",
    "-9223372036854775807 - 9",
    "int('9' * 10**6)",
    "int('9' * 4000)",
    "9" * 5000,
    "int(1e300)",
    "round(5, -1000000000)",
    "round(5.5, 1000000000)",
    "1e308 * 10",
    "float('nan')",
    "float('inf')",
    "1j",
    "str(2**62 * 2**62)",
    "1 / 0",
]

SIZES = [
    "'a' * 10**9",
    "10**9 * 'a'",
    "[0] * 10**9",
    "(0,) * 10**9",
    "[text * 100 for x in many]",
    "[text + text for x in many for y in many]",
    "[[[many, many], [many, many]] for x in many]",
    "[many + many for x in many]",
    "sum([many for x in many], [])",
    "[many[:] for x in many]",
    "'" + "a" * 100_001 + "'",
    "f'{text}{text}' * 100",
    "many * 11",
]

LOOPS = [
    "[x for x in many for y in many for z in many]",
    "[[y for y in many] for x in many]",
    "any(x == y == z for x in many for y in many for z in many if x > 2000)",
    "{str(x): [y for y in many] for x in many}",
    "sum(x for x in many for y in many)",
    "[0 for x in many if many == many]",
    "[len(many) for x in many]",
    "[sorted(many) for x in many]",
    "all([x for x in many] for y in many)",
]

DEPTHS = [
    "(" * 10_000 + "1" + ")" * 10_000,
    "[" * 90 + "]" * 90,
    "not " * 2_000 + "True",
    "-" * 9_000 + "1",
    "hazard" + ".a" * 4_000,
    "1" + "+1" * 4_000,
    "hazard" + "[0]" * 3_000,
    "1" + " if 1 else 1" * 800,
    " " * 20_000 + "1",
    "1 + " * 20_000 + "1",
]

SYNTAX = [
    "",
    "   ",
    "1; 2",
    "a = 1",
    "(a := 1)",
    "lambda: 1",
    "[*many]",
    "{**hazard}",
    "len(*many)",
    "round(**hazard)",
    "{1, 2}",
    "{x for x in many}",
    "b'bytes'",
    "...",
    "await hazard",
    "[x async for x in many]",
    "1 if True",
    "\x00",
    "yield 1",
    "(yield 1)",
    "1 @ 2",
    "~1",
    "1 | 2",
    "1 & 2",
    "for x in many: pass",
    "\ud800",
]

HOSTILE = IMPORTS + WALKS + FORMATS + NUMBERS + SIZES + LOOPS + DEPTHS + SYNTAX


def _name(expression: str) -> str:
    return ascii(expression[:40])


@pytest.mark.parametrize("expression", HOSTILE, ids=_name)
def test_a_hostile_expression_is_refused_quickly(expression: str) -> None:
    started = time.perf_counter()
    with pytest.raises(ExpressionError):
        evaluate(expression, DATA, BUILT_INS)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("expression", IMPORTS + WALKS + FORMATS + NUMBERS + SIZES, ids=_name)
def test_a_script_is_no_way_around_it(expression: str) -> None:
    with pytest.raises(ExpressionError):
        run_script(f"a = {expression}\n", DATA, BUILT_INS)


@pytest.mark.parametrize(
    "script",
    [
        "import os",
        "a.b = 1",
        "a[0] = 1",
        "a, b = 1, 2",
        "a = b = 1",
        "a += 1",
        "a: int = 1",
        "_a = 1",
        "del hazard",
        "while True: a = 1",
        "def f(): pass",
        "len(many)",
        "a = 1\n" * 101,
        "a = 1\n" * 9_000,
    ],
    ids=_name,
)
def test_a_script_of_anything_but_assignments_is_refused(script: str) -> None:
    with pytest.raises(ExpressionError):
        run_script(script, DATA, BUILT_INS)


def test_a_structure_that_shares_its_parts_cannot_grow_line_by_line() -> None:
    doubling = "a = [1, 1]\n" + "a = [a, a]\n" * 60
    with pytest.raises(ExpressionError, match="steps"):
        run_script(doubling, {}, BUILT_INS)


def test_a_structure_that_shares_its_parts_cannot_grow_in_one_expression() -> None:
    doubling = "[0 " + "".join(f"for a{n + 1} in [[a{n}, a{n}]] " for n in range(30)) + "if a30 == a29]"
    with pytest.raises(ExpressionError, match="steps"):
        evaluate(doubling, {"a0": 1}, BUILT_INS)


def test_evaluations_inside_an_evaluation_share_its_steps() -> None:
    def decide() -> Any:
        return evaluate("[decide() for x in [1, 2]]", {}, functions)

    functions: dict[str, Callable[..., Any]] = {"decide": decide}
    with pytest.raises(ExpressionError, match="nested more than"):
        evaluate("decide()", {}, functions)


def test_a_costly_function_called_over_and_over_runs_out_of_steps() -> None:
    with pytest.raises(ExpressionError, match="steps"):
        evaluate("[now() for x in many for y in many]", DATA, {"now": lambda: "2022-11-08T00:00:00+00:00"})


def test_a_cycle_in_the_data_is_refused_when_it_would_be_walked() -> None:
    cycle: list[Any] = []
    cycle.append(cycle)
    with pytest.raises(ExpressionError):
        evaluate("cycle", {"cycle": cycle}, BUILT_INS)
    with pytest.raises(ExpressionError):
        evaluate("cycle == [cycle]", {"cycle": cycle}, BUILT_INS)


def test_after_a_refusal_the_next_evaluation_has_all_its_steps() -> None:
    for _ in range(3):
        with pytest.raises(ExpressionError):
            evaluate("[x for x in many for y in many]", DATA, BUILT_INS)
    assert evaluate("sum([x for x in many])", DATA, BUILT_INS) == 499500
