"""Who is told of an escalation: first whoever can act, then the leaders that its step names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.storage.models import TaskCandidate, UserTask
from workflows.escalation.posts import Post, holders_of, post_of, present, workplaces_of
from workflows.escalation.steps import EscalationLevel, EscalationStep
from workflows.hazards.models import Hazard
from workflows.organisations.models import Organisation, OrganisationKind
from workflows.organisations.roles import Role
from workflows.organisations.tree import COMMITTEES

HEADS = (Role.UNIT_LEADER, Role.DEPARTMENT_LEADER, Role.TEAM_LEADER, Role.PROVINCIAL_LEADER)
"""The roles that lead an organisation of whatever kind."""


@dataclass(frozen=True)
class Recipient:
    """Someone who is told. `at_once` says that the notice comes by itself, and not in the day's digest.

    `can_act` holds for those who may do the task, and for leaders of an organisation that the task lies with.
    """

    account: str
    at_once: bool
    can_act: bool


@dataclass(frozen=True)
class _Offer:
    """The accounts and the posts that a task is offered to, whoever holds it at present."""

    accounts: tuple[str, ...]
    posts: tuple[Post, ...]

    def lies_with(self, session: Session) -> frozenset[int]:
        """The organisations whose groups are offered the task or, without groups, whose people are."""
        return frozenset(post.organisation_id for post in self.posts) or workplaces_of(session, self.accounts)


def recipients(session: Session, task: UserTask, hazard: Hazard, step: EscalationStep, on: date) -> list[Recipient]:
    """Everyone who is told of a step on a day, each once, those who can act first.

    Whoever is on leave is told together with the deputy: the deputy acts, and the person stays answerable.
    """
    return recipients_by_step(session, task, hazard, (step,), on)[step]


def recipients_by_step(
    session: Session, task: UserTask, hazard: Hazard, steps: Collection[EscalationStep], on: date
) -> Mapping[EscalationStep, list[Recipient]]:
    """Everyone who is told of each of some steps, if all were taken on one day; asks no more often than for one."""
    offer = _offer(session, task)
    doers = [Recipient(account, at_once=True, can_act=True) for account in _doers(session, task, offer, on)]
    to_leaders = [step for step in steps if step.level is not EscalationLevel.PERSON]
    at = offer.lies_with(session) if to_leaders else frozenset[int]()
    posts = {step: set(leaders(session, hazard, step, at)) for step in to_leaders}
    held = holders_of(session, set[Post]().union(*posts.values()), on)
    told: dict[EscalationStep, list[Recipient]] = {}
    for step in steps:
        reached = {doer.account: doer for doer in doers}
        for account, post in held:
            if post in posts.get(step, ()):
                can_act = post.organisation_id in at
                reached.setdefault(account, Recipient(account, at_once=False, can_act=can_act))
        told[step] = list(reached.values())
    return told


def leaders(session: Session, hazard: Hazard, step: EscalationStep, at: frozenset[int]) -> Iterable[Post]:
    """The posts that a step tells beside those who can act, for a task that lies with the organisations `at`."""
    match step:
        case EscalationStep.TELL_UNIT_LEADER:
            return [Post(organisation_id, head) for organisation_id in at for head in HEADS]
        case EscalationStep.TELL_DEPARTMENT:
            return [Post(hazard.department_id, Role.DEPARTMENT_LEADER)]
        case EscalationStep.LIST_FOR_SUPERVISION:
            return [Post(hazard.committee_id, Role.COMMITTEE_OFFICE)]
        case EscalationStep.TELL_COMMITTEE:
            told = (Role.COMMITTEE_OFFICE, Role.PROVINCIAL_LEADER)
            return [Post(committee, role) for committee in _committees(session, hazard, at) for role in told]
        case _:
            return []


def _offer(session: Session, task: UserTask) -> _Offer:
    offered = session.scalars(
        select(TaskCandidate.identity).where(TaskCandidate.task_id == task.id).order_by(TaskCandidate.identity)
    ).all()
    return _Offer(
        tuple(identity.removeprefix("user:") for identity in offered if identity.startswith("user:")),
        tuple(post_of(identity.removeprefix("group:")) for identity in offered if identity.startswith("group:")),
    )


def _doers(session: Session, task: UserTask, offer: _Offer, on: date) -> Iterator[str]:
    """Who holds the task, or else is named for it; only when nobody of them is there, everyone in its groups."""
    named = [task.assignee] if task.assignee is not None else offer.accounts
    found = present(session, named, on) or [account for account, _ in holders_of(session, offer.posts, on)]
    return (account for account in found if account not in task.excluded)


def _committees(session: Session, hazard: Hazard, at: frozenset[int]) -> set[int]:
    """The committees above a task: its own, its team's, or else the one of the hazard's county."""
    bodies = session.scalars(select(Organisation).where(Organisation.id.in_(at))).all()
    own = {body.id for body in bodies if body.kind in COMMITTEES}
    sending = {
        body.parent_id
        for body in bodies
        if body.kind is OrganisationKind.SPOT_CHECK_TEAM and body.parent_id is not None
    }
    return own | sending or {hazard.committee_id}
