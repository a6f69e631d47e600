"""How a model becomes the text of a migration: our column types by name, and only the tables of one package."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON, BigInteger, Enum

from engine.storage.base import Base, UtcDateTime
from engine.storage.companions import companion_indexes

IncludeObject = Callable[[Any, str | None, str, bool, Any], bool]


def render_item(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """The text of a column type; `False` leaves it to Alembic.

    An enum is written as plain text, so that a migration never depends on what a later release makes of the enum.
    """
    if kind != "type":
        return False
    if isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    name = _name_in_base(item)
    if name is None:
        return False
    context.imports.add("from engine.storage import base")
    return f"base.{name}"


def tables_of(package: str | None) -> IncludeObject:
    """Restricts a comparison to the tables whose classes stand in `package`; without one, to every mapped table.

    A table that no class maps any more belongs to nobody: its removal is written by hand. Companions' indexes are left
    out, because no model can say them.
    """
    owners = {mapper.local_table.description: mapper.class_.__module__ for mapper in Base.registry.mappers}

    beside = companion_indexes(Base.metadata)

    def include(_item: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
        if kind != "table":
            return kind != "index" or name not in beside
        owner = owners.get(name or "")
        return owner is not None and (package is None or owner.split(".")[0] == package)

    return include


def _name_in_base(item: Any) -> str | None:
    if isinstance(item, UtcDateTime):
        return "UtcDateTime()"
    if isinstance(item, BigInteger):
        return "BigKey"
    if isinstance(item, JSON):
        return "Json"
    return None
