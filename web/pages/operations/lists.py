"""The lists behind the numbers: instances, running and finished, and open tasks, by what stands in the address."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from engine.errors import NotFound
from engine.operating import selecting
from engine.operating.models import BatchAct
from engine.operating.selecting import MOST_COUNTED, Selection
from engine.runtime import UnitOfWork
from engine.storage.models import InstanceStatus
from web.diagrams.read import NotDrawable
from web.pages.names import names_of
from web.pages.operations.asking import asked, chips, conditions, process_names, versions_of
from web.pages.operations.blueprint import pages
from web.pages.operations.standing import standings_of
from web.pages.path import diagram_of
from web.paging import cursor, position
from web.security.identity import signed_in
from web.wiring import runtime, settings
from web.words import in_words
from workflows.operating.hazards import readable

AGES = (7, 30, 90, 365)
"""The days that an instance may be older than, as the filter offers them."""


@pages.get("/instances")
def instances() -> str:
    """The instances that are asked for, the newest first."""
    with runtime().reading() as uow:
        selection, size = asked(uow), settings().page_size
        found = selecting.instances(uow.session, selection, after=_after("instances"), limit=size + 1)
        listed = found[:size]
        return render_template(
            "operations/instances.html",
            listed=listed,
            standings=standings_of(uow, [each.id for each in listed]),
            hazards=readable(uow, signed_in().account, [each.business_key for each in listed]),
            total=selecting.how_many(uow.session, selection),
            next=_next("instances", listed[-1].id if len(found) > size else None),
            acts=list(BatchAct),
            **_frame(uow, "operations.instances", selection),
        )


@pages.get("/tasks")
def tasks() -> str:
    """The open tasks that are asked for, the newest first."""
    is_late = bool(request.args.get("late"))
    with runtime().reading() as uow:
        selection, size = asked(uow), settings().page_size
        late_at = uow.now if is_late else None
        found = selecting.tasks(uow.session, selection, late_at=late_at, after=_after("tasks"), limit=size + 1)
        listed = found[:size]
        return render_template(
            "operations/tasks.html",
            listed=listed,
            is_late=is_late,
            now=uow.now,
            names_of_people=names_of(uow, [task.assignee for task in listed]),
            hazards=readable(uow, signed_in().account, [task.business_key for task in listed]),
            total=selecting.how_many_tasks(uow.session, selection, late_at=late_at),
            next=_next("tasks", listed[-1].id if len(found) > size else None, late="1" if is_late else None),
            **_frame(uow, "operations.tasks", selection),
        )


def _frame(uow: UnitOfWork, endpoint: str, selection: Selection) -> dict[str, Any]:
    """What both lists have around their rows."""
    names = process_names(uow)
    return {
        "asked": selection,
        "names": names,
        "versions": versions_of(uow, selection.process_id) if selection.process_id else (),
        "statuses": [(each.value, in_words(each)) for each in InstanceStatus],
        "ages": [(days, gettext("%(days)s days", days=days)) for days in AGES],
        "chips": chips(endpoint, selection, names, element_name(uow, selection)),
        "conditions": conditions,
        "most": MOST_COUNTED,
    }


def element_name(uow: UnitOfWork, selection: Selection) -> str:
    """The name of the element that is asked for, in the version that is asked for or the newest; empty if unknown."""
    if not selection.element_id:
        return ""
    deployment = selecting.newest_deployment(uow.session, selection)
    try:
        drawn = diagram_of(uow, deployment, selection.element_process)
    except (NotDrawable, NotFound):
        return ""
    return next((node.name for node in drawn.nodes if node.id == selection.element_id), "")


def _after(of: str) -> int | None:
    found = position(f"operations.{of}", request.args.get("after"))
    return found[0] if found else None


def _next(of: str, after: int | None, **more: Any) -> str | None:
    if after is None:
        return None
    return url_for(f"operations.{of}", **conditions(**more), after=cursor(f"operations.{of}", [after]))
