"""What one trial may cost, and the watch that ends it when it costs more."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

from sqlalchemy import event

from engine.listeners import Listener
from engine.runtime import UnitOfWork
from engine.storage.database import Database
from engine.storage.models import Instance, UserTask
from workflows.sentences import Sentence, sentence

JOBS_AT_ONCE: Final = 50


@dataclass(frozen=True)
class Limits:
    """Seconds of real time, tasks and called processes that one play may begin, and due jobs that it may do."""

    seconds: float = 10
    tasks: int = 300
    processes: int = 200
    jobs: int = 2_000


class TrialStopped(Exception):
    """The trial cost more than one may; look for a loop that nobody leaves, or for too many tasks at once."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said)
        self.said = said


@dataclass
class Watch(Listener):
    """Counts what a play does. Once a limit is passed every further statement raises TrialStopped, whatever caught
    the first one."""

    limits: Limits
    tasks: int = 0
    processes: int = 0
    jobs: int = 0
    _ends_at: float = field(init=False)
    _over: Sentence | None = None

    def __post_init__(self) -> None:
        self.start()

    def guard(self, database: Database) -> None:
        """Look at the time before each statement on this database."""
        event.listen(database.engine, "before_cursor_execute", lambda *_: self.check())

    def check(self) -> None:
        """Raises TrialStopped when a limit is passed."""
        if self._over is None and monotonic() > self._ends_at:
            self._over = sentence(
                "the trial takes longer than %(seconds)s seconds; is there a loop that nobody leaves, or a timer that "
                "fires all the time?",
                seconds=round(self.limits.seconds),
            )
        if self._over is not None:
            raise TrialStopped(self._over)

    def start(self) -> None:
        """Something begins that may last as long as the limits say."""
        self._ends_at = monotonic() + self.limits.seconds

    def rest(self) -> None:
        """The play is over: whoever looks at what came of it may take their time."""
        self._ends_at, self._over = float("inf"), None

    def task_created(self, uow: UnitOfWork, task: UserTask, data: dict[str, Any]) -> None:
        self.tasks += 1
        if self.tasks > self.limits.tasks:
            self._end(
                sentence(
                    "more than %(most)s tasks begin, the last one at “%(task)s”; is it repeated too often?",
                    most=self.limits.tasks,
                    task=task.name,
                )
            )

    def process_entered(self, uow: UnitOfWork, instance: Instance, process_id: str, data: dict[str, Any]) -> None:
        self.processes += 1
        if self.processes > self.limits.processes:
            self._end(
                sentence(
                    "more than %(most)s processes are called, the last one '%(process)s'; does one call itself?",
                    most=self.limits.processes,
                    process=process_id,
                )
            )
        self.check()

    def jobs_done(self, count: int) -> None:
        """Take note of due jobs that were done."""
        self.jobs += count
        if self.jobs > self.limits.jobs:
            self._end(sentence("more than %(most)s timers fire; does one fire all the time?", most=self.limits.jobs))

    def _end(self, said: Sentence) -> None:
        self._over = self._over or said
        self.check()
