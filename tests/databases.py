"""Real databases for the tests: an SQLite file or a PostgreSQL database each, copied from a migrated template."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql

from engine.storage.migrate import upgrade
from lookback.migrations import BRANCHES

MISSING = (
    "No PostgreSQL server was found, and the tests need one. "
    "On Debian and Ubuntu: apt-get install postgresql. Elsewhere put initdb and pg_ctl on the PATH."
)
CLOSED = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=200"
FORGETFUL = f"{CLOSED} -c synchronous_commit=off"
"""What a test's server may lose, for speed; one that is to fall and come back must keep what was committed."""
TEMPLATE = "migrated"


class DatabaseSource(Protocol):
    """Gives out databases, each to one test."""

    def fresh(self) -> str:
        """The URL of a new, migrated database that nobody else uses."""
        ...

    def empty(self) -> str:
        """The URL of a new database without any table."""
        ...

    def copy(self, url: str) -> str:
        """The URL of a copy of a database, to which no connection may be open."""
        ...

    def drop(self, url: str) -> None:
        """Take a database back; no connection to it may be open."""
        ...


class SqliteFiles:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / f"{TEMPLATE}.db"
        self._numbers = count(1)
        upgrade(f"sqlite:///{self._template}", BRANCHES)

    def empty(self) -> str:
        return f"sqlite:///{self._folder / f'empty{next(self._numbers)}.db'}"

    def fresh(self) -> str:
        return self.copy(f"sqlite:///{self._template}")

    def copy(self, url: str) -> str:
        copy = self._folder / f"test{next(self._numbers)}.db"
        shutil.copyfile(url.removeprefix("sqlite:///"), copy)
        return f"sqlite:///{copy}"

    def drop(self, url: str) -> None:
        for file in self._folder.glob(f"{Path(url.removeprefix('sqlite:///')).name}*"):
            file.unlink()


class PostgresqlDatabases:
    """Copies of one migrated template database on a server that the tests started."""

    def __init__(self, socket_folder: Path) -> None:
        self._socket_folder = socket_folder
        self._numbers = count(1)
        self._administrate("CREATE DATABASE {}", TEMPLATE)
        upgrade(self._url(TEMPLATE), BRANCHES)

    def empty(self) -> str:
        name = f"empty{next(self._numbers)}"
        self._administrate("CREATE DATABASE {}", name)
        return self._url(name)

    def fresh(self) -> str:
        return self.copy(self._url(TEMPLATE))

    def copy(self, url: str) -> str:
        name = f"test{next(self._numbers)}"
        self._administrate(f"CREATE DATABASE {{}} TEMPLATE {_name(url)}", name)
        return self._url(name)

    def drop(self, url: str) -> None:
        self._administrate("DROP DATABASE {} WITH (FORCE)", _name(url))

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self._socket_folder}"

    def _administrate(self, statement: str, name: str) -> None:
        with psycopg.connect(f"postgresql://postgres@/postgres?host={self._socket_folder}", autocommit=True) as server:
            server.execute(sql.SQL(statement).format(sql.Identifier(name)))  # pyright: ignore[reportArgumentType] # fixed texts of this file


def _name(url: str) -> str:
    return url.split("@/")[1].split("?")[0]


@contextmanager
def postgresql_server(options: str = FORGETFUL) -> Generator[Path]:
    """A throw-away server in a temporary folder, which is also where its socket stands; gone at the end.

    Raises RuntimeError that says what to install when the machine has no PostgreSQL.
    """
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="lookback-pg-") as name:
        folder = Path(name)
        account = _account(folder)
        data = folder / "data"
        run = _Runner(programs, account)
        run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"-k {folder} {options}", "start")
        try:
            yield folder
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")


def restart_at_once(folder: Path) -> None:
    """Let a server fall, without a word to its clients, and come back."""
    run = _Runner(_programs(), _account(folder))
    options = f"-k {folder} {CLOSED}"
    run("pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "-l", folder / "log", "-o", options, "restart")


@dataclass(frozen=True)
class _Runner:
    programs: Path
    account: dict[str, Any]

    def __call__(self, program: str, *arguments: object) -> None:
        done = subprocess.run(
            [str(self.programs / program), *map(str, arguments)], capture_output=True, text=True, **self.account
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stdout}\n{done.stderr}")


def _programs() -> Path:
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parent.parent.name))
    if not on_path and not debian:
        raise RuntimeError(MISSING)
    return debian[-1].parent if debian else Path(str(on_path)).parent


def _account(folder: Path) -> dict[str, Any]:
    """Who runs the server: PostgreSQL refuses root, so root lends it to the account `postgres`."""
    place: dict[str, Any] = {"cwd": folder, "env": {**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"}}
    if os.geteuid() != 0:
        return place
    postgres = pwd.getpwnam("postgres")
    os.chown(folder, postgres.pw_uid, postgres.pw_gid)
    return place | {"user": postgres.pw_uid, "group": postgres.pw_gid, "extra_groups": []}
