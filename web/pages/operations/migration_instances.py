"""The instances of a migration, one by one: those that one thing keeps, or those in one state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for

from engine.migrating import (
    ItemState,
    JudgedGroup,
    Migration,
    Movability,
    Obstacle,
    groups_of,
    items_of,
    kept_by,
    migration_of,
    plan_of,
    reasons,
)
from web.pages.operations.asking import process_names
from web.pages.operations.blueprint import pages
from web.pages.operations.migration_words import obstacle_in_words
from web.paging import cursor, position
from web.wiring import runtime, settings

OF = "operations.migrated_instances"


@pages.get("/migrations/<int:migration_id>/instances")
def migrated_instances(migration_id: int) -> str:
    """The instances behind a figure of a migration's page."""
    size = settings().page_size
    after = position(OF, request.args.get("after"))
    with runtime().reading() as uow:
        found = migration_of(uow.session, migration_id)
        names = process_names(uow)
        groups = groups_of(uow.session, found, plan_of(uow.session, found))
        chosen, title = _asked(groups)
        state = _state()
        listed = items_of(
            uow.session, found, groups=chosen, state=state, after=after[0] if after else 0, limit=size + 1
        )
        said = {group.id: [obstacle_in_words(each, names) for each in group.obstacles] for group in groups}
        rows = [
            (item, instance, [obstacle_in_words(Obstacle.from_data(each), names) for each in item.obstacles])
            for item, instance in listed[:size]
        ]
    return render_template(
        "operations/migration_instances.html",
        migration=found,
        rows=rows,
        said=said,
        reason=obstacle_in_words(title, names) if isinstance(title, Obstacle) else "",
        movability=title if isinstance(title, Movability) else None,
        state=state,
        next=_next(found, listed, size),
    )


def _asked(groups: Sequence[JudgedGroup]) -> tuple[list[int] | None, Obstacle | Movability | None]:
    """The groups that are asked for: by what keeps them, by whether they can be moved, or all (None)."""
    found = reasons(groups)
    index = request.args.get("reason", type=int)
    if index is not None and 0 <= index < len(found):
        return kept_by(groups, found[index][0]), found[index][0]
    wanted = request.args.get("movability", "")
    if wanted in set(Movability):
        return [group.id for group in groups if group.verdict == wanted], Movability(wanted)
    return None, None


def _state() -> ItemState | None:
    wanted = request.args.get("state", "")
    return ItemState(wanted) if wanted in set(ItemState) else None


def _next(found: Migration, listed: Sequence[Any], size: int) -> str | None:
    if len(listed) <= size:
        return None
    asked: dict[str, Any] = {
        name: request.args[name] for name in ("reason", "movability", "state") if name in request.args
    }
    return url_for(OF, migration_id=found.id, **asked, after=cursor(OF, [listed[size - 1][1].id]))
