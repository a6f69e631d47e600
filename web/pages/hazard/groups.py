"""All that the ledger's columns know of a hazard, in groups, in the order in which people ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import format_decimal, gettext, ngettext
from sqlalchemy import select

from engine.runtime import UnitOfWork
from web.pages.facts import Fact, day_in_words, responsible_person
from web.places import place_in_words
from web.words import in_words
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity, Stage
from workflows.organisations.models import Organisation


@dataclass(frozen=True)
class Group:
    """Facts under one heading; `key` is its place on the page."""

    key: str
    title: str
    facts: Sequence[Fact]


def groups_of(uow: UnitOfWork, hazard: Hazard) -> Sequence[Group]:
    """The groups that have anything to tell; what is empty is left out, unless someone should have entered it."""
    names = _names(uow, hazard)
    told = [
        Group("what", gettext("What was found, and where"), _what(hazard)),
        Group("who", gettext("Who answers for it"), _who(uow, hazard, names)),
        Group("plan", gettext("Plan of the rectification"), _plan(hazard)),
        Group("progress", gettext("How far it is"), _progress(hazard)),
        Group("origin", gettext("Where it comes from"), _origin(hazard)),
        Group("earlier", gettext("What the earlier ledger says"), _earlier(hazard)),
    ]
    kept = [Group(it.key, it.title, [fact for fact in it.facts if fact.value or fact.is_missing]) for it in told]
    return [group for group in kept if group.facts]


def is_plan_due(hazard: Hazard) -> bool:
    """Whether there should be a plan by now: the unit has signed for the hazard, and has not put it right without."""
    return hazard.confirmed_at is not None and hazard.rectified_at is None and hazard.stage is Stage.SELF_CHECK


def _what(hazard: Hazard) -> list[Fact]:
    is_major = hazard.severity is Severity.MAJOR
    return [
        Fact(gettext("Description"), hazard.description),
        Fact(gettext("Place"), f"{place_in_words(hazard.region_code)} {hazard.place}".strip()),
        Fact(gettext("Sector"), in_words(hazard.sector)),
        Fact(gettext("Grade"), in_words(hazard.severity)),
        Fact(gettext("Judged by"), hazard.criterion, is_missing=is_major and not hazard.criterion),
        Fact(gettext("What is wrong"), in_words(hazard.category) if hazard.category else ""),
        Fact(gettext("Accident it may cause"), hazard.accident_type),
        Fact(gettext("Clause that is violated"), hazard.violated_clause),
        Fact(gettext("Remark"), hazard.remark),
    ]


def _who(uow: UnitOfWork, hazard: Hazard, names: dict[int, str]) -> list[Fact]:
    person = responsible_person(uow, hazard)
    return [
        Fact(gettext("Responsible unit"), hazard.unit_name),
        Fact(gettext("Credit code"), hazard.uscc),
        Fact(gettext("Responsible person"), person, is_missing=is_plan_due(hazard) and not person),
        Fact(gettext("Supervising department"), _joined(names[hazard.department_id], hazard.department_person)),
        Fact(gettext("Committee of the place"), names[hazard.committee_id]),
        Fact(gettext("Guaranteeing leader"), hazard.guaranteeing_leader),
        Fact(gettext("Inspected body"), hazard.inspected_unit if hazard.inspected_unit != hazard.unit_name else ""),
    ]


def _plan(hazard: Hazard) -> list[Fact]:
    due = is_plan_due(hazard)
    is_major = hazard.severity is Severity.MAJOR
    return [
        Fact(gettext("Requirements"), hazard.requirements),
        Fact(gettext("Measures"), hazard.measures, is_missing=due and not hazard.measures),
        Fact(gettext("Steps"), hazard.steps),
        Fact(
            gettext("Controls meanwhile, emergency plan"),
            hazard.interim_controls,
            is_missing=due and is_major and not hazard.interim_controls,
        ),
        Fact(
            gettext("Money planned"),
            _money(hazard.funds_planned),
            is_missing=due and is_major and hazard.funds_planned is None,
        ),
        Fact(gettext("Money in place"), _money(hazard.funds_in_place)),
        Fact(gettext("Money spent"), _money(hazard.funds_spent)),
    ]


def _progress(hazard: Hazard) -> list[Fact]:
    is_late_to_sign = hazard.confirmed_at is None and hazard.stage is Stage.SELF_CHECK
    return [
        Fact(gettext("Signed for on"), day_in_words(hazard.confirmed_at), is_missing=is_late_to_sign),
        Fact(gettext("Planned on"), day_in_words(hazard.planned_at)),
        Fact(gettext("Put right on"), day_in_words(hazard.rectified_at)),
        Fact(gettext("Sent back"), ngettext("%(num)s time", "%(num)s times", hazard.returns) if hazard.returns else ""),
        Fact(gettext("Verdict of the look-back"), in_words(hazard.verdict) if hazard.verdict else ""),
        Fact(gettext("Closed on"), day_in_words(hazard.closed_at)),
    ]


def _origin(hazard: Hazard) -> list[Fact]:
    return [
        Fact(gettext("Content area"), in_words(hazard.content_area)),
        Fact(gettext("Source"), _joined(in_words(hazard.source), hazard.source_reference)),
        Fact(gettext("Level of the inspection"), in_words(hazard.inspection_level) if hazard.inspection_level else ""),
        Fact(gettext("Found on"), day_in_words(hazard.found_on)),
        Fact(gettext("Inspecting body"), hazard.inspecting_body),
        Fact(gettext("Inspectors"), hazard.inspectors),
        Fact(gettext("Experts"), hazard.experts),
        Fact(gettext("How it came to this ledger"), in_words(hazard.origin)),
    ]


def _earlier(hazard: Hazard) -> list[Fact]:
    claims = hazard.claimed_done_on is not None or hazard.claimed_result
    return [
        Fact(gettext("Number in the earlier ledger"), hazard.previous_number if hazard.previous_id is None else ""),
        Fact(gettext("Result claimed earlier"), hazard.claimed_result if claims else ""),
        Fact(gettext("Claimed as done on"), day_in_words(hazard.claimed_done_on)),
    ]


def _names(uow: UnitOfWork, hazard: Hazard) -> dict[int, str]:
    bodies = (hazard.department_id, hazard.committee_id)
    found = uow.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(bodies)))
    return {row.id: row.name for row in found}


def _money(amount: Decimal | None) -> str:
    return gettext("%(amount)s ten thousand yuan", amount=format_decimal(amount)) if amount is not None else ""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
