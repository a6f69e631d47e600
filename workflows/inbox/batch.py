"""One act on many tasks: each in its own transaction, so that one that cannot be done holds up none of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.errors import ConcurrentChange, EngineError, NotFound, NotPermitted, WrongState
from engine.runtime import Runtime, UnitOfWork
from engine.storage.models import UserTask
from engine.tasks import Actor, claim, complete
from workflows.errors import Refused, WorkflowsError
from workflows.inbox.confirmable import confirmations
from workflows.sentences import Sentence, sentence

MOST = 200
"""No page shows more rows that could be ticked."""


class Act(StrEnum):
    CLAIM = "claim"
    CONFIRM = "confirm"


@dataclass(frozen=True)
class Outcome:
    """What came of one task: done, or why not."""

    task_id: int
    refusal: str | None = None


def act_on_many(
    runtime: Runtime, act: Act, tasks: Sequence[int], actor_of: Callable[[UnitOfWork], Actor], *, request: str
) -> list[Outcome]:
    """Claim or confirm each of the tasks, in order, and tell what came of each.

    `request` names the asking: the same again does nothing twice, and tells the same.
    """
    return [_outcome(runtime, act, task, actor_of, f"{request}:{task}") for task in dict.fromkeys(tasks[:MOST])]


def _outcome(runtime: Runtime, act: Act, task_id: int, actor_of: Callable[[UnitOfWork], Actor], key: str) -> Outcome:
    try:
        with runtime.unit_of_work() as uow:
            _DEEDS[act](uow, task_id, actor_of(uow), key)
    except (EngineError, WorkflowsError) as error:
        return Outcome(task_id, _in_words(error))
    return Outcome(task_id)


def _claim(uow: UnitOfWork, task_id: int, actor: Actor, key: str) -> None:
    claim(uow, task_id, actor, idempotency_key=key)


def _confirm(uow: UnitOfWork, task_id: int, actor: Actor, key: str) -> None:
    task = uow.session.get(UserTask, task_id)
    if task is None:
        raise NotFound("task", task_id)
    answers = confirmations(uow, [task]).get(task_id)
    if answers is None:
        raise Refused(sentence("its form asks for a decision; open it and fill it in"))
    complete(uow, task_id, actor, answers, idempotency_key=key)


_DEEDS = {Act.CLAIM: _claim, Act.CONFIRM: _confirm}


def _in_words(error: EngineError | WorkflowsError) -> Sentence | str:
    if isinstance(error, WorkflowsError):
        return error.said
    return next((words for kind, words in _REFUSALS.items() if isinstance(error, kind)), _OTHERWISE)


_REFUSALS: dict[type[EngineError], Sentence] = {
    NotFound: sentence("this task does not exist"),
    NotPermitted: sentence("somebody else holds it, or you may not do it"),
    WrongState: sentence("it was finished meanwhile"),
    ConcurrentChange: sentence("somebody changed it just now; try again"),
}
_OTHERWISE = sentence("it could not be done; open it to see why")
