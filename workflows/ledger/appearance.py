"""How a ledger is shown: which columns in which order, by what it is ordered, how dense; an address says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from workflows.labels import LabelledEnum
from workflows.ledger.columns import EXPORTED
from workflows.ledger.orders import Order

DAYS_LEFT, RETURNS = "days_left", "returns"
OFFERED: Final = (
    *(column.attribute for column in EXPORTED if column.attribute != "position"),
    DAYS_LEFT,
    RETURNS,
)
"""All columns that may be chosen: those of the ledger, the days that are left, and how often it was sent back."""
USUAL: Final = ("number", "title", "severity", "stage", DAYS_LEFT, "due_at", "unit_name", "region_code", "sector")


class Density(LabelledEnum):
    ROOMY = "roomy", "宽松"
    DENSE = "dense", "紧凑"


@dataclass(frozen=True)
class Appearance:
    """The columns from left to right, the order of the rows, and the density."""

    columns: tuple[str, ...] = USUAL
    order: Order = Order.REGISTERED
    descends: bool = True
    density: Density = Density.ROOMY

    @classmethod
    def from_query(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """The appearance that an address asks for; what it does not say is as usual."""
        said = dict(pairs)
        chosen = [name for name in said.get("columns", "").split(",") if name in OFFERED]
        named, _, way = said.get("sort", "").partition("-")
        order = next((each for each in Order if each.value == named), None)
        density = next((each for each in Density if each.value == said.get("density")), Density.ROOMY)
        columns = tuple(dict.fromkeys(chosen)) or USUAL
        if order is None:
            return cls(columns, density=density)
        return cls(columns, order, way == "down", density)

    def pairs(self) -> Sequence[tuple[str, str]]:
        """What differs from the usual, as names and values of an address."""
        usual = type(self)()
        asked = {
            "columns": ",".join(self.columns) if self.columns != usual.columns else "",
            "sort": self.sort if (self.order, self.descends) != (usual.order, usual.descends) else "",
            "density": self.density.value if self.density is not usual.density else "",
        }
        return [(name, value) for name, value in asked.items() if value]

    @property
    def sort(self) -> str:
        """The order as an address has it."""
        return f"{self.order.value}-down" if self.descends else self.order.value

    def ordered(self, order: Order) -> Self:
        """Ordered by something else, or by the same the other way round."""
        return replace(self, order=order, descends=not self.descends if order is self.order else False)

    def moved(self, name: str, steps: int) -> Self:
        """With a column further to the right, or to the left for negative steps."""
        if name not in self.columns:
            return self
        others = [each for each in self.columns if each != name]
        at = max(0, min(len(others), self.columns.index(name) + steps))
        return replace(self, columns=(*others[:at], name, *others[at:]))
