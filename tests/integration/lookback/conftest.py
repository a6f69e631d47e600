"""A command line on a database and a folder of definitions of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.clock import SystemClock
from lookback.cli.root import lookback
from tests.databases import DatabaseSource
from tests.diagrams import diagram, end, flows, process, start, user_task

# The machine's own clock runs here; the calendar library may end with this year.
YEARS_TO_COME = range(SystemClock().now().year, SystemClock().now().year + 3)
ANYTHING = b'{"type": "default", "id": "anything", "schemaVersion": 18, "components": []}'


@dataclass
class CommandLine:
    """Calls `lookback` in this process, with settings from variables only."""

    database_url: str
    folder: Path
    environment: dict[str, str] = field(default_factory=dict[str, str])

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(lookback, ["--config", str(self.configuration), *arguments], env=self.variables)

    @property
    def configuration(self) -> Path:
        file = self.folder / "config.yaml"
        file.touch()
        return file

    @property
    def definitions(self) -> Path:
        return self.folder / "bpmn"

    @property
    def variables(self) -> dict[str, str]:
        own = {
            "LOOKBACK_DATABASE__URL": self.database_url,
            "LOOKBACK_DEFINITIONS__FOLDER": str(self.definitions),
            "LOOKBACK_STATE_FOLDER": str(self.folder / "var"),
            "LOOKBACK_CALENDAR__COVERED_YEARS": ",".join(str(year) for year in YEARS_TO_COME),
            "COLUMNS": "200",
        }
        return own | self.environment

    def draw(self, *content: str, name: str = "letter.bpmn") -> None:
        """Put a diagram into the folder of definitions."""
        self.definitions.mkdir(exist_ok=True)
        (self.definitions / name).write_bytes(diagram(*content))
        (self.definitions / "anything.form").write_bytes(ANYTHING)

    def draw_letter(self) -> None:
        self.draw(process("letter", start(), user_task("write"), end(), flows("start", "write", "end")))


@pytest.fixture
def command(database_url: str, tmp_path: Path) -> CommandLine:
    """A command line on a migrated database."""
    return CommandLine(database_url, tmp_path)


@pytest.fixture
def command_on_nothing(sqlite_files: DatabaseSource, tmp_path: Path) -> CommandLine:
    """A command line whose SQLite file does not exist yet."""
    return CommandLine(sqlite_files.empty(), tmp_path)
