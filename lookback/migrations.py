"""The packages that own tables, in the order in which their migrations build on each other."""

from __future__ import annotations

from engine.storage.migrate import ENGINE, Branch
from lookback.settings import PROJECT

WORKFLOWS = Branch("workflows", PROJECT / "workflows" / "storage" / "migrations" / "versions")
WEBHOOKS = Branch("webhooks", PROJECT / "webhooks" / "storage" / "migrations" / "versions")
BRANCHES = (ENGINE, WORKFLOWS, WEBHOOKS)
