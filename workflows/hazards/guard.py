"""Keeps the rows of ended hazards as they are: a change is refused before it reaches the database."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from workflows.errors import Refused
from workflows.hazards.models import Hazard
from workflows.hazards.words import Stage
from workflows.sentences import Sentence, sentence

FINAL: Final = frozenset({Stage.CLOSED, Stage.VOIDED})

NOTED_BESIDE: Final = frozenset({"listed", "exposed", "penalties", "documents", "transfers"})
"""What processes beside the main line write down, which may end after it: a penalty is often decided later."""


@event.listens_for(Session, "before_flush")
def _keep_ended(session: Session, _context: Any, _instances: Any) -> None:
    """Raises Refused for a change of a row that was closed or voided before this unit of work, and for deleting any."""
    for row in session.dirty:
        if isinstance(row, Hazard) and _before(row) in FINAL and _changed(row) - NOTED_BESIDE:
            raise Refused(_stays(row))
    for row in session.deleted:
        if isinstance(row, Hazard):
            raise Refused(sentence("%(hazard)s is not deleted; void it with a reason", hazard=row.number))


def _stays(row: Hazard) -> Sentence:
    return sentence(
        "%(hazard)s is %(stage)s and stays as it is; what came later is a new hazard",
        hazard=row.number,
        stage=_before(row),
    )


def _before(hazard: Hazard) -> Stage:
    """The stage that the database holds."""
    history = inspect(hazard).attrs.stage.history
    return history.deleted[0] if history.deleted else hazard.stage


def _changed(hazard: Hazard) -> set[str]:
    return {attribute.key for attribute in inspect(hazard).attrs if attribute.history.has_changes()}
