"""Everything that the page of one hazard shows, gathered in one reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.runtime import UnitOfWork
from engine.storage.models import TaskStatus, UserTask
from engine.tasks import Actor
from web.pages.cards import Card, cards
from web.pages.comments import Thread, thread_of
from web.pages.evidence import Exhibits, exhibits_of
from web.pages.facts import Fact
from web.pages.hazard.actions import Action, actions_for
from web.pages.hazard.deadlines import Deadlines, deadlines_of
from web.pages.hazard.groups import Group, groups_of
from web.pages.hazard.holders import holders_of
from web.pages.hazard.linked import Link, links_of
from web.pages.hazard.measures import Measure, measures_of, other_papers
from web.pages.hazard.ways import Way, way_of
from web.pages.names import names_of
from web.places import place_in_words
from workflows.hazards.guard import FINAL
from workflows.hazards.models import Hazard, ProgressNote, StageChange, Verification
from workflows.hazards.stages import ORDER
from workflows.hazards.words import Stage
from workflows.similar_check.spreading import PROCESS as SIMILAR_CHECK

MOST_TASKS = 12
LATEST = 6


@dataclass(frozen=True)
class Milestone:
    """A stage of the main line: passed, present or still to come."""

    stage: Stage
    state: str


@dataclass(frozen=True)
class Overview:
    """One hazard as its page shows it; `ending` is the change that closed or voided it."""

    hazard: Hazard
    place: str
    milestones: Sequence[Milestone]
    waiting: Sequence[Card]
    holders: Mapping[int, str]
    ending: StageChange | None
    deadlines: Deadlines
    evidence: Sequence[Exhibits]
    groups: Sequence[Group]
    notes: Sequence[ProgressNote]
    verifications: Sequence[Verification]
    measures: Sequence[Measure]
    papers: Sequence[Fact]
    links: Sequence[Link]
    way: Way | None
    actions: Sequence[Action]
    thread: Thread
    names: Mapping[str, str]

    @property
    def severity(self) -> str:
        return self.hazard.severity

    @property
    def origin(self) -> str:
        return self.hazard.origin

    @property
    def is_listed(self) -> bool:
        return self.hazard.listed


def overview_of(uow: UnitOfWork, hazard: Hazard, actor: Actor, *, diagram: str | None = None) -> Overview:
    """The page of a hazard for a person who may see it; `diagram` is the process to be drawn, if not the main one."""
    tasks = _open_tasks(uow, hazard)
    notes, verifications, ending = _notes(uow, hazard), _verifications(uow, hazard), _ending(uow, hazard)
    accounts = [*(note.by for note in notes), *_verifiers(verifications), ending.by if ending else None]
    return Overview(
        hazard=hazard,
        place=f"{place_in_words(hazard.region_code)} {hazard.place}".strip(),
        milestones=_milestones(hazard, ending),
        waiting=cards(uow, tasks),
        holders=holders_of(uow, tasks),
        ending=ending,
        deadlines=deadlines_of(uow, hazard, actor.user),
        evidence=exhibits_of(uow, hazard.number, actor),
        groups=groups_of(uow, hazard),
        notes=notes,
        verifications=verifications,
        measures=measures_of(uow, hazard),
        papers=other_papers(hazard),
        links=links_of(uow, hazard, actor),
        way=way_of(uow, hazard, diagram),
        actions=actions_for(uow, hazard, actor),
        thread=thread_of(uow, hazard, actor),
        names=names_of(uow, accounts),
    )


def _milestones(hazard: Hazard, ending: StageChange | None) -> Sequence[Milestone]:
    reached = ending.before if ending is not None and hazard.stage is Stage.VOIDED else hazard.stage
    at = ORDER.index(reached) if reached in ORDER else 0
    is_over = hazard.stage is Stage.CLOSED
    states = ["done" if place < at or is_over else "here" if place == at else "ahead" for place in range(len(ORDER))]
    return [Milestone(stage, state) for stage, state in zip(ORDER, states, strict=True)]


def _open_tasks(uow: UnitOfWork, hazard: Hazard) -> Sequence[UserTask]:
    """What the hazard waits for; what other units were asked because of it is theirs."""
    wanted = (
        select(UserTask)
        .where(UserTask.business_key == hazard.number, UserTask.status == TaskStatus.OPEN)
        .where(UserTask.process_id != SIMILAR_CHECK)
        .order_by(UserTask.instance_id, UserTask.id)
        .limit(MOST_TASKS)
    )
    return uow.session.scalars(wanted).all()


def _ending(uow: UnitOfWork, hazard: Hazard) -> StageChange | None:
    if hazard.stage not in FINAL:
        return None
    last = select(StageChange).where(StageChange.hazard_id == hazard.id).order_by(StageChange.id.desc()).limit(1)
    return uow.session.scalars(last).one_or_none()


def _notes(uow: UnitOfWork, hazard: Hazard) -> Sequence[ProgressNote]:
    wanted = select(ProgressNote).where(ProgressNote.hazard_id == hazard.id).order_by(ProgressNote.id.desc())
    return uow.session.scalars(wanted.limit(LATEST)).all()


def _verifications(uow: UnitOfWork, hazard: Hazard) -> Sequence[Verification]:
    wanted = select(Verification).where(Verification.hazard_id == hazard.id).order_by(Verification.id.desc())
    return uow.session.scalars(wanted.limit(LATEST)).all()


def _verifiers(verifications: Sequence[Verification]) -> Sequence[str | None]:
    return [account for each in verifications for account in (*map(str, each.verifiers), each.expert)]
