"""Where the rows behind a number are: the address of the ledger that shows exactly those hazards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from workflows.geography.divisions import Division
from workflows.hazards.words import Severity, Stage
from workflows.ledger.selection import Selection
from workflows.organisations.sectors import Sector

LEDGER: Final = "/ledger"
OPEN: Final = (Stage.SELF_CHECK, Stage.SPECIAL_INSPECTION, Stage.SPOT_CHECK, Stage.CLOSURE)
CLOSED: Final = (Stage.CLOSED,)


@dataclass(frozen=True)
class Rows:
    """The rows of a region and of some sectors, on a day; each method narrows them as one of the figures does."""

    selection: Selection
    today: date

    def at(self, *, region: Division | None = None, sector: Sector | None = None) -> Rows:
        """The same of another region, or of one sector."""
        place: dict[str, Any] = {"region": region.code} if region else {}
        return self._with(**place, **({"sector": (sector,)} if sector else {}))

    def of(self, severity: Severity) -> Rows:
        return self._with(severity=severity)

    def found(self) -> str:
        return self._address()

    def rectified(self) -> str:
        return self._address(is_rectified=True)

    def closed(self) -> str:
        return self._address(stage=CLOSED)

    def remaining(self) -> str:
        return self._address(stage=OPEN)

    def unrectified(self) -> str:
        return self._address(is_rectified=False)

    def in_stage(self, stage: Stage) -> str:
        return self._address(stage=(stage,))

    def due(self) -> str:
        """Those whose time limit ended before today."""
        return self._address(due_to=self._days_ago(1))

    def in_time(self) -> str:
        return self._address(due_to=self._days_ago(1), in_time=True)

    def overdue(self, most: int | None = None, least: int = 1) -> str:
        """Those that have been late for so many days, both ends counted."""
        first = self._days_ago(most) if most is not None else None
        return self._address(overdue=least, due_from=first)

    def due_on(self, day: date) -> str:
        """Those that are not put right and whose time limit ended on a day."""
        return self._address(is_rectified=False, due_from=day, due_to=day)

    def registered(self, first: date | None, last: date) -> str:
        return self._address(registered_from=first, registered_to=last)

    def closed_between(self, first: date | None, last: date) -> str:
        return self._address(closed_from=first, closed_to=last)

    def returned(self) -> str:
        return self._address(returned=1)

    def listed(self) -> str:
        return self._address(listed=True)

    def exposed(self) -> str:
        return self._address(exposed=True)

    def of_unit(self, unit: int | None, name: str) -> str:
        """The late hazards of a unit."""
        return self._address(overdue=1, unit=str(unit) if unit is not None else name)

    def _days_ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def _with(self, **conditions: Any) -> Rows:
        return replace(self, selection=replace(self.selection, **conditions))

    def _address(self, **conditions: Any) -> str:
        return f"{LEDGER}?{_query(self.selection)}{_and(Selection(**conditions))}"


@lru_cache(maxsize=2_048)
def _query(selection: Selection) -> str:
    """The selection as an address has it; a page with a thousand links has few different parts."""
    return selection.query()


def _and(conditions: Selection) -> str:
    more = _query(conditions)
    return f"&{more}" if more else ""
