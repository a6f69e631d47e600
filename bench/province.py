"""A province full of hazards: the demo's few hundred, each copied to other counties until there are enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from engine.storage.base import Base, table_of
from engine.storage.bulk import insert_rows, reserve_ids
from engine.storage.database import Database
from engine.storage.models import TaskCandidate, TaskStatus, UserTask
from workflows.geography.divisions import RegionLevel, divisions, path_of
from workflows.hazards.models import Hazard
from workflows.organisations.models import Organisation, OrganisationKind
from workflows.organisations.sectors import Sector
from workflows.search import entries_of
from workflows.search.models import HazardSearch

BATCH: Final = 10_000
SPREAD: Final = timedelta(days=20)
"""How far a copy's dates lie from those of the hazard it was copied from, at most."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A county with the bodies that answer for hazards there."""

    code: str
    path: str
    committee: int
    departments: Mapping[Sector, int]
    units: Sequence[Organisation]


def fill(database: Database, hazards: int, random: Random) -> None:
    """Copy what the database holds until it has so many hazards, with their open tasks and those whom they wait for."""
    with database.transaction() as session:
        places = _places(session)
        originals = [dict(row) for row in session.execute(select(table_of(Hazard))).mappings()]
        tasks = _open_tasks(session)
    for first in range(len(originals), hazards, BATCH):
        numbers = range(first, min(first + BATCH, hazards))
        with database.transaction() as session:
            _copy(session, [(n, originals[n % len(originals)], random.choice(places)) for n in numbers], tasks, random)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))


def _places(session: Session) -> list[Place]:
    bodies: dict[str, list[Organisation]] = {}
    for body in session.scalars(select(Organisation)):
        bodies.setdefault(body.region_code[:6], []).append(body)
    counties = [code for code, division in divisions().items() if division.level is RegionLevel.COUNTY]
    return [place for code in counties if (place := _place(code, bodies.get(code[:6], [])))]


def _place(code: str, bodies: Sequence[Organisation]) -> Place | None:
    committees = [body.id for body in bodies if body.kind is OrganisationKind.COMMITTEE]
    departments = {it.sector: it.id for it in bodies if it.kind is OrganisationKind.DEPARTMENT and it.sector}
    units = [body for body in bodies if body.kind is OrganisationKind.ENTERPRISE]
    if not committees or not departments or not units:
        return None
    return Place(code, path_of(code), committees[0], departments, units)


def _open_tasks(session: Session) -> dict[str, list[tuple[Row, list[Row]]]]:
    """The open tasks by hazard's number, each with those to whom it is offered."""
    found: dict[str, list[tuple[Row, list[Row]]]] = {}
    tasks, candidates = table_of(UserTask), table_of(TaskCandidate)
    for task in session.execute(select(tasks).where(tasks.c.status == TaskStatus.OPEN)).mappings().all():
        offered = session.execute(select(candidates).where(candidates.c.task_id == task["id"])).mappings()
        found.setdefault(task["business_key"], []).append((dict(task), [dict(each) for each in offered]))
    return found


def _copy(
    session: Session,
    wanted: Sequence[tuple[int, Row, Place]],
    tasks: Mapping[str, list[tuple[Row, list[Row]]]],
    random: Random,
) -> None:
    hazards = [_hazard(number, original, place, random) for number, original, place in wanted]
    _insert(session, Hazard, hazards)
    insert_rows(session, HazardSearch, entries_of([Hazard(**row) for row in hazards]))
    copied = list(_tasks(zip(hazards, wanted, strict=True), tasks))
    _insert(session, UserTask, [task for task, _ in copied])
    offered = [each | {"task_id": task["id"], "due_at": each["due_at"]} for task, rows in copied for each in rows]
    insert_rows(session, TaskCandidate, offered)


def _insert(session: Session, model: type[Base], rows: list[Row]) -> None:
    for row, key in zip(rows, reserve_ids(session, model, len(rows)), strict=True):
        row["id"] = key
    insert_rows(session, model, rows)


def _hazard(number: int, original: Row, place: Place, random: Random) -> Row:
    moved = SPREAD * random.uniform(-1, 1)
    unit = random.choice(place.units)
    dates = {name: value + moved for name, value in original.items() if name.endswith("_at") and value is not None}
    return original | dates | {
        "number": f"豫测-{place.code}-{number:07}",
        "region_code": place.code,
        "region_path": place.path,
        "committee_id": place.committee,
        "department_id": place.departments.get(original["sector"], original["department_id"]),
        "unit_id": unit.id,
        "unit_name": unit.name,
        "fingerprint": random.randbytes(16),
        "previous_id": None,
        "returns": 0,  # whose reasons were not copied
    }  # fmt: skip


def _tasks(
    copied: Iterator[tuple[Row, tuple[int, Row, Place]]], tasks: Mapping[str, list[tuple[Row, list[Row]]]]
) -> Iterator[tuple[Row, list[Row]]]:
    for hazard, (number, original, _) in copied:
        for place, (task, offered) in enumerate(tasks.get(original["number"], ())):
            token = UUID(int=(number << 8) + place)
            yield (
                task | {"token": token, "business_key": hazard["number"], "assignee": None},
                [each | {"identity": _identity(each["identity"], original, hazard)} for each in offered],
            )


def _identity(identity: str, original: Row, hazard: Row) -> str:
    """The group of the same role in the copy's place; what belongs to a level above stays there."""
    role, _, organisation = identity.rpartition("@")
    for name in ("committee_id", "department_id", "unit_id"):
        if organisation == str(original[name]):
            return f"{role}@{hazard[name]}"
    return identity
