"""`lookback serve`: pages, REST API and, unless told otherwise, the scheduler, in one process."""

from __future__ import annotations

import signal
from contextlib import nullcontext
from types import FrameType

import click

from lookback.cli.console import err, out
from lookback.cli.launch import Launch, pass_launch
from lookback.errors import StartError
from lookback.serving import web_application
from web.serve import serve as answer


class AddressInUse(StartError):
    """Another program answers at this address; stop it, or set web.port."""


@click.command()
@click.option("--host", help="Listen at this address instead of web.host.")
@click.option("--port", type=click.IntRange(1, 65_535), help="Listen at this port instead of web.port.")
@click.option("--scheduler/--no-scheduler", default=True, help="Whether this process also fires due timers.")
@pass_launch
def serve(launch: Launch, host: str | None, port: int | None, scheduler: bool) -> None:
    """Serve the site until stopped."""
    launch.start_logging()
    web = launch.settings.web
    host, port = host or web.host, port or web.port
    signal.signal(signal.SIGTERM, _end)
    with launch.application() as application, application.scheduler() if scheduler else nullcontext():
        site = web_application(application)
        out.print(f"Look-Back answers on [bold]http://{host}:{port}[/]")
        err.print("Ctrl-C ends it.")
        try:
            answer(site, host, port, threads=web.threads)
        except OSError as refused:
            raise AddressInUse(f"http://{host}:{port} cannot be served: {refused.strerror}; set web.port") from refused


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
