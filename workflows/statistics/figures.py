"""What a region and a sector came to until a day, and the rates that follow; every definition stands here once."""

from __future__ import annotations

from dataclasses import dataclass, fields

from workflows.labels import LabelledEnum


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of a whole; both are shown, because a share of a few is worth little."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None when there is nothing to take a share of."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Hazards on the ledger, voided ones not counted, each once.

    `due`, `in_time` and `overdue` are of those whose time limit ended before today: all; put right within it; still
    not put right. `…_before` is the same figure as the rows of today give it for the same day of the week before.
    """

    found: int = 0
    carried_over: int = 0
    relapsed: int = 0
    self_check: int = 0
    special_inspection: int = 0
    spot_check: int = 0
    closure: int = 0
    returned: int = 0
    returns: int = 0
    listed: int = 0
    exposed: int = 0
    false_rectification: int = 0
    rectified: int = 0
    closed: int = 0
    due: int = 0
    in_time: int = 0
    overdue: int = 0
    major_found: int = 0
    major_rectified: int = 0
    major_closed: int = 0
    found_before: int = 0
    rectified_before: int = 0
    closed_before: int = 0
    due_before: int = 0
    in_time_before: int = 0
    overdue_before: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(**{name: getattr(self, name) + getattr(other, name) for name in NAMES})

    @property
    def remaining(self) -> int:
        """Not closed yet, at whatever stage."""
        return self.found - self.closed

    @property
    def remaining_before(self) -> int:
        return self.found_before - self.closed_before

    @property
    def unrectified(self) -> int:
        """Not put right yet, whether or not it is late."""
        return self.found - self.rectified

    @property
    def rectification_rate(self) -> Rate:
        """整改率: put right ÷ found. Done is not closed."""
        return Rate(self.rectified, self.found)

    @property
    def on_time_rate(self) -> Rate:
        """按期整改率: put right within the time limit in force ÷ those whose limit has passed."""
        return Rate(self.in_time, self.due)

    @property
    def closed_rate(self) -> Rate:
        """销号率: closed ÷ found."""
        return Rate(self.closed, self.found)

    @property
    def return_rate(self) -> Rate:
        """退回率: those that were sent back at least once ÷ found."""
        return Rate(self.returned, self.found)

    @property
    def major_rate(self) -> Rate:
        """Major hazards: closed ÷ found, as the monthly form has it (已整改销号)."""
        return Rate(self.major_closed, self.major_found)

    @property
    def rectification_rate_before(self) -> Rate:
        return Rate(self.rectified_before, self.found_before)

    @property
    def on_time_rate_before(self) -> Rate:
        return Rate(self.in_time_before, self.due_before)

    @property
    def closed_rate_before(self) -> Rate:
        return Rate(self.closed_before, self.found_before)


class RateKind(LabelledEnum):
    """The rates by which regions and sectors are compared."""

    CLOSED = "closed", "销号率"
    RECTIFIED = "rectified", "整改率"
    ON_TIME = "on_time", "按期整改率"

    def of(self, figures: Figures) -> Rate:
        """The rate of these figures."""
        match self:
            case RateKind.CLOSED:
                return figures.closed_rate
            case RateKind.RECTIFIED:
                return figures.rectification_rate
            case RateKind.ON_TIME:
                return figures.on_time_rate


NAMES = tuple(field.name for field in fields(Figures))
NOTHING = Figures()


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What happened on one day, and the hazards whose time limit ended that day and that are not put right."""

    found: int = 0
    rectified: int = 0
    closed: int = 0
    unrectified: int = 0

    def __add__(self, other: DayFigures) -> DayFigures:
        return DayFigures(
            self.found + other.found,
            self.rectified + other.rectified,
            self.closed + other.closed,
            self.unrectified + other.unrectified,
        )
