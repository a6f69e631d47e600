"""Adds organisations of the cast in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import insert
from sqlalchemy.orm import Session

from workflows.geography.divisions import path_of
from workflows.organisations.models import Organisation, OrganisationKind
from workflows.organisations.sectors import Sector


@dataclass(frozen=True)
class Founding:
    """An organisation that is to be."""

    name: str
    kind: OrganisationKind
    region_code: str
    parent_id: int | None
    sector: Sector | None = None
    uscc: str | None = None


def found(session: Session, foundings: Iterable[Founding]) -> list[int]:
    """Add the organisations and return their ids in the same order."""
    rows = [
        {
            "name": it.name,
            "kind": it.kind,
            "region_code": it.region_code,
            "region_path": path_of(it.region_code),
            "parent_id": it.parent_id,
            "sector": it.sector,
            "uscc": it.uscc,
        }
        for it in foundings
    ]
    if not rows:
        return []
    return list(session.scalars(insert(Organisation).returning(Organisation.id, sort_by_parameter_order=True), rows))
