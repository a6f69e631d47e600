"""Who may look at what, who may register hazards and who may deploy: the domain's permissions, asked for a caller."""

from __future__ import annotations

from sqlalchemy import exists, or_, select

from engine.errors import NotPermitted
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, TaskCandidate, UserTask
from engine.tasks import Actor
from engine.tasks.access import is_candidate
from workflows.errors import OutOfScope
from workflows.geography.divisions import divisions, path_of
from workflows.hazards.facts import hazard_by_number
from workflows.hazards.models import Hazard
from workflows.hazards.register import Registration
from workflows.organisations.people import person_by_account, roles_of
from workflows.organisations.roles import Role
from workflows.permissions import Scope, permits, permits_change, scope_of
from workflows.sentences import Sentence, sentence


def ensure_task_visible(uow: UnitOfWork, task: UserTask, actor: Actor) -> None:
    """Raises OutOfScope for a task that neither concerns the person nor lies in the person's scope."""
    concerned = {task.assignee, task.owner, task.completed_by}
    if not actor.accounts.isdisjoint(concerned) or is_candidate(uow, task, actor):
        return
    _ensure_reached(uow, task.business_key, actor, sentence("task %(task)s", task=task.id))


def ensure_instance_visible(uow: UnitOfWork, instance: Instance, actor: Actor) -> None:
    """Raises OutOfScope for an instance whose hazard the person may not see."""
    _ensure_reached(uow, instance.business_key, actor, sentence("instance %(instance)s", instance=instance.id))


def ensure_hazard_visible(uow: UnitOfWork, hazard: Hazard, actor: Actor) -> None:
    """Raises OutOfScope for a hazard that the person's scope does not reach and none of the person's tasks concerns.

    Experts and spot-check teams are given their hazards one by one, as tasks.
    """
    reached = permits(scope(uow, actor), hazard.region_path, hazard.sector, hazard.unit_id)
    if not (reached or _has_task(uow, hazard.number, actor)):
        raise _out_of_scope(sentence("hazard %(hazard)s", hazard=hazard.number), actor)


def ensure_may_register(uow: UnitOfWork, registration: Registration, actor: Actor) -> None:
    """Raises OutOfScope unless the person's scope may change hazards of this place, sector or unit.

    A region that does not exist is left to the registration, which names the field.
    """
    if registration.region_code not in divisions():
        return
    path = path_of(registration.region_code)
    if not permits_change(scope(uow, actor), path, registration.sector, registration.unit_id):
        place = divisions()[registration.region_code].name
        asked = sentence("%(sector)s in %(place)s", sector=registration.sector, place=place)
        raise _out_of_scope(asked, actor)


def ensure_role(uow: UnitOfWork, actor: Actor, *roles: Role) -> None:
    """Raises NotPermitted unless the person has one of these roles, at whatever organisation."""
    person = person_by_account(uow.session, actor.user)
    held = {assignment.role for assignment in roles_of(uow.session, person)} if person else set[Role]()
    if held.isdisjoint(roles):
        raise NotPermitted(f"{actor.user} needs the role {' or '.join(role.value for role in roles)} for this")


def scope(uow: UnitOfWork, actor: Actor) -> Scope:
    """What the person reaches; nothing when the account is nobody's."""
    person = person_by_account(uow.session, actor.user)
    return scope_of(uow.session, person) if person else Scope()


def _ensure_reached(uow: UnitOfWork, number: str, actor: Actor, what: Sentence) -> None:
    hazard = hazard_by_number(uow.session, number)
    if hazard is not None:
        ensure_hazard_visible(uow, hazard, actor)
    elif not actor.is_administrator:
        raise _out_of_scope(what, actor)


def _has_task(uow: UnitOfWork, number: str, actor: Actor) -> bool:
    offered = exists().where(
        TaskCandidate.task_id == UserTask.id,
        TaskCandidate.identity.in_(actor.identities),
    )
    concerned = select(UserTask.id).where(
        UserTask.business_key == number,
        or_(
            UserTask.assignee.in_(actor.accounts),
            UserTask.owner.in_(actor.accounts),
            UserTask.completed_by.in_(actor.accounts),
            offered,
        ),
    )
    return uow.session.scalar(concerned.limit(1)) is not None


def _out_of_scope(what: Sentence, actor: Actor) -> OutOfScope:
    return OutOfScope(
        sentence("%(what)s lies outside the territory, sector and unit of %(who)s", what=what, who=actor.user)
    )
