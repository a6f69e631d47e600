"""Puts hazards on the ledger: numbers them, finds who answers for them along both lines, and starts their process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from engine.events import outbox_row
from engine.instances import start_many
from engine.runtime import UnitOfWork
from engine.storage.bulk import insert_rows, reserve_ids
from engine.storage.models import OutboxEvent
from workflows.calendar import BEIJING_TIME
from workflows.campaigns.content_areas import ContentArea, InspectionLevel, Source
from workflows.campaigns.models import Campaign
from workflows.errors import InvalidRecord
from workflows.geography.divisions import RegionLevel, path_of
from workflows.hazards.answering import Answering
from workflows.hazards.facts import FIRST_VARIABLES, facts_of, is_closed_by_city
from workflows.hazards.fingerprint import fingerprint_of
from workflows.hazards.models import Hazard, StageChange
from workflows.hazards.rules import errors_of
from workflows.hazards.words import Category, Origin, Severity, Stage
from workflows.numbers import hazards_of, reserve
from workflows.organisations.models import Organisation
from workflows.organisations.sectors import Sector
from workflows.search.keeping import entries_of
from workflows.search.models import HazardSearch
from workflows.sentences import Sentence, sentence

PROCESS = "hazard_lookback"

_NAME_INSTANCE = update(Hazard).where(Hazard.id == bindparam("of_hazard")).values(instance_id=bindparam("of_instance"))
"""One statement for a whole batch, past the version check: nobody else knows these rows yet."""


@dataclass(frozen=True, kw_only=True)
class Registration:
    """A hazard that is to be put on the ledger. What is left out is not known, and may be added by the unit's plan."""

    campaign_id: int
    title: str
    description: str
    region_code: str
    sector: Sector
    severity: Severity
    content_area: ContentArea
    source: Source
    unit_name: str
    unit_id: int | None = None
    origin: Origin = Origin.NEW
    place: str = ""
    criterion: str = ""
    category: Category | None = None
    accident_type: str = ""
    violated_clause: str = ""
    source_reference: str = ""
    inspection_level: InspectionLevel | None = None
    inspecting_body: str = ""
    inspectors: str = ""
    experts: str = ""
    inspected_unit: str = ""
    found_on: date | None = None
    uscc: str = ""
    responsible_person: str | None = None
    responsible_name: str = ""
    responsible_post: str = ""
    responsible_phone: str = ""
    department_person: str = ""
    guaranteeing_leader: str = ""
    requirements: str = ""
    measures: str = ""
    steps: str = ""
    interim_controls: str = ""
    funds_planned: Decimal | None = None
    funds_in_place: Decimal | None = None
    funds_spent: Decimal | None = None
    due_at: datetime | None = None
    penalties: str = ""
    transfers: str = ""
    remark: str = ""
    previous_id: int | None = None
    previous_number: str = ""
    claimed_result: str = ""
    claimed_done_on: date | None = None

    @property
    def fingerprint(self) -> bytes:
        """What another registration of the same hazard shares with this one; see `fingerprint_of`."""
        return fingerprint_of(
            region_code=self.region_code,
            unit_name=self.unit_name,
            description=self.description,
            found_on=self.found_on,
        )


def register(uow: UnitOfWork, registration: Registration, *, by: str) -> Hazard:
    """Put one hazard on the ledger and start its process. Raises InvalidRecord naming each wrong field."""
    return register_many(uow, [registration], by=by)[0]


def register_many(
    uow: UnitOfWork, registrations: Sequence[Registration], *, by: str, answering: Answering | None = None
) -> list[Hazard]:
    """Put hazards on the ledger and start their processes, all in this transaction, in the order given.

    An importer hands in one `answering` for all its batches. Raises InvalidRecord whose fields begin with the
    position, as in `3.title`, when there are several.
    """
    if not registrations:
        return []
    _refuse_invalid(uow, registrations)
    answering = answering or Answering()
    numbers = _numbers(uow, registrations)
    hazards = [
        _hazard(uow, registration, number, answering, by)
        for registration, number in zip(registrations, numbers, strict=True)
    ]
    for hazard, key in zip(hazards, reserve_ids(uow.session, Hazard, len(hazards)), strict=True):
        hazard.id = key
    uow.session.add_all(hazards)
    uow.session.flush()
    insert_rows(uow.session, StageChange, [_first_stage(hazard) for hazard in hazards])
    insert_rows(uow.session, HazardSearch, entries_of(hazards))
    _start(uow, hazards, answering, by)
    told = [outbox_row(uow, "hazard.registered", hazard.number, _told(hazard)) for hazard in hazards]
    insert_rows(uow.session, OutboxEvent, told)
    return hazards


def _hazard(uow: UnitOfWork, registration: Registration, number: str, answering: Answering, by: str) -> Hazard:
    known: dict[str, Any] = dict(vars(registration))
    return Hazard(
        **known,
        number=number,
        stage=Stage.SELF_CHECK,
        fingerprint=registration.fingerprint,
        region_path=path_of(registration.region_code),
        department_id=answering.department(uow.session, registration.region_code, registration.sector).id,
        committee_id=answering.committee(uow.session, registration.region_code).id,
        original_due_at=registration.due_at,
        created_at=uow.now,
        created_by=by,
    )


def _numbers(uow: UnitOfWork, registrations: Sequence[Registration]) -> list[str]:
    """A number for each, counted by county; counties in order, so that two imports never wait for each other."""
    wanted = Counter(hazards_of(each.region_code) for each in registrations)
    reserved = {series: iter(reserve(uow, series, wanted[series])) for series in sorted(wanted, key=lambda it: it.name)}
    return [next(reserved[hazards_of(each.region_code)]).text for each in registrations]


def _first_stage(hazard: Hazard) -> dict[str, Any]:
    return {
        "hazard_id": hazard.id,
        "before": None,
        "after": hazard.stage,
        "reason": "",
        "at": hazard.created_at,
        "by": hazard.created_by,
    }


def _start(uow: UnitOfWork, hazards: Sequence[Hazard], answering: Answering, by: str) -> None:
    facts = (facts_of(uow.session, it, closing=_closing(uow.session, it, answering)) for it in hazards)
    begun = [(it["number"], {"hazard": it, **FIRST_VARIABLES}) for it in facts]
    started = list(zip(hazards, start_many(uow, PROCESS, begun, by=by), strict=True))
    pairs = [{"of_hazard": hazard.id, "of_instance": instance.id} for hazard, instance in started]
    uow.session.connection().execute(_NAME_INSTANCE, pairs)
    for hazard, instance in started:
        set_committed_value(hazard, "instance_id", instance.id)


def _closing(session: Session, hazard: Hazard, answering: Answering) -> int:
    if is_closed_by_city(hazard.severity):
        return answering.committee(session, hazard.region_code, RegionLevel.CITY).id
    return hazard.committee_id


def _told(hazard: Hazard) -> dict[str, Any]:
    return {
        "hazard": hazard.number,
        "campaign": hazard.campaign_id,
        "region": hazard.region_code,
        "sector": hazard.sector.value,
        "severity": hazard.severity.value,
        "origin": hazard.origin.value,
    }


def _refuse_invalid(uow: UnitOfWork, registrations: Sequence[Registration]) -> None:
    session, today = uow.session, uow.now.astimezone(BEIJING_TIME).date()
    campaigns = {key: session.get(Campaign, key) for key in {each.campaign_id for each in registrations}}
    units = {each.unit_id for each in registrations if each.unit_id is not None}
    known = set(session.scalars(select(Organisation.id).where(Organisation.id.in_(units)))) if units else set[int]()
    errors: dict[str, Sentence] = {}
    for place, each in enumerate(registrations):
        prefix = f"{place}." if len(registrations) > 1 else ""
        errors |= {prefix + name: message for name, message in _errors_of(each, campaigns, known, today).items()}
    if errors:
        raise InvalidRecord(errors)


def _errors_of(
    it: Registration, campaigns: dict[int, Campaign | None], units: set[int], today: date
) -> dict[str, Sentence]:
    campaign = campaigns[it.campaign_id]
    if campaign is None:
        return {"campaign_id": sentence("there is no campaign %(campaign)s", campaign=it.campaign_id)}
    errors = errors_of(vars(it), campaign.sectors, today)
    if campaign.closed_at is not None and it.previous_id is None:  # what has come back belongs to what came before
        errors["campaign_id"] = sentence("%(name)s is closed; register the hazard in the next one", name=campaign.name)
    if it.unit_id is not None and it.unit_id not in units:
        errors["unit_id"] = sentence("there is no organisation %(organisation)s", organisation=it.unit_id)
    return errors
