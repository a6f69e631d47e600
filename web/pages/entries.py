"""What people entered at the steps of an instance, in words, for those who come after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from engine.runtime import UnitOfWork
from engine.storage.models import TaskStatus, UserTask
from web.forms import Control, Field, Part, answer_in_words, chosen, fields, read_schema
from web.tasks import form_of
from web.uploads import upload_name


@dataclass(frozen=True)
class Answer:
    """What was entered in one field: words, or the references of files that can be looked at."""

    label: str
    words: str
    files: Sequence[str] = ()


def parts_of(uow: UnitOfWork, task: UserTask) -> tuple[Part, ...]:
    """The parts of a task's form, as deployed with its instance; none for a task without a form."""
    schema = form_of(uow, task)
    return read_schema(schema) if schema else ()


def answers_to(parts: Sequence[Part], entered: Mapping[str, Any], *, with_files: bool) -> list[Answer]:
    """What was answered, without the fields that were left empty; files to look at, or else only their names."""
    answers = (_answer(field, entered.get(field.key), with_files=with_files) for field in fields(parts))
    return [answer for answer in answers if answer.words or answer.files]


def entries_of(uow: UnitOfWork, instance_id: int) -> Mapping[int, Sequence[Answer]]:
    """What was entered at the completed tasks of an instance, by the task's number.

    Files are named only: to look at them is for the page of their task, and for the hazard's evidence.
    """
    completed = (UserTask.instance_id == instance_id, UserTask.status == TaskStatus.COMPLETED)
    tasks = uow.session.scalars(select(UserTask).where(*completed)).all()
    return {task.id: answers_to(parts_of(uow, task), task.outcome or {}, with_files=False) for task in tasks}


def _answer(field: Field, entered: Any, *, with_files: bool) -> Answer:
    if field.control is not Control.FILE:
        return Answer(field.label, answer_in_words(field, entered))
    references = [str(each) for each in chosen(entered) if each]
    if with_files:
        return Answer(field.label, "", references)
    return Answer(field.label, gettext(", ").join(upload_name(each) for each in references))
