"""Follows a hazard's process: whichever called process a token enters is the hazard's stage."""

from __future__ import annotations

from typing import Any, Final

from engine.listeners import Listener
from engine.runtime import UnitOfWork
from engine.storage.models import Instance
from workflows.hazards.models import Hazard
from workflows.hazards.stages import move
from workflows.hazards.words import Stage

STAGES: Final = {
    "self_check": Stage.SELF_CHECK,
    "special_inspection": Stage.SPECIAL_INSPECTION,
    "committee_spot_check": Stage.SPOT_CHECK,
    "closure": Stage.CLOSURE,
}
"""The stage that each called process of the main process stands for."""


class StageListener(Listener):
    """Keeps the hazard's stage in line with its process, in the same transaction."""

    def process_entered(
        self,
        uow: UnitOfWork,
        instance: Instance,  # noqa: ARG002 - the hazard is known from the data, without a query
        process_id: str,
        data: dict[str, Any],
    ) -> None:
        stage = STAGES.get(process_id)
        if stage is not None:
            hazard = uow.session.get_one(Hazard, data["hazard"]["id"])
            move(uow, hazard, stage, by=str(data.get("decided_by") or "system"), reason=str(data.get("reason") or ""))
