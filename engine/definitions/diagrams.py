"""A diagram as it was drawn: processes and subprocesses as scopes of nodes and flows, for checking and comparing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from engine.definitions.foreign import translated
from engine.definitions.namespaces import BPMN, bpmn, bpmn_all, local_name, namespace_of
from engine.definitions.xml import Element

TASKS: Final = frozenset(
    {
        "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask",
    }
)  # fmt: skip
ACTIVITIES: Final = TASKS | {"subProcess", "callActivity", "transaction", "adHocSubProcess"}
EVENTS: Final = frozenset(
    {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
)
GATEWAYS: Final = frozenset(
    {"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway"}
)
NODES: Final = ACTIVITIES | EVENTS | GATEWAYS
_SCOPES: Final = frozenset({"subProcess", "transaction", "adHocSubProcess"})
_NODE_TAGS: Final = bpmn_all(NODES)


@dataclass(frozen=True)
class Flow:
    """A sequence flow; source and target are ids, empty when the file names none."""

    element: Element
    id: str
    source: str
    target: str
    condition: str | None


@dataclass(frozen=True)
class Scope:
    """A process or subprocess with what is drawn directly in it."""

    file: str
    element: Element
    nodes: Mapping[str, Element]
    flows: tuple[Flow, ...]

    @property
    def is_process(self) -> bool:
        return kind(self.element) == "process"

    @property
    def is_event_subprocess(self) -> bool:
        return self.element.get("triggeredByEvent") == "true"

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Flow, ...]]:
        return _flows_by((flow.source for flow in self.flows), self)

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Flow, ...]]:
        return _flows_by((flow.target for flow in self.flows), self)

    def of_kind(self, *kinds: str) -> Iterator[Element]:
        """The nodes of some kinds, e.g. `userTask`, in the order of the file."""
        return (node for node in self.nodes.values() if kind(node) in kinds)


@dataclass(frozen=True)
class Diagram:
    """One .bpmn file."""

    file: str
    root: Element

    @cached_property
    def processes(self) -> tuple[Element, ...]:
        """The executable processes; a pool that is not executable is only a picture."""
        found = self.root.findall(bpmn("process"))
        return tuple(process for process in found if process.get("isExecutable") != "false")

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """Each executable process and each subprocess within, outer before inner."""
        return tuple(scope for process in self.processes for scope in _scopes(self.file, process))

    def declared(self, name: str) -> dict[str, Element]:
        """What is declared beside the processes under some tag (`message`, `signal`, `error` …), by id."""
        return {identity(element): element for element in self.root.findall(bpmn(name))}


def kind(element: Element) -> str:
    """An element's kind: its BPMN tag without namespace."""
    return local_name(element.tag)


def identity(element: Element) -> str:
    """An element's id, empty when it has none."""
    return element.get("id") or ""


def text_of(element: Element | None) -> str | None:
    """An element's text without surrounding space; None when there is none."""
    return ((element.text or "").strip() or None) if element is not None else None


def event_definitions(event: Element) -> list[Element]:
    """The event definitions of an event, e.g. a `timerEventDefinition`."""
    return [child for child in event if kind(child).endswith("EventDefinition") and namespace_of(child.tag) == BPMN]


def _scopes(file: str, element: Element) -> Iterator[Scope]:
    nodes = {identity(child): child for child in element if child.tag in _NODE_TAGS}
    flows = tuple(_flow(child) for child in element.findall(bpmn("sequenceFlow")))
    yield Scope(file, element, nodes, flows)
    for child in nodes.values():
        if kind(child) in _SCOPES:
            yield from _scopes(file, child)


def _flows_by(ends: Iterable[str], scope: Scope) -> Mapping[str, tuple[Flow, ...]]:
    """The flows of each node that is one of their ends."""
    found: dict[str, list[Flow]] = {node: [] for node in scope.nodes}
    for end, flow in zip(ends, scope.flows, strict=True):
        if end in found:
            found[end].append(flow)
    return {node: tuple(flows) for node, flows in found.items()}


def _flow(element: Element) -> Flow:
    return Flow(
        element=element,
        id=identity(element),
        source=element.get("sourceRef") or "",
        target=element.get("targetRef") or "",
        condition=translated(text_of(element.find(bpmn("conditionExpression")))),
    )
