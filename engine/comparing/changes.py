"""What a comparison says: files, their parts (elements, fields), and the properties of these, before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.storage.models import ResourceKind

if TYPE_CHECKING:
    from engine.comparing.tables import TableChange


class Change(StrEnum):
    """What became of something. MOVED: it says what it said, but stands elsewhere in the drawing or the list."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True)
class PropertyChange:
    """A property that differs; None where it was or is absent.

    `name` is a path such as `assignment.candidateGroups` or `operator.parameter[verdict]`. A reference to another
    part is told by that part's name with its id in brackets.
    """

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class PartChange:
    """A part that differs: an element of a diagram, or a field of a form. `kind` is its BPMN tag or form-js type."""

    kind: str
    id: str
    name: str
    change: Change
    properties: tuple[PropertyChange, ...] = ()


@dataclass(frozen=True)
class FileComparison:
    """A file of either set. `was_called` is its former name when it came under a new one with the same content.

    An unreadable file says so, and has no parts. `title` is what the file calls itself: its process, decision or form.
    """

    file: str
    kind: ResourceKind
    change: Change
    title: str = ""
    parts: tuple[PartChange, ...] = ()
    tables: tuple[TableChange, ...] = ()
    was_called: str | None = None
    unreadable: bool = False

    @property
    def counts(self) -> Mapping[Change, int]:
        """How many parts, rows and columns became what."""
        counted = Counter(part.change for part in self.parts)
        for table in self.tables:
            counted.update(table.counts)
        return counted

    @property
    def is_layout_only(self) -> bool:
        """Whether the drawing alone differs, and nothing that is executed or said."""
        return bool(self.counts) and set(self.counts) == {Change.MOVED}


@dataclass(frozen=True)
class Comparison:
    """All files that differ, by name; `same` counts those that do not."""

    files: tuple[FileComparison, ...] = ()
    same: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.files

    def file(self, name: str) -> FileComparison | None:
        """What became of a file; None when it is the same in both sets or in neither."""
        return next((each for each in self.files if each.file == name), None)
