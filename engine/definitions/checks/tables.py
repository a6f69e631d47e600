"""Decision tables: one to a file, of a hit policy that is run, every row complete and every cell readable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.definitions.checks.cells import check_input, check_input_cell, check_output_cell
from engine.definitions.checks.content import Content, TableFile, Vocabulary
from engine.definitions.checks.report import error_at, error_in, warning_at
from engine.definitions.diagrams import kind
from engine.definitions.problems import Problem
from engine.definitions.tables import DecisionTable, read_table
from engine.definitions.xml import Element

HIT_POLICIES: Final = frozenset({"UNIQUE", "COLLECT"})
_COLUMN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PARTS: Final = frozenset({"input", "output", "rule"})


def check_tables(content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    for table in content.tables:
        yield from _check_file(table, content, vocabulary)


def _check_file(table: TableFile, content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    if len(table.decisions) != 1:
        yield error_in(table.file, f"the file has {len(table.decisions)} decisions; keep one decision to a file")
    for decision in table.decisions:
        logic = read_table(decision)
        if logic is None:
            yield error_at(table.file, decision, "the decision has no decision table; draw one")
            continue
        yield from _check_form(table.file, logic)
        yield from _check_columns(table.file, logic, content, vocabulary)
        yield from _check_rules(table.file, logic, content, vocabulary)


def _check_form(file: str, table: DecisionTable) -> Iterator[Problem]:
    if table.hit_policy not in HIT_POLICIES:
        message = f"the engine does not run the hit policy {table.hit_policy}; use UNIQUE or COLLECT"
        yield error_at(file, table.element, message)
    if table.element.get("aggregation"):
        message = (
            "the engine does not aggregate what is collected; remove the aggregation and use sum(), min() or max()"
        )
        yield error_at(file, table.element, message)
    for part in table.element:
        if kind(part) not in _PARTS:
            yield error_at(file, part, f"the engine does not read a {kind(part)} in a decision table; remove it")
        elif not part.get("id"):
            yield error_at(file, part, f"the {kind(part)} has no id; give it one")


def _check_columns(file: str, table: DecisionTable, content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    for column in table.inputs:
        yield from check_input(file, column, content, vocabulary)
    names = [output.name for output in table.outputs]
    if not names:
        yield error_at(file, table.element, "the table has no output; add one")
    for output in table.outputs:
        if not _COLUMN_NAME.fullmatch(output.name):
            message = f"the output's name {output.name!r} is no identifier; use Latin letters, digits and underscores"
            yield error_at(file, output.element, message)
        elif names.count(output.name) > 1:
            yield error_at(file, output.element, f"several outputs have the name {output.name!r}; rename one")


def _check_rules(file: str, table: DecisionTable, content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    if not table.rules:
        yield warning_at(file, table.element, "the table has no rules, so it decides nothing; add one")
    seen: dict[tuple[str, ...], int] = {}
    for number, rule in enumerate(table.rules, start=1):
        if len(rule.conditions) != len(table.inputs) or len(rule.outcomes) != len(table.outputs):
            message = (
                f"rule {number} has {len(rule.conditions)} conditions and {len(rule.outcomes)} outcomes; "
                f"the table has {len(table.inputs)} inputs and {len(table.outputs)} outputs"
            )
            yield error_at(file, rule.element, message)
            continue
        for column, cell in zip(table.inputs, rule.conditions, strict=True):
            yield from check_input_cell(file, number, column, cell, content, vocabulary)
        for cell in rule.outcomes:
            yield from check_output_cell(file, number, cell, content, vocabulary)
        first = seen.setdefault(tuple(cell.text for cell in rule.conditions), number)
        if first != number and table.hit_policy == "UNIQUE":
            yield _never_hit(file, rule.element, number, first)


def _never_hit(file: str, rule: Element, number: int, first: int) -> Problem:
    return error_at(file, rule, f"rule {number} has the conditions of rule {first}, so it is never hit; change one")
