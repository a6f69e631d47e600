"""Which files of a draft are not as they are in its base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from engine.definitions.files import kind_of
from engine.modelling.reading import DraftFile, base_files, draft_of, files_with_revisions
from engine.storage.models import ResourceKind


class FileState(StrEnum):
    """How a file of a draft stands to the base."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class FileStanding:
    """A file of the draft or of its base, its newest revision (0: as in the base) and how it differs."""

    name: str
    revision: int
    standing: FileState

    @property
    def kind(self) -> ResourceKind | None:
        """What the file holds, by its ending."""
        return kind_of(self.name)


def standings(session: Session, draft_id: int) -> list[FileStanding]:
    """Every file of a draft and of its base, by name. Raises NotFound."""
    base = base_files(session, draft_of(session, draft_id))
    now = files_with_revisions(session, draft_id)
    return [FileStanding(name, _revision(now, name), _standing(base, now, name)) for name in sorted(base | now)]


def _revision(now: Mapping[str, DraftFile], name: str) -> int:
    return now[name].revision if name in now else 0


def _standing(base: Mapping[str, bytes], now: Mapping[str, DraftFile], name: str) -> FileState:
    if name not in now:
        return FileState.REMOVED
    if name not in base:
        return FileState.ADDED
    return FileState.SAME if base[name] == now[name].content else FileState.CHANGED
