"""The command `lookback` and the table of its commands; each is imported when it is called."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import OperationalError

from engine.errors import EngineError
from lookback.cli.console import err
from lookback.cli.launch import Launch
from lookback.errors import StartError
from webhooks.errors import WebhooksError
from workflows.errors import WorkflowsError

COMMANDS = {
    "campaign": "lookback.cli.campaign",
    "definitions": "lookback.cli.definitions",
    "demo": "lookback.cli.demo",
    "doctor": "lookback.cli.doctor",
    "hazards": "lookback.cli.hazards",
    "inbox": "lookback.cli.inbox",
    "instance": "lookback.cli.instance",
    "migrate": "lookback.cli.migrate",
    "revision": "lookback.cli.revision",
    "scheduler": "lookback.cli.scheduler",
    "serve": "lookback.cli.serve",
    "spot-check": "lookback.cli.spot_check",
    "statistics": "lookback.cli.statistics",
    "webhooks": "lookback.cli.webhooks",
}


class Refusal(click.ClickException):
    """An error of ours, shown as red lines without a traceback; the command exits with 1."""

    def show(self, file: Any = None) -> None:
        err.print(self.message, style="red", markup=False)


class CommandTable(click.Group):
    """Finds a command in the table: the module's attribute of the command's own name, a dash being an underscore."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        return getattr(import_module(module), cmd_name.replace("-", "_")) if module else None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (EngineError, StartError, WebhooksError, WorkflowsError) as refused:
            raise Refusal(str(refused)) from refused
        except OperationalError as unreachable:
            raise Refusal(f"the database cannot be used: {unreachable.orig}") from unreachable


@click.command(cls=CommandTable, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The configuration file; else LOOKBACK_CONFIG names it, else ./config.yaml is read.",
)
@click.version_option(package_name="lookback")
@click.pass_context
def lookback(ctx: click.Context, config: Path | None) -> None:
    """Look-Back: inspection campaigns that run on BPMN."""
    ctx.obj = Launch(config)


def main() -> None:
    """The console script."""
    lookback.main(prog_name="lookback")
