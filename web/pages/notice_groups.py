"""Notices gathered by hazard: those one can act on first, and what has ended meanwhile folded away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask_babel import gettext
from sqlalchemy import select

from engine.runtime import UnitOfWork
from web.pages.hazard.care import Care, care_of
from web.places import place_in_words
from web.times import Due, left_until
from web.wiring import settings
from workflows.escalation.models import Acknowledgement, Notice
from workflows.escalation.reading import Told
from workflows.escalation.steps import EscalationStep
from workflows.escalation.stopping import acknowledgements_of
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity


@dataclass(frozen=True)
class Line:
    """One notice: the task it is about, what was said when, and why it was said to this person.

    `care` is who takes care of this deadline already, the latest first.
    """

    task_id: int
    task: str
    step: EscalationStep
    at: datetime
    why: str
    care: Sequence[Care] = ()


@dataclass(frozen=True)
class Group:
    """Everything that a person was told of one hazard; `due` is the nearest of its limits.

    `unanswered` are the notices of late deadlines that the person may acknowledge: the newest of each task.
    """

    number: str
    title: str
    unit: str
    region: str
    severity: Severity | None
    is_listed: bool
    due: Due
    lines: Sequence[Line]
    ids: Sequence[int]
    unanswered: Sequence[int] = ()


@dataclass(frozen=True)
class Board:
    """A page of notices. `up_to` is the newest of them: what comes after it was not seen."""

    to_do: Sequence[Group] = ()
    to_know: Sequence[Group] = ()
    settled: Sequence[Group] = ()
    up_to: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.to_do or self.to_know or self.settled)


def board_of(uow: UnitOfWork, told: Sequence[Told]) -> Board:
    """Some notices as a page shows them; the hazards are read with one query."""
    hazards = _hazards(uow, {each.notice.hazard_number for each in told})
    due = [each.notice for each in told if each.still_due]
    actable = {notice.hazard_number for notice in due if notice.can_act}
    names = {each.notice.task_id: each.task_name for each in told}
    given = acknowledgements_of(uow.session, {notice.task_id for notice in due})
    care = care_of(uow, [it for some in given.values() for it in some])
    gather = _Gathering(uow, hazards, names, given, care, frozenset(notice.task_id for notice in due))
    return Board(
        to_do=gather.groups(notice for notice in due if notice.hazard_number in actable),
        to_know=gather.groups(notice for notice in due if notice.hazard_number not in actable),
        settled=gather.groups(each.notice for each in told if not each.still_due),
        up_to=max((each.notice.id for each in told), default=0),
    )


@dataclass(frozen=True)
class _Gathering:
    uow: UnitOfWork
    hazards: Mapping[str, Hazard]
    names: Mapping[int, str]
    given: Mapping[int, Sequence[Acknowledgement]]
    care: Mapping[int, Care]
    due_tasks: frozenset[int]

    def groups(self, notices: Iterable[Notice]) -> list[Group]:
        """The notices by hazard, the urgent and the longest due first."""
        by_hazard = sorted(notices, key=lambda notice: (notice.hazard_number, -notice.id))
        gathered = [list(some) for _, some in groupby(by_hazard, key=lambda notice: notice.hazard_number)]
        gathered.sort(key=lambda some: (not any(each.urgent for each in some), min(each.due_at for each in some)))
        return [self._group(some) for some in gathered]

    def _group(self, notices: Sequence[Notice]) -> Group:
        number = notices[0].hazard_number
        hazard = self.hazards.get(number)
        return Group(
            number=number,
            title=hazard.title if hazard else number,
            unit=hazard.unit_name if hazard else "",
            region=place_in_words(hazard.region_code) if hazard else "",
            severity=hazard.severity if hazard else None,
            is_listed=bool(hazard and hazard.listed),
            due=left_until(min(each.due_at for each in notices), self.uow.now, settings().calendar),
            lines=[self._line(each) for each in _latest(notices)],
            ids=[each.id for each in notices],
            unanswered=[each.id for each in _latest(notices) if self._is_unanswered(each)],
        )

    def _line(self, it: Notice) -> Line:
        care = [self.care[each.id] for each in self._given(it)]
        return Line(it.task_id, self.names[it.task_id], it.step, it.delivered_at or it.created_at, why(it), care[::-1])

    def _is_unanswered(self, it: Notice) -> bool:
        is_mine = ((each.by, each.step) == (it.recipient, it.step) for each in self._given(it))
        return it.step.is_overdue and it.task_id in self.due_tasks and not any(is_mine)

    def _given(self, it: Notice) -> list[Acknowledgement]:
        """What was acknowledged of the notice's deadline, by whomever."""
        return [each for each in self.given.get(it.task_id, ()) if each.due_at == it.due_at]


def _latest(notices: Iterable[Notice]) -> list[Notice]:
    """The latest notice of each task: an earlier reminder of the same deadline says nothing more."""
    latest: dict[int, Notice] = {}
    for notice in notices:
        latest.setdefault(notice.task_id, notice)
    return list(latest.values())


def why(notice: Notice) -> str:
    """Why this person was told."""
    if notice.can_act and not notice.for_digest:
        return gettext("You can do this task, or you stand in for someone who can.")
    match notice.step:
        case EscalationStep.TELL_UNIT_LEADER:
            return gettext("You lead the organisation that the task lies with.")
        case EscalationStep.TELL_DEPARTMENT:
            return gettext("Your department supervises this hazard.")
        case EscalationStep.LIST_FOR_SUPERVISION:
            return gettext("Your committee decides on listed supervision.")
        case _:
            return gettext("Your committee answers for this territory.")


def _hazards(uow: UnitOfWork, numbers: set[str]) -> Mapping[str, Hazard]:
    wanted = select(Hazard).where(Hazard.number.in_(numbers))
    return {hazard.number: hazard for hazard in uow.session.scalars(wanted)}
