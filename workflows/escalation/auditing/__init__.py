"""Auditing (核验): proves from the records that every deadline was escalated, and everybody told, as it had to be."""

from workflows.escalation.auditing.audit import audit_escalations
from workflows.escalation.auditing.differences import Difference, Fault

__all__ = ["Difference", "Fault", "audit_escalations"]
