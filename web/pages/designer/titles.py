"""What the files of a draft are called on their diagrams and tables, for readers who do not think in file names."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definitions.checks.content import Content, read
from engine.definitions.files import Files


def titles_of(files: Files) -> dict[str, str]:
    """The name of each file's first process or decision, as far as it has one."""
    content, _unreadable = read(files)
    return dict(_named(content))


def _named(content: Content) -> Iterator[tuple[str, str]]:
    for diagram in content.diagrams:
        for process in diagram.processes[:1]:
            if name := process.get("name"):
                yield diagram.file, name
    for table in content.tables:
        for decision in table.decisions[:1]:
            if name := decision.get("name"):
                yield table.file, name
