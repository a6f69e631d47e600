"""Which roles belong at which organisation, and which two no one person should have at one place.

Source of the separation: who puts a hazard right, who verifies it and who approves its closure are three people
(回头看 notice, section 4; the diagrams exclude each from the others' steps one hazard at a time). Who draws processes
does not approve them; `engine.releasing` holds that one release at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workflows.organisations.models import Organisation, OrganisationKind
from workflows.organisations.roles import PROCESS_ROLES, Role

_COMMITTEE = frozenset({Role.COMMITTEE_OFFICE, Role.CLOSER, Role.PROVINCIAL_LEADER})
_TRUST = frozenset({Role.ADMINISTRATOR, Role.AUDITOR}) | PROCESS_ROLES

ROLES_AT: Mapping[OrganisationKind, frozenset[Role]] = {
    OrganisationKind.PROVINCE_COMMITTEE: _COMMITTEE | _TRUST,
    OrganisationKind.COMMITTEE: _COMMITTEE | _TRUST,
    OrganisationKind.DEPARTMENT: frozenset(
        {Role.DEPARTMENT_INSPECTOR, Role.DEPARTMENT_LEADER, Role.EXPERT, Role.CLOSER}
    ),
    OrganisationKind.TOWNSHIP: frozenset({Role.COMMITTEE_OFFICE, Role.UNIT_LEADER}),
    OrganisationKind.ENTERPRISE: frozenset({Role.RESPONSIBLE_PERSON, Role.UNIT_LEADER}),
    OrganisationKind.SPOT_CHECK_TEAM: frozenset({Role.TEAM_LEADER, Role.TEAM_MEMBER, Role.EXPERT}),
}

_RECTIFIES = frozenset({Role.RESPONSIBLE_PERSON, Role.UNIT_LEADER})
_VERIFIES = frozenset({Role.DEPARTMENT_INSPECTOR, Role.TEAM_LEADER, Role.TEAM_MEMBER, Role.EXPERT})
_CLOSES = frozenset({Role.CLOSER})
_DRAWS, _APPROVES = frozenset({Role.PROCESS_DESIGNER}), frozenset({Role.PROCESS_APPROVER})
_APART = ((_RECTIFIES, _VERIFIES), (_RECTIFIES, _CLOSES), (_VERIFIES, _CLOSES), (_DRAWS, _APPROVES))


@dataclass(frozen=True)
class HeldRole:
    """A role and where in the country it is held."""

    role: Role
    region_path: str

    @classmethod
    def at(cls, role: Role, organisation: Organisation) -> HeldRole:
        return cls(role, organisation.region_path)


@dataclass(frozen=True)
class Conflict:
    """Two roles that one person should not have over the same place."""

    one: Role
    other: Role


def conflicts(held: Iterable[HeldRole], added: Iterable[HeldRole]) -> list[Conflict]:
    """Where the added roles meet one held already over the same place: in one region, or in one above the other."""
    return list(dict.fromkeys(Conflict(old.role, new.role) for new in added for old in held if _clash(old, new)))


def _clash(old: HeldRole, new: HeldRole) -> bool:
    is_same_place = old.region_path.startswith(new.region_path) or new.region_path.startswith(old.region_path)
    return is_same_place and any(
        (old.role in first and new.role in second) or (old.role in second and new.role in first)
        for first, second in _APART
    )
