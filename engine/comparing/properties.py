"""What an XML element says, as properties: a flat mapping from a path such as `deadline.decision` to its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from engine.comparing.changes import PropertyChange
from engine.definitions.diagrams import kind, text_of
from engine.definitions.namespaces import BPMN, DMN, LOOKBACK, local_name, namespace_of
from engine.definitions.xml import Element

Properties = Mapping[str, str]
IsPart = Callable[[Element], bool]
Say = Callable[[str, str], str]

_PLAIN: Final = DMN | {BPMN, LOOKBACK, ""}
_UNDERSTOOD: Final = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://camunda.org/schema/zeebe/1.0": "zeebe",
}
_SCHEMA_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
_DRAWN: Final = frozenset({"BPMNDiagram", "DMNDI"})
_FOLLOWS_FROM_FLOWS: Final = frozenset({"incoming", "outgoing", "flowNodeRef"})
_WRAPPERS: Final = frozenset({"extensionElements"})
_NAMED_BY: Final = {"parameter": "name", "property": "name", "inputParameter": "name", "outputParameter": "name"}
_DEFAULTS: Final = frozenset(
    {
        ("cancelActivity", "true"), ("isInterrupting", "true"), ("isSequential", "false"),
        ("triggeredByEvent", "false"), ("isForCompensation", "false"), ("startQuantity", "1"),
        ("completionQuantity", "1"), ("gatewayDirection", "Unspecified"), ("isClosed", "false"),
        ("isMarkerVisible", "false"), ("parallelMultiple", "false"), ("instantiate", "false"),
        ("testBefore", "false"), ("eventGatewayType", "Exclusive"), ("hitPolicy", "UNIQUE"),
    }
)  # fmt: skip
"""Attributes that say what holds without them: one modeler writes them, another does not."""


def properties_of(element: Element, is_part: IsPart) -> dict[str, str]:
    """Everything that an element and what is within it say, but for its id and what `is_part` of its own."""
    return dict(_said(element, "", is_part))


def changes_between(before: Properties, after: Properties, say_before: Say, say_after: Say) -> list[PropertyChange]:
    """The properties that differ, in the order of the file; `say_…` words a value for people, given its name."""
    return [
        PropertyChange(
            name,
            say_before(name, before[name]) if name in before else None,
            say_after(name, after[name]) if name in after else None,
        )
        for name in dict.fromkeys((*after, *before))
        if before.get(name) != after.get(name)
    ]


def as_it_stands(_name: str, value: str) -> str:
    """Words a value by itself."""
    return value


def _said(element: Element, path: str, is_part: IsPart) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name != "id" and namespace_of(name) != _SCHEMA_INSTANCE and (name, value) not in _DEFAULTS:
            yield _joined(path, _word(name)), value
    if path and (text := text_of(element)) is not None:
        yield path, text
    children = [child for child in element if not is_part(child) and kind(child) not in _FOLLOWS_FROM_FLOWS | _DRAWN]
    seen: Counter[str] = Counter()
    alike = Counter(map(_step, children))
    for child in children:
        step = _step(child)
        seen[step] += 1
        numbered = f"{step}[{seen[step]}]" if alike[step] > 1 else step
        yield from _within(child, _joined(path, numbered), path, is_part)


def _within(child: Element, path: str, outer: str, is_part: IsPart) -> Iterator[tuple[str, str]]:
    if kind(child) in _WRAPPERS:
        yield from _said(child, outer, is_part)
        return
    said = list(_said(child, path, is_part))
    yield from said or [(path, "")]


def _step(child: Element) -> str:
    """A child's word in a path; one of several alike is told by its name, where it has one."""
    named_by = _NAMED_BY.get(kind(child))
    name = child.get(named_by) if named_by else None
    return f"{_word(child.tag)}[{name}]" if name else _word(child.tag)


def _word(tag: str) -> str:
    namespace = namespace_of(tag)
    if namespace in _PLAIN:
        return local_name(tag)
    return f"{_UNDERSTOOD.get(namespace, namespace)}:{local_name(tag)}"


def _joined(path: str, word: str) -> str:
    return f"{path}.{word}" if path else word
