"""In which orders a ledger can be read: runs of rows one after the other, each in the order of an index.

What has no due date or no date of finding stands last whichever way the others are ordered; stages and severities
stand in the order of the work, not of their letters. So every order is a sequence of runs, and a page that begins
within one goes on into the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, literal, true, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity, Stage
from workflows.labels import LabelledEnum
from workflows.ledger.selection import Selection


class Order(LabelledEnum):
    """By what the rows are ordered."""

    REGISTERED = "registered", "登记先后"
    NUMBER = "number", "隐患编号"
    DUE = "due_at", "整改时限"
    FOUND = "found_on", "检查时间"
    SEVERITY = "severity", "隐患等级"
    STAGE = "stage", "当前环节"
    RETURNS = "returns", "退回次数"


COLUMNS: Final[Mapping[Order, InstrumentedAttribute[Any] | None]] = {
    Order.REGISTERED: None,
    Order.NUMBER: Hazard.number,
    Order.DUE: Hazard.due_at,
    Order.FOUND: Hazard.found_on,
    Order.RETURNS: Hazard.returns,
}
FIXED: Final[Mapping[Order, tuple[InstrumentedAttribute[Any], Sequence[LabelledEnum]]]] = {
    Order.STAGE: (Hazard.stage, tuple(Stage)),
    Order.SEVERITY: (Hazard.severity, tuple(Severity)),
}


@dataclass(frozen=True)
class Run:
    """Rows ordered by a column and the id; a `fixed` run has those alone whose column has the one `value`, maybe none.

    A fixed column still stands in the order, because the index has it before the id. Without a column it is the id.
    """

    column: InstrumentedAttribute[Any] | None
    descends: bool
    is_fixed: bool = False
    value: Any = None

    def holds(self, row: Hazard) -> bool:
        """Whether a row stands in this run."""
        if self.column is None:
            return True
        value = getattr(row, self.column.key)
        return value == self.value if self.is_fixed else value is not None

    @property
    def condition(self) -> ColumnElement[bool]:
        """What the rows of this run have in common."""
        if self.column is None:
            return true()
        if not self.is_fixed:
            return self.column.is_not(None)
        return self.column.is_(None) if self.value is None else self.column == self.value

    def ordering(self, *, by_index: bool = True) -> Sequence[ColumnElement[Any]]:
        """By what the rows of this run are ordered."""
        columns = self._columns(by_index=by_index)
        return [column.desc() if self.descends else column.asc() for column in columns]

    def after(self, value: Any, row_id: int, *, by_index: bool = True) -> ColumnElement[bool]:
        """What comes behind a row in this run."""
        columns = self._columns(by_index=by_index)
        if len(columns) == 1 or self.is_fixed:
            return columns[-1] < row_id if self.descends else columns[-1] > row_id
        here, there = tuple_(*columns), tuple_(literal(value, columns[0].type), row_id)
        bound = columns[0] <= value if self.descends else columns[0] >= value
        return and_(bound, here < there if self.descends else here > there)

    def _columns(self, *, by_index: bool) -> Sequence[ColumnElement[Any]]:
        """The run's column and the id, or expressions that are always equal to them, which no index has."""
        columns = [Hazard.id] if self.column is None else [self.column, Hazard.id]
        return [column.expression if by_index else func.coalesce(column, column) for column in columns]


def runs(order: Order, selection: Selection, *, descends: bool) -> Sequence[Run]:
    """The runs of an order in which hazards of a selection can stand, in the order in which they are read."""
    if order in FIXED:
        column, _ = FIXED[order]
        each = [Run(column, descends, is_fixed=True, value=member) for member in _possible(order, selection)]
        return each[::-1] if descends else each
    column = COLUMNS[order]
    known = Run(column, descends)
    if order in (Order.DUE, Order.FOUND):
        return [known, Run(column, descends, is_fixed=True)]
    return [known]


def _possible(order: Order, it: Selection) -> Iterator[LabelledEnum]:
    """The values that hazards of a selection can have; to look for others would be to read the ledger for nothing."""
    chosen = it.stage if order is Order.STAGE else (it.severity,) if it.severity else ()
    is_open = it.overdue is not None or it.is_rectified is False
    for member in FIXED[order][1]:
        is_off = member is Stage.VOIDED and not chosen
        if (not chosen or member in chosen) and not is_off and not (is_open and member is Stage.CLOSED):
            yield member


def turned(some: Sequence[Run]) -> Sequence[Run]:
    """The same runs from their end to their beginning, to read the page before."""
    return [replace(run, descends=not run.descends) for run in reversed(some)]
