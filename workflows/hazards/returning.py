"""Sends a hazard back to its unit (退回): what was reported as done does not count any more, and why is on record."""

from __future__ import annotations

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.errors import InvalidRecord
from workflows.hazards.evidence import note_progress
from workflows.hazards.models import Hazard
from workflows.sentences import sentence


def send_back(uow: UnitOfWork, hazard: Hazard, *, reason: str, by: str) -> None:
    """Take the reported rectification back; plan, time limit and evidence stay. Returns between stages are counted by
    `workflows.hazards.stages.move`. Raises InvalidRecord without a reason."""
    if not reason.strip():
        refusal = sentence("a hazard is sent back with a reason; write what is wanting")
        raise InvalidRecord({"opinion": refusal})
    hazard.rectified_at = None
    note_progress(uow, hazard, f"退回整改：{reason}", by=by)
    publish(uow, "hazard.sent_back", hazard.number, {"hazard": hazard.number, "reason": reason, "by": by})
