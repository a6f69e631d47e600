"""The facts of a task's hazard, in the order in which people ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_date, gettext

from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from web.pages.names import names_of
from web.words import in_words
from workflows.geography.regions import Region
from workflows.hazards.models import Hazard
from workflows.hazards.register import hazard_by_number
from workflows.organisations.models import Organisation


@dataclass(frozen=True)
class Fact:
    """One thing known about a hazard, with its label."""

    label: str
    value: str


def facts_of(uow: UnitOfWork, task: UserTask) -> Sequence[Fact]:
    """What is known about the hazard of a task; nothing for a task without one. What is empty is left out."""
    hazard = hazard_by_number(uow.session, task.business_key)
    return [] if hazard is None else [fact for fact in _facts(uow, hazard) if fact.value]


def _facts(uow: UnitOfWork, hazard: Hazard) -> list[Fact]:
    region = uow.session.get(Region, hazard.region_code)
    unit = uow.session.get(Organisation, hazard.unit_id) if hazard.unit_id else None
    person = hazard.responsible_person or ""
    return [
        Fact(gettext("What was found"), hazard.description or ""),
        Fact(gettext("Place"), " ".join(part for part in (region.name if region else "", hazard.place) if part)),
        Fact(gettext("Responsible unit"), unit.name if unit else ""),
        Fact(gettext("Responsible person"), names_of(uow, [person]).get(person, "")),
        Fact(gettext("Sector"), in_words(hazard.sector)),
        Fact(gettext("Source"), in_words(hazard.source)),
        Fact(gettext("Found on"), format_date(hazard.found_on, "long") if hazard.found_on else ""),
        Fact(gettext("Requirements"), hazard.requirements or ""),
        Fact(gettext("Measures"), hazard.measures or ""),
        Fact(gettext("Sent back"), gettext("%(num)s times", num=hazard.returns) if hazard.returns else ""),
    ]
