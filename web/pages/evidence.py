"""What was handed in as evidence of a hazard, sorted by kind, with what its photos tell and what is odd about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import url_for
from sqlalchemy import select

from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from engine.tasks import Actor
from web.access import scope
from web.thumbnails import Size
from web.uploads import digest_of, upload_name
from workflows.hazards.facts import hazard_by_number
from workflows.hazards.models import Evidence, Hazard
from workflows.hazards.words import EvidenceKind, Origin
from workflows.uploads import Photo, photos_by_digest
from workflows.uploads.photos import MOST_COUNTED, handed_in_elsewhere, named_elsewhere

PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".heif")
MOST_SHOWN = 200
AFTER_THE_FACT = frozenset({EvidenceKind.AFTER, EvidenceKind.ON_SITE})
"""What can only have been taken once the hazard was known."""


@dataclass(frozen=True)
class Exhibit:
    """One file under the name with which it was sent; a picture is shown small, anything else as a link.

    `photo` is what the picture tells of itself, None for what was never read as one. `is_early` says that it was taken
    before the hazard was registered; `elsewhere` for how many other hazards the same photo was handed in, `named` which
    of them the reader may see.
    """

    name: str
    address: str
    small: str
    large: str
    is_picture: bool
    photo: Photo | None = None
    is_early: bool = False
    elsewhere: int = 0
    named: Sequence[str] = ()

    @property
    def is_elsewhere_often(self) -> bool:
        """Whether there are more other hazards than are counted."""
        return self.elsewhere > MOST_COUNTED

    @property
    def counted(self) -> int:
        """The other hazards, as far as they are counted."""
        return min(self.elsewhere, MOST_COUNTED)


@dataclass(frozen=True)
class Exhibits:
    """The files of one kind, the newest first."""

    kind: EvidenceKind
    files: Sequence[Exhibit]


@dataclass(frozen=True)
class _Known:
    """What is known of many files at once, by the hash of their content."""

    photos: Mapping[str, Photo]
    elsewhere: Mapping[str, int] = field(default_factory=dict[str, int])
    named: Mapping[str, list[str]] = field(default_factory=dict[str, list[str]])


def exhibits_of(uow: UnitOfWork, number: str, actor: Actor | None = None) -> Sequence[Exhibits]:
    """The evidence of the hazard with this number; nothing for a number that no hazard has.

    With an actor, photos that were handed in for other hazards too name those that the actor may see.
    """
    hazard = hazard_by_number(uow.session, number)
    if hazard is None:
        return []
    newest = select(Evidence).where(Evidence.hazard_id == hazard.id).order_by(Evidence.id.desc()).limit(MOST_SHOWN)
    rows = list({(row.kind, row.digest): row for row in reversed(uow.session.scalars(newest).all())}.values())[::-1]
    known = _known(uow, hazard, {row.digest for row in rows}, actor)
    by_kind = {kind: [_exhibit(row, hazard, known) for row in rows if row.kind is kind] for kind in EvidenceKind}
    return [Exhibits(kind, files) for kind, files in by_kind.items() if files]


def handed_in(uow: UnitOfWork, task: UserTask, references: Collection[str]) -> Mapping[str, Exhibit]:
    """The files of a task's answers, by their references."""
    photos = photos_by_digest(uow.session, {digest_of(each) for each in references})
    return {each: _answered(task.id, each, photos.get(digest_of(each))) for each in references}


def spread(kinds: Iterable[Exhibits]) -> Sequence[Exhibit]:
    """The files of all kinds in one row."""
    return [file for kind in kinds for file in kind.files]


def _known(uow: UnitOfWork, hazard: Hazard, digests: Collection[str], actor: Actor | None) -> _Known:
    photos = photos_by_digest(uow.session, digests)
    elsewhere = handed_in_elsewhere(uow.session, hazard.id, photos)
    reused = [digest for digest, count in elsewhere.items() if count]
    if not reused or actor is None:
        return _Known(photos, elsewhere)
    return _Known(photos, elsewhere, named_elsewhere(uow.session, hazard.id, reused, scope(uow, actor)))


def _exhibit(row: Evidence, hazard: Hazard, known: _Known) -> Exhibit:
    name, photo = upload_name(row.reference), known.photos.get(row.digest)
    return Exhibit(
        name=name,
        address=url_for("files.evidence", evidence_id=row.id),
        small=url_for("files.evidence", evidence_id=row.id, size=Size.SMALL),
        large=url_for("files.evidence", evidence_id=row.id, size=Size.LARGE),
        is_picture=photo is not None or name.lower().endswith(PICTURES),
        photo=photo,
        is_early=_is_early(row.kind, photo, hazard),
        elsewhere=known.elsewhere.get(row.digest, 0),
        named=known.named.get(row.digest, ()),
    )


def _answered(task_id: int, reference: str, photo: Photo | None) -> Exhibit:
    def address(size: Size | None = None) -> str:
        return url_for("files.answer", task_id=task_id, reference=reference, size=size)

    name = upload_name(reference)
    is_picture = photo is not None or name.lower().endswith(PICTURES)
    return Exhibit(name, address(), address(Size.SMALL), address(Size.LARGE), is_picture, photo)


def _is_early(kind: EvidenceKind, photo: Photo | None, hazard: Hazard) -> bool:
    if photo is None or photo.taken_at is None or kind not in AFTER_THE_FACT:
        return False
    known_since: datetime | None = None if hazard.origin is Origin.CARRIED_OVER else hazard.created_at
    return known_since is not None and photo.taken_at < known_since
