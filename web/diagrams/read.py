"""Reads a BPMN file's diagram interchange: which shapes stand where, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.definitions.xml import Element, read_xml
from web.diagrams.model import Box, Diagram, Flow, Lane, Node, NodeKind, Point, Repetition

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"

KINDS = {
    "callActivity": NodeKind.CALL_ACTIVITY,
    "subProcess": NodeKind.SUBPROCESS,
    "transaction": NodeKind.SUBPROCESS,
    "adHocSubProcess": NodeKind.SUBPROCESS,
    "startEvent": NodeKind.START,
    "endEvent": NodeKind.END,
    "boundaryEvent": NodeKind.BOUNDARY,
    "intermediateCatchEvent": NodeKind.INTERMEDIATE,
    "intermediateThrowEvent": NodeKind.INTERMEDIATE,
    "dataObjectReference": NodeKind.DATA,
    "dataStoreReference": NodeKind.DATA,
    "textAnnotation": NodeKind.NOTE,
}
SIDES = ("x", "y", "width", "height")

Drawn = tuple[Element, Element]
"""An element of the process, and the shape or edge that draws it."""


class NotDrawable(ValueError):
    """The file has no diagram of this process; open it in a modeler and save it with its layout."""


def read_diagram(xml: bytes, process_id: str) -> Diagram:
    """The diagram of one process in a BPMN file. Raises NotDrawable when the file holds no layout for it."""
    root = read_xml(xml, process_id)
    elements = {identity: element for element in root.iter() if (identity := element.get("id"))}
    process = elements.get(process_id)
    plane = _plane(root, elements, process_id)
    if process is None or plane is None:
        raise NotDrawable(f"the file holds no diagram of process {process_id!r}")
    shapes = list(_drawn(plane, BPMNDI + "BPMNShape", elements))
    return Diagram(
        process_id=process_id,
        name=process.get("name") or process_id,
        lanes=tuple(_lanes(shapes)),
        nodes=tuple(_node(element, shape) for element, shape in shapes if _tag(element) not in ("lane", "participant")),
        flows=tuple(_flow(each, edge, elements) for each, edge in _drawn(plane, BPMNDI + "BPMNEdge", elements)),
    )


def _plane(root: Element, elements: Mapping[str, Element], process_id: str) -> Element | None:
    for plane in root.iter(BPMNDI + "BPMNPlane"):
        drawn = elements.get(plane.get("bpmnElement") or "")
        if drawn is None:
            continue
        if drawn.get("id") == process_id or any(
            participant.get("processRef") == process_id for participant in drawn.iter(BPMN + "participant")
        ):
            return plane
    return None


def _drawn(plane: Element, tag: str, elements: Mapping[str, Element]) -> Iterator[Drawn]:
    for shape in plane.iter(tag):
        element = elements.get(shape.get("bpmnElement") or "")
        if element is not None:
            yield element, shape


def _lanes(shapes: Sequence[Drawn]) -> Iterator[Lane]:
    for element, shape in shapes:
        if _tag(element) in ("lane", "participant"):
            yield Lane(_id(element), element.get("name") or "", _box(shape), _tag(element) == "participant")


def _node(element: Element, shape: Element) -> Node:
    tag = _tag(element)
    kind = NodeKind.GATEWAY if tag.endswith("Gateway") else KINDS.get(tag, NodeKind.TASK)
    return Node(
        id=_id(element),
        name=_name(element),
        kind=kind,
        symbol=_symbol(element, tag),
        box=_box(shape),
        label=_label(shape),
        called=element.get("calledElement"),
        interrupting="false" not in (element.get("cancelActivity"), element.get("isInterrupting")),
        throwing=tag in ("intermediateThrowEvent", "endEvent"),
        expanded=shape.get("isExpanded") == "true" and kind is NodeKind.SUBPROCESS,
        repetition=_repetition(element),
    )


def _flow(element: Element, edge: Element, elements: Mapping[str, Element]) -> Flow:
    source = element.get("sourceRef") or ""
    leaving = elements.get(source)
    return Flow(
        id=_id(element),
        name=element.get("name") or "",
        source=source,
        target=element.get("targetRef") or "",
        points=tuple(Point(_number(each, "x"), _number(each, "y")) for each in edge.iter(DI + "waypoint")),
        label=_label(edge),
        is_default=leaving is not None and leaving.get("default") == element.get("id"),
        dashed=_tag(element) != "sequenceFlow",
    )


def _symbol(element: Element, tag: str) -> str:
    for child in element:
        name = _tag(child)
        if name.endswith("EventDefinition"):
            return name.removesuffix("EventDefinition")
    return tag.removesuffix("Gateway")


def _repetition(element: Element) -> Repetition | None:
    if element.find(BPMN + "standardLoopCharacteristics") is not None:
        return Repetition.LOOP
    many = element.find(BPMN + "multiInstanceLoopCharacteristics")
    if many is None:
        return None
    return Repetition.SEQUENTIAL if many.get("isSequential") == "true" else Repetition.PARALLEL


def _name(element: Element) -> str:
    text = element.find(BPMN + "text")
    return (text.text if text is not None else element.get("name")) or ""


def _box(shape: Element) -> Box:
    bounds = shape.find(DC + "Bounds")
    if bounds is None:
        raise NotDrawable(f"shape {shape.get('id')!r} has no bounds")
    return Box(*(_number(bounds, side) for side in SIDES))


def _label(shape: Element) -> Box | None:
    bounds = shape.find(f"{BPMNDI}BPMNLabel/{DC}Bounds")
    return None if bounds is None else Box(*(_number(bounds, side) for side in SIDES))


def _number(element: Element, name: str) -> float:
    return float(element.get(name) or 0)


def _id(element: Element) -> str:
    return element.get("id") or ""


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
