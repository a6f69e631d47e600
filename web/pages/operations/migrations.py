"""Migrations: their list, the choice of versions from which one begins, and what is decided about one."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.errors import WrongState
from engine.migrating import Deadlines, Migration, migration_of
from engine.migrating import migrations as latest
from engine.runtime import UnitOfWork
from web.pages.names import names_of
from web.pages.operations.asking import process_names
from web.pages.operations.blueprint import NOT_REFUSED, Refusal, carry_out, pages, require
from web.pages.operations.migration_mapping import mapping_sent
from web.pages.operations.migration_versions import busiest_but_newest, definitions_of, versions_to_choose
from web.pages.operations.migration_view import migration_page
from web.paging import cursor, position
from web.security.identity import signed_in
from web.wiring import runtime, settings
from workflows import migrating


@pages.get("/migrations")
def migrations() -> str:
    """Every migration, the newest first."""
    after = position("operations.migrations", request.args.get("after"))
    size = settings().page_size
    with runtime().reading() as uow:
        found = latest(uow.session, before=after[0] if after else None, limit=size + 1)
        people = names_of(uow, [each.begun_by for each in found])
        versions = definitions_of(uow, found)
    more = cursor("operations.migrations", [found[size - 1].id]) if len(found) > size else None
    further = url_for("operations.migrations", after=more) if more else None
    return render_template(
        "operations/migrations.html", listed=found[:size], people=people, versions=versions, next=further
    )


@pages.get("/migrations/new")
def choose_versions() -> str:
    """From which version to which: first the process, then both."""
    require()
    return _choice(NOT_REFUSED)


@pages.post("/migrations")
def begin_migration() -> Response | tuple[str, int]:
    """Begin to look at the instances; nothing is moved yet."""
    require()
    begun: list[Migration] = []

    def act(uow: UnitOfWork) -> None:
        source, target = (request.form.get(name, type=int) or 0 for name in ("from", "to"))
        begun.append(migrating.begin_migration(uow, source, target, by=signed_in().account))

    refusal = carry_out(act)
    if refusal is not NOT_REFUSED:
        said = gettext(
            "Choose two versions of one process; another migration of these instances must have ended first."
        )
        return _choice(Refusal(message=said, status=409)), 409
    return redirect(url_for("operations.migration", migration_id=begun[0].id))


@pages.get("/migrations/<int:migration_id>")
def migration(migration_id: int) -> str:
    """One migration: how far it is, what can be moved, what is in the way, what becomes what, what came of it."""
    return migration_page(migration_id, NOT_REFUSED)


@pages.post("/migrations/<int:migration_id>/mapping")
def map_elements(migration_id: int) -> Response | tuple[str, int]:
    """Say by hand what steps become."""
    require()

    def act(uow: UnitOfWork) -> None:
        plan_of = migration_of(uow.session, migration_id)
        sent = mapping_sent(plan_of.mapping, request.form)
        version = request.form.get("version", type=int)
        migrating.map_elements(uow, migration_id, sent, by=signed_in().account, expected_version=version)

    refusal = carry_out(act)
    if refusal is not NOT_REFUSED:
        return migration_page(migration_id, refusal), refusal.status
    flash(gettext("The mapping is kept, and the counts below follow it."), "success")
    return redirect(url_for("operations.migration", migration_id=migration_id, _anchor="migration"))


@pages.post("/migrations/<int:migration_id>")
def decide_on_migration(migration_id: int) -> Response | tuple[str, int]:
    """Move the instances, halt, give up, look again or undo."""
    require()
    act = _ACTS.get(request.form.get("act", ""))
    if act is None:
        raise WrongState("act", request.form.get("act", ""), expected="one of ours", actual="unknown")
    refusal = carry_out(lambda uow: act(uow, migration_id))
    if refusal is not NOT_REFUSED:
        return migration_page(migration_id, refusal), refusal.status
    return redirect(url_for("operations.migration", migration_id=migration_id))


@pages.post("/migrations/<int:migration_id>/instances/<int:instance_id>/undo")
def undo_migrated(migration_id: int, instance_id: int) -> Response:
    """Move one instance back."""
    require()
    refusal = carry_out(lambda uow: migrating.undo_instance(uow, migration_id, instance_id, by=signed_in().account))
    if refusal is NOT_REFUSED:
        flash(gettext("The instance is what it was before it was moved."), "success")
    else:
        flash(gettext("It has gone on since and stays where it is."), "error")
    return redirect(url_for("operations.migrated_instances", migration_id=migration_id, state="moved"))


def _run(uow: UnitOfWork, migration_id: int) -> object:
    wanted = request.form.get("deadlines", "")
    return migrating.run_migration(
        uow,
        migration_id,
        by=signed_in().account,
        reason=request.form.get("reason", ""),
        deadlines=Deadlines(wanted) if wanted in set(Deadlines) else None,
        expected_version=request.form.get("version", type=int),
    )


_ACTS: dict[str, Callable[[UnitOfWork, int], object]] = {
    "run": _run,
    "pause": lambda uow, number: migrating.pause_migration(uow, number, by=signed_in().account),
    "cancel": lambda uow, number: migrating.cancel_migration(uow, number, by=signed_in().account),
    "undo": lambda uow, number: migrating.undo_migration(uow, number, by=signed_in().account),
    "look_again": lambda uow, number: migrating.look_again(uow, number, by=signed_in().account),
}


def _choice(refusal: Refusal) -> str:
    with runtime().reading() as uow:
        names = process_names(uow)
        chosen = request.values.get("process", "")
        versions = versions_to_choose(uow, chosen) if chosen in names else []
    return render_template(
        "operations/migration_new.html",
        names=names,
        chosen=chosen,
        versions=versions,
        source=request.values.get("from", type=int) or busiest_but_newest(versions),
        target=request.values.get("to", type=int),
        refusal=refusal,
    )
