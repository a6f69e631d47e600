"""The heat map of a process: over its diagram what is open, late and failed at each step, and how long steps take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup
from sqlalchemy import select

from engine.errors import NotFound
from engine.operating.counting import Loads, loads
from engine.operating.models import ALL_VERSIONS, ElementLoad, ElementPace
from engine.operating.pacing import paces_of
from engine.runtime import UnitOfWork
from engine.storage.models import ProcessDefinition
from web.diagrams import Diagram, Mark, Progress, draw
from web.diagrams.model import Node, NodeKind
from web.pages.operations.blueprint import pages
from web.pages.operations.drawings import drawings, scopes_of
from web.pages.operations.home import Row, processes_of
from web.pages.operations.lasting import in_working_time
from web.pages.path import source_of
from web.wiring import runtime

LEVELS = 4
"""How many strengths of colour there are above none."""

Place = tuple[str, str]
"""A process or subprocess, and an element in it."""


@dataclass
class Figures:
    """How many tasks are open and overdue at a place, and how many instances wait for an event or failed there."""

    open: int = 0
    overdue: int = 0
    waiting: int = 0
    failed: int = 0

    def add(self, load: ElementLoad | Figures) -> None:
        """Add those of one version, or of another place."""
        self.open += load.open
        self.overdue += load.overdue
        self.waiting += load.waiting
        self.failed += load.failed

    @property
    def strength(self) -> int:
        """What the colour shows: how much lies here."""
        return self.open + self.waiting


@dataclass(frozen=True)
class Step:
    """One element with its figures; `level` is how strong it is coloured, from 0 to LEVELS.

    `scope` is the process or subprocess in which it lies. `called` is the process that it calls: the figures are then
    those of the tasks in there.
    """

    id: str
    name: str
    scope: str
    open: int
    overdue: int
    waiting: int
    failed: int
    level: int
    called: str = ""
    sample: int = 0
    median: str = ""
    ninth: str = ""

    @property
    def is_quiet(self) -> bool:
        return not (self.open or self.waiting or self.failed or self.sample)

    @property
    def words(self) -> str:
        """The figures in one line, as a screen reader or a pointer gets them."""
        parts = [self.name or self.id]
        if self.open:
            parts.append(ngettext("%(num)s open task", "%(num)s open tasks", self.open))
        if self.overdue:
            parts.append(ngettext("%(num)s overdue task", "%(num)s overdue tasks", self.overdue))
        if self.waiting:
            parts.append(ngettext("%(num)s waits for an event", "%(num)s wait for an event", self.waiting))
        if self.failed:
            parts.append(ngettext("%(num)s failed", "%(num)s failed", self.failed))
        return " · ".join(parts)


@dataclass(frozen=True)
class Tab:
    """One diagram that can be looked at: the process's own, or one that it calls; `open` are the tasks in it."""

    process_id: str
    name: str
    open: int


@dataclass(frozen=True)
class HeatMap:
    """A process in one version (None: all) on one of its diagrams."""

    row: Row
    versions: Sequence[Row]
    tabs: Sequence[Tab]
    chosen: str
    deployment_id: int
    image: Markup | None
    steps: Sequence[Step]
    is_suspended: bool

    @property
    def hottest(self) -> str:
        """The element where most lies, from which a small screen begins; empty when there is none."""
        warm = [step for step in self.steps if step.level]
        return max(warm, key=lambda step: step.open + step.waiting).id if warm else ""

    @property
    def overlays(self) -> list[dict[str, Any]]:
        """What the viewer lays over the elements, with the addresses behind the numbers."""
        return [asdict(step) | {"words": step.words, "links": self.links(step)} for step in self.steps if step.level]

    def links(self, step: Step) -> dict[str, str]:
        """The lists behind a step's numbers; of a called process, what waits or failed is told by its own diagram."""
        at: dict[str, Any] = {"process": self.row.process_id, "version": self.row.version, "diagram": step.scope}
        if step.called:
            at["diagram"] = step.called
            inside = self.address(step.called)
            return {"waiting": inside, "failed": inside} | self._tasks(at)
        at["element"] = step.id
        instances = url_for("operations.instances", **at), url_for("operations.instances", **at, failed=1)
        return dict(zip(("waiting", "failed"), instances, strict=True)) | self._tasks(at)

    def address(self, diagram: str) -> str:
        """This heat map on another of its diagrams."""
        page = "operations.process" if self.row.version is None else "operations.version"
        of: dict[str, Any] = {"process_id": self.row.process_id, "version": self.row.version}
        return url_for(page, **of, diagram=diagram, _anchor="heat-title")

    @staticmethod
    def _tasks(at: dict[str, Any]) -> dict[str, str]:
        return {"open": url_for("operations.tasks", **at), "overdue": url_for("operations.tasks", **at, late=1)}


@pages.get("/processes/<process_id>")
def process(process_id: str) -> str:
    """All versions of a process on the diagram of the newest that has instances."""
    return _page(process_id, None)


@pages.get("/processes/<process_id>/<int:version>")
def version(process_id: str, version: int) -> str:
    """One version of a process on its own diagram."""
    return _page(process_id, version)


@pages.get("/deployments/<int:deployment_id>/<process_id>.bpmn")
def diagram(deployment_id: int, process_id: str) -> Response:
    """A process's file as it was deployed; a deployment never changes."""
    with runtime().reading() as uow:
        source = source_of(uow, deployment_id, process_id)
    response = Response(source, mimetype="application/xml")
    response.cache_control.private = True
    response.cache_control.max_age = 3600
    return response


def _page(process_id: str, version: int | None) -> str:
    with runtime().reading() as uow:
        counted = loads(uow)
        shown = _heat_map(uow, counted, process_id, version)
        is_live = counted.counted_at == uow.now
    return render_template("operations/heat.html", heat=shown, counted_at=counted.counted_at, is_live=is_live)


def _heat_map(uow: UnitOfWork, counted: Loads, process_id: str, version: int | None) -> HeatMap:
    definition = _definition(uow, counted, process_id, version)
    known = next((each for each in processes_of(uow, counted) if each.whole.process_id == process_id), None)
    versions = known.versions if known is not None else ()
    empty = Row(process_id, definition.name, version, 0, 0, 0, 0, 0, 0, 0, None)
    whole = known.whole if known is not None else empty
    row = whole if version is None else next((each for each in versions if each.version == version), empty)
    figures = _figures(counted, _definition_ids(uow, process_id, version))
    diagrams = drawings(uow, definition.deployment_id, process_id)
    chosen = request.args.get("diagram", "")
    chosen = chosen if chosen in diagrams else process_id
    drawn = diagrams.get(chosen)
    paces = paces_of(uow.session, process_id, ALL_VERSIONS if version is None else version)
    steps = _steps(drawn, diagrams, figures, paces) if drawn is not None else []
    return HeatMap(
        row=row,
        versions=versions,
        tabs=[_tab(each, diagrams[each], figures) for each in diagrams],
        chosen=chosen,
        deployment_id=definition.deployment_id,
        image=_drawn(drawn, steps) if drawn is not None else None,
        steps=steps,
        is_suspended=definition.suspended,
    )


def _definition(uow: UnitOfWork, counted: Loads, process_id: str, version: int | None) -> ProcessDefinition:
    """The version whose diagram is shown. Raises NotFound."""
    wanted = select(ProcessDefinition).where(ProcessDefinition.process_id == process_id)
    if version is not None:
        wanted = wanted.where(ProcessDefinition.version == version)
    found = uow.session.scalars(wanted.order_by(ProcessDefinition.version.desc())).all()
    if not found:
        raise NotFound("process definition", process_id)
    return next((each for each in found if each.id in counted.definitions), found[0])


def _definition_ids(uow: UnitOfWork, process_id: str, version: int | None) -> frozenset[int]:
    wanted = select(ProcessDefinition.id).where(ProcessDefinition.process_id == process_id)
    if version is not None:
        wanted = wanted.where(ProcessDefinition.version == version)
    return frozenset(uow.session.scalars(wanted))


def _tab(process_id: str, drawn: Diagram, figures: Mapping[Place, Figures]) -> Tab:
    scopes = scopes_of(drawn)
    return Tab(process_id, drawn.name, sum(each.open for (scope, _), each in figures.items() if scope in scopes))


def _figures(counted: Loads, definitions: frozenset[int]) -> dict[Place, Figures]:
    """The figures of every place, over all versions that are looked at."""
    sums: dict[Place, Figures] = defaultdict(Figures)
    for (definition_id, scope, element_id), load in counted.elements.items():
        if definition_id in definitions:
            sums[scope, element_id].add(load)
    return sums


def _steps(
    drawn: Diagram,
    drawings: Mapping[str, Diagram],
    figures: Mapping[Place, Figures],
    paces: Mapping[Place, ElementPace],
) -> list[Step]:
    scopes = scopes_of(drawn)
    nodes = {node.id: node for node in drawn.nodes}
    places = {
        place: each
        for place, each in {**dict.fromkeys(paces, Figures()), **figures}.items()
        if place[0] in scopes and not _is_mere_catcher(nodes.get(place[1]))
    }
    called = {node.id: _within(drawings.get(node.called), figures) for node in drawn.nodes if node.called}
    own = [(scope, element_id, each) for (scope, element_id), each in places.items()]
    calls = [(drawn.process_id, element_id, each) for element_id, each in called.items()]
    most = max((each.strength for _, _, each in [*own, *calls]), default=0)
    steps = [
        _step(nodes.get(element_id), scope, element_id, each, most, paces.get((scope, element_id)))
        for scope, element_id, each in [*own, *calls]
    ]
    order = {node.id: place for place, node in enumerate(drawn.nodes)}
    return sorted((step for step in steps if not step.is_quiet), key=lambda step: order.get(step.id, len(order)))


def _within(drawn: Diagram | None, figures: Mapping[Place, Figures]) -> Figures:
    """All figures of a called process together."""
    sums = Figures()
    nodes = {node.id: node for node in drawn.nodes} if drawn is not None else {}
    for (scope, element_id), each in figures.items():
        if drawn is not None and scope == drawn.process_id and not _is_mere_catcher(nodes.get(element_id)):
            sums.add(each)
    return sums


def _is_mere_catcher(node: Node | None) -> bool:
    """An event that hangs on an activity, or would begin a subprocess, waits beside the work and not at its place."""
    return node is not None and node.kind in (NodeKind.BOUNDARY, NodeKind.START)


def _step(
    node: Node | None, scope: str, element_id: str, figures: Figures, most: int, pace: ElementPace | None
) -> Step:
    level = -(-figures.strength * LEVELS // most) if most else 0
    return Step(
        element_id,
        node.name if node is not None else element_id,
        scope,
        figures.open,
        figures.overdue,
        figures.waiting,
        figures.failed,
        max(level, 1 if figures.failed else 0),
        called=(node.called or "") if node is not None else "",
        sample=pace.sample if pace is not None else 0,
        median=in_working_time(pace.median) if pace is not None else "",
        ninth=in_working_time(pace.ninth) if pace is not None else "",
    )


def _drawn(drawn: Diagram, steps: Sequence[Step]) -> Markup:
    words = {step.id: step.words for step in steps}
    marks = {step.id: Mark(current=True) for step in steps if step.level}
    summary = gettext("; ").join(words[step.id] for step in steps if step.level) or gettext("Nothing is open.")

    def describe(node: Node, _mark: Mark) -> str:
        return words.get(node.id, node.name)

    return draw(drawn, Progress(marks), summary=summary, describe=describe)
