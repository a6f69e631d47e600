"""What all pages of administration share: who enters which section, in whose mandate, and how a refusal is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial

from flask import Blueprint
from flask_babel import LazyString, gettext, lazy_gettext

from engine.errors import ConcurrentChange, NotPermitted
from engine.runtime import UnitOfWork
from web.security.identity import SignedIn, signed_in
from web.sentences import spoken, spoken_by_field
from web.times import full_day
from web.wiring import runtime, settings
from web.words import in_words
from workflows.audit.searching import Source as Register
from workflows.errors import InvalidRecord, Refused
from workflows.organisations.leave import LeaveState
from workflows.organisations.mandates import ADMINISTERS, Mandate, mandate_of
from workflows.organisations.models import OrganisationKind
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector

pages = Blueprint("administration", __name__, url_prefix="/administration")

READS_THE_RECORD = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
KEEPS_CHANNELS = frozenset({Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Section:
    """A part of administration: where it begins, what it is called and for, and which roles enter it."""

    endpoint: str
    name: LazyString
    purpose: LazyString
    roles: frozenset[Role] = ADMINISTERS


SECTIONS = (
    Section(
        "administration.organisations",
        lazy_gettext("Organisations"),
        lazy_gettext("Committees, departments, townships and enterprises, each in its place"),
    ),
    Section(
        "administration.people",
        lazy_gettext("People"),
        lazy_gettext("Accounts, passwords and roles of everyone who signs in"),
    ),
    Section(
        "administration.leaves",
        lazy_gettext("Leave"),
        lazy_gettext("Who stands in for whom, from which day to which"),
    ),
    Section(
        "administration.campaigns",
        lazy_gettext("Campaigns"),
        lazy_gettext("Title, days and coverage; the end of one and the beginning of the next"),
    ),
    Section(
        "administration.calendar",
        lazy_gettext("Calendar"),
        lazy_gettext("Working days and days off, by which all time limits are counted"),
    ),
    Section(
        "administration.channels",
        lazy_gettext("Channels"),
        lazy_gettext("Mail, chat groups, short messages and other systems that are told what happens"),
        KEEPS_CHANNELS,
    ),
    Section(
        "administration.deliveries",
        lazy_gettext("Proof of delivery"),
        lazy_gettext("What was sent to whom, when, by which way, and what was answered"),
        READS_THE_RECORD,
    ),
    Section(
        "administration.audit",
        lazy_gettext("Audit"),
        lazy_gettext("Who did what and when: work, administration and sign-ins"),
        READS_THE_RECORD,
    ),
)


@dataclass(frozen=True)
class Refusal:
    """Why nothing was done: a message, or what is wrong with each field; and the status of the answer."""

    message: str = ""
    errors: Mapping[str, str] = field(default_factory=dict[str, str])
    status: int = 422


NOT_REFUSED = Refusal(status=200)


def options_of(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """The members of an enum as a list of choices: value and word."""
    return [(each.value, in_words(each)) for each in kind]


for name, kind in (
    ("kinds_of", OrganisationKind), ("sectors_of", Sector), ("roles_of", Role), ("leave_states_of", LeaveState),
    ("registers_of", Register),
):  # fmt: skip
    pages.add_app_template_global(partial(options_of, kind), name)
pages.add_app_template_filter(spoken, "spoken")
pages.add_app_template_filter(full_day, "day_in_full")


@pages.before_request
def admit() -> None:
    """Nobody enters without one of the roles. Raises NotSignedIn, NotPermitted."""
    if not sections_of(signed_in()):
        raise NotPermitted(f"{signed_in().account} administers nothing")


@pages.app_template_global()
def administration_sections() -> Sequence[Section]:
    """The sections that the visitor may enter."""
    return sections_of(signed_in())


def sections_of(person: SignedIn) -> Sequence[Section]:
    """The sections that a person's roles open."""
    return [section for section in SECTIONS if not person.roles.isdisjoint(section.roles)]


def require(roles: frozenset[Role]) -> None:
    """Raises NotPermitted unless the visitor has one of these roles somewhere."""
    if signed_in().roles.isdisjoint(roles):
        wanted = " or ".join(sorted(role.value for role in roles))
        raise NotPermitted(f"{signed_in().account} needs the role {wanted} for this")


def mandate(uow: UnitOfWork) -> Mandate:
    """What the visitor administers."""
    return mandate_of(uow.session, signed_in().account)


def today(uow: UnitOfWork) -> date:
    """The local day."""
    return settings().calendar.local_date(uow.now)


def carry_out(act: Callable[[UnitOfWork, Mandate], object]) -> Refusal:
    """Do something in the visitor's mandate, in one transaction; NOT_REFUSED when it was done."""
    try:
        with runtime().unit_of_work() as uow:
            act(uow, mandate(uow))
    except InvalidRecord as invalid:
        return Refusal(errors=spoken_by_field(invalid.errors))
    except Refused as refused:
        return Refusal(message=spoken(refused.said))
    except ConcurrentChange:
        return Refusal(
            message=gettext("Someone else changed this while you were working. Look at it as it is now."), status=409
        )
    return NOT_REFUSED
