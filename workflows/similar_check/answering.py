"""A unit's answer: nothing alike, or a hazard that goes on the ledger with a link to the one that was found first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.events import publish
from engine.operators import OperatorContext, OperatorRegistry
from engine.runtime import UnitOfWork
from workflows.campaigns.content_areas import InspectionLevel, Source
from workflows.errors import InvalidRecord, Refused
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard
from workflows.hazards.register import Registration
from workflows.hazards.register import register as put_on_the_ledger
from workflows.hazards.words import Severity
from workflows.organisations.tree import organisation
from workflows.sentences import sentence
from workflows.similar_check.models import Answer, SimilarCheck, check_by_id
from workflows.similar_check.spreading import spread_similar_check
from workflows.timekeeping import Timekeeping

NEEDED: Final = ("title", "description")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a unit submits in the form `similar_check`; what describes a hazard is needed only when one was found."""

    completed_by: str
    remark: str = ""
    title: str = ""
    description: str = ""
    place: str = ""
    severity: Severity | None = None
    criterion: str = ""


def register(operators: OperatorRegistry, timekeeping: Timekeeping) -> None:
    """Register the operators `similar_check.*`."""

    @operators.register("similar_check.spread", "部署举一反三")
    def spread(context: OperatorContext, hazard: str, reason: str, by: str = "system") -> int:
        found = hazard_of(context.uow.session, hazard)
        return len(spread_similar_check(context.uow, found, reason=reason, by=by))

    @operators.register("similar_check.record_none", "登记未发现")
    def record_none(context: OperatorContext, check: int, finding: Finding) -> None:
        answer_none(context.uow, check_by_id(context.uow.session, check), finding)

    @operators.register("similar_check.register_found", "登记同类隐患")
    def register_found(context: OperatorContext, check: int, finding: Finding) -> str:
        record = check_by_id(context.uow.session, check)
        found_on = timekeeping.calendar.local_date(context.uow.now)
        return answer_found(context.uow, record, finding, found_on).number


def answer_none(uow: UnitOfWork, check: SimilarCheck, finding: Finding) -> None:
    """The unit looked and found nothing alike. Raises Refused when it answered before."""
    _answer(uow, check, Answer.NONE, finding)


def answer_found(uow: UnitOfWork, check: SimilarCheck, finding: Finding, found_on: date) -> Hazard:
    """Put what the unit found on the ledger, which starts its own process. Raises InvalidRecord naming each field.

    Raises Refused when it answered before.
    """
    missing = {name: sentence("it is needed when a hazard was found") for name in NEEDED if not getattr(finding, name)}
    if missing:
        raise InvalidRecord(missing)
    origin = uow.session.get_one(Hazard, check.hazard_id)
    _answer(uow, check, Answer.FOUND, finding)
    found = put_on_the_ledger(uow, _registration(uow, origin, check, finding, found_on), by=finding.completed_by)
    check.found_id = found.id
    publish(uow, "similar_check.found", origin.number, {"check": check.id, "found": found.number})
    return found


def _answer(uow: UnitOfWork, check: SimilarCheck, answer: Answer, finding: Finding) -> None:
    if check.answer is not None:
        raise Refused(
            sentence("similar check %(check)s was answered already: %(answer)s", check=check.id, answer=check.answer)
        )
    check.answer, check.remark = answer, finding.remark
    check.answered_by, check.answered_at = finding.completed_by, uow.now
    number = uow.session.get_one(Hazard, check.hazard_id).number
    publish(uow, "similar_check.answered", number, {"check": check.id, "unit": check.unit_id, "answer": answer.value})


def _registration(
    uow: UnitOfWork, origin: Hazard, check: SimilarCheck, finding: Finding, found_on: date
) -> Registration:
    unit = organisation(uow.session, check.unit_id)
    return Registration(
        campaign_id=origin.campaign_id,
        title=finding.title,
        description=finding.description,
        place=finding.place,
        region_code=unit.region_code,
        sector=origin.sector,
        severity=finding.severity or Severity.GENERAL,
        criterion=finding.criterion,
        category=origin.category,
        accident_type=origin.accident_type,
        content_area=origin.content_area,
        source=Source.SELF_CHECK,
        source_reference=origin.number,
        inspection_level=InspectionLevel.ENTERPRISE,
        found_on=found_on,
        unit_id=unit.id,
        unit_name=unit.name,
        uscc=unit.uscc or "",
        remark=f"举一反三：由{origin.number}推及",
    )
