"""The stages of a hazard, the ways between them, and the one function that moves a hazard along them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.errors import WrongStage
from workflows.hazards.models import Hazard, StageChange
from workflows.hazards.words import Stage
from workflows.records import Record

WAYS: Final[Mapping[Stage, frozenset[Stage]]] = {
    Stage.SELF_CHECK: frozenset({Stage.SPECIAL_INSPECTION, Stage.VOIDED}),
    Stage.SPECIAL_INSPECTION: frozenset({Stage.SPOT_CHECK, Stage.SELF_CHECK, Stage.VOIDED}),
    Stage.SPOT_CHECK: frozenset({Stage.CLOSURE, Stage.SELF_CHECK, Stage.VOIDED}),
    Stage.CLOSURE: frozenset({Stage.CLOSED, Stage.SELF_CHECK, Stage.VOIDED}),
    Stage.CLOSED: frozenset(),
    Stage.VOIDED: frozenset(),
}
"""Every legal move. Those that lead to self-check from further on are returns; a closed hazard stays as it is, and one
that comes back is a new row linked to it."""

ORDER: Final = (Stage.SELF_CHECK, Stage.SPECIAL_INSPECTION, Stage.SPOT_CHECK, Stage.CLOSURE, Stage.CLOSED)


def move(uow: UnitOfWork, hazard: Hazard, to: Stage, *, by: str, reason: str = "") -> None:
    """Bring a hazard to a stage, write the change down and tell the outbox; being there already changes nothing.

    Raises WrongStage when no way leads there.
    """
    before = hazard.stage
    if before is to:
        return
    ensure_can_move(hazard, to)
    hazard.stage = to
    hazard.returns += is_return(before, to)
    uow.session.add(StageChange(hazard_id=hazard.id, before=before, after=to, reason=reason, at=uow.now, by=by))
    facts = {"hazard": hazard.number, "from": before.value, "to": to.value, "reason": reason}
    publish(uow, "hazard.stage_changed", hazard.number, facts)


def ensure_can_move(hazard: Hazard, to: Stage) -> None:
    """Raises WrongStage when no way leads from the hazard's stage to another."""
    if to not in WAYS[hazard.stage]:
        ways_in = [stage for stage, ways in WAYS.items() if to in ways]
        raise WrongStage(Record.HAZARD, hazard.number, expected=ways_in, actual=hazard.stage)


def is_return(before: Stage, after: Stage) -> bool:
    """Whether a move leads back."""
    return before in ORDER and after in ORDER and ORDER.index(after) < ORDER.index(before)
