"""Casts instances that begin alike from the first of them: a whole ledger starts without running each token again.

The first instance runs as any other. If all it did until its rest was to ask conditions, then another whose data answer
them the same takes the same way, and only what depends on its own data is worked out: timers, offers, variables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import orjson
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task

from engine.definitions.timers import SCHEDULE, JobTimer
from engine.history import HistoryKind
from engine.instances.script_engine import SandboxScriptEngine
from engine.instances.state import content_of, pack
from engine.instances.steps import Step
from engine.instances.user_tasks import offer
from engine.instances.waiting import AwaitedEvent, AwaitedTimer, Waiting, live_tasks, timers_of

Conditions = tuple[tuple[str, Any], ...]
Names = dict[UUID, UUID]


@dataclass(frozen=True)
class Mold:
    """An instance at its first rest, from which others are cast.

    `content` is what its row holds, with tokens as UUIDs; `asked` are the conditions on its way with their answers;
    `timers` are the tokens that wait for a moment, each with its timer.
    """

    step: Step
    content: dict[str, Any]
    asked: Conditions
    tokens: dict[UUID, Task]
    timers: tuple[tuple[Task, JobTimer], ...]

    @property
    def workflow(self) -> BpmnWorkflow:
        """The tokens as they stand; whoever is cast from the mold borrows them."""
        return self.step.workflow

    def fits(self, engine: SandboxScriptEngine, data: dict[str, Any]) -> bool:
        """Whether an instance with these data takes the same way."""
        return all(engine.evaluate_on(data, expression) == answer for expression, answer in self.asked)

    def cast(self, step: Step, data: dict[str, Any]) -> None:
        """Give a fresh step what it would have after running and settling on these data."""
        names = {row[0]: uuid4() for part in self.content["workflows"] for row in part["tasks"]}
        self._pour(data)
        step.after = self._waiting(names)
        for token, task in step.after.user_tasks.items():
            offered = offer(step.engine, step.instance, task)
            offered.row.token = token
            step.offers.append(offered)
        step.instance.state = pack(self._content(names, data))
        self._tell_of_the_way(step, data)

    def _pour(self, data: dict[str, Any]) -> None:
        """Put the data into every token, and forget the moments that were worked out from other data."""
        for task in self.tokens.values():
            task.data = data
        for task, _ in self.timers:
            task.internal_data[SCHEDULE] = {}

    def _waiting(self, names: Names) -> Waiting:
        waits = self.step.after
        moments = ((task, timer, timer.next_due(task)) for task, timer in self.timers)
        return Waiting(
            user_tasks={names[token]: task for token, task in waits.user_tasks.items()},
            timers={AwaitedTimer(names[task.id], timer.key, due["at"]) for task, timer, due in moments if due},
            events={
                AwaitedEvent(names[it.token], it.kind, it.name, it.process_id, it.element_id) for it in waits.events
            },
        )

    def _content(self, names: Names, data: dict[str, Any]) -> dict[str, Any]:
        parts = [
            {
                **part,
                "token": names[part["token"]].hex if part["token"] else None,
                "tasks": [self._row(row, names) for row in part["tasks"]],
            }
            for part in self.content["workflows"]
        ]
        return {**self.content, "variables": [data], "workflows": parts}

    def _row(self, row: list[Any], names: Names) -> list[Any]:
        token, parent, spec, state, triggered, internal, place = row
        if SCHEDULE in internal:
            internal = {**internal, SCHEDULE: self.tokens[token].internal_data[SCHEDULE]}
        return [names[token].hex, parent, spec, state, triggered, internal, place]

    def _tell_of_the_way(self, step: Step, data: dict[str, Any]) -> None:
        for row in self.step.history[len(step.history) :]:
            step.history.append({**row, "data": dict(row["data"])})
            if row["kind"] == HistoryKind.PROCESS_ENTERED:
                for listener in step.uow.runtime.listeners:
                    listener.process_entered(step.uow, step.instance, row["process_id"], data)


def mold_of(step: Step, data: dict[str, Any], asked: Conditions) -> Mold | None:
    """A mold of a settled first step; None when it did what could differ for others: acted, threw, failed or left."""
    if step.ended or step.engine.has_acted or step.workflow.bpmn_events or step.after.incidents:
        return None
    if any(row["kind"] == HistoryKind.PROCESS_LEFT for row in step.history):
        return None
    content = content_of(step.workflow)
    if [_text(variables) for variables in content["variables"]] != [_text(data)]:
        return None
    tokens = {task.id: task for task in live_tasks(step.workflow)}
    timers = tuple((task, timer) for task in tokens.values() for timer in timers_of(task))
    return Mold(step, _with_tokens(content), asked, tokens, timers)


def _text(data: Any) -> bytes:
    return orjson.dumps(data, option=orjson.OPT_NON_STR_KEYS)


def _with_tokens(content: dict[str, Any]) -> dict[str, Any]:
    return {**content, "workflows": list(_parts_with_tokens(content))}


def _parts_with_tokens(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in content["workflows"]:
        token = UUID(hex=part["token"]) if part["token"] else None
        yield {**part, "token": token, "tasks": [[UUID(hex=token), *rest] for token, *rest in part["tasks"]]}
