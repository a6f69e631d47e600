"""`lookback inbox`: a person's open tasks."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import click
from rich.table import Table

from engine.tasks import inbox as open_tasks
from lookback.cli.console import out
from lookback.cli.launch import Launch, pass_launch
from workflows.organisations.people import actor_for


@click.command()
@click.argument("user")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="Show no more than these.")
@pass_launch
def inbox(launch: Launch, user: str, limit: int) -> None:
    """Show what USER holds or could take, soonest due first."""
    zone = launch.settings.zone
    table = Table("task", "due", "about", "what", "held by", "instance")
    with launch.application() as application, application.runtime.reading() as uow:
        actor = actor_for(uow.session, user, on=uow.now.astimezone(zone).date())
        page = open_tasks(uow.session, actor, limit=limit)
        for task in page.tasks:
            due = _local(task.due_at, zone)
            late = "red" if task.due_at is not None and task.due_at < uow.now else ""
            table.add_row(
                str(task.id), due, task.business_key, task.name, task.assignee or "", str(task.instance_id), style=late
            )
    out.print(table if page.tasks else f"{user} has no open task.")
    if page.next is not None:
        out.print(f"There are more than {limit}.")


def _local(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else ""
