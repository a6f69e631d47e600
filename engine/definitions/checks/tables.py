"""Decision tables: one to a file, of a hit policy that is run, every row complete and every cell readable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.definitions.checks.cells import check_input, check_input_cell, check_output_cell
from engine.definitions.checks.content import Content, TableFile, Vocabulary
from engine.definitions.checks.kinds import kind_word
from engine.definitions.checks.report import error_at, error_in, warning_at
from engine.definitions.diagrams import kind
from engine.definitions.fixes import set_attribute
from engine.definitions.problems import Problem
from engine.definitions.remarks import remark
from engine.definitions.tables import DecisionTable, read_table
from engine.definitions.xml import Element
from engine.sentences import sentence

HIT_POLICIES: Final = frozenset({"UNIQUE", "COLLECT"})
_COLUMN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PARTS: Final = frozenset({"input", "output", "rule"})


def check_tables(content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    for table in content.tables:
        yield from _check_file(table, content, vocabulary)


def _check_file(table: TableFile, content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    if len(table.decisions) != 1:
        said = remark(
            "one-decision", "the file has %(count)s decisions; keep one decision to a file", count=len(table.decisions)
        )
        yield error_in(table.file, said)
    for decision in table.decisions:
        logic = read_table(decision)
        if logic is None:
            said = remark("no-table", "the decision has no decision table; draw one")
            yield error_at(table.file, decision, said)
            continue
        yield from _check_form(table.file, logic)
        yield from _check_columns(table.file, logic, content, vocabulary)
        yield from _check_rules(table.file, logic, content, vocabulary)


def _check_form(file: str, table: DecisionTable) -> Iterator[Problem]:
    if table.hit_policy not in HIT_POLICIES:
        said = remark(
            "hit-policy",
            "the engine does not run the hit policy %(policy)s; use UNIQUE or COLLECT",
            set_attribute(sentence("Use UNIQUE"), "hitPolicy", "UNIQUE"),
            policy=table.hit_policy,
        )
        yield error_at(file, table.element, said)
    if table.element.get("aggregation"):
        said = remark(
            "aggregation",
            "the engine does not aggregate what is collected; remove the aggregation and use sum(), min() or max()",
            set_attribute(sentence("Remove the aggregation"), "aggregation", ""),
        )
        yield error_at(file, table.element, said)
    for part in table.element:
        if kind(part) not in _PARTS:
            said = remark(
                "table-part", "the engine does not read a %(kind)s in a decision table; remove it", kind=kind_word(part)
            )
            yield error_at(file, part, said)
        elif not part.get("id"):
            said = remark("table-part-without-id", "the %(kind)s has no id; give it one", kind=kind_word(part))
            yield error_at(file, part, said)


def _check_columns(file: str, table: DecisionTable, content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    for column in table.inputs:
        yield from check_input(file, column, content, vocabulary)
    names = [output.name for output in table.outputs]
    if not names:
        yield error_at(file, table.element, remark("no-output", "the table has no output; add one"))
    for output in table.outputs:
        if not _COLUMN_NAME.fullmatch(output.name):
            said = remark(
                "output-name",
                "the output's name '%(name)s' is no identifier; use Latin letters, digits and underscores",
                name=output.name,
            )
            yield error_at(file, output.element, said)
        elif names.count(output.name) > 1:
            said = remark("output-twice", "several outputs have the name '%(name)s'; rename one", name=output.name)
            yield error_at(file, output.element, said)


def _check_rules(file: str, table: DecisionTable, content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    if not table.rules:
        said = remark("no-rules", "the table has no rules, so it decides nothing; add one")
        yield warning_at(file, table.element, said)
    seen: dict[tuple[str, ...], int] = {}
    for number, rule in enumerate(table.rules, start=1):
        if len(rule.conditions) != len(table.inputs) or len(rule.outcomes) != len(table.outputs):
            said = remark(
                "rule-incomplete",
                "rule %(rule)s has %(conditions)s conditions and %(outcomes)s outcomes; "
                "the table has %(inputs)s inputs and %(outputs)s outputs",
                rule=number,
                conditions=len(rule.conditions),
                outcomes=len(rule.outcomes),
                inputs=len(table.inputs),
                outputs=len(table.outputs),
            )
            yield error_at(file, rule.element, said)
            continue
        for column, cell in zip(table.inputs, rule.conditions, strict=True):
            yield from check_input_cell(file, number, column, cell, content, vocabulary)
        for cell in rule.outcomes:
            yield from check_output_cell(file, number, cell, content, vocabulary)
        first = seen.setdefault(tuple(cell.text for cell in rule.conditions), number)
        if first != number and table.hit_policy == "UNIQUE":
            yield _never_hit(file, rule.element, number, first)


def _never_hit(file: str, rule: Element, number: int, first: int) -> Problem:
    said = remark(
        "rule-never-hit",
        "rule %(rule)s has the conditions of rule %(first)s, so it is never hit; change one",
        rule=number,
        first=first,
    )
    return error_at(file, rule, said)
