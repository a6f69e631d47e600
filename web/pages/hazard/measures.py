"""What authorities did about a hazard beside its main line: supervision, enforcement, exposure, papers, transfers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_decimal, gettext
from sqlalchemy import select

from engine.runtime import UnitOfWork
from web.pages.facts import Fact, day_in_words
from web.words import in_words
from workflows.enforcement.models import EnforcementCase, PenaltyKind, cases_of
from workflows.exposure.models import Exposure, exposures_of
from workflows.hazards.models import Hazard
from workflows.listed_supervision import Supervision


@dataclass(frozen=True)
class Measure:
    """One supervision, case or exposure: what it is, how it stands, and its facts."""

    title: str
    status: str
    facts: Sequence[Fact]


def measures_of(uow: UnitOfWork, hazard: Hazard) -> Sequence[Measure]:
    """Everything beside the main line, the newest of each kind first."""
    supervisions = select(Supervision).where(Supervision.hazard_id == hazard.id).order_by(Supervision.id.desc())
    return [
        *(_supervision(each) for each in uow.session.scalars(supervisions)),
        *(_case(each) for each in reversed(cases_of(uow.session, hazard.id))),
        *(_exposure(each) for each in reversed(exposures_of(uow.session, hazard.id))),
    ]


def other_papers(hazard: Hazard) -> Sequence[Fact]:
    """What the ledger's own columns say of papers, penalties and transfers."""
    told = [
        Fact(gettext("Papers"), gettext(", ").join(str(each) for each in hazard.documents)),
        Fact(gettext("Penalties"), hazard.penalties),
        Fact(gettext("Transfers, talks, accountability"), hazard.transfers),
    ]
    return [fact for fact in told if fact.value]


def _supervision(it: Supervision) -> Measure:
    facts = [
        Fact(gettext("Level"), in_words(it.level)),
        Fact(gettext("Reason"), it.reason),
        Fact(gettext("Number of the notice"), it.document or ""),
        Fact(gettext("Requirements"), it.requirements),
        Fact(gettext("To be finished by"), day_in_words(it.finish_by)),
        Fact(gettext("Decided on"), day_in_words(it.decided_at)),
        Fact(gettext("Signed for on"), day_in_words(it.signed_at)),
        Fact(gettext("Published"), _published(it.published_in, day_in_words(it.published_at))),
        Fact(gettext("Delisted on"), day_in_words(it.delisted_at)),
    ]
    return Measure(gettext("Listed supervision"), in_words(it.status), _told(facts))


def _case(it: EnforcementCase) -> Measure:
    facts = [
        Fact(gettext("Reason"), it.reason),
        Fact(gettext("Order to rectify"), it.order_number or ""),
        Fact(gettext("Basis"), it.basis),
        Fact(gettext("To be rectified by"), day_in_words(it.rectify_by)),
        Fact(gettext("Decided on"), day_in_words(it.decided_at)),
        Fact(gettext("Published"), _published(it.published_in, day_in_words(it.published_at))),
    ]
    return Measure(gettext("Enforcement"), _penalty(it), _told(facts))


def _penalty(it: EnforcementCase) -> str:
    if it.penalty is None:
        return gettext("Under way")
    if it.penalty is PenaltyKind.FINE and it.amount is not None:
        amount = gettext("%(amount)s ten thousand yuan", amount=format_decimal(it.amount))
        return f"{in_words(it.penalty)} {amount}"
    return in_words(it.penalty)


def _exposure(it: Exposure) -> Measure:
    facts = [
        Fact(gettext("Reason"), it.reason),
        Fact(gettext("Text for the public"), it.public_text),
        Fact(gettext("Published"), _published(it.media, day_in_words(it.published_at))),
        Fact(gettext("Opinion"), it.opinion),
    ]
    return Measure(gettext("Exposure"), in_words(it.status), _told(facts))


def _published(where: str, day: str) -> str:
    return " ".join(part for part in (day, where) if part) if day else ""


def _told(facts: Sequence[Fact]) -> Sequence[Fact]:
    return [fact for fact in facts if fact.value]
