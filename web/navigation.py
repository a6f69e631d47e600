"""The places of the masthead, and who finds which of them there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, request
from flask_babel import LazyString, lazy_gettext
from flask_login import current_user

from web.security.identity import SignedIn
from workflows.operating.permissions import WATCHES
from workflows.organisations.roles import Role


def everybody(_person: SignedIn) -> bool:
    """A place that everyone who is signed in may enter."""
    return True


def with_role(*roles: Role) -> Callable[[SignedIn], bool]:
    """A place for people who have one of these roles somewhere."""
    return lambda person: not person.roles.isdisjoint(roles)


@dataclass(frozen=True)
class Place:
    """One entry of the masthead: the endpoint it leads to, and all blueprints whose pages belong to it."""

    endpoint: str
    name: LazyString
    blueprints: frozenset[str]
    is_for: Callable[[SignedIn], bool] = everybody

    @property
    def is_here(self) -> bool:
        """Whether the page that is being shown belongs to this place."""
        return request.blueprint in self.blueprints


PLACES = (
    Place("inbox.show", lazy_gettext("Inbox"), frozenset({"inbox", "task"})),
    Place("ledger.show", lazy_gettext("Ledger"), frozenset({"ledger", "hazard", "side_processes"})),
    Place(
        "reported.show",
        lazy_gettext("Reported"),
        frozenset({"reported"}),
        with_role(Role.COMMITTEE_OFFICE, Role.PROVINCIAL_LEADER),
    ),
    Place(
        "statistics.show",
        lazy_gettext("Statistics"),
        frozenset({"statistics"}),
        with_role(
            Role.COMMITTEE_OFFICE,
            Role.PROVINCIAL_LEADER,
            Role.CLOSER,
            Role.DEPARTMENT_INSPECTOR,
            Role.DEPARTMENT_LEADER,
            Role.AUDITOR,
            Role.ADMINISTRATOR,
        ),
    ),
    Place(
        "spot_check.index",
        lazy_gettext("Spot-checks"),
        frozenset({"spot_check"}),
        with_role(
            Role.COMMITTEE_OFFICE,
            Role.PROVINCIAL_LEADER,
            Role.TEAM_LEADER,
            Role.TEAM_MEMBER,
            Role.EXPERT,
            Role.AUDITOR,
            Role.ADMINISTRATOR,
        ),
    ),
    Place(
        "good_practice.show",
        lazy_gettext("Good practice"),
        frozenset({"good_practice"}),
        with_role(Role.COMMITTEE_OFFICE, Role.PROVINCIAL_LEADER, Role.DEPARTMENT_INSPECTOR, Role.DEPARTMENT_LEADER),
    ),
    Place(
        "operations.index",
        lazy_gettext("Operations"),
        frozenset({"operations"}),
        with_role(*WATCHES),
    ),
    Place(
        "designer.index",
        lazy_gettext("Processes"),
        frozenset({"designer"}),
        with_role(
            Role.PROCESS_DESIGNER, Role.PROCESS_APPROVER, Role.PROCESS_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR
        ),
    ),
    Place(
        "administration.home",
        lazy_gettext("Administration"),
        frozenset({"administration"}),
        with_role(Role.ADMINISTRATOR, Role.COMMITTEE_OFFICE, Role.DEPARTMENT_LEADER, Role.AUDITOR),
    ),
)


def set_up_navigation(app: Flask) -> None:
    """Let templates ask for the visitor's `places()`."""
    app.add_template_global(places)


def places() -> Sequence[Place]:
    """The places that the visitor may enter, in order."""
    if not current_user.is_authenticated:
        return ()
    return [place for place in PLACES if place.is_for(current_user)]
