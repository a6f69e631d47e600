"""The steps of a case: the numbered order, the decision, and its publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.calendar import WorkingCalendar
from workflows.enforcement.closure_alert import closure_alert
from workflows.enforcement.models import EnforcementCase, PenaltyKind
from workflows.errors import InvalidRecord, Refused
from workflows.hazards.models import Hazard
from workflows.numbers import next_number
from workflows.organisations.tree import organisation
from workflows.papers import orders_to_rectify
from workflows.sentences import sentence

PENALTIES_LENGTH = 500


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What the inspectors submit in the form `case_filing`; two of them sign (Work Safety Law art. 68)."""

    completed_by: str
    problems: str
    basis: str
    inspectors: str
    rectify_by: date


@dataclass(frozen=True, kw_only=True)
class PenaltyDecision:
    """What the department's leader submits in the form `penalty_decision`; the amount in 万元."""

    completed_by: str
    penalty: PenaltyKind
    opinion: str
    amount: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Where the public was told of a penalty, in the form `publication`."""

    completed_by: str
    completed_at: datetime
    media: str


def issue_order(uow: UnitOfWork, case: EnforcementCase, filing: Filing) -> str:
    """File the case and number its order to rectify (责令限期整改指令书); returns the number.

    Raises Refused when it was filed before.
    """
    if case.order_number is not None:
        raise Refused(sentence("case %(case)s has the order %(order)s already", case=case.id, order=case.order_number))
    department = organisation(uow.session, case.department_id)
    number = next_number(uow, orders_to_rectify(department)).text
    case.order_number = number
    case.problems, case.basis = filing.problems, filing.basis
    case.inspectors, case.rectify_by = filing.inspectors, filing.rectify_by
    case.filed_at = uow.now
    hazard = _hazard(uow, case)
    hazard.documents = [*hazard.documents, number]
    publish(uow, "enforcement.order_issued", hazard.number, {"case": case.id, "order": number})
    return number


def record_decision(
    uow: UnitOfWork, case: EnforcementCase, decision: PenaltyDecision, calendar: WorkingCalendar
) -> None:
    """Write a decision down, on the hazard too, and tell when the unit's closure must be proposed.

    Raises InvalidRecord for a fine without an amount, or an amount without a fine; Refused when it was decided.
    """
    if case.decided_at is not None:
        raise Refused(sentence("case %(case)s was decided at %(at)s already", case=case.id, at=case.decided_at))
    _refuse_wrong_amount(decision)
    case.penalty, case.amount = decision.penalty, decision.amount
    case.opinion, case.decided_by, case.decided_at = decision.opinion, decision.completed_by, uow.now
    hazard = _hazard(uow, case)
    facts = {"case": case.id, "penalty": decision.penalty.value, "amount": str(decision.amount or "")}
    publish(uow, "enforcement.decided", hazard.number, facts)
    if decision.penalty is not PenaltyKind.NONE:
        hazard.penalties = f"{hazard.penalties}；{_in_words(case)}".lstrip("；")[-PENALTIES_LENGTH:]
        _tell_of_closure(uow, case, hazard, calendar)


def record_publication(uow: UnitOfWork, case: EnforcementCase, publication: Publication) -> None:
    """The penalty was made public, as art. 78 of the Work Safety Law asks within seven working days."""
    case.published_in, case.published_by = publication.media, publication.completed_by
    case.published_at = publication.completed_at
    facts = {"case": case.id, "media": publication.media}
    publish(uow, "enforcement.penalty_published", _hazard(uow, case).number, facts)


def _hazard(uow: UnitOfWork, case: EnforcementCase) -> Hazard:
    return uow.session.get_one(Hazard, case.hazard_id)


def _refuse_wrong_amount(decision: PenaltyDecision) -> None:
    is_fine = decision.penalty is PenaltyKind.FINE
    if is_fine and not (decision.amount and decision.amount > 0):
        raise InvalidRecord({"amount": sentence("a fine needs its amount in 万元")})
    if not is_fine and decision.amount:
        raise InvalidRecord({"amount": sentence("%(penalty)s has no amount", penalty=decision.penalty)})


def _in_words(case: EnforcementCase) -> str:
    penalty = case.penalty.label if case.penalty else ""
    amount = f"{case.amount:.2f}万元" if case.amount else ""
    return f"{penalty}{amount}（{case.order_number}）"


def _tell_of_closure(uow: UnitOfWork, case: EnforcementCase, hazard: Hazard, calendar: WorkingCalendar) -> None:
    if case.unit_id is None:
        return
    uow.session.flush()
    alert = closure_alert(uow.session, case.unit_id, calendar.local_date(uow.now))
    if alert is not None:
        facts = {"unit": alert.unit_id, "in_180_days": alert.in_180_days, "in_a_year": alert.in_a_year}
        publish(uow, "enforcement.closure_advised", hazard.number, facts)
