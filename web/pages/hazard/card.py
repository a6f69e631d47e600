"""A hazard on one sheet of paper (隐患卡): its facts, its stages with names and days, its photos, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy import select

from engine.runtime import UnitOfWork
from engine.storage.models import TaskStatus, UserTask
from web.pages.evidence import Exhibit, Exhibits, exhibits_of
from web.pages.facts import Fact, day_in_words, responsible_person
from web.pages.hazard.clipping import clipped
from web.pages.names import names_of
from web.places import place_in_words
from web.wiring import settings
from web.words import in_words
from workflows.hazards.models import Hazard, StageChange, Verification
from workflows.hazards.words import EvidenceKind, Stage
from workflows.organisations.models import Organisation

WIDE, NARROW = 44.0, 19.0
"""How many characters of the card's letters stand beside each other in its wide and in its narrow cells."""

PHOTOS = 2
LEADING = "confirm_by_leader"
SHOWN = (EvidenceKind.BEFORE, EvidenceKind.AFTER)


@dataclass(frozen=True)
class Signature:
    """One stage with what was said there, by whom and when; empty where nobody has signed yet."""

    stage: str
    said: str
    who: str
    when: str


@dataclass(frozen=True)
class Shown:
    """The photos of one kind that have room, and how many there are."""

    kind: EvidenceKind
    photos: Sequence[Exhibit]
    count: int


@dataclass(frozen=True)
class HazardCard:
    """The card as it is printed; `code` is the QR code of `address`."""

    facts: Sequence[Fact]
    texts: Sequence[Fact]
    signatures: Sequence[Signature]
    photos: Sequence[Shown]
    address: str
    code: Markup


def card_of(uow: UnitOfWork, hazard: Hazard, path: str) -> HazardCard:
    """The card of a hazard whose page stands at a path of this site; everything is cut to what one sheet holds."""
    address = settings().public_url + path
    return HazardCard(
        facts=[Fact(it.label, clipped(it.value, ems=NARROW, lines=2)) for it in _facts(uow, hazard)],
        texts=[Fact(label, clipped(text, ems=WIDE, lines=lines)) for label, text, lines in _texts(hazard)],
        signatures=list(_signatures(uow, hazard)),
        photos=_photos(exhibits_of(uow, hazard.number)),
        address=address,
        code=qr_code(address),
    )


def qr_code(address: str) -> Markup:
    """An address as a QR code in SVG, for whoever has the paper and a phone."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(border=2, omitsize=True, dark="#000", light="#fff"))  # made of squares alone


def _facts(uow: UnitOfWork, hazard: Hazard) -> list[Fact]:
    department = uow.session.get_one(Organisation, hazard.department_id)
    return [
        Fact(gettext("Responsible unit"), hazard.unit_name),
        Fact(gettext("Place"), f"{place_in_words(hazard.region_code)} {hazard.place}".strip()),
        Fact(gettext("Sector"), in_words(hazard.sector)),
        Fact(gettext("Source"), f"{in_words(hazard.source)} {hazard.source_reference}".strip()),
        Fact(gettext("Responsible person"), responsible_person(uow, hazard)),
        Fact(gettext("Supervising department"), department.name),
        Fact(gettext("Found on"), day_in_words(hazard.found_on)),
        Fact(gettext("To be rectified by"), day_in_words(hazard.due_at)),
    ]


def _texts(hazard: Hazard) -> list[tuple[str, str, int]]:
    """The long texts, each with the lines that it may fill."""
    told = [
        (gettext("Description"), hazard.description, 4),
        (gettext("Judged by"), hazard.criterion, 1),
        (gettext("Requirements"), hazard.requirements, 2),
        (gettext("Measures"), hazard.measures, 4),
        (gettext("Controls meanwhile, emergency plan"), hazard.interim_controls, 2),
    ]
    return [each for each in told if each[1]]


def _signatures(uow: UnitOfWork, hazard: Hazard) -> Iterator[Signature]:
    """The stages of the main line, each as it was gone through since the hazard was last sent back."""
    leader = _leaders_word(uow, hazard) if hazard.rectified_at else None
    checks = {check.stage: check for check in _verifications(uow, hazard)}
    people = [*_checkers(checks.values()), hazard.closed_by, leader.completed_by if leader else None]
    names = names_of(uow, people)
    done = gettext("Put right on %(day)s", day=day_in_words(hazard.rectified_at)) if hazard.rectified_at else ""
    if leader is not None:
        who, when = names.get(leader.completed_by or "", ""), day_in_words(leader.completed_at)
    else:
        who, when = "", ""
    yield Signature(in_words(Stage.SELF_CHECK), done, who, when)
    for stage in (Stage.SPECIAL_INSPECTION, Stage.SPOT_CHECK):
        yield _checked(uow, hazard, stage, checks.get(stage), names)
    closed = gettext("Closed") if hazard.stage is Stage.CLOSED else ""
    yield Signature(
        in_words(Stage.CLOSURE), closed, names.get(hazard.closed_by or "", ""), day_in_words(hazard.closed_at)
    )


def _checked(
    uow: UnitOfWork, hazard: Hazard, stage: Stage, check: Verification | None, names: Mapping[str, str]
) -> Signature:
    if check is not None:
        result = gettext("Passed") if check.passed else gettext("Not passed")
        verdict = in_words(check.verdict) if check.verdict else ""
        said = " · ".join(part for part in (result, verdict, check.document, check.opinion) if part)
        who = gettext(", ").join(names.get(str(each), str(each)) for each in check.verifiers)
        return Signature(in_words(stage), clipped(said, ems=NARROW + 9, lines=3), who, day_in_words(check.at))
    left = _left(uow, hazard, stage)
    said = gettext("Not sampled") if left is not None and stage is Stage.SPOT_CHECK else ""
    return Signature(in_words(stage), said, "", day_in_words(left.at) if left else "")


def _left(uow: UnitOfWork, hazard: Hazard, stage: Stage) -> StageChange | None:
    changes = select(StageChange).where(StageChange.hazard_id == hazard.id, StageChange.before == stage)
    returned = _last_return(uow, hazard)
    changes = changes.where(StageChange.at > returned) if returned else changes
    return uow.session.scalars(changes.order_by(StageChange.id.desc()).limit(1)).one_or_none()


def _leaders_word(uow: UnitOfWork, hazard: Hazard) -> UserTask | None:
    """The last time that the unit's leader confirmed a rectification."""
    wanted = select(UserTask).where(
        UserTask.business_key == hazard.number,
        UserTask.element_id == LEADING,
        UserTask.status == TaskStatus.COMPLETED,
    )
    return uow.session.scalars(wanted.order_by(UserTask.id.desc()).limit(1)).one_or_none()


def _verifications(uow: UnitOfWork, hazard: Hazard) -> Sequence[Verification]:
    """The verifications since the hazard was last sent back; what led to that counts no more."""
    wanted = select(Verification).where(Verification.hazard_id == hazard.id).order_by(Verification.id)
    returned = _last_return(uow, hazard)
    return uow.session.scalars(wanted.where(Verification.at > returned) if returned else wanted).all()


def _last_return(uow: UnitOfWork, hazard: Hazard) -> datetime | None:
    changes = select(StageChange.at).where(
        StageChange.hazard_id == hazard.id, StageChange.after == Stage.SELF_CHECK, StageChange.before.is_not(None)
    )
    return uow.session.scalar(changes.order_by(StageChange.id.desc()).limit(1))


def _checkers(checks: Iterable[Verification]) -> Iterator[str]:
    for check in checks:
        yield from (str(each) for each in check.verifiers)


def _photos(evidence: Sequence[Exhibits]) -> Sequence[Shown]:
    kinds = {each.kind: [file for file in each.files if file.is_picture] for each in evidence}
    return [Shown(kind, kinds[kind][:PHOTOS], len(kinds[kind])) for kind in SHOWN if kinds.get(kind)]
