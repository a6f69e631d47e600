"""`lookback definitions migrate`: moves running instances to another version, or says what would become of them."""

from __future__ import annotations

import time
from getpass import getuser
from threading import Event
from typing import Any

import click
from sqlalchemy import select

from engine import migrating
from engine.errors import NotFound
from engine.migrating import UNDER_WAY, Deadlines, Migration, MigrationState, Movability, Obstacle
from engine.runtime import Runtime, UnitOfWork
from engine.storage.models import ProcessDefinition
from lookback.cli.console import out
from lookback.cli.launch import Launch, pass_launch

LOOKS_AGAIN_AFTER = 1.0
"""Seconds after which the command looks again at a migration on which another process works."""


@click.command(name="migrate")
@click.argument("process_id")
@click.option("--from", "source", type=int, required=True, help="The version on which the instances run.")
@click.option("--to", "target", type=int, help="The version they are moved to.", show_default="the newest")
@click.option("--preview", is_flag=True, help="Only say what would become of them.")
@click.option(
    "--map", "mapped", multiple=True, metavar="PROCESS:OLD=NEW", help="What an element becomes; may be repeated."
)
@click.option("--deadlines", type=click.Choice([each.value for each in Deadlines]), default=Deadlines.KEEP.value)
@click.option("--reason", default="", help="Why, for the record.")
@click.option("--by", default=getuser, help="Who moves them, for the record.", show_default="your account")
@pass_launch
@click.pass_context
def migrate(
    ctx: click.Context, launch: Launch, process_id: str, source: int, target: int | None, preview: bool,
    mapped: tuple[str, ...], deadlines: str, reason: str, by: str,
) -> None:  # fmt: skip
    """Move the running instances of PROCESS_ID to another version; exits with 1 when some cannot be moved."""
    with launch.application() as application:
        runtime = application.runtime
        number = _begin(runtime, process_id, source, target, _mapping(mapped), reason, by)
        _work(runtime, number)
        is_clean = _print_preview(runtime, number)
        if preview:
            with runtime.unit_of_work() as uow:
                migrating.cancel(uow, _migration(uow, number), by=by)
            ctx.exit(0 if is_clean else 1)
        with runtime.unit_of_work() as uow:
            migrating.run(uow, _migration(uow, number), by=by, deadlines=Deadlines(deadlines), reason=reason)
        _work(runtime, number)
        ended = _ended(runtime, number)
    out.print(f"Migration {number}: {ended.moved:,} moved, {ended.failed:,} failed, {ended.passed_over:,} passed over.")
    ctx.exit(0 if is_clean and not ended.failed and ended.state is MigrationState.DONE else 1)


def _begin(
    runtime: Runtime, process_id: str, source: int, target: int | None, mapping: dict[str, Any], reason: str, by: str
) -> int:
    with runtime.unit_of_work() as uow:
        from_id, to_id = (_definition(uow, process_id, version) for version in (source, target))
        return migrating.begin(uow, from_id=from_id, to_id=to_id, by=by, mapping=mapping, reason=reason).id


def _definition(uow: UnitOfWork, process_id: str, version: int | None) -> int:
    wanted = select(ProcessDefinition.id).where(ProcessDefinition.process_id == process_id)
    if version is not None:
        wanted = wanted.where(ProcessDefinition.version == version)
    found = uow.session.scalars(wanted.order_by(ProcessDefinition.version.desc()).limit(1)).one_or_none()
    if found is None:
        raise NotFound("process definition", f"{process_id} version {version}" if version else process_id)
    return found


def _mapping(mapped: tuple[str, ...]) -> dict[str, Any]:
    chosen: dict[str, dict[str, str | None]] = {}
    for each in mapped:
        process, colon, pair = each.partition(":")
        old, equals, new = pair.partition("=")
        if not (colon and equals):
            raise click.BadParameter(f"{each!r} is not PROCESS:OLD=NEW", param_hint="--map")
        chosen.setdefault(process, {})[old] = new or None
    return chosen


def _work(runtime: Runtime, number: int) -> None:
    """Work on the migration, or wait for whoever does, until it rests."""
    while _ended(runtime, number).state in UNDER_WAY:
        if not migrating.work_on_next(runtime, Event()):
            time.sleep(LOOKS_AGAIN_AFTER)


def _print_preview(runtime: Runtime, number: int) -> bool:
    with runtime.reading() as uow:
        migration = _migration(uow, number)
        groups = migrating.groups_of(uow.session, migration, migrating.plan_of(uow.session, migration))
    counted = migrating.verdicts(groups)
    out.print(
        f"{migration.total:,} instances: {counted[Movability.MOVABLE]:,} can be moved, "
        f"{counted[Movability.NEEDS_MAPPING]:,} need a mapping, {counted[Movability.BLOCKED]:,} are blocked."
    )
    for obstacle, count in migrating.reasons(groups):
        out.print(f"  {count:,} {_said(obstacle)}", style="yellow", markup=False)
    return counted[Movability.MOVABLE] == migration.total


def _said(obstacle: Obstacle) -> str:
    place = f" at {obstacle.process}:{obstacle.element} ({obstacle.name})" if obstacle.element else ""
    remedy = f"; --map {obstacle.process}:{obstacle.element}=…" if obstacle.can_be_mapped else ""
    return f"{obstacle.kind.value.replace('_', ' ')}{place}{remedy}"


def _migration(uow: UnitOfWork, number: int) -> Migration:
    return migrating.migration_of(uow.session, number)


def _ended(runtime: Runtime, number: int) -> Migration:
    with runtime.reading() as uow:
        return _migration(uow, number)
