"""Puts the cast on stage: divisions, organisations from the province down, their people and roles, in bulk."""

from __future__ import annotations

from random import Random

from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.cast.cast import Cast, cast_of
from workflows.cast.government import found_committees, found_departments, found_townships
from workflows.cast.places import governed_places, lowest
from workflows.cast.recruiting import Recruiter
from workflows.cast.teams import found_teams
from workflows.cast.units import found_units
from workflows.geography.divisions import HENAN
from workflows.geography.regions import load_divisions


def load_cast(uow: UnitOfWork, *, counties: int | None = None, units_per_sector: int = 2, seed: int = 2022) -> Cast:
    """The cast, made now unless the database has one: every city, and as many counties as wanted (None: all).

    The demo's county is always among them, and a small number still spreads over the cities. Each county gets
    `units_per_sector` enterprises in each sector. Equal arguments give equal casts.
    """
    present = cast_of(uow.session)
    return present or _make(uow.session, counties, units_per_sector, Random(seed))


def _make(session: Session, counties: int | None, units_per_sector: int, random: Random) -> Cast:
    load_divisions(session)
    places = governed_places(counties)
    recruiter = Recruiter(random)
    committees = found_committees(session, recruiter, places)
    departments = found_departments(session, recruiter, places, committees)
    townships = found_townships(session, recruiter, lowest(places), committees)
    found_units(session, recruiter, lowest(places), committees | townships, units_per_sector, random)
    found_teams(session, recruiter, committees[HENAN], departments)
    recruiter.hire(session)
    made = cast_of(session)
    assert made is not None
    return made
