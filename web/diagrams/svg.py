"""A little vocabulary for writing SVG elements; attributes with a trailing underscore or dashes are spelled plainly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from web.diagrams.model import Point

LINE_HEIGHT = 1.3


def element(tag: str, *children: Element, text: str | None = None, **attributes: Any) -> Element:
    """An element; `stroke_width=2` becomes `stroke-width="2"`, `class_="x"` becomes `class="x"`; None is left out."""
    made = Element(tag, {_spelled(name): _written(v) for name, v in attributes.items() if v is not None})
    made.text = text
    made.extend(children)
    return made


def paragraph(lines: Sequence[str], at: Point, size: float, **attributes: Any) -> Element:
    """Lines of text, centred on a point both ways."""
    top = at.y - (len(lines) - 1) * size * LINE_HEIGHT / 2 + size * 0.36
    spans = [element("tspan", text=line, x=at.x, y=top + row * size * LINE_HEIGHT) for row, line in enumerate(lines)]
    return element("text", *spans, font_size=size, **{"text_anchor": "middle", **attributes})


def rounded_path(points: Sequence[Point], radius: float = 7) -> str:
    """Path data along the points, with every bend rounded."""
    parts = [f"M{_written(points[0].x)} {_written(points[0].y)}"]
    for before, bend, after in zip(points, points[1:], points[2:], strict=False):
        enter, leave = _towards(bend, before, radius), _towards(bend, after, radius)
        parts.append(f"L{_written(enter.x)} {_written(enter.y)}")
        parts.append(f"Q{_written(bend.x)} {_written(bend.y)} {_written(leave.x)} {_written(leave.y)}")
    return "".join([*parts, f"L{_written(points[-1].x)} {_written(points[-1].y)}"])


def written(root: Element) -> str:
    """The markup of an element, everything in it escaped."""
    return ET.tostring(root, encoding="unicode")


def _towards(start: Point, end: Point, distance: float) -> Point:
    length = ((end.x - start.x) ** 2 + (end.y - start.y) ** 2) ** 0.5 or 1.0
    share = min(distance, length / 2) / length
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def _spelled(name: str) -> str:
    return name.rstrip("_").replace("_", "-") if name not in CAMEL else CAMEL[name]


def _written(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


CAMEL = {
    "view_box": "viewBox",
    "marker_width": "markerWidth",
    "marker_height": "markerHeight",
    "ref_x": "refX",
    "ref_y": "refY",
}
