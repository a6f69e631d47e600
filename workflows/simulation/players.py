"""Who plays: for each task somebody to whom it is offered and who is not excluded from it, or the deputy of one."""

from __future__ import annotations

from datetime import date
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from engine.storage.models import TaskCandidate, UserTask
from engine.tasks import Actor
from workflows.organisations.models import Delegation, Person, RoleAssignment
from workflows.organisations.people import actor_for
from workflows.organisations.roles import group_name


class Players:
    """The people of the cast by candidate group, read once; who is away, read anew each day."""

    def __init__(self, session: Session, random: Random) -> None:
        self._random = random
        self._members: dict[str, list[str]] = {}
        self._actors: dict[str, Actor] = {}
        self._deputies: dict[str, str] = {}
        held = select(RoleAssignment.role, RoleAssignment.organisation_id, Person.account).join(Person)
        for role, organisation_id, account in session.execute(held.where(Person.active).order_by(Person.id)):
            self._members.setdefault(group_name(role, organisation_id), []).append(account)

    def begin_day(self, session: Session, today: date) -> None:
        """Learn who is on leave today, and who stands in for them."""
        deputy = aliased(Person)
        away = (
            select(Person.account, deputy.account)
            .join(Delegation, Delegation.person_id == Person.id)
            .join(deputy, deputy.id == Delegation.deputy_id)
            .where(Delegation.first_day <= today, Delegation.last_day >= today, Delegation.ended_at.is_(None))
            .order_by(Delegation.id)
        )
        stood_in = set(self._deputies.values())
        self._deputies = {row[0]: row[1] for row in session.execute(away)}
        for account in stood_in | set(self._deputies.values()):
            self._actors.pop(account, None)
        for account in sorted(set(self._deputies.values())):
            self._actors[account] = actor_for(session, account, on=today)

    def is_away(self, account: str) -> bool:
        """Whether somebody is on leave today."""
        return account in self._deputies

    def somebody_for(self, session: Session, task: UserTask) -> Actor | None:
        """One of those who may do the task now, or who stands in for one of them; None when there is nobody."""
        accounts = [task.assignee] if task.assignee else self._offered_to(session, task.id)
        present = dict.fromkeys(self._deputies.get(it, it) for it in accounts if it not in task.excluded)
        possible = [account for account in present if account not in task.excluded]
        return self._actor(session, self._random.choice(possible)) if possible else None

    def _offered_to(self, session: Session, task_id: int) -> list[str]:
        identities = select(TaskCandidate.identity).where(TaskCandidate.task_id == task_id)
        accounts: dict[str, None] = {}
        for identity in session.scalars(identities.order_by(TaskCandidate.identity)):
            kind, _, name = identity.partition(":")
            accounts |= dict.fromkeys([name] if kind == "user" else self._members.get(name, []))
        return list(accounts)

    def _actor(self, session: Session, account: str) -> Actor:
        if account not in self._actors:
            self._actors[account] = actor_for(session, account)
        return self._actors[account]
