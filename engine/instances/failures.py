"""What a failed service task remembers until it is retried."""

from __future__ import annotations

from SpiffWorkflow.task import Task

FAILURE = "failure"


def remember_failure(task: Task, message: str) -> None:
    """Keep the reason in the token, and count the attempts."""
    attempts = task.internal_data.get(FAILURE, {}).get("attempts", 0)
    task.internal_data[FAILURE] = {"message": message[:2000], "attempts": attempts + 1}


def failure_of(task: Task) -> dict[str, object] | None:
    """The remembered failure, if the token is at one."""
    return task.internal_data.get(FAILURE)
