"""A problem of a deployment: where it is, and what to do about it in one plain sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps a set from being deployed; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing to mend in a file. The element's id and name are empty when the whole file is meant."""

    file: str
    element_id: str
    element_name: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        element = f"{self.element_id} ({self.element_name})" if self.element_name else self.element_id
        where = f"{self.file}, {element}" if element else self.file
        return f"{self.severity}: {where}: {self.message}"
