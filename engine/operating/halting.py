"""Suspends a process as a whole: no instance of it begins, in any version, until it is resumed."""

from __future__ import annotations

from sqlalchemy import select, update

from engine.errors import NotFound, WrongState
from engine.events import publish
from engine.runtime import UnitOfWork
from engine.storage.models import ProcessDefinition


def suspend_process(uow: UnitOfWork, process_id: str, *, reason: str, by: str) -> None:
    """Refuse new instances from now on; those that run go on. Raises NotFound, and WrongState when it is suspended."""
    _set(uow, process_id, suspended=True)
    publish(uow, "process.suspended", f"process-{process_id}", {"process": process_id, "reason": reason, "by": by})


def resume_process(uow: UnitOfWork, process_id: str, *, reason: str, by: str) -> None:
    """Let instances begin again. Raises NotFound, and WrongState when it is not suspended."""
    _set(uow, process_id, suspended=False)
    publish(uow, "process.resumed", f"process-{process_id}", {"process": process_id, "reason": reason, "by": by})


def is_suspended(uow: UnitOfWork, process_id: str) -> bool:
    """Whether new instances are refused. Raises NotFound."""
    newest = select(ProcessDefinition.suspended).where(ProcessDefinition.process_id == process_id)
    found = uow.session.scalar(newest.order_by(ProcessDefinition.version.desc()).limit(1))
    if found is None:
        raise NotFound("process definition", process_id)
    return found


def _set(uow: UnitOfWork, process_id: str, *, suspended: bool) -> None:
    """All versions are changed, so that whichever becomes the newest is in the same state."""
    of_process = ProcessDefinition.process_id == process_id
    uow.session.execute(select(ProcessDefinition.id).where(of_process).order_by(ProcessDefinition.id).with_for_update())
    if is_suspended(uow, process_id) is suspended:
        state = "suspended" if suspended else "active"
        raise WrongState(
            "process definition", process_id, expected="active" if suspended else "suspended", actual=state
        )
    uow.session.execute(update(ProcessDefinition).where(of_process).values(suspended=suspended))
