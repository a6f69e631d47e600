"""Who may look at a task or an instance, and who may deploy: the domain's permissions, asked on behalf of a caller."""

from __future__ import annotations

from engine.errors import NotPermitted
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, UserTask
from engine.tasks import Actor
from engine.tasks.access import is_candidate
from workflows.errors import OutOfScope
from workflows.hazards.models import Hazard
from workflows.hazards.register import hazard_by_number
from workflows.organisations.people import person_by_account, roles_of
from workflows.organisations.roles import Role
from workflows.permissions import permits, scope_of


def ensure_task_visible(uow: UnitOfWork, task: UserTask, actor: Actor) -> None:
    """Raises OutOfScope for a task that neither concerns the person nor lies in the person's scope."""
    concerned = {task.assignee, task.owner, task.completed_by}
    if actor.user in concerned or is_candidate(uow, task, actor):
        return
    _ensure_reached(uow, task.business_key, actor, f"task {task.id}")


def ensure_instance_visible(uow: UnitOfWork, instance: Instance, actor: Actor) -> None:
    """Raises OutOfScope for an instance whose hazard the person's scope does not reach."""
    _ensure_reached(uow, instance.business_key, actor, f"instance {instance.id}")


def ensure_hazard_visible(uow: UnitOfWork, hazard: Hazard, actor: Actor) -> None:
    """Raises OutOfScope for a hazard that the person's scope does not reach."""
    if not _reaches(uow, hazard, actor):
        raise _out_of_scope(f"hazard {hazard.number}", actor)


def ensure_role(uow: UnitOfWork, actor: Actor, *roles: Role) -> None:
    """Raises NotPermitted unless the person has one of these roles, at whatever organisation."""
    person = person_by_account(uow.session, actor.user)
    held = {assignment.role for assignment in roles_of(uow.session, person)} if person else set[Role]()
    if held.isdisjoint(roles):
        raise NotPermitted(f"{actor.user} needs the role {' or '.join(role.value for role in roles)} for this")


def _ensure_reached(uow: UnitOfWork, number: str, actor: Actor, what: str) -> None:
    hazard = hazard_by_number(uow.session, number)
    if not (actor.is_administrator if hazard is None else _reaches(uow, hazard, actor)):
        raise _out_of_scope(what, actor)


def _reaches(uow: UnitOfWork, hazard: Hazard, actor: Actor) -> bool:
    person = person_by_account(uow.session, actor.user)
    if person is None:
        return False
    return permits(scope_of(uow.session, person), hazard.region_path, hazard.sector, hazard.unit_id)


def _out_of_scope(what: str, actor: Actor) -> OutOfScope:
    return OutOfScope(f"{what} lies outside the territory, sector and unit of {actor.user}")
