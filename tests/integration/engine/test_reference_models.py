"""Reference models, such as those of the BPMN MIWG, are kept byte for byte, lose nothing in the designer's modeler, and
either deploy or are refused with the element named.

The models are not ours to hand on: `LOOKBACK_REFERENCE_MODELS` names a folder that holds them. Our own diagrams are
always tried.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import etree

from engine.definitions import Severity, check, read_folder
from engine.operators import OperatorRegistry

ROOT = Path(__file__).parents[3]
OURS = ROOT / "bpmn"
FOLDERS = [OURS, *(Path(folder) for folder in [os.environ.get("LOOKBACK_REFERENCE_MODELS")] if folder)]
FRONT_END = ROOT / "web" / "frontend"
NOTHING: Any = SimpleNamespace(operators=OperatorRegistry(), functions={})

DEFAULTS = {
    ("isExecutable", "true"), ("isInterrupting", "true"), ("cancelActivity", "true"), ("triggeredByEvent", "false"),
    ("isForCompensation", "false"), ("parallelMultiple", "false"), ("isCollection", "false"), ("isClosed", "false"),
    ("isSequential", "false"), ("instantiate", "false"), ("gatewayDirection", "Unspecified"), ("startQuantity", "1"),
    ("completionQuantity", "1"), ("processType", "None"), ("implementation", "##unspecified"), ("isImmediate", "false"),
    ("implementation", "##WebService"), ("eventGatewayType", "Exclusive"), ("structureKind", "simple"),
    ("itemKind", "Information"), ("associationDirection", "None"), ("textFormat", "text/plain"),
    ("isUnlimited", "false"), ("isReference", "false"), ("isHorizontal", "true"), ("method", "##Compensate"),
    ("ordering", "Parallel"), ("cancelRemainingInstances", "true"), ("behavior", "All"), ("testBefore", "false"),
    ("expressionLanguage", "http://www.w3.org/1999/XPath"), ("typeLanguage", "http://www.w3.org/2001/XMLSchema"),
    ("isMarkerVisible", "false"), ("isExpanded", "false"), ("waitForCompletion", "true"), ("isLabelVisible", "true"),
}  # fmt: skip
"""What BPMN says of an attribute that is not written; a modeler may leave it out."""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_model_deploys_or_is_refused_with_the_element_named(folder: Path) -> None:
    for name, content in _models(folder).items():
        problems = check({name: content}, NOTHING)
        for problem in problems:
            assert problem.file == name, problem
            assert problem.rule, problem
            assert problem.element_id or problem.rule in {"no-process", "xml", "id-twice"}, problem
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        print(f"{name}: {'deploys' if not errors else f'refused, {len(errors)} errors, first: {errors[0]}'}")  # noqa: T201


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_designer_s_modeler_loses_no_element_and_no_attribute(folder: Path, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not (FRONT_END / "node_modules" / "bpmn-moddle").is_dir():
        pytest.skip("the front end's packages are not installed")
    script = Path(__file__).with_name("round_trip.mjs")
    subprocess.run([node, script, folder, tmp_path], cwd=FRONT_END, check=True, timeout=120)
    for name, content in _models(folder).items():
        if "/" not in name:
            before, after = _parts(content), _parts((tmp_path / name).read_bytes())
            assert before - after == Counter(), name


def _models(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in read_folder(folder).items() if name.endswith(".bpmn")}


def _parts(content: bytes) -> Counter[tuple[str, str, str]]:
    """Each element, attribute and text of a file, by the id of what it belongs to; defaults and numbers evened out."""
    found: Counter[tuple[str, str, str]] = Counter()
    for element in etree.fromstring(content, etree.XMLParser(resolve_entities=False, remove_comments=True)).iter():
        if not isinstance(element.tag, str):
            continue
        owner = f"{element.tag} {element.get('id', '')}"
        found[owner, "", " ".join((element.text or "").split())] += 1
        for name, value in element.attrib.items():
            if (name, value) not in DEFAULTS and "schemaLocation" not in name:
                found[owner, name, _even(name, value)] += 1
    return found


def _even(name: str, value: str) -> str:
    """`12.0` is `12`, and a prefixed name is its own part."""
    try:
        return str(float(value))
    except ValueError:
        return value.rpartition(":")[2] if name in {"bpmnElement"} or name.endswith("type") else value
