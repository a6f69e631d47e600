"""The long-running commands, each as a process of its own: they start, do their work, and end when told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from socket import socket

from tests.integration.lookback.conftest import CommandLine

PATIENCE = 20.0


@contextmanager
def running(command: CommandLine, *arguments: str) -> Generator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from lookback.cli import main; main()",
            "--config",
            str(command.configuration),
            *arguments,
        ],
        env={**os.environ, **command.variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


def read_until(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return
    raise AssertionError(f"the process ended without saying {words!r}")


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer(url: str) -> int:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as response:
                return response.status
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_the_scheduler_ends_when_told(command: CommandLine) -> None:
    with running(command, "scheduler", "run") as scheduler:
        read_until(scheduler, "The scheduler runs")
        scheduler.send_signal(signal.SIGTERM)

        assert scheduler.wait(PATIENCE) == 0


def test_the_server_answers_until_told_to_end(command: CommandLine) -> None:
    port = free_port()
    with running(command, "serve", "--port", str(port)) as server:
        read_until(server, f"http://127.0.0.1:{port}")
        assert answer(f"http://127.0.0.1:{port}/healthz") == 200
        server.send_signal(signal.SIGTERM)

        assert server.wait(PATIENCE) == 0


def test_a_port_in_use_is_one_plain_line(command: CommandLine) -> None:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with running(command, "serve", "--port", str(taken.getsockname()[1])) as server:
            read_until(server, "set web.port")

            assert server.wait(PATIENCE) == 1
