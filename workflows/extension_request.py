"""To be written."""

from __future__ import annotations

from engine.operators import OperatorRegistry
from workflows.timekeeping import Timekeeping


def register(operators: OperatorRegistry, timekeeping: Timekeeping) -> None:
    """Register the operators."""
