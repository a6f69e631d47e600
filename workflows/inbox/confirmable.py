"""Which tasks can be confirmed without filling anything in, because their form leaves nothing to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from engine.definitions.forms.questions import Question, questions_of
from engine.definitions.library import form
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, ProcessDefinition, UserTask

Answers = dict[str, Any]


def confirmations(uow: UnitOfWork, tasks: Sequence[UserTask]) -> Mapping[int, Answers]:
    """What completes each task that can be confirmed as it stands; a task that somebody must decide is not in it.

    That is a task without a form, or whose form requires nothing, or only what has a single possible answer, such as
    that a notice was received.
    """
    answers = {task.id: _of_form(uow, deployment, task.form) for task, deployment in _with_deployment(uow, tasks)}
    return {task: found for task, found in answers.items() if found is not None}


def _with_deployment(uow: UnitOfWork, tasks: Sequence[UserTask]) -> list[tuple[UserTask, int]]:
    """Past the instances themselves, whose state is large."""
    wanted = (
        select(Instance.id, ProcessDefinition.deployment_id)
        .join(ProcessDefinition, ProcessDefinition.id == Instance.definition_id)
        .where(Instance.id.in_({task.instance_id for task in tasks}))
    )
    deployments = {row.id: row.deployment_id for row in uow.session.execute(wanted)}
    return [(task, deployments[task.instance_id]) for task in tasks]


def _of_form(uow: UnitOfWork, deployment_id: int, name: str | None) -> Answers | None:
    if name is None:
        return {}
    required = [each for each in questions_of(form(uow, deployment_id, name)) if each.is_required]
    if not all(map(_leaves_no_choice, required)):
        return None
    return {each.key: each.options[0] for each in required}


def _leaves_no_choice(question: Question) -> bool:
    return len(question.options) == 1 and not question.takes_many
