"""Plays all scenarios of a set: for people who ask, and before every deployment, which a failing one keeps back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from engine.clock import SystemClock
from engine.definitions.files import Files
from engine.definitions.problems import Problem
from engine.operators import OperatorRegistry
from engine.runtime import Proof, Runtime
from engine.storage.database import Database
from workflows.errors import CORRECTIONS, INCIDENTS
from workflows.expressions import functions
from workflows.registration import listeners, register_operators
from workflows.sentences import Sentence, sentence
from workflows.timekeeping import Timekeeping
from workflows.trials.course import course_of
from workflows.trials.expecting import differences
from workflows.trials.playing import NOT_BEGUN, Failure, playing
from workflows.trials.scenario import NoScenario, Scenario, read_scenario, scenarios_in
from workflows.trials.script import Complete
from workflows.trials.stage import IN_MEMORY, Theatre


@dataclass(frozen=True)
class ScenarioOutcome:
    """What came of a scenario: nothing to say when it passed, else each difference, the first one first.

    `element_id` is where on the diagrams the first difference is, if that is known.
    """

    file: str
    name: str
    differences: tuple[Sentence, ...] = ()
    element_id: str = ""

    @property
    def passed(self) -> bool:
        return not self.differences


def run_scenarios(files: Files, theatre: Theatre | None = None) -> list[ScenarioOutcome]:
    """What comes of each scenario of the set, in the order of their files; empty when there is none.

    Without a theatre they are played with our operators and the plain calendar. Raises InvalidDefinition when the
    files cannot be deployed.
    """
    played_in = theatre or plain_theatre()
    return [run_scenario(played_in, files, file, content) for file, content in scenarios_in(files)]


def run_scenario(theatre: Theatre, files: Files, file: str, content: bytes) -> ScenarioOutcome:
    """What comes of one scenario. Raises InvalidDefinition."""
    try:
        scenario = read_scenario(content)
    except NoScenario as wrong:
        return ScenarioOutcome(file, file, (wrong.said,))
    with playing(theatre, files, scenario.script) as played:
        if played.failure is not None:
            return ScenarioOutcome(file, scenario.name, (_stuck(scenario, played.failure),), played.failure.element_id)
        with played.sandbox.runtime.reading() as uow:
            course = course_of(uow, played.sandbox.number)
    found = tuple(differences(scenario.expect, course, theatre.timekeeping))
    return ScenarioOutcome(file, scenario.name, found)


def proof_by_scenarios(theatre: Theatre) -> Proof:
    """What every deployment asks: an error for each scenario that fails, with its first difference."""

    def prove(files: Files) -> list[Problem]:
        return [
            Problem(outcome.file, outcome.element_id, outcome.name, outcome.differences[0])
            for outcome in run_scenarios(files, theatre)
            if not outcome.passed
        ]

    return prove


@cache
def plain_theatre() -> Theatre:
    """A theatre with the calendar as the library has it, for where no installation is at hand."""
    return theatre_of(Timekeeping())


def theatre_of(timekeeping: Timekeeping) -> Theatre:
    """A theatre with our operators, on this calendar; it needs no database."""
    operators = OperatorRegistry(refusals=INCIDENTS, corrections=CORRECTIONS)
    register_operators(operators, timekeeping)
    runtime = Runtime(
        Database(IN_MEMORY),
        SystemClock(),
        operators=operators,
        functions=functions(timekeeping.calendar),
        listeners=listeners(),
    )
    return Theatre(runtime, timekeeping)


def _stuck(scenario: Scenario, failure: Failure) -> Sentence:
    if failure.index == NOT_BEGUN:
        return sentence("the scenario cannot begin: %(why)s", why=failure.message)
    act = scenario.acts[failure.index]
    if isinstance(act, Complete):
        return sentence(
            "act %(number)s, to finish '%(task)s', cannot be done: %(why)s",
            number=failure.index + 1,
            task=act.task,
            why=failure.message,
        )
    return sentence("act %(number)s cannot be done: %(why)s", number=failure.index + 1, why=failure.message)
