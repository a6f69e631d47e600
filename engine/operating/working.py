"""Works batches off: instance after instance, each in a transaction of its own that also notes how far it came.

A node may die anywhere: what it committed is noted, and the next node goes on with the instance after that.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from threading import Event
from typing import Final

from sqlalchemy import select

from engine.errors import ConcurrentChange, EngineError
from engine.instances import cancel, resume, retry, suspend
from engine.operating.batches import advance, batch_of, claim, end, release
from engine.operating.models import Batch, BatchAct, BatchState
from engine.operating.selecting import Selection, ids
from engine.runtime import Runtime, UnitOfWork
from engine.scheduler import Duty
from engine.storage.models import Incident

log = logging.getLogger(__name__)

AT_A_TIME: Final = 200
"""So many numbers are read at once; each instance is still changed alone."""

ATTEMPTS: Final = 3
"""How often an instance is tried that others keep changing at the same moment."""


class LeftOff(Exception):
    """The batch was stopped, or another node works on it; this transaction is undone."""


def batching(runtime: Runtime, *, every: timedelta = timedelta(seconds=1)) -> Duty:
    """The duty that works off what was asked for; any number of nodes may have it."""

    def run(stopping: Event) -> None:
        while not stopping.is_set() and work_off(runtime, stopping):
            pass

    return Duty("batches", every, run)


def work_off(runtime: Runtime, stopping: Event) -> bool:
    """Go on with the oldest batch that nobody works on; False when there is none."""
    with runtime.unit_of_work() as uow:
        batch = claim(uow)
    if batch is None:
        return False
    try:
        for instance_id in _instances(runtime, batch):
            if stopping.is_set():
                raise LeftOff
            _deal_with(runtime, batch, instance_id)
        with runtime.unit_of_work() as uow:
            current = batch_of(uow.session, batch.id, lock=True)
            if current.state is BatchState.RUNNING:
                end(uow, current, BatchState.DONE)
    except LeftOff:
        with runtime.unit_of_work() as uow:
            release(uow, batch.id)
    return True


def _instances(runtime: Runtime, batch: Batch) -> Iterator[int]:
    selection = Selection.of_json(batch.selection)
    below = batch.position if batch.position is not None else batch.beginning + 1
    while True:
        with runtime.reading() as uow:
            found = ids(uow.session, selection, after=below, limit=AT_A_TIME)
        if not found:
            return
        yield from found
        below = found[-1]


def _deal_with(runtime: Runtime, batch: Batch, instance_id: int) -> None:
    try:
        _try(runtime, batch, instance_id)
    except LeftOff:
        raise
    except EngineError as error:
        _refused(runtime, batch, instance_id, str(error))
    except Exception as error:
        log.exception("batch %s stumbled over instance %s", batch.id, instance_id)
        _refused(runtime, batch, instance_id, f"{type(error).__name__}: {error}")


def _try(runtime: Runtime, batch: Batch, instance_id: int) -> None:
    for _ in range(ATTEMPTS - 1):
        with suppress(ConcurrentChange):
            return _once(runtime, batch, instance_id)
    return _once(runtime, batch, instance_id)


def _once(runtime: Runtime, batch: Batch, instance_id: int) -> None:
    with runtime.unit_of_work() as uow:
        problems = act_on(uow, batch, instance_id)
        if not advance(uow, batch.id, instance_id, acted=not problems, problems=problems):
            raise LeftOff


def act_on(uow: UnitOfWork, batch: Batch, instance_id: int) -> list[str]:
    """Do what the batch asks with one instance, and say what failed again. Raises what the act raises."""
    by, reason = batch.requested_by, batch.reason
    match batch.act:
        case BatchAct.CANCEL:
            cancel(uow, instance_id, reason=reason, by=by)
        case BatchAct.SUSPEND:
            suspend(uow, instance_id, reason=reason, by=by)
        case BatchAct.RESUME:
            resume(uow, instance_id, reason=reason, by=by)
        case BatchAct.RETRY:
            for incident in _unresolved(uow, instance_id):
                retry(uow, incident.id, by=by)
            return [incident.message for incident in _unresolved(uow, instance_id)]
    return []


def _unresolved(uow: UnitOfWork, instance_id: int) -> Sequence[Incident]:
    waiting = select(Incident).where(Incident.instance_id == instance_id, Incident.resolved_at.is_(None))
    return uow.session.scalars(waiting.order_by(Incident.id).execution_options(populate_existing=True)).all()


def _refused(runtime: Runtime, batch: Batch, instance_id: int, message: str) -> None:
    with runtime.unit_of_work() as uow:
        if not advance(uow, batch.id, instance_id, problems=[message]):
            raise LeftOff
