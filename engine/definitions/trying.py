"""Tries a decision table on some entries: which rules they hit and what it gives, by the engine's own decision."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Final

from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.specs.model import HitPolicy

from engine import expressions
from engine.definitions.decisions import Decision
from engine.definitions.files import Files
from engine.definitions.parser import parse_tables
from engine.definitions.tables import DecisionTable, condition_of
from engine.errors import EngineError, ExpressionError
from engine.expressions import parse
from engine.sentences import Sentence, sentence

CELLS: Final = 20_000
"""Conditions of a table that can be tried; a larger one is tried with an instance."""

QUESTIONS: Final = 50
ENTRY_LENGTH: Final = 2_000


class CannotTry(EngineError):
    """The table cannot be tried as it is; mend its problems first. `reason` is the sentence."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Question:
    """What the table looks at: a variable with its members (`hazard.severity`), the label of the column that asks for
    it, and the values that its cells name."""

    path: str
    label: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tried:
    """The rules that were hit, numbered from 1, and the outcome; a UNIQUE table gives that of the first one alone."""

    hits: tuple[int, ...]
    outcome: Mapping[str, Any]


def questions_of(table: DecisionTable) -> list[Question]:
    """What must be entered to try a table, in the order of its columns."""
    asked: dict[str, Question] = {}
    for number, column in enumerate(table.inputs):
        cells = [rule.conditions[number].text for rule in table.rules if number < len(rule.conditions)]
        paths = list(_paths_in(column.expression))
        options = _literals_in(cells) if paths == [column.expression.strip()] else ()
        for path in paths:
            asked.setdefault(path, Question(path, column.label if len(paths) == 1 else path, options))
    others = (cell.text for rule in table.rules for cell in (*rule.conditions, *rule.outcomes))
    for text in dict.fromkeys(others):
        for path in _paths_in(text):
            asked.setdefault(path, Question(path, path))
    return list(asked.values())[:QUESTIONS]


def try_table(
    files: Files,
    decision_id: str,
    entries: Mapping[str, str],
    functions: Mapping[str, Callable[..., Any]],
    now: str,
) -> Tried:
    """What a decision of the set gives for these entries, by path. Raises CannotTry, ExpressionError."""
    bench = _Bench(_tables(files), functions, _data(entries), now)
    decision = bench.tables.get(decision_id)
    if decision is None:
        raise CannotTry(sentence("the file has no decision that can be tried"))
    rules = decision.table.decision_table.rules
    if sum(len(rule.inputEntries) for rule in rules) > CELLS:
        raise CannotTry(sentence("the table has more than %(most)s conditions, too many to be tried here", most=CELLS))
    numbers = {rule.id: number for number, rule in enumerate(rules, start=1)}
    try:
        hits = _hits(decision, bench)
        return Tried(tuple(numbers[rule.id] for rule in hits), bench.decide(decision_id))
    except Exception as wrapped:  # the library stumbles over the missing token while it tells what went wrong
        raise bench.failure or CannotTry(sentence("the table cannot decide on these entries")) from wrapped


def read_entry(text: str) -> Any:
    """What was entered: nothing, a number, true, false or null where it reads as one, else a text; quotes make it a
    text."""
    text = text.strip()
    if not text:
        return None
    try:
        value = json.loads(text)
    except ValueError:
        return text.strip("'") if len(text) > 1 and text[0] == text[-1] == "'" else text
    return value if isinstance(value, str | int | float | bool | None) else text


class _Bench:
    """What SpiffWorkflow's decision engine takes for a task, without an instance: data, and the sandbox."""

    task_spec = None

    def __init__(
        self,
        tables: Mapping[str, Decision],
        functions: Mapping[str, Callable[..., Any]],
        data: dict[str, Any],
        now: str,
    ) -> None:
        self.tables = tables
        self.data = data
        self.workflow = self.script_engine = self
        self.failure: ExpressionError | None = None
        self._functions = {**expressions.BUILT_INS, **functions, "now": lambda: now, "decide": self.decide}

    def validate(self, expression: str) -> None:
        expressions.ensure_parses(expression)

    def evaluate(self, _task: object, expression: str, external_context: Mapping[str, Any] | None = None) -> Any:
        try:
            return expressions.evaluate(expression, {**self.data, **(external_context or {})}, self._functions)
        except ExpressionError as error:
            self.failure = self.failure or error
            raise

    def decide(self, decision_id: str) -> dict[str, Any]:
        table = self.tables.get(decision_id)
        if table is None:
            raise ExpressionError(sentence("there is no such decision in the set"), expression=decision_id)
        return table.outcome(lambda column: self.evaluate(self, column), lambda rules: rules.result(self))


def _tables(files: Files) -> Mapping[str, Decision]:
    try:
        return parse_tables(files)
    except Exception as unreadable:  # the library's parser lets through whatever goes wrong inside it
        raise CannotTry(sentence("the table has problems; mend them first")) from unreadable


def _hits(decision: Decision, bench: _Bench) -> list[Any]:
    """Every rule that fits; a UNIQUE table would stop at the first."""
    every = copy(decision.table.decision_table)
    every.hit_policy = HitPolicy.COLLECT.value
    return DMNEngine(every).decide(bench)


def _data(entries: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for path, text in list(entries.items())[:QUESTIONS]:
        *outer, last = path.split(".")
        within = data
        for name in outer:
            within = within.setdefault(name, {})
            if not isinstance(within, dict):
                break
        else:
            within[last] = read_entry(text[:ENTRY_LENGTH])
    return data


def _paths_in(text: str) -> Iterator[str]:
    """The variables that an expression or cell reads, each with the members that it asks for."""
    if text in {"", "-"}:
        return
    try:
        tree = parse(condition_of(text, "True")).tree
    except ExpressionError:
        return
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and id(node) not in inner | called and (path := _path_of(node)):
            yield path


def _path_of(node: ast.expr) -> str | None:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            outer = _path_of(value)
            return outer and f"{outer}.{name}"
        case _:
            return None


def _literals_in(cells: list[str]) -> tuple[str, ...]:
    """The values that a column's cells name, once each."""
    found: dict[str, None] = {}
    for text in cells:
        if text in {"", "-"}:
            continue
        try:
            tree = parse(condition_of(text, "value")).tree
        except ExpressionError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value is not None:
                found[node.value if isinstance(node.value, str) else json.dumps(node.value)] = None
    return tuple(found)
