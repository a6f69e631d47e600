"""The XML namespaces that a deployment's files use, and names within them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DMN: Final = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
    }
)
LOOKBACK: Final = "urn:lookback:bpmn:1"
CAMUNDA: Final = "http://camunda.org/schema/1.0/bpmn"
ZEEBE: Final = "http://camunda.org/schema/zeebe/1.0"


def bpmn(name: str) -> str:
    """A BPMN element's full tag."""
    return f"{{{BPMN}}}{name}"


def bpmn_all(names: Iterable[str]) -> frozenset[str]:
    """The full tags of several BPMN elements."""
    return frozenset(bpmn(name) for name in names)


def lookback(name: str) -> str:
    """The full tag of one of our extension elements."""
    return f"{{{LOOKBACK}}}{name}"


def local_name(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


def namespace_of(tag: str) -> str:
    """A tag's namespace, empty for none."""
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""
