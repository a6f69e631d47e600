"""Timers of a token that goes over to another version: they keep their moments, or are reckoned anew."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.task import Task

from engine.definitions.timers import SCHEDULE, CycleTimer, JobTimer
from engine.instances.script_engine import SandboxScriptEngine

Renamed = dict[str, str]


def timers_in(spec: Any) -> list[JobTimer]:
    """The timers of a specification, in their order."""
    definition: Any = getattr(spec, "event_definition", None)
    parts = definition.event_definitions if isinstance(definition, MultipleEventDefinition) else [definition]
    return [part for part in parts if isinstance(part, JobTimer)]


def is_reckoned_otherwise(old: Any, new: Any) -> bool:
    """Whether the timers of two specifications are not the same, key apart."""
    return _facts(old) != _facts(new)


def rename_schedules(token: Task, old: Any, new: Any) -> None:
    """Keep a token's schedules under the keys that its new specification's timers have.

    Timers are matched by what they say, the rest in their order; one without match is reckoned when first asked.
    """
    schedules = token.internal_data.get(SCHEDULE)
    if not schedules:
        return
    keys = {former.key: present.key for former, present in _matched(timers_in(old), timers_in(new))}
    token.internal_data[SCHEDULE] = {keys[key]: schedule for key, schedule in schedules.items() if key in keys}


def reckon_anew(token: Task, engine: SandboxScriptEngine, since: datetime, now: datetime) -> None:
    """Work out a token's timers as if it had come here at a moment (`since`).

    A repeated timer leaves out what is past, for it was told already; a single one that is past is due at once.
    """
    schedules = token.internal_data.get(SCHEDULE, {})
    with at_moment(engine, since):
        for timer in timers_in(token.task_spec):
            known = schedules.get(timer.key)
            if known is None or known["fired"] or (isinstance(timer, CycleTimer) and not known["due"]):
                continue
            moments = timer.moments(token)
            known["due"] = list(_to_come(moments, now)) if isinstance(timer, CycleTimer) else moments


@contextmanager
def at_moment(engine: SandboxScriptEngine, moment: datetime) -> Generator[None]:
    """Let expressions see another moment as now."""
    now, engine.now = engine.now, moment
    try:
        yield
    finally:
        engine.now = now


def _facts(spec: Any) -> list[tuple[str, str]]:
    return [(type(timer).__name__, timer.expression) for timer in timers_in(spec)]


def _matched(old: list[JobTimer], new: list[JobTimer]) -> Iterator[tuple[JobTimer, JobTimer]]:
    left = list(new)
    rest: list[JobTimer] = []
    for timer in old:
        same = next((each for each in left if each.expression == timer.expression), None)
        if same is None:
            rest.append(timer)
        else:
            left.remove(same)
            yield timer, same
    yield from zip(rest, left, strict=False)


def _to_come(moments: list[dict[str, Any]], now: datetime) -> Iterator[dict[str, Any]]:
    for entry in moments:
        at = datetime.fromisoformat(entry["at"])
        if "every" in entry and at <= now:
            every = timedelta(seconds=entry["every"])
            at += every * ((now - at) // every + 1)
        if at > now:
            yield {**entry, "at": at.isoformat()}
