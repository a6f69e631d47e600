"""Where operations begin: every process that runs, with what is open, late, failed or suspended in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from sqlalchemy import select

from engine.operating.counting import Loads, loads
from engine.runtime import UnitOfWork
from engine.storage.models import ProcessDefinition
from web.pages.operations.blueprint import pages
from web.wiring import runtime


@dataclass(frozen=True)
class Row:
    """The figures of one version of a process, or (version None) of all together."""

    process_id: str
    name: str
    version: int | None
    running: int
    suspended: int
    completed: int
    cancelled: int
    open: int
    overdue: int
    failed: int
    since: datetime | None


@dataclass(frozen=True)
class Process:
    """A process with its figures, those of its versions (the newest first), and whether new instances are refused."""

    whole: Row
    versions: Sequence[Row]
    is_suspended: bool


@pages.get("")
def index() -> str:
    """The processes."""
    with runtime().reading() as uow:
        counted = loads(uow)
        processes = processes_of(uow, counted)
        is_live = counted.counted_at == uow.now
    return render_template(
        "operations/home.html",
        processes=processes,
        total=_sum("", "", None, [process.whole for process in processes]),
        counted_at=counted.counted_at,
        is_live=is_live,
    )


def processes_of(uow: UnitOfWork, counted: Loads) -> list[Process]:
    """The processes that have instances, those with most failures, delays and work first."""
    known = select(ProcessDefinition).where(ProcessDefinition.id.in_(counted.definitions))
    by_process: dict[str, list[ProcessDefinition]] = defaultdict(list)
    for definition in uow.session.scalars(known.order_by(ProcessDefinition.version.desc())):
        by_process[definition.process_id].append(definition)
    processes = [_process(definitions, counted) for definitions in by_process.values()]
    return sorted(processes, key=lambda each: (each.whole.failed, each.whole.overdue, each.whole.running), reverse=True)


def _process(definitions: Sequence[ProcessDefinition], counted: Loads) -> Process:
    newest = definitions[0]
    rows = [_row(definition, counted) for definition in definitions]
    return Process(_sum(newest.process_id, newest.name, None, rows), rows, newest.suspended)


def _row(definition: ProcessDefinition, counted: Loads) -> Row:
    load, places = counted.definitions[definition.id], list(counted.of(definition.id))
    return Row(
        process_id=definition.process_id,
        name=definition.name,
        version=definition.version,
        running=load.running,
        suspended=load.suspended,
        completed=load.completed,
        cancelled=load.cancelled,
        open=sum(place.open for place in places),
        overdue=sum(place.overdue for place in places),
        failed=load.failed,
        since=load.since,
    )


def _sum(process_id: str, name: str, version: int | None, rows: Iterable[Row]) -> Row:
    listed = list(rows)
    begun = [row.since for row in listed if row.since is not None]
    return Row(
        process_id,
        name,
        version,
        running=sum(row.running for row in listed),
        suspended=sum(row.suspended for row in listed),
        completed=sum(row.completed for row in listed),
        cancelled=sum(row.cancelled for row in listed),
        open=sum(row.open for row in listed),
        overdue=sum(row.overdue for row in listed),
        failed=sum(row.failed for row in listed),
        since=min(begun, default=None),
    )
