"""The duty of forgetting uploads that nobody came back to, with the bytes that had come."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Final

from sqlalchemy import delete, select

from engine.runtime import Runtime, UnitOfWork
from engine.scheduler import Duty
from workflows.uploads.models import Upload
from workflows.uploads.pieces import place_of_pieces

BATCH: Final = 500


def expiring(runtime: Runtime, folder: Path, *, every: timedelta = timedelta(hours=1)) -> Duty:
    """A duty that drops expired uploads, one bounded batch in each transaction; `folder` is that of kept files."""

    def run(stopping: Event) -> None:
        while not stopping.is_set():
            with runtime.unit_of_work() as uow:
                dropped = drop_expired(uow, limit=BATCH)
            for upload_id in dropped:
                place_of_pieces(folder, upload_id).unlink(missing_ok=True)
            if len(dropped) < BATCH:
                return

    return Duty("expire-uploads", every, run)


def drop_expired(uow: UnitOfWork, *, limit: int) -> list[str]:
    """Drop up to `limit` uploads whose time is over, and return their ids; the kept files of finished ones stay."""
    expired = select(Upload.id).where(Upload.expires_at <= uow.now).order_by(Upload.expires_at).limit(limit)
    dropped = delete(Upload).where(Upload.id.in_(expired.scalar_subquery())).returning(Upload.id)
    return list(uow.session.scalars(dropped.execution_options(synchronize_session=False)))
