"""The difference between a folder and what is deployed."""

from __future__ import annotations

from pathlib import Path

import pytest

from lookback.definitions import NoDefinitions, difference, files_in


def test_files_are_added_changed_and_removed() -> None:
    deployed = {"kept.bpmn": b"1", "changed.bpmn": b"1", "removed.form": b"1"}
    folder = {"kept.bpmn": b"1", "changed.bpmn": b"2", "added.dmn": b"1"}

    change = difference(deployed, folder)

    assert (change.added, change.changed, change.removed) == (("added.dmn",), ("changed.bpmn",), ("removed.form",))
    assert not change.is_empty


def test_the_same_files_are_no_difference() -> None:
    assert difference({"a.bpmn": b"1"}, {"a.bpmn": b"1"}).is_empty


@pytest.mark.parametrize("name", ["absent", "."])
def test_a_folder_without_definitions_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(NoDefinitions):
        files_in(tmp_path / name)
