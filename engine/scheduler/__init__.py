"""The clock that drives sweeps, digests and retries; the only place that imports APScheduler."""

from engine.scheduler.duty import Duty
from engine.scheduler.forgetting import forgetting
from engine.scheduler.scheduler import Scheduler
from engine.scheduler.sweeping import sweeping
from engine.scheduler.waiting import run_until_told

__all__ = ["Duty", "Scheduler", "forgetting", "run_until_told", "sweeping"]
