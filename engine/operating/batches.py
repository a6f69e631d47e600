"""Acts on many instances at once: asked for in one transaction, done in the background, each instance in its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from engine.errors import NotFound, WrongState
from engine.events import publish
from engine.operating.models import Batch, BatchAct, BatchProblem, BatchState
from engine.operating.selecting import Selection, how_many
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, InstanceStatus

LEASE: Final = timedelta(minutes=2)
"""Whoever has said nothing for so long is taken to be gone, and another node goes on with the batch."""

UNDER_WAY: Final = (BatchState.WAITING, BatchState.RUNNING)
APPLIES_TO: Final = {
    BatchAct.CANCEL: (InstanceStatus.RUNNING, InstanceStatus.SUSPENDED),
    BatchAct.SUSPEND: (InstanceStatus.RUNNING,),
    BatchAct.RESUME: (InstanceStatus.SUSPENDED,),
    BatchAct.RETRY: (InstanceStatus.RUNNING,),
}
"""The states in which an instance must be for each act."""


def begin_batch(uow: UnitOfWork, act: BatchAct, selection: Selection, *, reason: str, by: str) -> Batch:
    """Ask for an act on every selected instance that exists now and that it can apply to.

    Raises WrongState when there is none.
    """
    wanted = applicable(act, selection)
    expected = how_many(uow.session, wanted) if wanted is not None else 0
    if wanted is None or expected == 0:
        raise WrongState("selection", act.value, expected="of some instances to which this applies", actual="empty")
    batch = Batch(
        act=act,
        selection=wanted.as_json(),
        reason=reason,
        requested_by=by,
        requested_at=uow.now,
        state=BatchState.WAITING,
        beginning=uow.session.scalar(select(func.max(Instance.id))) or 0,
        expected=expected,
        acted=0,
        refused=0,
    )
    uow.session.add(batch)
    uow.session.flush()
    publish(uow, "batch.requested", f"batch-{batch.id}", _facts(batch))
    return batch


def applicable(act: BatchAct, selection: Selection) -> Selection | None:
    """The part of a selection to which an act can apply; None when there can be nothing in it."""
    statuses = tuple(it for it in APPLIES_TO[act] if not selection.statuses or it in selection.statuses)
    if not statuses:
        return None
    return replace(selection, statuses=statuses, failed=selection.failed or act is BatchAct.RETRY)


def stop_batch(uow: UnitOfWork, batch_id: int) -> Batch:
    """Leave off; what is done stays done. Raises NotFound, and WrongState when it has ended."""
    batch = batch_of(uow.session, batch_id, lock=True)
    if batch.state not in UNDER_WAY:
        raise WrongState("batch", batch_id, expected="under way", actual=batch.state.value)
    end(uow, batch, BatchState.STOPPED)
    return batch


def end(uow: UnitOfWork, batch: Batch, state: BatchState) -> None:
    """Let a batch be over."""
    batch.state, batch.finished_at, batch.claimed_until = state, uow.now, None
    publish(uow, "batch.ended", f"batch-{batch.id}", _facts(batch) | {"state": state.value})


def batch_of(session: Session, batch_id: int, *, lock: bool = False) -> Batch:
    """A batch. Raises NotFound."""
    batch = session.get(Batch, batch_id, with_for_update=True if lock else None, populate_existing=True)
    if batch is None:
        raise NotFound("batch", batch_id)
    return batch


def batches(session: Session, *, after: int | None = None, limit: int = 50) -> Sequence[Batch]:
    """The newest batches, with numbers below `after`."""
    wanted = select(Batch).order_by(Batch.id.desc()).limit(limit)
    return session.scalars(wanted.where(Batch.id < after) if after is not None else wanted).all()


def problems_of(session: Session, batch_id: int, *, limit: int = 100) -> Sequence[BatchProblem]:
    """The first instances with which a batch could do nothing."""
    wanted = select(BatchProblem).where(BatchProblem.batch_id == batch_id).order_by(BatchProblem.id)
    return session.scalars(wanted.limit(limit)).all()


def claim(uow: UnitOfWork) -> Batch | None:
    """The oldest batch that nobody works on, claimed for the caller; None when there is none."""
    free = or_(Batch.claimed_until.is_(None), Batch.claimed_until < uow.now)
    wanted = select(Batch).where(Batch.state.in_(UNDER_WAY), free).order_by(Batch.id).limit(1)
    batch = uow.session.scalars(wanted.with_for_update(skip_locked=True)).one_or_none()
    if batch is not None:
        batch.state, batch.claimed_until = BatchState.RUNNING, uow.now + LEASE
    return batch


def release(uow: UnitOfWork, batch_id: int) -> None:
    """Let another node go on with a batch at once."""
    uow.session.execute(update(Batch).where(Batch.id == batch_id).values(claimed_until=None))


def advance(
    uow: UnitOfWork, batch_id: int, instance_id: int, *, acted: bool = False, problems: Sequence[str] = ()
) -> bool:
    """Note what came of one instance; False when the batch was stopped, or another node was here already."""
    not_yet = or_(Batch.position.is_(None), Batch.position > instance_id)
    noted: Any = uow.session.execute(
        update(Batch)
        .where(Batch.id == batch_id, Batch.state == BatchState.RUNNING, not_yet)
        .values(
            position=instance_id,
            acted=Batch.acted + int(acted),
            refused=Batch.refused + int(bool(problems)),
            claimed_until=uow.now + LEASE,
        )
        .execution_options(synchronize_session=False)
    )
    uow.session.add_all(
        BatchProblem(batch_id=batch_id, instance_id=instance_id, message=message) for message in problems
    )
    return bool(noted.rowcount)


def _facts(batch: Batch) -> dict[str, Any]:
    return {
        "batch": batch.id,
        "act": batch.act.value,
        "selection": batch.selection,
        "reason": batch.reason,
        "by": batch.requested_by,
        "expected": batch.expected,
        "acted": batch.acted,
        "refused": batch.refused,
    }
