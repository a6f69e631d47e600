"""Whether acknowledgements were honoured: what they stop was stopped, nothing else was, only recipients gave any."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.escalation.auditing.differences import Difference, Fault, difference
from workflows.escalation.auditing.trails import Trail
from workflows.escalation.auditing.yardstick import Yardstick
from workflows.escalation.models import Acknowledgement
from workflows.escalation.recorded import Taken
from workflows.escalation.steps import EscalationStep
from workflows.escalation.stopping import stops


def acknowledgements_are_honoured(trail: Trail, by: Yardstick) -> Iterator[Difference]:
    """Compares what was stopped with what the acknowledgements on record stop by the decision table."""
    for taken in trail.taken:
        holding = _holding(taken, trail, by)
        if taken.stopped_by_id is not None and taken.stopped_by_id not in {it.id for it in holding}:
            yield difference(Fault.STOPPED_WITHOUT_REASON, trail.task, taken)
        if taken.stopped_by_id is None and any(taken.at - it.at > by.patience for it in holding):
            yield difference(Fault.DESPITE_ACKNOWLEDGEMENT, trail.task, taken)
    for given in trail.given:
        if not _was_told(given, trail):
            step = Taken(given.task_id, 0, given.at, given.step, given.due_at, None)
            yield difference(Fault.ACKNOWLEDGED_UNTOLD, trail.task, step, account=given.by)


def _holding(taken: Taken, trail: Trail, by: Yardstick) -> list[Acknowledgement]:
    rule = by.rules(trail.task).get(taken.step)
    is_listed_already = taken.step is EscalationStep.LIST_FOR_SUPERVISION and trail.task.supervised
    if rule is None or (is_listed_already and taken.stopped_by_id is None):
        return []
    return [it for it in trail.given if stops(it, rule, taken.due_at, taken.at)]


def _was_told(given: Acknowledgement, trail: Trail) -> bool:
    return any(
        told.account == given.by and told.delivered_at is not None and told.delivered_at <= given.at
        for taken in trail.taken
        if (taken.step, taken.due_at) == (given.step, given.due_at)
        for told in trail.told.get(taken.id, ())
    )
