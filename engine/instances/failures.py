"""What a failed service task remembers until it is retried."""

from __future__ import annotations

from dataclasses import dataclass

from SpiffWorkflow.task import Task

FAILURE = "failure"
_MESSAGE_LENGTH = 2000


@dataclass(frozen=True)
class Failure:
    """Why a service task failed last, and how often it has."""

    message: str
    attempts: int


def remember_failure(task: Task, message: str) -> None:
    """Keep the reason in the token, and count the attempts."""
    before = failure_of(task)
    attempts = before.attempts + 1 if before else 1
    task.internal_data[FAILURE] = {"message": message[:_MESSAGE_LENGTH], "attempts": attempts}


def failure_of(task: Task) -> Failure | None:
    """The remembered failure, if the token is at one."""
    kept = task.internal_data.get(FAILURE)
    return Failure(**kept) if kept else None
