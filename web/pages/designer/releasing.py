"""What the pages of releases share: who may press which button, how an act is carried out, and how a refusal reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask import request
from flask_babel import gettext

from engine.definitions.deploying import Examination, examine
from engine.definitions.files import Files
from engine.definitions.problems import Problem
from engine.errors import ConcurrentChange, InvalidDefinition, WrongState
from engine.releasing import Release, ReleaseRefused, ReleaseState
from engine.runtime import UnitOfWork
from web.pages.designer.blueprint import pages
from web.security.identity import signed_in
from web.sentences import spoken
from web.wiring import runtime, settings
from workflows.releases import APPROVES, DEPLOYS, PROPOSES, ROLLS_BACK

LONGEST_COMMENT = 2000


class Button(StrEnum):
    """What somebody may do with a release on its page."""

    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    RENEW = "renew"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    DEPLOY = "deploy"


@dataclass(frozen=True)
class Refusal:
    """Why nothing was done, for the page that was sent; `problems` are those of the files."""

    message: str
    status: int = 422
    problems: tuple[Problem, ...] = ()


_UNDER_WAY = frozenset({ReleaseState.PROPOSED, ReleaseState.APPROVED, ReleaseState.SCHEDULED, ReleaseState.HELD})
_READY = _UNDER_WAY - {ReleaseState.PROPOSED}


def buttons(release: Release, agreed: frozenset[str], *, is_outdated: bool) -> frozenset[Button]:
    """What the visitor may do with the release now, given who agreed to it; each act asks again."""
    person = signed_in()
    is_author = person.account in {release.proposed_by, *release.editors}
    found: set[Button] = set()
    if release.state in _UNDER_WAY and not person.roles.isdisjoint(APPROVES) and not is_author:
        found.add(Button.DECLINE)
        if release.state is ReleaseState.PROPOSED and person.account not in agreed:
            found.add(Button.APPROVE)
    if release.state in _UNDER_WAY and is_author and not person.roles.isdisjoint(PROPOSES | ROLLS_BACK):
        found.add(Button.WITHDRAW)
    if release.state in _UNDER_WAY and is_outdated and not person.roles.isdisjoint(PROPOSES):
        found.add(Button.RENEW)
    if release.state in _READY and not person.roles.isdisjoint(DEPLOYS):
        found |= {Button.DEPLOY, Button.SCHEDULE}
        if release.state is ReleaseState.SCHEDULED:
            found.add(Button.UNSCHEDULE)
    return frozenset(found)


@pages.app_template_global()
def may_propose_releases() -> bool:
    """Whether the visitor proposes releases."""
    return not signed_in().roles.isdisjoint(PROPOSES)


@pages.app_template_global()
def may_roll_back() -> bool:
    """Whether the visitor may go back to an earlier version."""
    return not signed_in().roles.isdisjoint(ROLLS_BACK)


@pages.app_template_filter()
def local_input(at: datetime | None) -> str:
    """A moment as a field for one takes it, in the zone of the calendar; empty for none."""
    return at.astimezone(settings().calendar.zone).strftime("%Y-%m-%dT%H:%M") if at is not None else ""


def carry_out(act: Callable[[UnitOfWork], object]) -> Refusal | None:
    """Do something with a release in one transaction; None when it was done."""
    try:
        with runtime().unit_of_work() as uow:
            act(uow)
    except ReleaseRefused as refused:
        return Refusal(spoken(refused.said))
    except InvalidDefinition as invalid:
        return Refusal(gettext("The files have problems that must be mended first."), problems=invalid.problems)
    except WrongState:
        return Refusal(gettext("Somebody else dealt with this release meanwhile. Look at it as it is now."), 409)
    except ConcurrentChange:
        return Refusal(gettext("Another version took effect at this very moment. Look at it and try again."), 409)
    return None


def examined(files: Files) -> Examination:
    """What checks and scenarios say of these files, found out before the transaction begins."""
    return examine(files, runtime())


def comment() -> str:
    """What was written as the comment or reason of an act."""
    return request.form.get("comment", "").strip()[:LONGEST_COMMENT]


def moment(name: str) -> datetime | None:
    """A moment as a field sends it, in the zone of the calendar; None for none or what is none."""
    try:
        written = datetime.fromisoformat(request.form.get(name, ""))
    except ValueError:
        return None
    return written.replace(tzinfo=settings().calendar.zone) if written.tzinfo is None else written


def number(name: str) -> int | None:
    """A whole number as a field sends it; None for none or what is none."""
    written = request.form.get(name, "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else None
