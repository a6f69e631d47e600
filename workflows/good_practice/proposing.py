"""Proposes a good practice, from a hazard or freely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.errors import InvalidRecord, OutOfScope
from workflows.exposure.redaction import personal_data_in
from workflows.geography.divisions import divisions, path_of
from workflows.geography.regions import codes_of
from workflows.good_practice.models import GoodPractice
from workflows.good_practice.permissions import proposing_scope
from workflows.hazards.models import Hazard
from workflows.organisations.people import person_by_account
from workflows.organisations.sectors import Sector
from workflows.permissions import permits_change
from workflows.sentences import Sentence, sentence

LONGEST_TITLE: Final = 80
LONGEST_TEXT: Final = 5000
MOST_PHOTOS: Final = 6


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is proposed; `photos` are references of the upload store, free of data about camera and place."""

    title: str
    text: str
    region_code: str
    sector: Sector | None = None
    photos: Sequence[str] = ()


def propose(uow: UnitOfWork, proposal: Proposal, *, by: str, hazard: Hazard | None = None) -> GoodPractice:
    """Propose a good practice, which somebody else then approves or declines.

    Raises InvalidRecord naming each wrong field, personal data in the text among them, and OutOfScope for a place or
    sector that is not the person's.
    """
    _refuse_invalid(proposal, hazard)
    _refuse_strangers(uow, proposal, by)
    path = path_of(proposal.region_code)
    record = GoodPractice(
        title=proposal.title.strip(),
        text=proposal.text.strip(),
        region_code=proposal.region_code,
        region_path=path,
        city_code=codes_of(path)[:2][-1],
        sector=proposal.sector,
        photos=list(proposal.photos),
        hazard_id=hazard.id if hazard else None,
        organisation_name=_employer(uow, by),
        proposed_by=by,
        proposed_at=uow.now,
    )
    uow.session.add(record)
    uow.session.flush()
    publish(uow, "good_practice.proposed", f"good-practice-{record.id}", {"practice": record.id, "by": by})
    return record


def _refuse_invalid(proposal: Proposal, hazard: Hazard | None) -> None:
    errors: dict[str, Sentence] = {}
    for name, text, longest in (("title", proposal.title, LONGEST_TITLE), ("text", proposal.text, LONGEST_TEXT)):
        if not text.strip():
            errors[name] = sentence("it must not be empty")
        elif len(text) > longest:
            errors[name] = sentence("it must not be longer than %(count)s characters", count=longest)
        elif found := personal_data_in(text, hazard):
            errors[name] = sentence("it must not give away %(data)s; everybody will read it", data=found)
    if proposal.region_code not in divisions():
        errors["region_code"] = sentence("choose one of the list")
    if len(proposal.photos) > MOST_PHOTOS:
        errors["photos"] = sentence("at most %(count)s photos", count=MOST_PHOTOS)
    if errors:
        raise InvalidRecord(errors)


def _refuse_strangers(uow: UnitOfWork, proposal: Proposal, account: str) -> None:
    scope = proposing_scope(uow.session, account)
    if not permits_change(scope, path_of(proposal.region_code), proposal.sector, None):
        raise OutOfScope(
            sentence(
                "%(account)s proposes good practice only for the places and sectors of an own office or department",
                account=account,
            )
        )


def _employer(uow: UnitOfWork, account: str) -> str:
    person = person_by_account(uow.session, account)
    return person.organisation.name if person else ""
