"""Finds instances and open tasks by what an operator asks for, newest first and page by page.

Instances are read from one index walk for each process (or version) and state, merged by number: a page costs the same
whether its rows are new or years old. Where it is asked what stands at an element or failed, those few are found first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Final, Self

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.orm import Session, defer, joinedload

from engine.storage.models import (
    Incident,
    Instance,
    InstanceStatus,
    ProcessDefinition,
    Subscription,
    TaskStatus,
    UserTask,
)

AFTER_ALL: Final = "\U0010ffff"
MOST_COUNTED: Final = 100_000
"""Further than this a selection is not counted."""


NUMBERS_ASTRAY: Final = timedelta(days=1)
"""Numbers follow the moments at which instances began, save for those that began at the same time; never by so much."""


@dataclass(frozen=True)
class Selection:
    """What is asked for; everything that is given must hold.

    `process_id` and `version` are the instance's own; of `statuses` it has one. `element_id` is where it waits or
    failed, in `element_process` (of open tasks, that alone may be asked for). `key` is how the business key begins;
    `older_than` a moment before which it began; `ids` only these instances.
    """

    process_id: str = ""
    version: int | None = None
    statuses: tuple[InstanceStatus, ...] = ()
    element_process: str = ""
    element_id: str = ""
    failed: bool = False
    key: str = ""
    older_than: datetime | None = None
    ids: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The selection as plain JSON values, without what is not given."""
        plain = asdict(self) | {"older_than": self.older_than.isoformat() if self.older_than else None}
        return {name: value for name, value in plain.items() if value is not None and value not in ("", False, ())}

    @classmethod
    def of_json(cls, plain: Mapping[str, Any]) -> Self:
        """The selection that `as_json` wrote."""
        known: dict[str, Any] = {each.name: plain[each.name] for each in fields(cls) if each.name in plain}
        if "older_than" in known:
            known["older_than"] = datetime.fromisoformat(known["older_than"])
        known["statuses"] = tuple(InstanceStatus(each) for each in known.get("statuses", ()))
        known["ids"] = tuple(known.get("ids", ()))
        return cls(**known)


def instances(session: Session, asked: Selection, *, after: int | None = None, limit: int = 50) -> Sequence[Instance]:
    """The newest instances that are asked for, with numbers below `after`; their states are not read."""
    wanted = (
        select(Instance)
        .where(Instance.id.in_(ids(session, asked, after=after, limit=limit)))
        .options(defer(Instance.state), joinedload(Instance.definition))
        .order_by(Instance.id.desc())
    )
    return session.scalars(wanted).all()


def ids(session: Session, asked: Selection, *, after: int | None = None, limit: int) -> Sequence[int]:
    """The numbers of the newest instances that are asked for, below `after`."""
    walks = [walk.limit(limit).subquery() for walk in _walks(session, asked, after)]
    if not walks:
        return []
    merged = union_all(*(select(walk.c.id) for walk in walks)).subquery()
    return session.scalars(select(merged.c.id).order_by(merged.c.id.desc()).limit(limit)).all()


def how_many(session: Session, asked: Selection, *, most: int = MOST_COUNTED) -> int:
    """How many instances are asked for, no further than `most`."""
    counted = 0
    for walk in _walks(session, asked, None, ordered=False):
        counted += _counted(session, walk, most - counted)
        if counted >= most:
            break
    return counted


def tasks(
    session: Session, asked: Selection, *, late_at: datetime | None = None, after: int | None = None, limit: int = 50
) -> Sequence[UserTask]:
    """The newest open tasks of such instances at the element, or at any; only those overdue at `late_at`, if given."""
    wanted = _tasks(asked, late_at).order_by(UserTask.id.desc()).limit(limit)
    if after is not None:
        wanted = wanted.where(UserTask.id < after)
    return session.scalars(wanted.options(joinedload(UserTask.instance).defer(Instance.state))).all()


def how_many_tasks(session: Session, asked: Selection, *, late_at: datetime | None, most: int = MOST_COUNTED) -> int:
    """How many such tasks there are, no further than `most`."""
    return _counted(session, _tasks(asked, late_at).with_only_columns(UserTask.id), most)


def newest_deployment(session: Session, asked: Selection) -> int:
    """The deployment of the version that is asked for, or of the newest one; 0 when there is none."""
    wanted = select(ProcessDefinition.deployment_id).order_by(ProcessDefinition.version.desc()).limit(1)
    wanted = wanted.where(ProcessDefinition.process_id == (asked.process_id or asked.element_process))
    if asked.version is not None:
        wanted = wanted.where(ProcessDefinition.version == asked.version)
    return session.scalar(wanted) or 0


def _counted(session: Session, wanted: Select[Any], most: int) -> int:
    return session.scalar(select(func.count()).select_from(wanted.limit(most).subquery())) or 0


def _walks(session: Session, asked: Selection, after: int | None, *, ordered: bool = True) -> Iterator[Select[Any]]:
    conditions = [*_conditions(session, asked), *([Instance.id < after] if after is not None else [])]
    for start in _starts(session, asked):
        walk = select(Instance.id).where(*start, *conditions)
        yield walk.order_by(Instance.id.desc()) if ordered else walk


def _starts(session: Session, asked: Selection) -> Iterator[list[ColumnElement[bool]]]:
    """Where each walk begins: one index entry's leading columns, or the few instances that are named or stand there."""
    if asked.ids:
        yield [Instance.id.in_(asked.ids), *_own(asked)]
    elif asked.key:
        yield [Instance.business_key >= asked.key, Instance.business_key < asked.key + AFTER_ALL, *_own(asked)]
    elif asked.failed or asked.element_id:
        yield list(_own(asked))
    else:
        for place in _places(session, asked):
            yield from ([place, Instance.status == status] for status in asked.statuses or InstanceStatus)


def _places(session: Session, asked: Selection) -> Iterator[ColumnElement[bool]]:
    if asked.version is not None:
        version = (ProcessDefinition.process_id == asked.process_id, ProcessDefinition.version == asked.version)
        for definition_id in session.scalars(select(ProcessDefinition.id).where(*version)):
            yield Instance.definition_id == definition_id
    elif asked.process_id:
        yield Instance.process_id == asked.process_id
    else:
        for process_id in session.scalars(select(ProcessDefinition.process_id).distinct()):
            yield Instance.process_id == process_id


def _own(asked: Selection) -> Iterator[ColumnElement[bool]]:
    """The conditions on an instance's own process and state, where no walk begins with them."""
    if asked.process_id:
        yield Instance.process_id == asked.process_id
    if asked.version is not None:
        yield Instance.definition_id.in_(_versions(asked))
    if asked.statuses:
        yield Instance.status.in_(asked.statuses)


def _conditions(session: Session, asked: Selection) -> Iterator[ColumnElement[bool]]:
    if asked.failed:
        yield Instance.id.in_(_failed(asked))
    elif asked.element_id:
        yield Instance.id.in_(union_all(_at_task(asked), _for_event(asked), _failed(asked)))
    if asked.older_than is not None:
        yield Instance.id < _number_at(session, asked.older_than + NUMBERS_ASTRAY)
        yield Instance.started_at < asked.older_than


def _at_task(asked: Selection) -> Select[Any]:
    return select(UserTask.instance_id).where(
        UserTask.process_id == asked.element_process,
        UserTask.element_id == asked.element_id,
        UserTask.status == TaskStatus.OPEN,
    )


def _for_event(asked: Selection) -> Select[Any]:
    return select(Subscription.instance_id).where(
        Subscription.process_id == asked.element_process, Subscription.element_id == asked.element_id
    )


def _failed(asked: Selection) -> Select[Any]:
    failed = select(Incident.instance_id).where(Incident.resolved_at.is_(None))
    if asked.element_id:
        failed = failed.where(Incident.process_id == asked.element_process, Incident.element_id == asked.element_id)
    return failed


def _number_at(session: Session, moment: datetime) -> int:
    """The number of the first instance that began at a moment or later, found by halving."""
    low, high = 0, (session.scalar(select(func.max(Instance.id))) or 0) + 1
    while low < high:
        middle = (low + high) // 2
        next_one = select(Instance.id, Instance.started_at).where(Instance.id >= middle).order_by(Instance.id).limit(1)
        found = session.execute(next_one).first()
        if found is None or found.started_at >= moment:
            high = middle
        else:
            low = found.id + 1
    return high


def _tasks(asked: Selection, late_at: datetime | None) -> Select[Any]:
    wanted = select(UserTask).join(Instance, Instance.id == UserTask.instance_id)
    wanted = wanted.where(UserTask.status == TaskStatus.OPEN)
    if asked.version is not None:
        wanted = wanted.where(Instance.definition_id.in_(_versions(asked)))
    elif asked.process_id:
        wanted = wanted.where(Instance.process_id == asked.process_id)
    if asked.element_process:
        wanted = wanted.where(UserTask.process_id == asked.element_process)
    if asked.element_id:
        wanted = wanted.where(UserTask.element_id == asked.element_id)
    if late_at is not None:
        wanted = wanted.where(UserTask.due_at < late_at, Instance.status == InstanceStatus.RUNNING)
    return wanted


def _versions(asked: Selection) -> Select[Any]:
    return select(ProcessDefinition.id).where(
        ProcessDefinition.process_id == asked.process_id, ProcessDefinition.version == asked.version
    )
