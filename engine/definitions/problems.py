"""A problem of a deployment: where it is, and what to do about it in one plain sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.definitions.fixes import Fix
from engine.definitions.remarks import Remark


class Severity(StrEnum):
    """An error keeps a set from being deployed; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing to mend in a file. The element's id and name are empty when the whole file is meant.

    The message of every check is a `Remark`: its template and facts say it in another language.
    """

    file: str
    element_id: str
    element_name: str
    message: str
    severity: Severity = Severity.ERROR

    @property
    def rule(self) -> str:
        """The stable name of the rule; empty for a problem that no check found."""
        return self.message.rule if isinstance(self.message, Remark) else ""

    @property
    def fix(self) -> Fix | None:
        """What mends the problem at one press, where there is something."""
        return self.message.fix if isinstance(self.message, Remark) else None

    def __str__(self) -> str:
        element = f"{self.element_id} ({self.element_name})" if self.element_name else self.element_id
        where = f"{self.file}, {element}" if element else self.file
        return f"{self.severity}: {where}: {self.message}"
