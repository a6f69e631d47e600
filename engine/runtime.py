"""The wired engine: database, clock, and what the domain registered; and the unit of work everything runs in."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from engine.clock import Clock
from engine.listeners import Listener
from engine.operators import OperatorRegistry
from engine.storage.database import Database

Function = Callable[..., Any]


@dataclass(frozen=True)
class Runtime:
    """Everything the engine was wired with at start; immutable, shared by all threads.

    `functions` are the pure functions that expressions may call, by name.
    """

    database: Database
    clock: Clock
    operators: OperatorRegistry = field(default_factory=OperatorRegistry)
    functions: Mapping[str, Function] = field(default_factory=lambda: MappingProxyType({}))
    listeners: tuple[Listener, ...] = ()

    @contextmanager
    def unit_of_work(self) -> Generator[UnitOfWork]:
        """One transaction: everything done inside is committed together, or nothing is."""
        with self.database.transaction() as session:
            yield UnitOfWork(self, session, self.clock.now())

    @contextmanager
    def reading(self) -> Generator[UnitOfWork]:
        """A unit of work for queries only."""
        with self.database.reading() as session:
            yield UnitOfWork(self, session, self.clock.now())


@dataclass(frozen=True)
class UnitOfWork:
    """One transaction at one moment. `now` (UTC) is read once, so all its records agree."""

    runtime: Runtime
    session: Session
    now: datetime
