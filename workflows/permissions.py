"""Who may see and change which records: the one place that decides, by region path, sector and unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflows.geography.paths import EVERYWHERE, PathColumn, inside, is_inside
from workflows.organisations.models import Organisation, OrganisationKind, Person, RoleAssignment
from workflows.organisations.roles import PROCESS_ROLES, Role
from workflows.organisations.sectors import Sector

SectorColumn = InstrumentedAttribute[Sector] | InstrumentedAttribute[Sector | None]
UnitColumn = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]

READS_EVERYTHING = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
READS_NOTHING = PROCESS_ROLES
GOVERNMENT = frozenset({OrganisationKind.PROVINCE_COMMITTEE, OrganisationKind.COMMITTEE, OrganisationKind.TOWNSHIP})


@dataclass(frozen=True)
class Territory:
    """A region with all below it, in some sectors or (None) in all of them; to read only, or to change as well."""

    region_path: str
    sectors: frozenset[Sector] | None = None
    may_change: bool = True

    def holds(self, region_path: str, sector: Sector | None) -> bool:
        """Whether a record of this region and sector lies in the territory."""
        return is_inside(region_path, self.region_path) and (self.sectors is None or sector in self.sectors)


@dataclass(frozen=True)
class Scope:
    """Everything a person reaches: a record in any of the territories, or of any of the units."""

    territories: tuple[Territory, ...] = ()
    units: frozenset[int] = frozenset()


def scope_of(session: Session, person: Person, through: Collection[Role] = tuple(Role)) -> Scope:
    """What a person reaches through all roles together, or only `through` some of them; nothing without a role or when
    inactive.

    A committee and a township reach their region in all sectors, a department its region in its own sector, an
    enterprise itself. An expert only reads there; auditors and administrators only read, but everything. A spot-check
    team is given its hazards one by one, as tasks, and reaches none by region.
    """
    if not person.active:
        return Scope()
    held = session.execute(
        select(RoleAssignment.role, Organisation)
        .join(Organisation, Organisation.id == RoleAssignment.organisation_id)
        .where(RoleAssignment.person_id == person.id, RoleAssignment.role.in_(through))
        .order_by(Organisation.id, RoleAssignment.role)
    ).all()
    reached = [_reached(role, organisation) for role, organisation in held]
    return Scope(
        territories=tuple(dict.fromkeys(it for it in reached if isinstance(it, Territory))),
        units=frozenset(it for it in reached if isinstance(it, int)),
    )


def visible(
    statement: Select[Any],
    scope: Scope,
    region_path: PathColumn,
    sector: SectorColumn | None = None,
    unit: UnitColumn | None = None,
) -> Select[Any]:
    """The statement, confined to the records that the scope may read.

    A table without a sector or a unit column leaves it out: a department then sees none of its rows, an enterprise
    likewise.
    """
    reaches: list[ColumnElement[bool]] = [_holds(territory, region_path, sector) for territory in scope.territories]
    if scope.units and unit is not None:
        reaches.append(unit.in_(sorted(scope.units)))
    return statement.where(or_(false(), *reaches))


def permits(scope: Scope, region_path: str, sector: Sector | None, unit_id: int | None) -> bool:
    """Whether the scope may read a record; says of one record what `visible` says of a table."""
    return unit_id in scope.units or _any_holds(scope.territories, region_path, sector)


def permits_change(scope: Scope, region_path: str, sector: Sector | None, unit_id: int | None) -> bool:
    """Whether the scope may change a record; whoever may change it may read it."""
    changeable = (territory for territory in scope.territories if territory.may_change)
    return unit_id in scope.units or _any_holds(changeable, region_path, sector)


def _reached(role: Role, organisation: Organisation) -> Territory | int | None:
    if role in READS_EVERYTHING:
        return Territory(EVERYWHERE, may_change=False)
    if role in READS_NOTHING:
        return None
    may_change = role is not Role.EXPERT
    if organisation.kind in GOVERNMENT:
        return Territory(organisation.region_path, may_change=may_change)
    if organisation.kind is OrganisationKind.DEPARTMENT:
        sectors = frozenset({organisation.sector} if organisation.sector else ())
        return Territory(organisation.region_path, sectors, may_change)
    return organisation.id if organisation.kind is OrganisationKind.ENTERPRISE else None


def _holds(territory: Territory, region_path: PathColumn, sector: SectorColumn | None) -> ColumnElement[bool]:
    return and_(inside(region_path, territory.region_path), _has_sector(territory, sector))


def _has_sector(territory: Territory, sector: SectorColumn | None) -> ColumnElement[bool]:
    if territory.sectors is None:
        return true()
    return sector.in_(sorted(territory.sectors)) if sector is not None else false()


def _any_holds(territories: Iterable[Territory], region_path: str, sector: Sector | None) -> bool:
    return any(territory.holds(region_path, sector) for territory in territories)
