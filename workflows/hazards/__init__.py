"""Hazards (隐患): the record that a campaign is about, from registration to closure, and the ledger they make up."""

from workflows.hazards import guard as _guard  # noqa: F401  # pyright: ignore[reportUnusedImport] # it listens
