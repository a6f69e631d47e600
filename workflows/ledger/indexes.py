"""The indexes of hazards that the ledger's orders and filters need beyond those that the hazards have anyway.

An order is served by the campaign, what it is ordered by, and the id. What only few hazards have is indexed for these
few alone, so that the others cost nothing when they are written.
"""

from __future__ import annotations

from sqlalchemy import Index, text

from workflows.hazards.models import Hazard

_RECTIFIED, _CLOSED = text("rectified_at IS NOT NULL"), text("closed_at IS NOT NULL")
_UNRECTIFIED = text("rectified_at IS NULL AND closed_at IS NULL")
_JUDGED, _HAS_ACCOUNT = text("verdict IS NOT NULL"), text("responsible_person IS NOT NULL")

ORDERS = (
    Index("ix_hazard_ledger_number", Hazard.campaign_id, Hazard.number),
    Index("ix_hazard_ledger_due", Hazard.campaign_id, Hazard.due_at, Hazard.id),
    Index("ix_hazard_ledger_found", Hazard.campaign_id, Hazard.found_on, Hazard.id),
    Index("ix_hazard_ledger_severity", Hazard.campaign_id, Hazard.severity, Hazard.id),
    Index("ix_hazard_ledger_returns", Hazard.campaign_id, Hazard.returns, Hazard.id),
)
FILTERS = (
    Index("ix_hazard_ledger_registered", Hazard.campaign_id, Hazard.created_at),
    Index("ix_hazard_ledger_source", Hazard.campaign_id, Hazard.source, Hazard.id),
    Index("ix_hazard_ledger_origin", Hazard.campaign_id, Hazard.origin, Hazard.id),
    Index("ix_hazard_ledger_unit_name", Hazard.campaign_id, Hazard.unit_name),
    Index("ix_hazard_ledger_responsible", Hazard.responsible_name, Hazard.id),
)
FEW = (
    Index(
        "ix_hazard_ledger_unrectified",
        Hazard.campaign_id,
        Hazard.due_at,
        Hazard.id,
        postgresql_where=_UNRECTIFIED,
        sqlite_where=_UNRECTIFIED,
    ),
    Index(
        "ix_hazard_ledger_rectified",
        Hazard.campaign_id,
        Hazard.rectified_at,
        postgresql_where=_RECTIFIED,
        sqlite_where=_RECTIFIED,
    ),
    Index(
        "ix_hazard_ledger_closed",
        Hazard.campaign_id,
        Hazard.closed_at,
        postgresql_where=_CLOSED,
        sqlite_where=_CLOSED,
    ),
    Index(
        "ix_hazard_ledger_verdict",
        Hazard.campaign_id,
        Hazard.verdict,
        postgresql_where=_JUDGED,
        sqlite_where=_JUDGED,
    ),
    Index(
        "ix_hazard_ledger_account",
        Hazard.responsible_person,
        Hazard.id,
        postgresql_where=_HAS_ACCOUNT,
        sqlite_where=_HAS_ACCOUNT,
    ),
    # The databases write a condition on a flag differently, and take an index only for one that is written like its.
    Index(
        "ix_hazard_ledger_listed",
        Hazard.campaign_id,
        Hazard.id,
        postgresql_where=text("listed"),
        sqlite_where=text("listed = 1"),
    ),
    Index(
        "ix_hazard_ledger_exposed",
        Hazard.campaign_id,
        Hazard.id,
        postgresql_where=text("exposed"),
        sqlite_where=text("exposed = 1"),
    ),
)
