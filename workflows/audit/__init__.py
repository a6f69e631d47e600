"""Who changed what, from what to what, and when: the domain's own record beside the engine's history."""

from workflows.audit.models import AuditKind, AuditRecord
from workflows.audit.recording import record

__all__ = ["AuditKind", "AuditRecord", "record"]
