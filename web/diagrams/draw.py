"""Draws a diagram as one SVG picture; colours come from the page's style sheet, so light and dark both work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from markupsafe import Markup

from web.diagrams.lettering import lines, width_in_ems
from web.diagrams.marks import Mark, Progress
from web.diagrams.model import Box, Diagram, Flow, Lane, Node, NodeKind, Point
from web.diagrams.svg import element, paragraph, rounded_path, written
from web.diagrams.symbols import symbol

TASK_TEXT = 13.0
LABEL_TEXT = 12.0
BANNER = 30.0
WIDE = 1600.0
"""Above this width a diagram is not made smaller to fit the page, because nobody could read it; it scrolls."""

SCALE_OF_WIDE = 0.85

Describe = Callable[[Node, Mark], str]


def draw(diagram: Diagram, progress: Progress, *, summary: str, describe: Describe) -> Markup:
    """The picture as inline SVG. `summary` tells readers who cannot see it where the instance stands;
    `describe` words one node's mark, for the tooltip and the screen reader."""
    frame, prefix = diagram.frame, f"diagram-{diagram.process_id}"
    is_wide = frame.width > WIDE
    scale = SCALE_OF_WIDE if is_wide else 1.0
    picture = element(
        "svg",
        element("title", text=diagram.name, id=f"{prefix}-title"),
        element("desc", text=summary, id=f"{prefix}-summary"),
        element("defs", _arrow(f"{prefix}-arrow", "arrow"), _arrow(f"{prefix}-arrow-taken", "arrow taken")),
        *(_lane(lane) for lane in sorted(diagram.lanes, key=lambda lane: not lane.is_pool)),
        *(_node(node, progress.mark(node.id), describe) for node in diagram.nodes if node.expanded),
        *(_flow(flow, prefix, taken=flow.id in progress.taken) for flow in _taken_last(diagram, progress)),
        *(_node(node, progress.mark(node.id), describe) for node in diagram.nodes if not node.expanded),
        xmlns="http://www.w3.org/2000/svg",
        class_="diagram-picture wide" if is_wide else "diagram-picture",
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-summary",
        view_box=f"{frame.x:g} {frame.y:g} {frame.width:g} {frame.height:g}",
        width=frame.width * scale,
        height=frame.height * scale,
    )
    return Markup(written(picture))  # ElementTree escaped every text and attribute


def _taken_last(diagram: Diagram, progress: Progress) -> list[Flow]:
    """The flows in the order of drawing: what was taken lies on top where lines meet."""
    return sorted(diagram.flows, key=lambda flow: flow.id in progress.taken)


def _arrow(identity: str, style: str) -> Element:
    tip = element("path", d="M0 0L9 4.5 0 9 2 4.5z", class_=style)
    return element(
        "marker", tip, id=identity, marker_width=9, marker_height=9, ref_x=8.5, ref_y=4.5, orient="auto",
        markerUnits="userSpaceOnUse",
    )  # fmt: skip


def _lane(lane: Lane) -> Element:
    box = lane.box
    name = Point(box.x + BANNER / 2, box.centre.y)
    return element(
        "g",
        element("rect", **_rectangle(box), class_="ground"),
        element("path", d=f"M{box.x + BANNER:g} {box.y:g}V{box.bottom:g}", class_="rule"),
        element("text", text=lane.name, x=name.x, y=name.y, class_="upright", font_size=TASK_TEXT),
        class_="pool" if lane.is_pool else "lane",
    )


def _flow(flow: Flow, prefix: str, *, taken: bool) -> Element:
    style = "flow" + (" taken" if taken else "") + (" dashed" if flow.dashed else "")
    arrow = f"url(#{prefix}-arrow{'-taken' if taken else ''})" if not flow.dashed else None
    drawn = [element("path", d=rounded_path(flow.points), marker_end=arrow, class_="line")]
    if flow.is_default:
        drawn.append(element("path", d=_slash(flow), class_="line"))
    if flow.name:
        drawn.append(_label(flow.name, flow.label or _beside(flow)))
    return element("g", *drawn, class_=style)


def _node(node: Node, mark: Mark, describe: Describe) -> Element:
    state = "current" if mark.current else "done" if mark.done else "ahead"
    drawn = [element("title", text=describe(node, mark)), *_outline(node), *symbol(node), *_name(node)]
    if mark.done > 1:
        drawn.append(_badge(node.box, f"×{mark.done}"))
    elif mark.done and not mark.current and node.kind in (NodeKind.TASK, NodeKind.CALL_ACTIVITY):
        drawn.append(_tick(node.box))
    return element("g", *drawn, class_=f"node {node.kind} {state}", data_element=node.id)


def _outline(node: Node) -> list[Element]:
    box, centre = node.box, node.box.centre
    match node.kind:
        case NodeKind.GATEWAY:
            corners = f"M{centre.x:g} {box.y:g}L{box.right:g} {centre.y:g} {centre.x:g} {box.bottom:g} {box.x:g} "
            return [element("path", d=f"{corners}{centre.y:g}z", class_="shape", stroke_linejoin="round")]
        case NodeKind.START | NodeKind.END | NodeKind.INTERMEDIATE | NodeKind.BOUNDARY:
            radius = box.width / 2
            dashes = None if node.interrupting else "4 3"
            rings = [element("circle", cx=centre.x, cy=centre.y, r=radius, class_="shape", stroke_dasharray=dashes)]
            if node.kind in (NodeKind.INTERMEDIATE, NodeKind.BOUNDARY):
                inner: dict[str, Any] = {"cx": centre.x, "cy": centre.y, "r": radius - 3, "stroke_dasharray": dashes}
                rings.append(element("circle", **inner, class_="shape inner"))
            return rings
        case NodeKind.DATA:
            fold = f"M{box.x:g} {box.y:g}h{box.width - 10:g}l10 10V{box.bottom:g}H{box.x:g}z"
            return [element("path", d=fold, class_="shape")]
        case NodeKind.NOTE:
            return [element("path", d=f"M{box.x + 12:g} {box.y:g}h-12V{box.bottom:g}h12", class_="shape")]
        case _:
            return [element("rect", **_rectangle(box), rx=10, class_="shape")]


def _name(node: Node) -> list[Element]:
    if not node.name:
        return []
    if node.kind in (NodeKind.TASK, NodeKind.CALL_ACTIVITY, NodeKind.SUBPROCESS):
        ems = (node.box.width - 14) / TASK_TEXT
        has_foot = node.kind is not NodeKind.TASK or node.repetition
        middle = Point(node.box.centre.x, node.box.centre.y + (-6 if has_foot else 4))
        if node.expanded:
            middle = Point(node.box.centre.x, node.box.y + 16)
        return [paragraph(lines(node.name, ems, at_most=3), middle, TASK_TEXT, class_="name")]
    if node.kind is NodeKind.NOTE:
        inside = Point(node.box.x + 8, node.box.centre.y)
        return [paragraph(lines(node.name, node.box.width / LABEL_TEXT), inside, LABEL_TEXT, class_="label",
                          text_anchor="start")]  # fmt: skip
    below = Box(node.box.centre.x - 50, node.box.bottom + 4, 100, LABEL_TEXT * 1.4)
    return [_label(node.name, node.label or below)]


def _label(text: str, place: Box) -> Element:
    ems = max(place.width / LABEL_TEXT, 4.5)
    broken = lines(text, ems, at_most=3)
    top = Point(place.centre.x, max(place.centre.y, place.y + LABEL_TEXT * 0.65 * len(broken)))
    return paragraph(broken, top, LABEL_TEXT, class_="label")


def _beside(flow: Flow) -> Box:
    middle = len(flow.points) // 2
    a, b = flow.points[middle - 1], flow.points[middle]
    width = width_in_ems(flow.name) * LABEL_TEXT
    if abs(a.y - b.y) < abs(a.x - b.x):
        return Box((a.x + b.x - width) / 2, a.y - 20, width, LABEL_TEXT * 1.3)
    return Box(a.x + 6, (a.y + b.y) / 2 - 9, width, LABEL_TEXT * 1.3)


def _slash(flow: Flow) -> str:
    start, towards = flow.points[0], flow.points[1]
    length = ((towards.x - start.x) ** 2 + (towards.y - start.y) ** 2) ** 0.5 or 1.0
    dx, dy = (towards.x - start.x) / length, (towards.y - start.y) / length
    x, y = start.x + dx * 12, start.y + dy * 12
    along, across = 4.0, 5.0
    return (
        f"M{x - dx * along + dy * across:g} {y - dy * along - dx * across:g}"
        f"L{x + dx * along - dy * across:g} {y + dy * along + dx * across:g}"
    )


def _badge(box: Box, text: str) -> Element:
    width = width_in_ems(text) * 11 + 12
    pill = element("rect", x=box.right - width + 8, y=box.y - 9, width=width, height=18, rx=9)
    number = paragraph([text], Point(box.right + 8 - width / 2, box.y), 11)
    return element("g", pill, number, class_="badge")


def _tick(box: Box) -> Element:
    x, y = box.right - 3, box.y + 3
    ring = element("circle", cx=x, cy=y, r=8)
    return element("g", ring, element("path", d=f"M{x - 3.6:g} {y:g}l2.6 2.7 4.8-5.2"), class_="tick")


def _rectangle(box: Box) -> dict[str, Any]:
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
