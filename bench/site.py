"""An installation of its own for a measurement: its commands, its server in a process of its own, and its visitors."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from typing import Final
from urllib.parse import urlencode

from lookback.settings import DatabaseSettings, Settings
from workflows.cast.sign_ins import DEMO_PASSWORD

PROGRAM: Final = Path(sys.executable).with_name("lookback")
TOKEN: Final = re.compile(rb'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Installation:
    """A database and a folder for what the installation makes for itself."""

    url: str
    state: Path

    @property
    def settings(self) -> Settings:
        return Settings(database=DatabaseSettings(url=self.url), state_folder=self.state)

    def run(self, *arguments: str) -> None:
        """One `lookback` command, to its end."""
        subprocess.run([PROGRAM, *arguments], check=True, env=self._environment, capture_output=True)

    @contextmanager
    def serving(self) -> Generator[int]:
        """The port at which the site answers."""
        port = _free_port()
        command = [PROGRAM, "serve", "--no-scheduler", "--port", str(port)]
        server = subprocess.Popen(
            command, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert server.stdout
        server.stdout.readline()
        _wait_for(port)
        try:
            yield port
        finally:
            server.terminate()
            server.wait()

    @property
    def _environment(self) -> dict[str, str]:
        own = {"LOOKBACK_DATABASE__URL": self.url, "LOOKBACK_STATE_FOLDER": str(self.state), "PYTHONUNBUFFERED": "1"}
        return dict(os.environ) | own


@dataclass(frozen=True)
class Answer:
    """What came of one request: how long it took (ms), and what was sent."""

    milliseconds: float
    status: int
    content: bytes


class Visitor:
    """A person's program: signed in, one connection kept open."""

    def __init__(self, port: int, account: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port)
        self._cookie = ""
        token = TOKEN.search(self.get("/sign-in").content)
        assert token, "the page for signing in has no form"
        fields = {"csrf_token": token[1].decode(), "account": account, "password": DEMO_PASSWORD}
        answer = self._ask("POST", "/sign-in", urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})
        assert answer.status == 302, f"{account} cannot sign in: {answer.status}"

    def get(self, path: str) -> Answer:
        """What stands at a path."""
        return self._ask("GET", path, None, {"Accept-Encoding": "br, gzip"})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        began = perf_counter()
        self._connection.request(method, path, body, headers | {"Cookie": self._cookie})
        response = self._connection.getresponse()
        content = response.read()
        milliseconds = (perf_counter() - began) * 1000
        cookies = [each.split(";")[0] for each in response.headers.get_all("Set-Cookie") or ()]
        self._cookie = "; ".join(cookies) or self._cookie
        return Answer(milliseconds, response.status, content)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _wait_for(port: int) -> None:
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            continue
        return
