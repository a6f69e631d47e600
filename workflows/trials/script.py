"""A trial's script: how the trial begins and the acts that follow; whoever plays it again sees the same happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from workflows.cast.sign_ins import DEMO_COUNTY, DEMO_SECTOR
from workflows.hazards.words import Origin, Severity
from workflows.organisations.sectors import Sector

STRICT: Final = ConfigDict(extra="forbid")
MOST_ACTS: Final = 200
LONGEST_WAIT: Final = 250
"""Working days in one act of waiting: a year."""
ANYBODY: Final = ""
"""Whoever may do the task: the first of those to whom it is offered."""

Element = Annotated[str, Field(min_length=1, max_length=255)]
Who = Annotated[str, Field(max_length=255)]


@dataclass(frozen=True, config=STRICT)
class Beginning:
    """The hazard with which a trial begins, and the day on whose morning it is registered.

    `claimed` says of a carried-over hazard that an earlier ledger has it as put right.
    """

    on: date
    severity: Severity = Severity.GENERAL
    sector: Sector = DEMO_SECTOR
    origin: Origin = Origin.NEW
    region: Annotated[str, Field(pattern=r"^\d{6}$")] = DEMO_COUNTY
    claimed: bool = True


@dataclass(frozen=True, config=STRICT)
class Complete:
    """Somebody finishes the open task at an element; `by` is a role, an account, or ANYBODY who may."""

    task: Element
    by: Who = ANYBODY
    answers: dict[str, Any] = field(default_factory=dict[str, Any])
    act: Literal["complete"] = "complete"


@dataclass(frozen=True, config=STRICT)
class Claim:
    """Somebody takes the open task at an element."""

    task: Element
    by: Who = ANYBODY
    act: Literal["claim"] = "claim"


@dataclass(frozen=True, config=STRICT)
class GiveBack:
    """Whoever holds the task at an element puts it back."""

    task: Element
    act: Literal["give_back"] = "give_back"


@dataclass(frozen=True, config=STRICT)
class WaitForNext:
    """Time passes until the next thing that time brings: a reminder, the end of the quiet hours, a timer."""

    act: Literal["wait_for_next"] = "wait_for_next"


@dataclass(frozen=True, config=STRICT)
class Wait:
    """Time passes until the same hour so many working days later."""

    working_days: Annotated[int, Field(ge=1, le=LONGEST_WAIT)]
    act: Literal["wait"] = "wait"


@dataclass(frozen=True, config=STRICT)
class WaitUntil:
    """Time passes until a moment; one that lies in the past changes nothing."""

    at: datetime
    act: Literal["wait_until"] = "wait_until"


@dataclass(frozen=True, config=STRICT)
class Draw:
    """The committee holds a round of the spot-check, in which the hazard is drawn or not."""

    sampled: bool
    act: Literal["draw"] = "draw"


@dataclass(frozen=True, config=STRICT)
class AskForMoreTime:
    """The unit asks that its rectification may last until the close of a day."""

    until: date
    act: Literal["ask_for_more_time"] = "ask_for_more_time"


Act = Complete | Claim | GiveBack | WaitForNext | Wait | WaitUntil | Draw | AskForMoreTime


@dataclass(frozen=True, config=STRICT)
class Script:
    """A beginning and what is done then, act after act."""

    begin: Beginning
    acts: Annotated[tuple[Annotated[Act, Field(discriminator="act")], ...], Field(max_length=MOST_ACTS)] = ()

    def followed_by(self, act: Act) -> Script:
        """The script with one act more."""
        return replace(self, acts=(*self.acts, act))

    def up_to(self, count: int) -> Script:
        """The script with its first acts only."""
        return replace(self, acts=self.acts[:count])


_SCRIPT: Final = TypeAdapter(Script)


def script_as_data(script: Script) -> dict[str, Any]:
    """A script as JSON values."""
    data: dict[str, Any] = _SCRIPT.dump_python(script, mode="json")
    return data


def script_from_data(data: Mapping[str, Any]) -> Script:
    """A script as it was written. Raises pydantic.ValidationError, a ValueError, for anything else."""
    return _SCRIPT.validate_python(dict(data))
