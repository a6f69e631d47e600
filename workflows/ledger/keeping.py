"""Where the ledger's files lie, outside the web root: what was handed in, what is said about it, what was written."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workflows.ledger.models import ExportJob, ImportJob

REPORT = "report.xlsx"
LONGEST_NAME = 100


@dataclass(frozen=True)
class LedgerFiles:
    """A folder that all nodes of an installation share."""

    folder: Path

    def handed_in(self, job: ImportJob) -> Path:
        """The file of an import, under the name that it came with."""
        return self._of(job) / harmless(job.file_name)

    def report(self, job: ImportJob) -> Path:
        """The workbook that says what is wrong with it."""
        return self._of(job) / REPORT

    def written(self, job: ExportJob) -> Path:
        """The file of an export that is done."""
        return self.folder / "exports" / f"{job.id}.{job.format.value}"

    def forget_handed_in(self, job: ImportJob) -> None:
        """Remove the file that was handed in; the report stays."""
        self.handed_in(job).unlink(missing_ok=True)

    def forget(self, job: ImportJob | ExportJob) -> None:
        """Remove everything that belongs to a job."""
        if isinstance(job, ExportJob):
            self.written(job).unlink(missing_ok=True)
        else:
            shutil.rmtree(self._of(job), ignore_errors=True)

    def _of(self, job: ImportJob) -> Path:
        return self.folder / "imports" / str(job.id)


def harmless(name: str) -> str:
    """A file's name without the folders and signs that could lead elsewhere; its ending is kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(character for character in last if character.isprintable() and character not in '<>:"|?*')
    kept = kept.strip(". ")[-LONGEST_NAME:]
    return f"ledger-{kept}" if kept in ("", REPORT) else kept


@contextmanager
def replacing(place: Path) -> Generator[Path]:
    """A path to write to; what was written stands at the place only when all of it is there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_name(f".{place.name}.part")
    try:
        yield unfinished
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)
