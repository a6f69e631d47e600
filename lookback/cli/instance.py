"""`lookback instance show`: what happened to an instance, as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from sqlalchemy import select

from engine.errors import NotFound
from engine.instances import PathStep, path_of
from engine.runtime import UnitOfWork
from engine.storage.models import Incident, Instance, TaskStatus, UserTask
from lookback.cli.console import out
from lookback.cli.launch import Launch, pass_launch


@click.group()
def instance() -> None:
    """Process instances."""


@instance.command()
@click.argument("instance_id", metavar="ID", type=int)
@pass_launch
def show(launch: Launch, instance_id: int) -> None:
    """Print the path that instance ID took and what it waits for now."""
    zone = launch.settings.zone
    with launch.application() as application, application.runtime.reading() as uow:
        found = uow.session.get(Instance, instance_id)
        if found is None:
            raise NotFound("instance", instance_id)
        definition = found.definition
        _say(
            f"{definition.name or definition.process_id} version {definition.version}, {found.business_key}: "
            f"{found.status.value}"
        )
        for step in path_of(uow, instance_id):
            _say(f"  {step.at.astimezone(zone):%Y-%m-%d %H:%M}  {_sentence(step)}")
        for line in _waiting_for(uow, instance_id):
            _say(f"  {line}")


def _say(line: str) -> None:
    out.print(line, markup=False)


def _sentence(step: PathStep) -> str:
    what = step.kind.replace("_", " ")
    where = step.element_name or step.element_id or step.process_id or ""
    who = f"by {step.actor}" if step.actor else ""
    return " ".join(part for part in (f"{what:<19}", where, who, _details(step.data)) if part).rstrip()


def _details(data: dict[str, Any]) -> str:
    plain = {key: value for key, value in data.items() if isinstance(value, str | int | float) and value != ""}
    return f"({', '.join(f'{key}: {value}' for key, value in plain.items())})" if plain else ""


def _waiting_for(uow: UnitOfWork, instance_id: int) -> Iterator[str]:
    tasks = select(UserTask).where(UserTask.instance_id == instance_id, UserTask.status == TaskStatus.OPEN)
    for task in uow.session.scalars(tasks.order_by(UserTask.id)):
        yield f"waits for task {task.id} {task.name}" + (f", held by {task.assignee}" if task.assignee else "")
    incidents = select(Incident).where(Incident.instance_id == instance_id, Incident.resolved_at.is_(None))
    for incident in uow.session.scalars(incidents.order_by(Incident.id)):
        yield f"incident {incident.id} at {incident.element_id}: {incident.message}"
