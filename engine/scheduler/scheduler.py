"""Calls each duty at its interval, on threads of this process, until it is stopped.

APScheduler is only the clock. What is due stands in rows, claimed in the database, and not in the scheduler's memory;
therefore its three settings are chosen so:

- `coalesce=True`: after a pause (a sleeping machine, a long sweep) the calls that were missed become one call. That one
  finds every row that came due meanwhile, in order; repeating it would find nothing.
- `max_instances=1`: within a process a duty never overlaps itself; a second sweep would only wait for the same rows.
  Other processes may run the same duty at the same time: they claim other rows.
- `misfire_grace_time=None`: a late call is still made, however late; the default would drop it after one second.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC
from threading import Event

from apscheduler.schedulers.background import BackgroundScheduler

from engine.clock import SystemClock
from engine.scheduler.duty import Duty

log = logging.getLogger(__name__)
# It warns whenever a call is skipped because the one before is still at work, which is what we want to happen.
logging.getLogger("apscheduler").setLevel(logging.ERROR)


class Scheduler:
    """Runs duties from `start` to `stop`; may be used as a context manager."""

    def __init__(self, duties: Iterable[Duty]) -> None:
        self._stopping = Event()
        self._clock = BackgroundScheduler(
            timezone=UTC,
            daemon=True,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for duty in duties:
            self._clock.add_job(
                _perform,
                "interval",
                args=(duty, self._stopping),
                id=duty.name,
                seconds=duty.every.total_seconds(),
                next_run_time=SystemClock().now(),
            )

    def start(self) -> None:
        """Begin; each duty is called at once and then at its interval."""
        self._clock.start()

    def stop(self) -> None:
        """Let a duty at work finish its present transaction, start no further one, and return when all is quiet."""
        self._stopping.set()
        self._clock.shutdown(wait=True)

    def __enter__(self) -> Scheduler:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()


def _perform(duty: Duty, stopping: Event) -> None:
    """The outermost loop of a duty: whatever goes wrong is logged, and the next call tries again."""
    if stopping.is_set():
        return
    try:
        duty.run(stopping)
    except Exception:
        log.exception("duty %s failed; it is called again at its next time", duty.name)
