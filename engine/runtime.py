"""The wired engine: database, clock, and what the domain registered; and the unit of work everything runs in."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from engine.clock import Clock
from engine.listeners import Listener
from engine.operators import OperatorRegistry
from engine.storage.database import Database

if TYPE_CHECKING:
    from engine.definitions.problems import Problem

Function = Callable[..., Any]
Proof = Callable[[Mapping[str, bytes]], "Sequence[Problem]"]
"""What a set of files must pass before it is deployed, beyond the checks of the files themselves."""


@dataclass(frozen=True)
class Runtime:
    """Everything the engine was wired with at start; immutable, shared by all threads.

    `functions` are the pure functions that expressions may call, by name. `proofs` are asked of every set that is about
    to be deployed; an error of theirs keeps it from that.
    """

    database: Database
    clock: Clock
    operators: OperatorRegistry = field(default_factory=OperatorRegistry)
    functions: Mapping[str, Function] = field(default_factory=lambda: MappingProxyType({}))
    listeners: tuple[Listener, ...] = ()
    proofs: tuple[Proof, ...] = ()

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
