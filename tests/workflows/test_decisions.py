"""The decision tables as delivered: every task of every diagram has a limit, and every deadline its ladder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import pytest

from engine.clock import ReplayClock
from engine.definitions.diagrams import Diagram, event_definitions, identity, kind, text_of
from engine.definitions.extensions import read_extensions
from engine.definitions.files import read_folder
from engine.definitions.parser import parse
from engine.definitions.tables import DecisionTable, read_table
from engine.definitions.xml import Element, read_xml
from engine.instances.script_engine import SandboxScriptEngine
from engine.runtime import Runtime, UnitOfWork
from engine.storage.database import Database
from engine.storage.models import Instance
from tests.conftest import CAMPAIGN_BEGINS
from tests.workflows.conftest import DEFINITIONS
from workflows.calendar import DurationUnit
from workflows.escalation.steps import EscalationStep
from workflows.hazards.words import Severity
from workflows.organisations.sectors import Sector

FILES = read_folder(DEFINITIONS)
LADDER = "ladder(decide('escalation'), due_at, now())"
KINDS_OF_HAZARD = list(product(Severity, Sector))


@dataclass(frozen=True)
class Drawn:
    """A user task with a deadline, and the boundary events on it."""

    id: str
    by_table: bool
    timers: tuple[Element, ...]

    def __str__(self) -> str:
        return self.id


def drawn() -> Iterator[Drawn]:
    for name in sorted(FILES):
        if name.endswith(".bpmn"):
            for scope in Diagram(name, read_xml(FILES[name], name)).scopes:
                boundaries = list(scope.of_kind("boundaryEvent"))
                for task in scope.of_kind("userTask"):
                    deadline = read_extensions(task).deadline
                    if deadline is not None:
                        attached = tuple(it for it in boundaries if it.get("attachedToRef") == identity(task))
                        yield Drawn(f"{name}:{identity(task)}", deadline.decision == "deadline", attached)


TASKS = list(drawn())
ELEMENTS = sorted({task.id.rpartition(":")[2] for task in TASKS if task.by_table} | {"rectify"})


def table(name: str) -> DecisionTable:
    root = read_xml(FILES[f"decisions/{name}.dmn"], name)
    found = read_table(next(child for child in root if kind(child) == "decision"))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def deciding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxScriptEngine]:
    """Takes the delivered decisions; it has a clock and no data."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('decisions') / 'empty.db'}")
    with database.reading() as session:
        uow = UnitOfWork(Runtime(database, ReplayClock(CAMPAIGN_BEGINS)), session, CAMPAIGN_BEGINS)
        yield SandboxScriptEngine(uow, Instance(), parse(FILES))
    database.close()


def steps(deciding: SandboxScriptEngine, severity: Severity, *, listed: bool = False) -> dict[str, Any]:
    return deciding.decide("escalation", {"hazard": {"severity": severity.value, "listed": listed}}, None)


@pytest.mark.parametrize("element", ELEMENTS)
def test_every_task_has_a_limit_for_every_kind_of_hazard(element: str, deciding: SandboxScriptEngine) -> None:
    for severity, sector in KINDS_OF_HAZARD:
        hazard = {"severity": severity.value, "sector": sector.value}
        limit = deciding.decide("deadline", {"element_id": element, "hazard": hazard}, None)
        assert limit["amount"] > 0, (severity, sector)
        assert limit["unit"] in set(DurationUnit)


@pytest.mark.parametrize("task", TASKS, ids=str)
def test_every_deadline_is_escalated_by_one_timer_that_interrupts_nothing(task: Drawn) -> None:
    timers = [
        event for event in task.timers if any(kind(it) == "timerEventDefinition" for it in event_definitions(event))
    ]
    ladders = [timer for timer in timers if LADDER in {text_of(inner) for inner in timer.iter()}]
    assert len(ladders) == 1
    assert ladders[0].get("cancelActivity") == "false"


def test_no_two_rows_of_limits_hold_at_once() -> None:
    rules = [[cell.text for cell in rule.conditions] for rule in table("deadline").rules]
    for one, other in combinations(rules, 2):
        assert any(a and b and a != b for a, b in zip(one, other, strict=True)), (one, other)


def test_every_row_of_limits_is_for_a_task_that_is_drawn() -> None:
    assert {rule.conditions[0].text.strip('"') for rule in table("deadline").rules} == set(ELEMENTS)


@pytest.mark.parametrize("name", ["deadline", "escalation"])
def test_every_row_says_where_it_comes_from(name: str) -> None:
    for rule in table(name).rules:
        noted = next((text_of(child) for child in rule.element if kind(child) == "description"), None)
        assert noted, identity(rule.element)


@pytest.mark.parametrize("severity", Severity)
def test_every_step_is_taken_for_every_hazard(severity: Severity, deciding: SandboxScriptEngine) -> None:
    assert sorted(steps(deciding, severity)["step"]) == sorted(EscalationStep)


def test_a_listed_hazard_is_not_listed_again(deciding: SandboxScriptEngine) -> None:
    assert EscalationStep.LIST_FOR_SUPERVISION not in steps(deciding, Severity.GENERAL, listed=True)["step"]


def test_a_major_hazard_is_escalated_no_later_than_a_general_one(deciding: SandboxScriptEngine) -> None:
    by_severity = {severity: steps(deciding, severity) for severity in Severity}
    general, major = (dict(zip(it["step"], it["offset"], strict=True)) for it in by_severity.values())
    assert all(major[step] <= general[step] for step in EscalationStep)
    assert major["tell_committee"] < general["tell_committee"]
