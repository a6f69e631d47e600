"""Who acts on tasks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person as the engine knows one: an account name, the groups it is in, and whether it administers.

    `stands_in_for` holds the accounts whose tasks this person may do for now, as their substitute; their groups are
    among `groups`. `lent` says of each group that the person is in for that reason alone who lent it, as pairs of
    group and account.
    """

    user: str
    groups: frozenset[str] = frozenset()
    is_administrator: bool = False
    stands_in_for: frozenset[str] = frozenset()
    lent: frozenset[tuple[str, str]] = frozenset()

    @property
    def identities(self) -> tuple[str, ...]:
        """The candidate identities this person answers to, those of the people stood in for included."""
        return _identities((self.user, *sorted(self.stands_in_for)), self.groups)

    @property
    def own_identities(self) -> tuple[str, ...]:
        """The candidate identities this person answers to in their own name."""
        return _identities((self.user,), self.groups - {group for group, _ in self.lent})

    def identities_of(self, account: str) -> tuple[str, ...]:
        """The candidate identities that this person has from somebody stood in for, and from nobody nearer."""
        return _identities((account,), frozenset(group for group, lender in self.lent if lender == account))

    @property
    def accounts(self) -> frozenset[str]:
        """The accounts whose personal tasks this person may do: their own and those stood in for."""
        return self.stands_in_for | {self.user}


def _identities(accounts: tuple[str, ...], groups: frozenset[str]) -> tuple[str, ...]:
    return (*(f"user:{account}" for account in accounts), *(f"group:{group}" for group in sorted(groups)))
