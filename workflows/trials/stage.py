"""Where trials are played: a throw-away database in memory, copied from one that has the cast and a set of files.

The cast is made once for each process, a set is deployed to it once for each content; a copy then costs a millisecond.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock
from typing import Final, cast

from sqlalchemy import PoolProxiedConnection

from engine.clock import Clock, ReplayClock
from engine.definitions import deploy
from engine.definitions.files import Files, content_hash
from engine.definitions.library import forget, is_known
from engine.runtime import Runtime
from engine.storage.base import Base
from engine.storage.database import Database
from workflows.cast import load_cast
from workflows.cast.places import full_name, governed_places, lowest
from workflows.cast.sign_ins import DEMO_COUNTY
from workflows.storage import tables
from workflows.timekeeping import Timekeeping

TABLES: Final = tables.MAPPED
IN_MEMORY: Final = "sqlite://"
COUNTIES: Final = 3
MOST_SETS: Final = 4
"""How many sets of files are kept ready; each takes about three megabytes."""
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)
BY: Final = "trial"


@dataclass
class Theatre:
    """Plays with what an installation wired: its operators, functions, listeners and calendar; never its database."""

    runtime: Runtime
    timekeeping: Timekeeping
    _cast: bytes = b""
    _sets: OrderedDict[str, tuple[bytes, bool]] = field(default_factory=OrderedDict[str, tuple[bytes, bool]])
    _setting: Lock = field(default_factory=Lock)

    @property
    def regions(self) -> list[tuple[str, str]]:
        """The counties in which the cast has enterprises: code and full name, the demo's first."""
        places = lowest(governed_places(COUNTIES))
        return sorted(((it.code, full_name(it)) for it in places), key=lambda it: it[0] != DEMO_COUNTY)

    @contextmanager
    def stage(self, files: Files, clock: Clock) -> Generator[Runtime]:
        """A wired engine on a database of its own with the cast and these files; both are gone at the end.

        Raises InvalidDefinition when the files cannot be deployed.
        """
        with self._on(self._prepared(files), clock) as runtime:
            yield runtime

    def _prepared(self, files: Files) -> bytes:
        name = content_hash(files)
        with self._setting:
            if name not in self._sets:
                known = is_known(name)
                self._sets[name] = (self._deployed(files), known)
                self._make_room()
            self._sets.move_to_end(name)
            return self._sets[name][0]

    def _make_room(self) -> None:
        while len(self._sets) > MOST_SETS:
            name, (_content, was_known) = self._sets.popitem(last=False)
            if not was_known:
                forget(name)

    def _deployed(self, files: Files) -> bytes:
        self._cast = self._cast or self._with_cast()
        with self._on(self._cast, ReplayClock(LONG_AGO)) as runtime:
            with runtime.unit_of_work() as uow:
                deploy(uow, files, by=BY)
            return _content(runtime.database)

    def _with_cast(self) -> bytes:
        with self._on(b"", ReplayClock(LONG_AGO)) as runtime:
            Base.metadata.create_all(runtime.database.engine)
            with runtime.unit_of_work() as uow:
                load_cast(uow, counties=COUNTIES, units_per_sector=1)
            return _content(runtime.database)

    @contextmanager
    def _on(self, content: bytes, clock: Clock) -> Generator[Runtime]:
        database = Database(IN_MEMORY)
        try:
            if content:
                with closing(database.engine.raw_connection()) as connection:
                    _driver(connection).deserialize(content)
            yield replace(self.runtime, database=database, clock=clock, proofs=())
        finally:
            database.close()


def _content(database: Database) -> bytes:
    with closing(database.engine.raw_connection()) as connection:
        return _driver(connection).serialize()


def _driver(connection: PoolProxiedConnection) -> sqlite3.Connection:
    """The one connection to a database in memory, as SQLite's driver knows it."""
    return cast("sqlite3.Connection", connection.driver_connection)
