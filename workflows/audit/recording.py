"""Writes audit records, each with its event, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.audit.models import AuditKind, AuditRecord

Facts = Mapping[str, Any]
NOTHING: Facts = {}


def record(
    uow: UnitOfWork,
    kind: AuditKind,
    *,
    by: str,
    object_key: str,
    object_name: str = "",
    organisation_id: int | None = None,
    before: Facts = NOTHING,
    after: Facts = NOTHING,
    reason: str = "",
) -> None:
    """Put on record that a person did this, and tell the outbox. What is the same before and after is left out.

    Facts are plain JSON values; secrets are never among them.
    """
    old, new = differences(before, after)
    uow.session.add(
        AuditRecord(
            at=uow.now, actor=by, kind=kind, object_key=object_key, object_name=object_name or object_key,
            organisation_id=organisation_id, before=old, after=new, reason=reason,
        )
    )  # fmt: skip
    facts = {"object": object_key, "by": by, "before": old, "after": new, "reason": reason}
    publish(uow, f"administration.{kind.value.replace('.', '_')}", f"administration-{object_key}", facts)


def differences(before: Facts, after: Facts) -> tuple[dict[str, Any], dict[str, Any]]:
    """The entries of both that are not the same in the other."""
    names = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
    return {name: before[name] for name in names if name in before}, {
        name: after[name] for name in names if name in after
    }
