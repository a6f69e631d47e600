"""The diagrams of a process: its own and those that it calls, as far as they were drawn."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import NotFound
from engine.runtime import UnitOfWork
from web.diagrams import Diagram
from web.diagrams.model import NodeKind
from web.diagrams.read import NotDrawable
from web.pages.path import diagram_of


def drawings(uow: UnitOfWork, deployment_id: int, process_id: str) -> dict[str, Diagram]:
    """The diagrams by process, the process's own first and each once."""
    return dict(_found(uow, deployment_id, process_id))


def scopes_of(drawn: Diagram) -> frozenset[str]:
    """The process of a diagram and the subprocesses drawn within: where the engine says that elements lie."""
    return frozenset({drawn.process_id} | {node.id for node in drawn.nodes if node.kind is NodeKind.SUBPROCESS})


def _found(uow: UnitOfWork, deployment_id: int, root: str) -> Iterator[tuple[str, Diagram]]:
    waiting, seen = [root], {root}
    while waiting:
        process_id = waiting.pop(0)
        try:
            drawn = diagram_of(uow, deployment_id, process_id)
        except (NotDrawable, NotFound):
            continue
        yield process_id, drawn
        called = [node.called for node in drawn.nodes if node.called and node.called not in seen]
        seen.update(called)
        waiting.extend(called)
