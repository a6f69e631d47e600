"""The small drawings inside BPMN nodes: what kind of task, event or gateway it is."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from web.diagrams.model import Node, NodeKind, Point, Repetition
from web.diagrams.svg import element

TASKS = {
    "userTask": "M7 7.2a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM2 13c.2-3 2.2-4.6 5-4.6s4.8 1.6 5 4.6z",
    "manualTask": "M3 12V6.5l2-1V2.8h1.4V6H7V2h1.4v4H9V2.8h1.4V7h.6V4.6h1.2v5L10.6 12z",
    "serviceTask": "M7 4.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8zM7 1v2M7 11v2M1 7h2M11 7h2M2.8 2.8l1.4 1.4"
    "M9.8 9.8l1.4 1.4M11.2 2.8L9.8 4.2M4.2 9.8l-1.4 1.4",
    "businessRuleTask": "M1.5 2.5h11v9h-11zM1.5 5.5h11M5 5.5v6",
    "scriptTask": "M3 1.5h8v11H3zM5 4.5h4M5 7h4M5 9.5h2.5",
    "sendTask": "M1.5 3h11v8h-11zM1.5 3L7 7.6 12.5 3",
    "receiveTask": "M1.5 3h11v8h-11zM1.5 3L7 7.6 12.5 3",
}
EVENTS = {
    "message": "M-7-5h14V5H-7zM-7-5L0 .8 7-5",
    "timer": "M0-8a8 8 0 1 0 0 16A8 8 0 0 0 0-8zM0-5V0l3.4 2.4",
    "signal": "M0-7.4L7 5H-7z",
    "error": "M-6 6.4L-2-5.6 2.4 1 6-6.4 2.2 6-2.2-.6z",
    "escalation": "M0-7.4L5.4 6.4 0 1.4-5.4 6.4z",
    "compensate": "M-.4 0L6-5V5zM-7 0L-.4-5V5z",
    "conditional": "M-6-7H6V7H-6zM-3.4-3.6h6.8M-3.4 0h6.8M-3.4 3.6h6.8",
    "link": "M-6-2.4H1V-6l6 6-6 6V2.4h-7z",
    "terminate": "M0-7a7 7 0 1 0 0 14A7 7 0 0 0 0-7z",
}
GATEWAYS = {
    "exclusive": "M-6-6L6 6M6-6L-6 6",
    "parallel": "M0-9V9M-9 0H9",
    "inclusive": "M0-8a8 8 0 1 0 0 16A8 8 0 0 0 0-8z",
    "complex": "M-6-6L6 6M6-6L-6 6M0-9V9M-9 0H9",
    "eventBased": "M0-8.4L8-2.6 5 6.8H-5L-8-2.6z",
}
REPETITIONS = {
    Repetition.PARALLEL: "M-4-5V5M0-5V5M4-5V5",
    Repetition.SEQUENTIAL: "M-5-4H5M-5 0H5M-5 4H5",
    Repetition.LOOP: "M-3.4 4A5 5 0 1 1 3.4 4M3.4 4L3-.2M3.4 4L-.6 3.6",
}


def symbol(node: Node) -> list[Element]:
    """The drawings that belong inside a node, placed on the plane; none when its shape says it all."""
    if node.kind is NodeKind.GATEWAY:
        return [_at(node.box.centre, GATEWAYS[node.symbol], "symbol strong")] if node.symbol in GATEWAYS else []
    if node.symbol in EVENTS:
        filled = node.throwing or node.symbol == "terminate"
        return [_at(node.box.centre, EVENTS[node.symbol], "symbol filled" if filled else "symbol")]
    drawn = [_at(Point(node.box.x + 7, node.box.y + 6), TASKS[node.symbol], "symbol")] if node.symbol in TASKS else []
    foot = Point(node.box.centre.x, node.box.bottom - 10)
    if node.kind in (NodeKind.CALL_ACTIVITY, NodeKind.SUBPROCESS) and not node.expanded:
        drawn.append(_at(foot, "M-6-6H6V6H-6zM0-3.4V3.4M-3.4 0H3.4", "symbol"))
        foot = Point(foot.x + 18, foot.y)
    if node.repetition:
        drawn.append(_at(foot, REPETITIONS[node.repetition], "symbol"))
    return drawn


def _at(place: Point, path: str, style: str) -> Element:
    return element("path", d=path, class_=style, transform=f"translate({place.x:g} {place.y:g})")
