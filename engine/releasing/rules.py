"""What an installation asks of a release."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReleaseRules:
    """`approvals` people other than its authors agree before a release takes effect; 0 asks nobody.

    With `emergency_rollback` an operator may go back to an earlier version at once, with a reason that stays on record.
    """

    approvals: int = 1
    emergency_rollback: bool = True
