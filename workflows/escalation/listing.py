"""Proposes a hazard for listed supervision when its own unit lets a deadline of the self-check pass."""

from __future__ import annotations

from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from workflows.hazards.models import Hazard
from workflows.listed_supervision import propose_listing

UNITS_OWN_WORK = "self_check"
"""The process whose tasks the unit answers for; a delay anywhere else is not the unit's."""

BY = "escalation"
"""Who proposes, on record: no person does."""


def is_listable(task: UserTask, hazard: Hazard) -> bool:
    """Whether a task's delay is a reason to list the hazard. Our policy; no rule of Henan's is confirmed."""
    return task.process_id == UNITS_OWN_WORK and not hazard.listed


def propose(uow: UnitOfWork, hazard: Hazard, task: UserTask) -> None:
    """Propose the hazard to the committee; one that is proposed already stays as it is."""
    propose_listing(uow, hazard, reason=f"“{task.name}”逾期未完成，经逐级提醒仍未办结", by=BY)
