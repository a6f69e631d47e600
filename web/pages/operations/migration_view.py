"""The page of one migration: figures, what is in the way, the mapping beside both diagrams, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from flask import render_template, request
from flask_babel import gettext, ngettext
from markupsafe import Markup

from engine.migrating import (
    UNDER_WAY,
    ItemState,
    JudgedGroup,
    MappedElement,
    Migration,
    MigrationState,
    Movability,
    Obstacle,
    Plan,
    groups_of,
    items_of,
    mapped_elements,
    migration_of,
    plan_of,
    reasons,
    verdicts,
    waiting_at,
)
from engine.runtime import UnitOfWork
from engine.storage.models import ProcessDefinition
from web.diagrams import Diagram, Mark, Progress, draw
from web.diagrams.model import Node
from web.pages.names import names_of
from web.pages.operations.asking import process_names
from web.pages.operations.blueprint import Refusal, operates, pages
from web.pages.operations.drawings import drawings
from web.pages.operations.migration_mapping import field
from web.pages.operations.migration_words import obstacle_in_words, origin_in_words
from web.wiring import runtime

pages.add_app_template_global(field, "mapping_field")
pages.add_app_template_filter(origin_in_words)

CAN_BE_MAPPED = frozenset({MigrationState.EXAMINED, MigrationState.PAUSED, MigrationState.DONE})
CAN_RUN = frozenset(
    {MigrationState.EXAMINED, MigrationState.PAUSED, MigrationState.DONE, MigrationState.UNDONE, MigrationState.FAILED}
)
CAN_UNDO = frozenset({MigrationState.PAUSED, MigrationState.DONE, MigrationState.CANCELLED, MigrationState.FAILED})
CAN_CANCEL = frozenset(
    {MigrationState.EXAMINING, MigrationState.EXAMINED, MigrationState.RUNNING, MigrationState.PAUSED}
)
SHOWN_FAILURES = 5


@dataclass(frozen=True)
class Side:
    """One version's diagram, with how many instances wait at each step."""

    version: ProcessDefinition
    process: str
    image: Markup
    waiting: Mapping[str, int]


@dataclass(frozen=True)
class View:
    """Everything that the page of a migration at rest shows."""

    migration: Migration
    source: ProcessDefinition
    target: ProcessDefinition
    groups: Sequence[JudgedGroup]
    plan: Plan
    processes: Mapping[str, str]

    @cached_property
    def counts(self) -> Mapping[Movability, int]:
        return verdicts(self.groups)

    @cached_property
    def movable(self) -> int:
        return self.counts[Movability.MOVABLE]

    @property
    def left(self) -> int:
        """How many instances nothing was done with yet."""
        each = self.migration
        return max(each.total - each.moved - each.failed - each.passed_over - each.undone, 0)

    @property
    def has_run(self) -> bool:
        return self.migration.state not in {MigrationState.EXAMINING, MigrationState.EXAMINED}

    @property
    def may_map(self) -> bool:
        each = self.migration
        return operates() and each.state in CAN_BE_MAPPED and bool(self.left + each.failed + each.undone)

    @property
    def may_run(self) -> bool:
        return operates() and self.migration.state in CAN_RUN and bool(self.to_run)

    @property
    def may_undo(self) -> bool:
        return operates() and self.migration.state in CAN_UNDO and bool(self.migration.moved)

    @property
    def may_cancel(self) -> bool:
        return operates() and self.migration.state in CAN_CANCEL

    @property
    def to_run(self) -> int:
        """How many instances would be moved now, at most."""
        if not self.has_run:
            return self.movable
        each = self.migration
        return min(self.movable - each.moved - each.passed_over, self.left + each.failed + each.undone)

    def reasons(self) -> list[tuple[str, int, int, bool]]:
        """What is in the way: the sentence, its place in the list, how many it keeps, whether a mapping would help."""
        return [
            (self.say(obstacle), index, count, obstacle.can_be_mapped)
            for index, (obstacle, count) in enumerate(reasons(self.groups))
        ]

    def say(self, obstacle: Obstacle) -> str:
        return obstacle_in_words(obstacle, self.processes)

    def mapping(self) -> list[tuple[str, list[MappedElement]]]:
        """The mapping by process, each with its name."""
        everything = request.args.get("all") == "1"
        listed = mapped_elements(self.groups, self.plan, everything=everything)
        return [
            (self.processes.get(process, process), list(elements))
            for process, elements in groupby(listed, key=lambda element: element.process)
        ]


def migration_page(migration_id: int, refusal: Refusal) -> str:
    """The whole page, or only what changes when the page asks again while work goes on."""
    with runtime().reading() as uow:
        found = migration_of(uow.session, migration_id)
        view = _view(uow, found)
        is_live = found.state in UNDER_WAY
        failures = [] if is_live else _failures(uow, found, view)
        sides, tabs = ([], []) if is_live else _sides(uow, view)
        people = names_of(uow, [found.begun_by, found.acted_by])
    page = "operations/migration_state.html" if request.headers.get("HX-Request") else "operations/migration.html"
    return render_template(
        page,
        view=view,
        migration=found,
        is_live=is_live,
        failures=failures,
        sides=sides,
        tabs=tabs,
        people=people,
        refusal=refusal,
        everything=request.args.get("all") == "1",
    )


def _view(uow: UnitOfWork, found: Migration) -> View:
    plan = plan_of(uow.session, found)
    is_counted = found.state is not MigrationState.EXAMINING
    return View(
        migration=found,
        source=uow.session.get_one(ProcessDefinition, found.from_id),
        target=plan.target,
        groups=groups_of(uow.session, found, plan) if is_counted else (),
        plan=plan,
        processes=process_names(uow),
    )


def _failures(uow: UnitOfWork, found: Migration, view: View) -> list[tuple[int, str, list[str]]]:
    if not found.failed:
        return []
    items = items_of(uow.session, found, state=ItemState.FAILED, limit=SHOWN_FAILURES)
    return [
        (instance.id, instance.business_key, [view.say(Obstacle.from_data(each)) for each in item.obstacles])
        for item, instance in items
    ]


def _sides(uow: UnitOfWork, view: View) -> tuple[list[Side], list[tuple[str, str, int]]]:
    """Both versions of the chosen process, and every process that could be looked at instead, with who waits there."""
    waiting = waiting_at(view.groups)
    pairings = {pairing.old.name: pairing for pairing in view.plan.pairings()}
    old = drawings(uow, view.source.deployment_id, view.migration.process_id)
    new = drawings(uow, view.target.deployment_id, view.migration.process_id)
    shown = [name for name in pairings if name in old and pairings[name].new.name in new]
    tabs = [(name, old[name].name, _open_at(waiting, name)) for name in shown]
    wanted = request.args.get("diagram", "")
    busiest = max(tabs, key=lambda tab: tab[2] if tab[0] != view.migration.process_id else 0, default=None)
    chosen = wanted if wanted in shown else busiest[0] if busiest else ""
    if not chosen:
        return [], []
    pairing = pairings[chosen]
    before = {element: count for (process, element), count in waiting.items() if process == chosen}
    after: dict[str, int] = {}
    for element, count in before.items():
        target = pairing.element(element) if element in pairing.elements else None
        if target is not None:
            after[target.name] = after.get(target.name, 0) + count
    left = Side(view.source, chosen, _drawn(old[chosen], before), before)
    right = Side(view.target, pairing.new.name, _drawn(new[pairing.new.name], after), after)
    return [left, right], tabs


def _open_at(waiting: Mapping[tuple[str, str], int], process: str) -> int:
    return max((count for (place, _), count in waiting.items() if place == process), default=0)


def _drawn(diagram: Diagram, waiting: Mapping[str, int]) -> Markup:
    marks = {node.id: Mark(current=True) for node in diagram.nodes if waiting.get(node.id)}
    said = {node.id: _waits(node, waiting) for node in diagram.nodes if node.id in marks}
    summary = gettext("; ").join(said.values()) or gettext("Nobody waits here.")

    def describe(node: Node, _mark: Mark) -> str:
        return said.get(node.id, node.name)

    return draw(diagram, Progress(marks), summary=summary, describe=describe)


def _waits(node: Node, waiting: Mapping[str, int]) -> str:
    count = waiting[node.id]
    return gettext("%(step)s: %(waiting)s", step=node.name, waiting=ngettext("%(num)s waits", "%(num)s wait", count))
