"""Why a ledger file is refused as a whole; what is wrong with single cells is reported, not raised."""

from __future__ import annotations

from workflows.errors import WorkflowsError


class UnreadableFile(WorkflowsError):
    """The file cannot be read as a ledger; the message says, in Chinese for the official, why and what to do."""


class ImportRefused(WorkflowsError):
    """The import cannot begin or go on as asked; the message says what stands in the way."""
