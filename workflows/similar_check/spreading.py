"""Spreads a finding: units of the same kind are each asked to look for the same hazard at home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from engine.events import publish
from engine.instances import start_many
from engine.runtime import UnitOfWork
from workflows.errors import InvalidRecord
from workflows.geography.divisions import path_of
from workflows.geography.paths import inside
from workflows.hazards.facts import facts_of
from workflows.hazards.models import Hazard
from workflows.numbers import COUNTY_DIGITS
from workflows.organisations.models import Organisation, OrganisationKind
from workflows.organisations.sectors import Sector
from workflows.sentences import sentence
from workflows.similar_check.models import SimilarCheck

PROCESS: Final = "similar_check"
MOST_UNITS: Final = 50


@dataclass(frozen=True)
class Aim:
    """Whom a similar check is meant for: the units of a sector inside a region, given by its code."""

    region_code: str
    sector: Sector

    @classmethod
    def near(cls, hazard: Hazard) -> Aim:
        """The hazard's own sector in its county."""
        return cls(hazard.region_code[:COUNTY_DIGITS], hazard.sector)


def spread_similar_check(
    uow: UnitOfWork, hazard: Hazard, *, reason: str, by: str, aim: Aim | None = None, most: int = MOST_UNITS
) -> list[SimilarCheck]:
    """Ask the units that are aimed at, by default those of the hazard's sector and county, `most` of them at once;
    each gets a `similar_check` of its own.

    Units that were asked because of this hazard are left out, so spreading again goes on with the rest. Returns the
    new checks, none when everybody was asked. Raises InvalidRecord without a reason.
    """
    if not reason.strip():
        raise InvalidRecord({"reason": sentence("it must not be empty")})
    units = units_alike(uow.session, hazard, most, aim)
    checks = [
        SimilarCheck(hazard_id=hazard.id, unit_id=unit.id, reason=reason, asked_by=by, asked_at=uow.now)
        for unit in units
    ]
    uow.session.add_all(checks)
    uow.session.flush()
    known = facts_of(uow.session, hazard)
    start_many(uow, PROCESS, [(hazard.number, _variables(known, check)) for check in checks], by=by)
    if checks:
        told = {"units": [check.unit_id for check in checks], "reason": reason}
        publish(uow, "similar_check.spread", hazard.number, told)
    return checks


def units_alike(session: Session, hazard: Hazard, most: int, aim: Aim | None = None) -> Sequence[Organisation]:
    """Units aimed at that were not asked yet, the hazard's own left out, the longest known first."""
    wanted = _not_asked(hazard, aim or Aim.near(hazard)).order_by(Organisation.id).limit(most)
    return session.scalars(wanted).all()


def count_units_alike(session: Session, hazard: Hazard, aim: Aim, *, most: int) -> int:
    """How many units are aimed at and were not asked yet; counted up to `most`."""
    some = _not_asked(hazard, aim).with_only_columns(Organisation.id).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _not_asked(hazard: Hazard, aim: Aim) -> Select[Organisation]:
    asked = exists().where(SimilarCheck.hazard_id == hazard.id, SimilarCheck.unit_id == Organisation.id)
    return select(Organisation).where(
        Organisation.kind == OrganisationKind.ENTERPRISE,
        Organisation.sector == aim.sector,
        inside(Organisation.region_path, path_of(aim.region_code)),
        Organisation.id.is_distinct_from(hazard.unit_id),
        ~asked,
    )


def _variables(known: dict[str, Any], check: SimilarCheck) -> dict[str, Any]:
    return {"hazard": known, "check": {"id": check.id, "unit": check.unit_id, "reason": check.reason}}
