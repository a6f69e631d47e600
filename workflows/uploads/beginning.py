"""An upload from its announcement to its end: whose it is, how much it may bring, and until when it may be resumed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.errors import OutOfScope, Refused, UnknownRecord
from workflows.records import Record
from workflows.sentences import sentence
from workflows.uploads.models import Upload

RESUMABLE_FOR: Final = timedelta(days=2)
"""How long pieces are kept for the rest to come: a trip to a mountain village and back."""

A_DAY: Final = timedelta(days=1)
MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True)
class UploadLimits:
    """The most bytes of one file, and of all that one person announces within a day."""

    largest: int
    daily: int


class TooLarge(Refused):
    """The file, or the day's files together, are more than the limits allow; send smaller ones."""


def begin_upload(uow: UnitOfWork, *, account: str, name: str, length: int, limits: UploadLimits) -> Upload:
    """Announce a file of so many bytes. Raises TooLarge."""
    if length > limits.largest:
        raise TooLarge(sentence("The file is larger than %(most)s MB.", most=limits.largest // MEGABYTE))
    if _of_today(uow, account) + length > limits.daily:
        raise TooLarge(sentence("More than %(most)s MB a day cannot be uploaded.", most=limits.daily // MEGABYTE))
    begun = Upload(
        id=uuid4().hex,
        account=account,
        name=name[:255] or "file",
        length=length,
        reference=None,
        created_at=uow.now,
        expires_at=uow.now + RESUMABLE_FOR,
    )
    uow.session.add(begun)
    return begun


def upload_of(session: Session, upload_id: str, account: str) -> Upload:
    """A person's own upload. Raises UnknownRecord, OutOfScope for somebody else's."""
    found = session.get(Upload, upload_id)
    if found is None:
        raise UnknownRecord(Record.UPLOAD, upload_id)
    if found.account != account:
        raise OutOfScope(sentence("only who began an upload may go on with it"))
    return found


def finish_upload(uow: UnitOfWork, upload: Upload, reference: str) -> None:
    """Note under which reference the whole file is kept now."""
    uow.session.get_one(Upload, upload.id).reference = reference


def give_up(uow: UnitOfWork, upload: Upload) -> None:
    """Forget an upload; a file that was kept stays, because other forms may name it."""
    uow.session.delete(uow.session.get_one(Upload, upload.id))


def has_sent(session: Session, account: str, reference: str) -> bool:
    """Whether a person has sent the file of this reference piece by piece, and its row has not expired."""
    sent = select(Upload.id).where(Upload.account == account, Upload.reference == reference)
    return session.scalar(sent.limit(1)) is not None


def _of_today(uow: UnitOfWork, account: str) -> int:
    announced = select(func.sum(Upload.length)).where(Upload.account == account, Upload.created_at > uow.now - A_DAY)
    return int(uow.session.scalar(announced) or 0)
