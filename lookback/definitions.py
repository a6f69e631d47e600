"""The folder of diagrams, decision tables and forms beside what is deployed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.definitions import read_folder
from engine.storage.models import Deployment, Resource
from lookback.errors import StartError


class NoDefinitions(StartError):
    """The folder holds no .bpmn, .dmn or .form file; name another one with --folder or definitions.folder."""


@dataclass(frozen=True)
class Difference:
    """File names by what a deployment of the folder would do to them."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)


def files_in(folder: Path) -> dict[str, bytes]:
    """The definition files of a folder by name. Raises NoDefinitions when there are none."""
    files = read_folder(folder) if folder.is_dir() else {}
    if not files:
        raise NoDefinitions(f"{folder}: there is no .bpmn, .dmn or .form file")
    return files


def deployed_files(session: Session) -> dict[str, bytes]:
    """The files of the newest deployment by name; empty when nothing was ever deployed."""
    newest = select(Deployment.id).order_by(Deployment.id.desc()).limit(1).scalar_subquery()
    rows = session.execute(select(Resource.name, Resource.content).where(Resource.deployment_id == newest))
    return {row[0]: row[1] for row in rows}


def difference(deployed: Mapping[str, bytes], folder: Mapping[str, bytes]) -> Difference:
    """What would change if the folder were deployed."""
    return Difference(
        added=tuple(sorted(folder.keys() - deployed.keys())),
        changed=tuple(sorted(name for name in folder.keys() & deployed.keys() if folder[name] != deployed[name])),
        removed=tuple(sorted(deployed.keys() - folder.keys())),
    )
