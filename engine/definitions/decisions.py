"""A decision table as it is executed; what it gave is remembered where it can give nothing else.

SpiffWorkflow joins column and cell into an expression for every cell of every rule, each time. A table whose cells name
nothing but their own column gives the same outcome for the same column values, whatever else the data hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine

from engine.definitions.tables import condition_of
from engine.errors import ExpressionError
from engine.expressions import parse

REMEMBERED: Final = 10_000
"""Outcomes of one table; a table with more different inputs is worked out each time from then on."""

_VALUE: Final = "dmninputexpr"
"""SpiffWorkflow's own name for the column's value, which no variable can have."""

Outcome = dict[str, Any]


@dataclass
class Decision:
    """One table of a deployment. `columns` are the expressions that its rules test; None when cells name other data."""

    table: DMNEngine
    columns: tuple[str, ...] | None
    _known: dict[bytes, Outcome] = field(default_factory=dict[bytes, Outcome])

    def outcome(self, value_of: Callable[[str], Any], work_out: Callable[[DMNEngine], Outcome]) -> Outcome:
        """What the table gives; `value_of` evaluates a column, `work_out` asks the table itself."""
        key = self._key(value_of)
        if key is None:
            return dict(work_out(self.table))
        known = self._known.get(key)
        if known is None:
            known = dict(work_out(self.table))
            if len(self._known) < REMEMBERED:
                self._known[key] = known
        return {name: list(value) if isinstance(value, list) else value for name, value in known.items()}

    def _key(self, value_of: Callable[[str], Any]) -> bytes | None:
        """The column values; None where they cannot be told apart, or where one fails that may not be needed."""
        if self.columns is None:
            return None
        try:
            return orjson.dumps([value_of(column) for column in self.columns])
        except (ExpressionError, orjson.JSONEncodeError):
            return None


def decision_of(table: DMNEngine) -> Decision:
    """The executable form of a parsed decision table."""
    rules = table.decision_table.rules
    cells = [cell for rule in rules for entry in rule.inputEntries for cell in entry.lhs if cell is not None]
    outcomes = [entry.text for rule in rules for entry in rule.outputEntries if entry.text]
    if not all(map(_names_nothing_else, [*cells, *outcomes])):
        return Decision(table, None)
    return Decision(table, tuple(dict.fromkeys(_tested_columns(rules))))


def _tested_columns(rules: list[Any]) -> Iterator[str]:
    for rule in rules:
        for entry in rule.inputEntries:
            if any(cell is not None for cell in entry.lhs):
                yield entry.input.expression


def _names_nothing_else(cell: str) -> bool:
    try:
        parsed = parse(condition_of(cell, _VALUE))
    except ExpressionError:
        return False
    return parsed.names <= {_VALUE} and not parsed.functions
