"""Who can read what is said about a hazard, and who may say something."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from engine.storage.models import TaskCandidate, UserTask
from workflows.hazards.models import Hazard
from workflows.organisations.models import Person
from workflows.organisations.people import groups_of
from workflows.permissions import permits, permits_change, scope_of


@dataclass(frozen=True)
class Audience:
    """The people who may see one hazard: whom its territory, sector or unit reaches, and whom its tasks concern."""

    session: Session
    hazard: Hazard

    def includes(self, person: Person) -> bool:
        """Whether a person may see the hazard, and so what is said about it."""
        hazard = self.hazard
        reached = permits(scope_of(self.session, person), hazard.region_path, hazard.sector, hazard.unit_id)
        return person.active and (reached or self.has_task(person))

    def has_task(self, person: Person) -> bool:
        """Whether one of the hazard's tasks is or was a person's, or is offered to the person."""
        identities = [f"user:{person.account}", *(f"group:{each}" for each in groups_of(self.session, person))]
        offered = exists().where(TaskCandidate.task_id == UserTask.id, TaskCandidate.identity.in_(identities))
        own = (column == person.account for column in (UserTask.assignee, UserTask.owner, UserTask.completed_by))
        concerned = select(UserTask.id).where(UserTask.business_key == self.hazard.number, or_(offered, *own))
        return self.session.scalar(concerned.limit(1)) is not None


def may_comment(session: Session, hazard: Hazard, person: Person) -> bool:
    """Whether a person may say something about a hazard: who only reads, as auditors do, may not."""
    changes = permits_change(scope_of(session, person), hazard.region_path, hazard.sector, hazard.unit_id)
    return person.active and (changes or Audience(session, hazard).has_task(person))
