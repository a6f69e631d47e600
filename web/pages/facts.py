"""The facts of a task's hazard, in the order in which people ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import format_date, gettext, ngettext
from sqlalchemy import select

from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from web.pages.names import names_of
from web.places import place_in_words
from web.wiring import settings
from web.words import in_words
from workflows.hazards.facts import hazard_by_number
from workflows.hazards.models import Hazard, StageChange
from workflows.hazards.words import Origin, Stage
from workflows.organisations.models import Organisation


@dataclass(frozen=True)
class Fact:
    """One thing known about a hazard, with its label; `is_missing` says that someone should have entered it by now."""

    label: str
    value: str
    is_missing: bool = False


def facts_of(uow: UnitOfWork, task: UserTask) -> Sequence[Fact]:
    """What is known about the hazard of a task; nothing for a task without one. What is empty is left out."""
    hazard = hazard_by_number(uow.session, task.business_key)
    if hazard is None:
        return []
    told = [*_what_and_where(hazard), *_who(uow, hazard), *_rectification(hazard), *_earlier(hazard)]
    return [fact for fact in told if fact.value]


def reason_of_return(uow: UnitOfWork, task: UserTask) -> str:
    """Why a later stage sent the task's hazard back to its unit, as long as it is there; otherwise empty."""
    hazard = hazard_by_number(uow.session, task.business_key)
    if hazard is None or not hazard.returns or hazard.stage is not Stage.SELF_CHECK:
        return ""
    reasons = select(StageChange.reason).where(StageChange.hazard_id == hazard.id).order_by(StageChange.id.desc())
    return uow.session.scalars(reasons.limit(1)).one()


def _what_and_where(hazard: Hazard) -> list[Fact]:
    source = f"{in_words(hazard.source)} {hazard.source_reference}".strip()
    return [
        Fact(gettext("What was found"), hazard.description),
        Fact(gettext("Place"), f"{place_in_words(hazard.region_code)} {hazard.place}".strip()),
        Fact(gettext("Sector"), in_words(hazard.sector)),
        Fact(gettext("Judged by"), hazard.criterion),
        Fact(gettext("Source"), source),
        Fact(gettext("Found on"), day_in_words(hazard.found_on)),
    ]


def _who(uow: UnitOfWork, hazard: Hazard) -> list[Fact]:
    department = uow.session.get_one(Organisation, hazard.department_id)
    return [
        Fact(gettext("Responsible unit"), hazard.unit_name),
        Fact(gettext("Responsible person"), responsible_person(uow, hazard)),
        Fact(gettext("Supervising department"), department.name),
    ]


def responsible_person(uow: UnitOfWork, hazard: Hazard) -> str:
    """Who answers for the rectification: name, post and telephone, as far as they are known."""
    account = hazard.responsible_person or ""
    name = hazard.responsible_name or names_of(uow, [account]).get(account, "")
    return " ".join(part for part in (name, hazard.responsible_post, hazard.responsible_phone) if part)


def _rectification(hazard: Hazard) -> list[Fact]:
    extended = hazard.original_due_at if hazard.original_due_at != hazard.due_at else None
    return [
        Fact(gettext("Requirements"), hazard.requirements),
        Fact(gettext("Measures"), hazard.measures),
        Fact(gettext("To be rectified by"), day_in_words(hazard.due_at)),
        Fact(gettext("Time limit before it was extended"), day_in_words(extended)),
        Fact(gettext("Sent back"), ngettext("%(num)s time", "%(num)s times", hazard.returns) if hazard.returns else ""),
    ]


def _earlier(hazard: Hazard) -> list[Fact]:
    if hazard.origin is Origin.NEW:
        return []
    return [
        Fact(gettext("Number in the earlier ledger"), hazard.previous_number),
        Fact(gettext("Result claimed earlier"), hazard.claimed_result),
        Fact(gettext("Claimed as done on"), day_in_words(hazard.claimed_done_on)),
    ]


def day_in_words(moment: date | datetime | None) -> str:
    """A day with its year, where the calendar is; empty for none."""
    if moment is None:
        return ""
    day = moment.astimezone(settings().calendar.zone).date() if isinstance(moment, datetime) else moment
    return format_date(day, "long")
