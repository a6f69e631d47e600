"""Reads a BPMN file's diagram interchange: which shapes stand where, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

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


class NotDrawable(ValueError):
    """The file has no diagram of this process; open it in a modeler and save it with its layout."""


def read_diagram(xml: bytes, process_id: str) -> Diagram:
    """The diagram of one process in a BPMN file. Raises NotDrawable when the file holds no layout for it."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    elements = {element.get("id"): element for element in root.iter(etree.Element) if element.get("id")}
    process = elements.get(process_id)
    plane = _plane(root, elements, process_id)
    if process is None or plane is None:
        raise NotDrawable(f"the file holds no diagram of process {process_id!r}")
    shapes = [(elements[s.get("bpmnElement")], s) for s in plane.iter(BPMNDI + "BPMNShape") if _known(s, elements)]
    edges = [(elements[e.get("bpmnElement")], e) for e in plane.iter(BPMNDI + "BPMNEdge") if _known(e, elements)]
    return Diagram(
        process_id=process_id,
        name=process.get("name") or process_id,
        lanes=tuple(_lanes(shapes)),
        nodes=tuple(_node(element, shape) for element, shape in shapes if _tag(element) not in ("lane", "participant")),
        flows=tuple(_flow(element, edge, elements) for element, edge in edges),
    )


def _plane(root: etree._Element, elements: dict[str, etree._Element], process_id: str) -> etree._Element | None:
    for plane in root.iter(BPMNDI + "BPMNPlane"):
        drawn = elements.get(plane.get("bpmnElement", ""))
        if drawn is None:
            continue
        if drawn.get("id") == process_id or any(
            participant.get("processRef") == process_id for participant in drawn.iter(BPMN + "participant")
        ):
            return plane
    return None


def _known(shape: etree._Element, elements: dict[str, etree._Element]) -> bool:
    return shape.get("bpmnElement") in elements


def _lanes(shapes: list[tuple[etree._Element, etree._Element]]) -> Iterator[Lane]:
    for element, shape in shapes:
        if _tag(element) in ("lane", "participant"):
            yield Lane(element.get("id"), element.get("name", ""), _box(shape), _tag(element) == "participant")


def _node(element: etree._Element, shape: etree._Element) -> Node:
    tag = _tag(element)
    kind = NodeKind.GATEWAY if tag.endswith("Gateway") else KINDS.get(tag, NodeKind.TASK)
    return Node(
        id=element.get("id"),
        name=_name(element),
        kind=kind,
        symbol=_symbol(element, tag),
        box=_box(shape),
        label=_label(shape),
        called=element.get("calledElement"),
        interrupting=element.get("cancelActivity", "true") != "false" and element.get("isInterrupting") != "false",
        throwing=tag in ("intermediateThrowEvent", "endEvent"),
        expanded=shape.get("isExpanded") == "true" and kind is NodeKind.SUBPROCESS,
        repetition=_repetition(element),
    )


def _flow(element: etree._Element, edge: etree._Element, elements: dict[str, etree._Element]) -> Flow:
    source = element.get("sourceRef", "")
    leaving = elements.get(source)
    return Flow(
        id=element.get("id"),
        name=element.get("name", ""),
        source=source,
        target=element.get("targetRef", ""),
        points=tuple(Point(float(w.get("x")), float(w.get("y"))) for w in edge.iter(DI + "waypoint")),
        label=_label(edge),
        is_default=leaving is not None and leaving.get("default") == element.get("id"),
        dashed=_tag(element) != "sequenceFlow",
    )


def _symbol(element: etree._Element, tag: str) -> str:
    for child in element:
        name = _tag(child)
        if name.endswith("EventDefinition"):
            return name.removesuffix("EventDefinition")
    return tag.removesuffix("Gateway")


def _repetition(element: etree._Element) -> Repetition | None:
    if element.find(BPMN + "standardLoopCharacteristics") is not None:
        return Repetition.LOOP
    many = element.find(BPMN + "multiInstanceLoopCharacteristics")
    if many is None:
        return None
    return Repetition.SEQUENTIAL if many.get("isSequential") == "true" else Repetition.PARALLEL


def _name(element: etree._Element) -> str:
    text = element.find(BPMN + "text")
    return (text.text or "") if text is not None else element.get("name", "")


def _box(shape: etree._Element) -> Box:
    bounds = shape.find(DC + "Bounds")
    if bounds is None:
        raise NotDrawable(f"shape {shape.get('id')!r} has no bounds")
    return Box(*(float(bounds.get(side, "0")) for side in ("x", "y", "width", "height")))


def _label(shape: etree._Element) -> Box | None:
    bounds = shape.find(f"{BPMNDI}BPMNLabel/{DC}Bounds")
    return None if bounds is None else Box(*(float(bounds.get(s, "0")) for s in ("x", "y", "width", "height")))


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname
