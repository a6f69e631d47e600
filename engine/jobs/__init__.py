"""Due work: timers, thrown events and retries are rows; a sweep claims what is due and does it."""

from engine.jobs.claiming import claim_due_jobs, next_due_at
from engine.jobs.sweeping import SweepResult, drain, sweep

__all__ = ["SweepResult", "claim_due_jobs", "drain", "next_due_at", "sweep"]
