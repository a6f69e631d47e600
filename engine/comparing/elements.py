"""The elements of a diagram as parts: what each says, where it is drawn, and in what it lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.comparing.properties import properties_of
from engine.definitions.diagrams import NODES, identity, kind
from engine.definitions.namespaces import BPMN, namespace_of
from engine.definitions.xml import Element

_DECLARED: Final = frozenset({"message", "signal", "error", "escalation", "itemDefinition", "dataStore", "category"})
_BESIDE: Final = frozenset(
    {
        "process", "collaboration", "participant", "lane", "laneSet", "sequenceFlow", "messageFlow", "association",
        "textAnnotation", "group", "dataObject", "dataObjectReference", "dataStoreReference",
    }
)  # fmt: skip
_SILENT: Final = frozenset({"collaboration", "laneSet"})
"""What only holds others: it is no part that a reader would look for, unless it is told by more than its id."""


@dataclass(frozen=True)
class Part:
    """An element: its kind and name, its properties by path, and its place in the drawing as one text."""

    kind: str
    id: str
    name: str
    properties: Mapping[str, str]
    place: str


def parts_of(root: Element) -> dict[str, Part]:
    """The elements of a file by id, in the order of the file; what has no id is numbered by its kind."""
    places = _places(root)
    lanes = _lanes(root)
    parts: dict[str, Part] = {}
    unnamed: Counter[str] = Counter()
    for element in _elements(root):
        known_as = identity(element)
        if not known_as:
            unnamed[kind(element)] += 1
            known_as = f"{kind(element)} {unnamed[kind(element)]}"
        parts[known_as] = _part(element, known_as, lanes, places)
    return parts


def _elements(root: Element) -> Iterator[Element]:
    for element in root.iter():
        if _is_part(element) and not (kind(element) in _SILENT and not properties_of(element, _is_part)):
            yield element


def _is_part(element: Element) -> bool:
    return namespace_of(element.tag) == BPMN and kind(element) in NODES | _BESIDE | _DECLARED


def _part(element: Element, known_as: str, lanes: Mapping[str, str], places: Mapping[str, str]) -> Part:
    properties = properties_of(element, _is_part)
    name = properties.get("name") or properties.get("text") or ""
    parent = element.getparent()
    if parent is not None and kind(parent) == "subProcess":
        properties["within"] = identity(parent)
    if known_as in lanes:
        properties["lane"] = lanes[known_as]
    return Part(kind(element), known_as, name, properties, places.get(known_as, ""))


def _lanes(root: Element) -> dict[str, str]:
    """In which lane each element stands, the innermost where lanes lie in lanes."""
    return {
        (reference.text or "").strip(): identity(lane)
        for lane in root.iter(f"{{{BPMN}}}lane")
        for reference in lane.findall(f"{{{BPMN}}}flowNodeRef")
    }


def _places(root: Element) -> dict[str, str]:
    """What the drawing says of each element: bounds, bends, colours and label, whole numbers for lengths."""
    drawn = (element for element in root.iter() if kind(element) in {"BPMNShape", "BPMNEdge"})
    return {element.get("bpmnElement") or "": _drawn(element) for element in drawn}


def _drawn(element: Element) -> str:
    said = []
    for inner in element.iter():
        numbers = (
            f"{name}={_whole(value)}" for name, value in inner.attrib.items() if name not in {"id", "bpmnElement"}
        )
        said.append(f"{kind(inner)}({' '.join(sorted(numbers))})")
    return " ".join(each for each in said if not each.endswith("()"))


def _whole(value: str) -> str:
    try:
        return str(round(float(value)))
    except (ValueError, OverflowError):
        return value
