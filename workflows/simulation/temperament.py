"""When people do what they are asked to: most in good time, some at the last moment, some late, few much too late."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Final

from workflows.simulation.watching import Opened

PROMPT, LAST_MOMENT = 0.72, 0.88
"""Up to the first share of tasks is done in good time, up to the second shortly before it is due, the rest late."""
WITHOUT_LIMIT: Final = timedelta(days=2)
LATEST: Final = timedelta(days=8)
NEGLIGENT: Final = 0.95
"""From this share on a unit leaves its own work undone until the committee hears of it."""
UNITS_OWN_WORK: Final = frozenset({"confirm_hazard", "make_plan", "rectify"})
NEGLECTED: Final = (timedelta(days=13), timedelta(days=24))


def moment_of_doing(task: Opened, random: Random) -> datetime:
    """When somebody will do this task."""
    span = (task.due_at - task.created_at) if task.due_at else WITHOUT_LIMIT
    diligence = random.random()
    if diligence < PROMPT:
        return task.created_at + span * random.uniform(0.05, 0.75)
    if diligence < LAST_MOMENT:
        return task.created_at + span * random.uniform(0.8, 0.98)
    if diligence > NEGLIGENT and task.element_id in UNITS_OWN_WORK:
        shortest, longest = NEGLECTED
        return task.created_at + span + shortest + (longest - shortest) * random.random()
    return task.created_at + span + LATEST * random.random() ** 2
