"""The audit record of what was done to a release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.releasing import Release
from engine.runtime import UnitOfWork
from workflows.audit import AuditKind, record

LONGEST_REASON: Final = 500
LONGEST_NAME: Final = 80


def put_on_record(
    uow: UnitOfWork, kind: AuditKind, release: Release, by: str, *, reason: str = "",
    after: Mapping[str, Any] | None = None,
) -> Release:  # fmt: skip
    """Write the audit record of an act, with its event, and hand the release on."""
    facts = {"state": release.state.value, "content_hash": release.content_hash, **(after or {})}
    record(
        uow, kind, by=by, object_key=f"release-{release.id}", object_name=release.comment[:LONGEST_NAME],
        after=facts, reason=reason[:LONGEST_REASON],
    )  # fmt: skip
    return release
