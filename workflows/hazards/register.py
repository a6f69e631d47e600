"""Puts hazards on the ledger: numbers them, finds who answers for them along both lines, and starts their process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.events import publish
from engine.instances import start_many
from engine.runtime import UnitOfWork
from workflows.campaigns.content_areas import ContentArea, InspectionLevel, Source
from workflows.campaigns.models import Campaign
from workflows.errors import InvalidRecord
from workflows.geography.divisions import RegionLevel, divisions, path_of
from workflows.hazards.facts import FIRST_VARIABLES, facts_of
from workflows.hazards.models import Hazard, StageChange
from workflows.hazards.words import Category, Origin, Severity, Stage
from workflows.numbers import hazards_of, reserve
from workflows.organisations.models import Organisation
from workflows.organisations.sectors import Sector
from workflows.organisations.tree import committee_for, department_for

PROCESS = "hazard_lookback"


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


def register(uow: UnitOfWork, registration: Registration, *, by: str) -> Hazard:
    """Put one hazard on the ledger and start its process. Raises InvalidRecord naming each wrong field."""
    return register_many(uow, [registration], by=by)[0]


def register_many(uow: UnitOfWork, registrations: Sequence[Registration], *, by: str) -> list[Hazard]:
    """Put hazards on the ledger and start their processes, all in this transaction, in the order given.

    Raises InvalidRecord whose fields begin with the position, as in `3.title`, when there are several.
    """
    if not registrations:
        return []
    _refuse_invalid(uow.session, registrations)
    answering = _Answering(uow.session)
    numbers = _numbers(uow, registrations)
    hazards = [
        _hazard(uow, registration, number, answering, by)
        for registration, number in zip(registrations, numbers, strict=True)
    ]
    uow.session.add_all(hazards)
    uow.session.flush()
    uow.session.add_all(_first_stage(hazard) for hazard in hazards)
    _start(uow, hazards, by)
    for hazard in hazards:
        publish(uow, "hazard.registered", hazard.number, _told(hazard))
    return hazards


class _Answering:
    """The organisations that answer for a place, looked up once for each place and sector."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._departments: dict[tuple[str, Sector], int] = {}
        self._committees: dict[str, int] = {}

    def department(self, region_code: str, sector: Sector) -> int:
        key = (region_code, sector)
        if key not in self._departments:
            self._departments[key] = department_for(self._session, region_code, sector).id
        return self._departments[key]

    def committee(self, region_code: str) -> int:
        if region_code not in self._committees:
            self._committees[region_code] = committee_for(self._session, region_code, RegionLevel.COUNTY).id
        return self._committees[region_code]


def _hazard(uow: UnitOfWork, registration: Registration, number: str, answering: _Answering, by: str) -> Hazard:
    known: dict[str, Any] = dict(vars(registration))
    return Hazard(
        **known,
        number=number,
        stage=Stage.SELF_CHECK,
        region_path=path_of(registration.region_code),
        department_id=answering.department(registration.region_code, registration.sector),
        committee_id=answering.committee(registration.region_code),
        original_due_at=registration.due_at,
        created_at=uow.now,
        created_by=by,
    )


def _numbers(uow: UnitOfWork, registrations: Sequence[Registration]) -> list[str]:
    """A number for each, counted by county; counties in order, so that two imports never wait for each other."""
    wanted = Counter(hazards_of(each.region_code) for each in registrations)
    reserved = {series: iter(reserve(uow, series, wanted[series])) for series in sorted(wanted, key=lambda it: it.name)}
    return [next(reserved[hazards_of(each.region_code)]).text for each in registrations]


def _first_stage(hazard: Hazard) -> StageChange:
    return StageChange(hazard_id=hazard.id, before=None, after=hazard.stage, at=hazard.created_at, by=hazard.created_by)


def _start(uow: UnitOfWork, hazards: Sequence[Hazard], by: str) -> None:
    begun = [(it.number, {"hazard": facts_of(uow.session, it), **FIRST_VARIABLES}) for it in hazards]
    for hazard, instance in zip(hazards, start_many(uow, PROCESS, begun, by=by), strict=True):
        hazard.instance_id = instance.id


def _told(hazard: Hazard) -> dict[str, Any]:
    return {
        "hazard": hazard.number,
        "campaign": hazard.campaign_id,
        "region": hazard.region_code,
        "sector": hazard.sector.value,
        "severity": hazard.severity.value,
        "origin": hazard.origin.value,
    }


def _refuse_invalid(session: Session, registrations: Sequence[Registration]) -> None:
    campaigns = {key: session.get(Campaign, key) for key in {each.campaign_id for each in registrations}}
    units = {each.unit_id for each in registrations if each.unit_id is not None}
    known = set(session.scalars(select(Organisation.id).where(Organisation.id.in_(units)))) if units else set[int]()
    errors: dict[str, str] = {}
    for place, each in enumerate(registrations):
        prefix = f"{place}." if len(registrations) > 1 else ""
        errors |= {prefix + name: message for name, message in _errors_of(each, campaigns, known).items()}
    if errors:
        raise InvalidRecord(errors)


def _errors_of(it: Registration, campaigns: dict[int, Campaign | None], units: set[int]) -> dict[str, str]:
    errors = {name: "it must not be empty" for name in ("title", "description", "unit_name") if not getattr(it, name)}
    campaign = campaigns[it.campaign_id]
    if campaign is None:
        errors["campaign_id"] = f"there is no campaign {it.campaign_id}"
    elif it.sector.value not in campaign.sectors:
        errors["sector"] = f"the campaign does not cover {it.sector.label}"
    if it.region_code not in divisions():
        errors["region_code"] = f"there is no region {it.region_code!r}"
    if it.unit_id is not None and it.unit_id not in units:
        errors["unit_id"] = f"there is no organisation {it.unit_id}"
    if it.severity is Severity.MAJOR and not it.criterion:
        errors["criterion"] = "a major hazard needs the clause by which it was judged"
    return errors
