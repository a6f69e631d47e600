"""Draws a deployed BPMN diagram as SVG on the server, with what an instance has done marked on it."""

from web.diagrams.draw import draw
from web.diagrams.marks import Mark, Progress, progress_on
from web.diagrams.read import Diagram, read_diagram

__all__ = ["Diagram", "Mark", "Progress", "draw", "progress_on", "read_diagram"]
