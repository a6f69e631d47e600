"""`lookback webhooks incoming`: the hooks by which other systems call us."""

from __future__ import annotations

import click
from rich.table import Table

from lookback.cli.console import add_row, out
from lookback.cli.launch import Launch, pass_launch
from webhooks.incoming.hooks import add_hook, calls_of, hooks, rotate_hook, switch
from webhooks.incoming.models import Action
from workflows.organisations.people import actor_for


@click.group()
def incoming() -> None:
    """Hooks by which other systems call us, at /api/v1/hooks/NAME."""


@incoming.command(name="add")
@click.argument("name")
@click.option("--action", type=click.Choice([action.value for action in Action]), default=Action.REGISTER.value,
              show_default=True, help="What a call may do.")  # fmt: skip
@click.option("--for", "account", required=True, help="The account it acts for; its territory bounds what it may do.")
@click.option("--description", default="", help="Whose it is and what for.")
@click.option("--most-per-minute", default=60, show_default=True, type=click.IntRange(1, 10_000))
@pass_launch
def add(launch: Launch, name: str, action: str, account: str, description: str, most_per_minute: int) -> None:
    """Let another system call under NAME, and print the secret that signs its calls."""
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        actor_for(uow.session, account)
        vault = application.vault()
        hook = add_hook(
            uow, vault, name, Action(action), account, description=description, most_per_minute=most_per_minute
        )
        out.print(f"Hook {hook.name} is open.")
        out.print(f"Give the other side this secret, and nobody else: {vault.open(hook.secret)}", markup=False)


@incoming.command(name="list")
@pass_launch
def list_(launch: Launch) -> None:
    """Show the hooks."""
    table = Table("hook", "action", "acts for", "a minute", "state", "description")
    with launch.application() as application, application.runtime.reading() as uow:
        for hook in hooks(uow.session):
            state = "on" if hook.disabled_at is None else "off"
            add_row(table, hook.name, hook.action, hook.account, hook.most_per_minute, state, hook.description)
    out.print(table)


@incoming.command(name="calls")
@click.argument("name")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
@pass_launch
def calls(launch: Launch, name: str, limit: int) -> None:
    """Show the latest calls of a hook, and how each was answered."""
    table = Table("at", "id", "answered", "detail")
    with launch.application() as application, application.runtime.reading() as uow:
        for call in calls_of(uow.session, name, limit=limit):
            at = f"{call.at.astimezone(launch.settings.zone):%Y-%m-%d %H:%M:%S}"
            add_row(table, at, call.message_id, call.status, call.detail)
    out.print(table)


@incoming.command(name="rotate")
@click.argument("name")
@pass_launch
def rotate(launch: Launch, name: str) -> None:
    """Give a hook a fresh secret; for a day the one before is taken too."""
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        vault = application.vault()
        secret = vault.open(rotate_hook(uow, vault, name).secret)
        out.print(f"Give the other side this secret, and nobody else: {secret}", markup=False)


@incoming.command(name="switch")
@click.argument("name")
@click.argument("state", type=click.Choice(["on", "off"]))
@pass_launch
def switch_(launch: Launch, name: str, state: str) -> None:
    """Switch a hook on or off."""
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        switch(uow, name, on=state == "on")
    out.print(f"Hook {name} is {state}.")
