"""The releases: their list, the page of one, and what people do with it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from engine.definitions import check
from engine.modelling import newest_deployment
from engine.releasing import (
    Release,
    ReleaseKind,
    ReleaseState,
    agreed_to,
    decisions_of,
    release_files,
    release_of,
    releases,
    standing_of,
    steps_of,
)
from engine.runtime import UnitOfWork
from engine.storage.models import Deployment
from web.pages.designer.blueprint import pages, require
from web.pages.designer.comparison import compared
from web.pages.designer.releasing import Button, Refusal, buttons, carry_out, comment, examined, moment, number
from web.pages.designer.versions import key_of
from web.pages.names import names_of
from web.paging import cursor, position
from web.security.identity import signed_in
from web.wiring import runtime, settings
from workflows.releases import (
    APPROVES,
    DEPLOYS,
    PROPOSES,
    ROLLS_BACK,
    agree,
    bring_up_to_date,
    decline_release,
    deploy_now,
    schedule_release,
    unschedule_release,
    withdraw_release,
)

LIST = "designer.releases"
MOST_PROBLEMS = 100
Answer = Response | tuple[str, int]


@pages.get("/releases")
def release_list() -> str:
    """Releases that are under way, or those that are over."""
    under_way, size = request.args.get("which") != "over", settings().page_size
    before = position(LIST, request.args.get("cursor"))
    with runtime().reading() as uow:
        found = releases(uow.session, under_way=under_way, limit=size + 1, before=int(before[0]) if before else None)
        shown = found[:size]
        agreed = agreed_to(uow.session, [each.id for each in shown])
        return render_template(
            "designer/releases.html",
            releases=shown,
            under_way=under_way,
            names=names_of(uow, (each.proposed_by for each in shown)),
            waiting={each.id for each in shown if _waits_for_visitor(each, agreed[each.id])},
            next=_after(shown[-1].id, under_way=under_way) if len(found) > size else None,
        )


@pages.get("/releases/<int:release_id>")
def release(release_id: int) -> str:
    return _page(release_id)


@pages.post("/releases/<int:release_id>/approve")
def approve(release_id: int) -> Answer:
    require(APPROVES)
    return _done(
        release_id,
        lambda uow: agree(uow, release_id, by=signed_in().account, words=comment()),
        gettext("You agreed to the release."),
    )


@pages.post("/releases/<int:release_id>/decline")
def decline(release_id: int) -> Answer:
    require(APPROVES)
    return _done(
        release_id,
        lambda uow: decline_release(uow, release_id, by=signed_in().account, words=comment()),
        gettext("The release was declined."),
    )


@pages.post("/releases/<int:release_id>/withdraw")
def withdraw(release_id: int) -> Answer:
    require(PROPOSES | ROLLS_BACK)
    return _done(
        release_id,
        lambda uow: withdraw_release(uow, release_id, by=signed_in().account, words=comment()),
        gettext("The release was withdrawn. Its draft can be changed on."),
    )


@pages.post("/releases/<int:release_id>/renew")
def renew(release_id: int) -> Answer:
    """Propose the release anew with what others deployed meanwhile."""
    require(PROPOSES)
    made: list[Release] = []
    if refusal := carry_out(lambda uow: made.append(_brought_up_to_date(uow, release_id))):
        return _page(release_id, refusal), refusal.status
    flash(gettext("Proposed anew with their changes. It has to be approved again."), "success")
    return redirect(url_for("designer.release", release_id=made[0].id))


@pages.post("/releases/<int:release_id>/schedule")
def schedule(release_id: int) -> Answer:
    require(DEPLOYS)
    at = moment("at")
    if at is None:
        return _page(release_id, Refusal(gettext("Say on which day and at what time it should take effect."))), 422
    return _done(
        release_id,
        lambda uow: schedule_release(uow, release_id, at, by=signed_in().account, seen=number("seen")),
        gettext("It takes effect by itself at that moment."),
    )


@pages.post("/releases/<int:release_id>/unschedule")
def unschedule(release_id: int) -> Answer:
    require(DEPLOYS)
    return _done(
        release_id,
        lambda uow: unschedule_release(uow, release_id, by=signed_in().account),
        gettext("It waits for you again."),
    )


@pages.post("/releases/<int:release_id>/deploy")
def deploy_release(release_id: int) -> Answer:
    """Put the release into effect now; its scenarios are played before the transaction begins."""
    require(DEPLOYS)
    with runtime().reading() as uow:
        files = release_files(uow.session, release_id)
    examination = examined(files)
    return _done(
        release_id,
        lambda uow: deploy_now(uow, release_id, by=signed_in().account, seen=number("seen"), examination=examination),
        gettext("It is in effect: whatever begins from now on runs on it. What is under way goes on as it began."),
    )


def _done(release_id: int, act: Callable[[UnitOfWork], object], told: str) -> Answer:
    if refusal := carry_out(act):
        return _page(release_id, refusal), refusal.status
    flash(told, "success")
    return redirect(url_for("designer.release", release_id=release_id))


def _page(release_id: int, refusal: Refusal | None = None) -> str:
    with runtime().reading() as uow:
        found = release_of(uow.session, release_id)
        decisions, steps = decisions_of(uow.session, release_id), steps_of(uow.session, release_id)
        standing = standing_of(uow.session, found)
        files = release_files(uow.session, release_id)
        is_over = found.ended_at is not None
        return render_template(
            "designer/release.html",
            release=found,
            decisions=decisions,
            steps=steps,
            standing=standing,
            names=names_of(uow, _accounts(found, [each.by for each in (*decisions, *steps)])),
            may=buttons(found, agreed_to(uow.session, [release_id])[release_id], is_outdated=standing.is_outdated),
            Button=Button,
            compared=compared(uow, _before(uow, found), f"release-{release_id}"),
            problems=[] if is_over else check(files, runtime())[:MOST_PROBLEMS],
            scenarios=sum(name.endswith(".scenario") for name in files),
            refusal=refusal,
            entered=request.form,
            Kind=ReleaseKind,
            State=ReleaseState,
        )


def _before(uow: UnitOfWork, found: Release) -> str:
    """What a release is held against: while it is under way what is in effect, later what it replaced."""
    if found.deployment_id is not None:
        earlier = select(Deployment.id).where(Deployment.id < found.deployment_id).order_by(Deployment.id.desc())
        return key_of(uow.session.scalar(earlier.limit(1)))
    newest = newest_deployment(uow.session)
    return key_of(found.base_id if found.ended_at is not None or newest is None else newest.id)


def _brought_up_to_date(uow: UnitOfWork, release_id: int) -> Release:
    return bring_up_to_date(uow, release_id, settings().releases, by=signed_in().account)


def _waits_for_visitor(found: Release, agreed: frozenset[str]) -> bool:
    """Whether it is the visitor's turn: to decide, or to put it into effect."""
    if found.state is ReleaseState.PROPOSED:
        return Button.APPROVE in buttons(found, agreed, is_outdated=False)
    is_ready = found.state in {ReleaseState.APPROVED, ReleaseState.HELD}
    return is_ready and not signed_in().roles.isdisjoint(DEPLOYS)


def _accounts(found: Release, more: list[str]) -> list[str | None]:
    return [found.proposed_by, found.scheduled_by, *found.editors, *more]


def _after(last: int, *, under_way: bool) -> str:
    which = None if under_way else "over"
    return url_for("designer.release_list", which=which, cursor=cursor(LIST, [last]))
