"""The answer to a request: a granted one moves the limit and the open task with its timers; the old date stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.events import publish
from engine.operators import OperatorContext, OperatorRegistry
from engine.runtime import UnitOfWork
from engine.tasks import reschedule
from workflows.calendar import WorkingCalendar
from workflows.errors import InvalidRecord, WrongStage
from workflows.extension_request.models import ExtensionRequest, ExtensionStatus, extension_request
from workflows.extension_request.requesting import rectification_task
from workflows.hazards.guard import FINAL
from workflows.hazards.models import Hazard
from workflows.hazards.planning import set_time_limit
from workflows.records import Record
from workflows.sentences import sentence
from workflows.timekeeping import Timekeeping


@dataclass(frozen=True)
class Answer:
    """What was submitted in the form `extension_decision`; without `until` the day asked for is granted."""

    completed_by: str
    opinion: str
    until: date | None = None


def register(operators: OperatorRegistry, timekeeping: Timekeeping) -> None:
    """Register what the service tasks of `extension_request` do."""

    @operators.register("extension.grant", "同意延期")
    def grant_request(context: OperatorContext, request: int, answer: Answer) -> None:
        grant(context.uow, extension_request(context.uow.session, request), answer, timekeeping.calendar)

    @operators.register("extension.refuse", "不予延期")
    def refuse_request(context: OperatorContext, request: int, answer: Answer) -> None:
        refuse(context.uow, extension_request(context.uow.session, request), answer)


def grant(uow: UnitOfWork, request: ExtensionRequest, answer: Answer, calendar: WorkingCalendar) -> None:
    """Grant a request, for fewer days than asked for if so answered.

    The limit is the close of work on the granted day. When the unit has rectified meanwhile, the limit moves all the
    same and counts if the hazard is sent back; a hazard that is closed or void stays as it is. Raises WrongStage when
    the request was decided, InvalidRecord for a day that no extension can end on.
    """
    granted_until = answer.until or request.until
    if not calendar.local_date(request.present_due_at) < granted_until <= request.until:
        refusal = sentence("it must lie after the present limit, and not after %(day)s", day=request.until)
        raise InvalidRecord({"until": refusal})
    _decide(uow, request, ExtensionStatus.GRANTED, answer)
    request.granted_until = granted_until
    hazard = uow.session.get_one(Hazard, request.hazard_id)
    publish(
        uow, "extension.granted", hazard.number, {"request": request.id, "granted_until": granted_until.isoformat()}
    )
    if hazard.stage not in FINAL:
        _move_limit(uow, hazard, calendar.at(granted_until, calendar.close_of_day), request)


def refuse(uow: UnitOfWork, request: ExtensionRequest, answer: Answer) -> None:
    """Refuse a request; the limit stays. Raises WrongStage when it was decided."""
    _decide(uow, request, ExtensionStatus.REFUSED, answer)
    hazard = uow.session.get_one(Hazard, request.hazard_id)
    publish(uow, "extension.refused", hazard.number, {"request": request.id, "opinion": answer.opinion})


def _decide(uow: UnitOfWork, request: ExtensionRequest, status: ExtensionStatus, answer: Answer) -> None:
    if request.status is not ExtensionStatus.PENDING:
        raise WrongStage(
            Record.EXTENSION_REQUEST, request.id, expected=[ExtensionStatus.PENDING], actual=request.status
        )
    request.status = status
    request.opinion, request.decided_by, request.decided_at = answer.opinion, answer.completed_by, uow.now


def _move_limit(uow: UnitOfWork, hazard: Hazard, due_at: datetime, request: ExtensionRequest) -> None:
    by = request.decided_by or ""
    set_time_limit(uow, hazard, due_at, reason=request.reason, by=by)
    hazard.extensions += 1
    task = rectification_task(uow.session, hazard)
    if task is not None:
        reschedule(uow, task.id, due_at, reason=request.reason, by=by)
