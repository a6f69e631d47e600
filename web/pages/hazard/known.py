"""What the entries of one page of a chronicle name: read with one query for each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine.history import HistoryKind
from engine.runtime import UnitOfWork
from engine.storage.models import HistoryEvent, Instance, ProcessDefinition, UserTask
from web.pages.entries import Answer, answers_to, parts_of
from web.pages.hazard.told import Told, told_of
from web.pages.names import names_of
from workflows.chronicle import Record, Spread
from workflows.comments import Comment
from workflows.escalation.models import Acknowledgement, Escalation
from workflows.hazards.models import StageChange, Verification
from workflows.similar_check import SimilarCheck

ABOUT_A_PROCESS = frozenset(
    {
        HistoryKind.INSTANCE_STARTED,
        HistoryKind.INSTANCE_COMPLETED,
        HistoryKind.INSTANCE_CANCELLED,
        HistoryKind.INSTANCE_SUSPENDED,
        HistoryKind.INSTANCE_RESUMED,
    }
)


@dataclass(frozen=True)
class Known:
    """What the entries of one page name, read with one query for each kind: people, processes, answers, tasks."""

    names: Mapping[str, str]
    processes: Mapping[int, str]
    tasks: Mapping[int, str]
    answers: Mapping[int, Sequence[Answer]]
    told: Mapping[int, Sequence[Told]]
    stopping: Mapping[int, Acknowledgement]

    def who(self, account: object) -> str:
        """A person by account; whatever is no person's account is the system."""
        return self.names.get(str(account or ""), "") or gettext("The system")


def known_of(uow: UnitOfWork, records: Sequence[Record]) -> Known:
    """Everything that the entries of a page need to be told in words."""
    events = [record for record in records if isinstance(record, HistoryEvent)]
    escalations = [record for record in records if isinstance(record, Escalation)]
    given = [record for record in records if isinstance(record, Acknowledgement)]
    stopping = _stopping(uow, {it.stopped_by_id for it in escalations if it.stopped_by_id is not None})
    done = _tasks(uow, [it.data.get("task", 0) for it in events if it.kind == HistoryKind.TASK_COMPLETED])
    return Known(
        names=names_of(uow, [*_accounts(records), *(it.by for it in stopping.values())]),
        processes=_processes(uow, {it.instance_id for it in events if it.kind in ABOUT_A_PROCESS}),
        tasks=_task_names(uow, {it.task_id for it in (*escalations, *given)}),
        answers={it.id: answers_to(parts_of(uow, it), it.outcome or {}, with_files=False) for it in done},
        told=told_of(uow, [it.id for it in escalations]),
        stopping=stopping,
    )


def _accounts(records: Sequence[Record]) -> Iterator[str | None]:
    for record in records:
        match record:
            case Comment() | StageChange() | Spread() | Acknowledgement():
                yield record.by
            case Verification():
                yield from (str(each) for each in record.verifiers)
                yield record.expert
            case SimilarCheck():
                yield record.answered_by
            case HistoryEvent():
                yield record.actor
                yield str(record.data.get("to") or "")
                yield str(record.data.get("on_behalf_of") or "")
            case Escalation():
                pass


def _tasks(uow: UnitOfWork, ids: Sequence[int]) -> Sequence[UserTask]:
    if not ids:
        return []
    instance = joinedload(UserTask.instance)
    with_forms = (instance.defer(Instance.state), instance.joinedload(Instance.definition))
    return uow.session.scalars(select(UserTask).where(UserTask.id.in_(ids)).options(*with_forms)).all()


def _stopping(uow: UnitOfWork, ids: set[int]) -> Mapping[int, Acknowledgement]:
    if not ids:
        return {}
    found = uow.session.scalars(select(Acknowledgement).where(Acknowledgement.id.in_(ids)))
    return {it.id: it for it in found}


def _task_names(uow: UnitOfWork, ids: set[int]) -> Mapping[int, str]:
    if not ids:
        return {}
    found = uow.session.execute(select(UserTask.id, UserTask.name).where(UserTask.id.in_(ids)))
    return {row.id: row.name for row in found}


def _processes(uow: UnitOfWork, instance_ids: set[int]) -> Mapping[int, str]:
    if not instance_ids:
        return {}
    found = uow.session.execute(
        select(Instance.id, ProcessDefinition.name)
        .join(ProcessDefinition, ProcessDefinition.id == Instance.definition_id)
        .where(Instance.id.in_(instance_ids))
    )
    return {row.id: row.name for row in found}
