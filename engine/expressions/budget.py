"""What is left of the steps that one evaluation may take; evaluations inside it share the same steps."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from engine.expressions.limits import NESTED_EVALUATIONS, STEPS


class TooCostly(Exception):
    """The evaluation would go beyond a limit; the message says which."""


class Budget:
    """The steps left, and how deep evaluations are nested."""

    __slots__ = ("depth", "left")

    def __init__(self) -> None:
        self.left = STEPS
        self.depth = 0

    def spend(self, steps: int) -> None:
        """Take steps off. Raises TooCostly when none are left."""
        self.left -= steps
        if self.left < 0:
            raise TooCostly(f"the expression takes more than {STEPS} steps; make it simpler, or its data smaller")


_running: ContextVar[Budget | None] = ContextVar("running_evaluation", default=None)


@contextmanager
def shared_budget() -> Generator[Budget]:
    """The budget of the evaluation that is under way, or a fresh one. Raises TooCostly for nesting without end."""
    outer = _running.get()
    budget = outer or Budget()
    token = None if outer else _running.set(budget)
    budget.depth += 1
    try:
        if budget.depth > NESTED_EVALUATIONS:
            raise TooCostly(f"evaluations are nested more than {NESTED_EVALUATIONS} deep; does a decision take itself?")
        yield budget
    finally:
        budget.depth -= 1
        if token is not None:
            _running.reset(token)
