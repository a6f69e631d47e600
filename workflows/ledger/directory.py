"""Finds in the database what rows name: their unit, its responsible person, hazards by number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflows.geography.divisions import path_of
from workflows.geography.paths import is_inside
from workflows.hazards.models import Hazard
from workflows.numbers import COUNTY_DIGITS
from workflows.organisations.models import Organisation, OrganisationKind, Person
from workflows.organisations.sectors import Sector

TEAM = OrganisationKind.SPOT_CHECK_TEAM


@dataclass(frozen=True)
class Standing:
    """Where a row's hazard belongs: territory, sector, its unit and responsible person if we know them, its old row."""

    region_code: str
    sector: Sector
    unit_id: int | None = None
    account: str | None = None
    previous_id: int | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation that a row may mean; one that is no enterprise has no sector of its own."""

    id: int
    name: str
    uscc: str | None
    region_code: str
    region_path: str
    sector: Sector | None


@dataclass(frozen=True, slots=True)
class KnownHazard:
    """A hazard that has the number which a row gives."""

    id: int
    campaign_id: int


@dataclass(frozen=True)
class Directory:
    """What the database knows of the things that some rows name."""

    by_code: Mapping[str, Unit]
    by_name: Mapping[str, Sequence[Unit]]
    accounts: Mapping[tuple[int, str], Sequence[str]]
    hazards: Mapping[str, KnownHazard]

    def unit(self, values: Mapping[str, Any]) -> Unit | None:
        """The unit that a row names: by its credit code, else the only one of its name in the row's county.

        The code is the inspected unit's, and says nothing of another one that is responsible.
        """
        by_code = self.by_code.get(values.get("uscc", ""))
        if by_code is not None and values.get("inspected_unit", values["unit_name"]) == values["unit_name"]:
            return by_code
        named = [unit for unit in self.by_name.get(values["unit_name"], ()) if _may_be_in(unit, values)]
        return named[0] if len(named) == 1 else None

    def account(self, unit_id: int | None, name: str) -> str | None:
        """The account of the only person of this name at a unit."""
        found = self.accounts.get((unit_id, name), ()) if unit_id is not None else ()
        return found[0] if len(found) == 1 else None


def look_up(session: Session, rows: Sequence[Mapping[str, Any]]) -> Directory:
    """Everything that these rows name, in three queries."""
    units = _units(session, _texts(rows, "uscc"), _texts(rows, "unit_name"))
    by_name: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_name[unit.name].append(unit)
    return Directory(
        by_code={unit.uscc: unit for unit in units if unit.uscc},
        by_name=by_name,
        accounts=_accounts(session, [unit.id for unit in units], _texts(rows, "responsible_name")),
        hazards=_hazards(session, _texts(rows, "number")),
    )


def _units(session: Session, codes: Iterable[str], names: Iterable[str]) -> list[Unit]:
    it = Organisation
    wanted = select(it.id, it.name, it.uscc, it.region_code, it.region_path, it.sector).where(
        or_(it.uscc.in_(codes), it.name.in_(names)), it.kind != TEAM
    )
    return [Unit(*row) for row in session.execute(wanted)]


def _accounts(session: Session, units: Iterable[int], names: Iterable[str]) -> Mapping[tuple[int, str], list[str]]:
    wanted = select(Person.organisation_id, Person.name, Person.account).where(
        Person.organisation_id.in_(units), Person.name.in_(names), Person.active
    )
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for unit, name, account in session.execute(wanted):
        found[unit, name].append(account)
    return found


def _hazards(session: Session, numbers: Iterable[str]) -> Mapping[str, KnownHazard]:
    wanted = select(Hazard.number, Hazard.id, Hazard.campaign_id).where(Hazard.number.in_(numbers))
    return {number: KnownHazard(key, campaign) for number, key, campaign in session.execute(wanted)}


def _texts(rows: Sequence[Mapping[str, Any]], attribute: str) -> list[str]:
    return sorted({row[attribute] for row in rows if row.get(attribute)})


def _may_be_in(unit: Unit, values: Mapping[str, Any]) -> bool:
    """Whether a unit lies in the row's county, or the row names a place within the unit's territory."""
    code = values.get("region_code")
    if code is None:
        return True
    return is_inside(unit.region_path, path_of(code[:COUNTY_DIGITS])) or is_inside(path_of(code), unit.region_path)
