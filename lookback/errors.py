"""What can go wrong before anything runs: in the configuration, or in what a command was given."""

from __future__ import annotations

from collections.abc import Sequence


class StartError(Exception):
    """Root of the errors of the composition root; the message says what to mend."""


class DishonestProof(StartError):
    """The file is no proof of a draw, or its draw was not made as promised; the message says what is wrong."""


class InvalidConfiguration(StartError):
    """A key is unknown, misplaced or has a wrong value; mend each named one in the file or the environment."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)
