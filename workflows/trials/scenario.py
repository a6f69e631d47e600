"""A scenario: a script with what must come of it, as a file of the set that it tries.

Such a file ends in `.scenario` and holds JSON. It is deployed, compared and kept in a repository with the diagrams.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from datetime import date
from typing import Annotated, Final

import orjson
from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from engine.definitions.files import Files, of_kind
from engine.storage.models import InstanceStatus, ResourceKind
from workflows.escalation.steps import EscalationStep
from workflows.hazards.words import Stage
from workflows.sentences import Sentence, sentence
from workflows.trials.script import MOST_ACTS, STRICT, Act, Beginning, Element, Script

FOLDER: Final = "scenarios"
ENDING: Final = ".scenario"
MOST_EXPECTED: Final = 500


@dataclass(frozen=True, config=STRICT)
class ExpectedLimit:
    """The day on which the task at an element is due; `time` counts the tasks there."""

    task: Element
    due_on: date
    time: int = 1


@dataclass(frozen=True, config=STRICT)
class ExpectedTelling:
    """The day on which a step is taken for a task, and the roles of those who are told."""

    task: Element
    step: EscalationStep
    on: date
    roles: tuple[str, ...] = ()
    time: int = 1


@dataclass(frozen=True, config=STRICT)
class Expected:
    """What must come of the script; what is left out may be as it likes.

    `path` names elements as `process/element` that the work passes in this order, whatever lies between them.
    """

    path: Annotated[tuple[Element, ...], Field(max_length=MOST_EXPECTED)] = ()
    limits: Annotated[tuple[ExpectedLimit, ...], Field(max_length=MOST_EXPECTED)] = ()
    told: Annotated[tuple[ExpectedTelling, ...], Field(max_length=MOST_EXPECTED)] = ()
    open: tuple[Element, ...] | None = None
    stage: Stage | None = None
    status: InstanceStatus | None = None
    returns: int | None = None


@dataclass(frozen=True, config=STRICT)
class Scenario:
    """A named script with its expectations."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    begin: Beginning
    acts: Annotated[tuple[Annotated[Act, Field(discriminator="act")], ...], Field(max_length=MOST_ACTS)] = ()
    expect: Expected = field(default_factory=Expected)
    about: Annotated[str, Field(max_length=1000)] = ""

    @property
    def script(self) -> Script:
        return Script(self.begin, self.acts)


_SCENARIO: Final = TypeAdapter(Scenario)


class NoScenario(ValueError):
    """The file is not written as a scenario is; `said` names the first thing that is wrong."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said)
        self.said = said


def read_scenario(content: bytes) -> Scenario:
    """A scenario from its file. Raises NoScenario."""
    try:
        return _SCENARIO.validate_json(content)
    except ValidationError as invalid:
        first = invalid.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "-"
        raise NoScenario(
            sentence("this is no scenario: %(where)s: %(what)s", where=where, what=first["msg"])
        ) from invalid


def write_scenario(scenario: Scenario) -> bytes:
    """A scenario as its file, with nothing in it that goes without saying."""
    data = _SCENARIO.dump_python(scenario, mode="json", exclude_defaults=True)
    told = {name: data[name] for name in ("name", "about", "begin") if name in data}
    acts = [{"act": act.act, **written} for act, written in zip(scenario.acts, data.get("acts", ()), strict=True)]
    content = {**told, "acts": acts, "expect": data.get("expect", {})}
    return orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n"


def scenarios_in(files: Files) -> Iterator[tuple[str, bytes]]:
    """The scenario files of a set in the order of their names."""
    return of_kind(files, ResourceKind.SCENARIO)


def file_name(name: str) -> str:
    """Where a scenario of this name is kept in the set."""
    words = re.sub(r"[^\w\- ]+", "", name).strip() or "scenario"
    return f"{FOLDER}/{words[:80]}{ENDING}"
