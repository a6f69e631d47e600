"""Who acts on tasks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person as the engine knows one: an account name, the groups it is in, and whether it administers."""

    user: str
    groups: frozenset[str] = frozenset()
    is_administrator: bool = False

    @property
    def identities(self) -> tuple[str, ...]:
        """The candidate identities this person answers to."""
        return (f"user:{self.user}", *(f"group:{group}" for group in sorted(self.groups)))
