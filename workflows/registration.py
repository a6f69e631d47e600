"""Registers the domain with the engine: every process's operators, and the listeners that follow instances."""

from __future__ import annotations

from typing import Final

from engine.listeners import Listener
from engine.operators import OperatorRegistry
from workflows import (
    closed_spot_check,
    closure,
    committee_spot_check,
    enforcement,
    exposure,
    extension_request,
    hazard_lookback,
    listed_supervision,
    self_check,
    similar_check,
    special_inspection,
)
from workflows.escalation import operators as escalation
from workflows.escalation.listener import DeadlineListener
from workflows.hazards.listener import StageListener
from workflows.inbox.listener import ReadMarkListener
from workflows.storage import tables
from workflows.timekeeping import Timekeeping

TABLES: Final = tables.MAPPED
PROCESSES: Final = (
    hazard_lookback,
    self_check,
    special_inspection,
    committee_spot_check,
    closed_spot_check,
    closure,
    extension_request,
    listed_supervision,
    enforcement,
    exposure,
    similar_check,
    escalation,
)


def register_operators(operators: OperatorRegistry, timekeeping: Timekeeping) -> None:
    """What the service tasks of our diagrams may do."""
    for process in PROCESSES:
        process.register(operators, timekeeping)


def listeners() -> tuple[Listener, ...]:
    """Who is told of each step, inside its transaction."""
    return (StageListener(), DeadlineListener(), ReadMarkListener())
