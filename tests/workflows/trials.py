"""Scripts and sets of files for trials: our own definitions, and changes of them that a designer might make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from engine.definitions.files import Files, read_folder
from tests.workflows.play import AGREE, APPROVE, CONFIRM, PASS, PLAN, RECTIFICATION
from workflows.trials.script import Act, Beginning, Complete, Draw, Script

DEFINITIONS = Path(__file__).parents[2] / "bpmn"
FIRST_DAY = date(2022, 11, 8)
SELF_CHECK: tuple[Act, ...] = (
    Complete("confirm_hazard", "responsible_person", CONFIRM),
    Complete("make_plan", "responsible_person", PLAN),
    Complete("rectify", "responsible_person", RECTIFICATION),
    Complete("confirm_by_leader", "unit_leader", AGREE),
)
INSPECTION: tuple[Act, ...] = (
    Complete("verify_on_site", "department_inspector", PASS),
    Complete("countersign", "department_inspector", AGREE),
)
CLOSED: tuple[Act, ...] = (
    *SELF_CHECK,
    *INSPECTION,
    Draw(sampled=False),
    Complete("approve_closure", "closer", APPROVE),
)


@cache
def our_files() -> Files:
    """The set that is delivered, with its scenarios."""
    return read_folder(DEFINITIONS)


def script(*acts: Act, **beginning: Any) -> Script:
    """A trial of a general hazard that is found on the campaign's first day."""
    return Script(replace(Beginning(FIRST_DAY), **beginning), acts)


def changed(file: str, before: str, after: str, files: Files | None = None) -> dict[str, bytes]:
    """Our files with one text of one file in place of another."""
    files = our_files() if files is None else files
    assert before.encode() in files[file], f"{file} has no {before}"
    return {**files, file: files[file].replace(before.encode(), after.encode())}


def without_scenarios(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """A set that nothing stands in the way of but its own faults."""
    return {name: content for name, content in files.items() if not name.endswith(".scenario")}


def repeated(times: int) -> dict[str, bytes]:
    """Our files, with a service task that is done so many times at once."""
    flow = "<bpmn:outgoing>record_confirmation_to_needs_plan</bpmn:outgoing>"
    number = f"<bpmn:loopCardinality>{times}</bpmn:loopCardinality>"
    loop = f"<bpmn:multiInstanceLoopCharacteristics>{number}</bpmn:multiInstanceLoopCharacteristics>"
    return changed("self_check.bpmn", flow, flow + loop)
