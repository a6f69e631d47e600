"""Writes the companions of new tables into their migration, as statements for the database that they are meant for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import CreateTableOp, DropTableOp, MigrateOperation, OpContainer

from engine.storage.base import Base
from engine.storage.companions import COMPANIONS, Companion, companions_of

_DEDENT = ""
"""Alembic indents what follows a colon by itself, until an empty line."""


class RunBeside(MigrateOperation):
    """Statements that run on one kind of database and are passed over on others."""

    def __init__(self, dialect: str, statements: Sequence[str]) -> None:
        self.dialect = dialect
        self.statements = statements


@renderers.dispatch_for(RunBeside)
def _render(_context: AutogenContext, operation: RunBeside) -> list[str]:
    condition = f'if op.get_context().dialect.name == "{operation.dialect}":'
    return [condition, *(f"op.execute({statement!r})" for statement in operation.statements), _DEDENT]


def add_companions(directive: Any) -> None:
    """Lay the companions of the tables that a new migration creates, or drops on its way back, beside them."""
    for container in (directive.upgrade_ops, directive.downgrade_ops):
        _insert(container)


def _insert(container: OpContainer) -> None:
    container.ops[:] = [each for operation in container.ops for each in _with_companions(operation)]


def _with_companions(operation: Any) -> Iterator[Any]:
    if isinstance(operation, DropTableOp):
        yield from _beside(operation.table_name, lambda companion: companion.drop)
    if isinstance(operation, CreateTableOp):
        operation.info.pop(COMPANIONS, None)
    yield operation
    if isinstance(operation, CreateTableOp):
        yield from _beside(operation.table_name, lambda companion: companion.create)


def _beside(table: str, statements: Callable[[Companion], tuple[str, ...]]) -> Iterator[RunBeside]:
    for companion in companions_of(Base.metadata, table):
        if statements(companion):
            yield RunBeside(companion.dialect, statements(companion))
