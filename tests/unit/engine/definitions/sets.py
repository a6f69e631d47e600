"""What the tests of the checks share: a vocabulary, a plain process to spoil, and the problems of one file."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from engine.definitions import Problem, check
from engine.operators import OperatorContext, OperatorRegistry
from tests.diagrams import ANYTHING, boundary, diagram, element, end, flow, flows, process, start, user_task

FILE = "p.bpmn"
CHOICE = (user_task("a"), user_task("b"), end("end2"))


def _operators() -> OperatorRegistry:
    registry = OperatorRegistry()

    @registry.register("hazard.close")
    def close(context: OperatorContext, number: int, reason: str = "") -> None:
        """Does nothing."""

    return registry


def _group(role: str, organisation: int) -> str:
    return f"{role}@{organisation}"


VOCABULARY: Any = SimpleNamespace(operators=_operators(), functions={"group": _group})


def around(*elements: str, through: str = "", beside: str = "") -> bytes:
    """A process that leads from its start through the ids in `through` to its end; `beside` stands outside it."""
    chain = flows("start", *through.split(), "end")
    return diagram(beside, process("p", start(), *elements, end(), chain))


def choosing(kind: str, *outgoing: str, default: str | None = None) -> bytes:
    """A gateway `g` that leads to the tasks `a` and `b`."""
    gateway = element(kind, "g", **({"default": default} if default else {}))
    return diagram(
        process(
            "p", start(), gateway, *CHOICE, end(), flow("start", "g"), *outgoing, flow("a", "end"), flow("b", "end2")
        )
    )


def catching(event: str, beside: str = "") -> bytes:
    """An intermediate event `a` that waits for something."""
    return around(element("intermediateCatchEvent", "a", event), through="a", beside=beside)


def on_boundary(event: str, *, interrupting: bool = True) -> bytes:
    """A task `a` with the event `late` on its boundary."""
    attached = boundary("late", "a", event, interrupting=interrupting)
    return diagram(
        process(
            "p", start(), user_task("a"), attached, end(), end("end2"), flows("start", "a", "end"), flow("late", "end2")
        )
    )


def problems(content: bytes, **more: bytes) -> list[Problem]:
    """The problems of a set with one diagram; more files are named with _ for the dot."""
    others = {name.replace("_", "."): file for name, file in more.items()}
    return check({FILE: content, "anything.form": ANYTHING, **others}, VOCABULARY)
