"""The shapes of a hazard as programs read it, ask for it and register it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from marshmallow import Schema, ValidationError, validate
from marshmallow.fields import AwareDateTime, Boolean, Date, Decimal, Integer, String

from web.api.schemas import PageQuery, by_value
from workflows.campaigns.content_areas import ContentArea, InspectionLevel, Source
from workflows.geography.divisions import divisions
from workflows.hazards.words import Category, Origin, Severity, Stage, Verdict
from workflows.organisations.sectors import Sector

LINE = validate.Length(max=255)
LINES = validate.Length(max=500)
TEXT = validate.Length(max=20_000)
MONEY = {"description": "In 10,000 yuan (万元)"}


class Moment(AwareDateTime):
    """A moment with its zone, kept in UTC."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> datetime:
        return super()._deserialize(value, attr, data, **options).astimezone(UTC)


def _known_region(code: str) -> None:
    if code not in divisions():
        raise ValidationError(f"there is no region {code!r}")


class HazardQuery(PageQuery):
    """Which hazards; every filter narrows the list."""

    stage = by_value(Stage)
    severity = by_value(Severity)
    sector = by_value(Sector)
    origin = by_value(Origin)
    campaign_id = Integer()
    unit_id = Integer()
    listed = Boolean(metadata={"description": "Under listed supervision (挂牌督办)"})
    region = String(
        validate=_known_region, metadata={"description": "Administrative code; the region and all below it"}
    )


class HazardSchema(Schema):
    """A row of the ledger, as far as programs need it."""

    id = Integer()
    number = String()
    campaign_id = Integer()
    instance_id = Integer(allow_none=True)
    title = String()
    description = String()
    place = String()
    region_code = String()
    sector = by_value(Sector)
    severity = by_value(Severity)
    origin = by_value(Origin)
    stage = by_value(Stage)
    content_area = by_value(ContentArea)
    source = by_value(Source)
    found_on = Date(allow_none=True)
    unit_id = Integer(allow_none=True)
    unit_name = String()
    responsible_person = String(allow_none=True, metadata={"description": "An account"})
    responsible_name = String()
    department_id = Integer()
    committee_id = Integer()
    requirements = String()
    measures = String()
    due_at = AwareDateTime(allow_none=True)
    original_due_at = AwareDateTime(allow_none=True)
    rectified_at = AwareDateTime(allow_none=True)
    verdict = by_value(Verdict, allow_none=True)
    returns = Integer()
    extensions = Integer()
    listed = Boolean()
    exposed = Boolean()
    closed_at = AwareDateTime(allow_none=True)
    closed_by = String(allow_none=True)
    created_at = AwareDateTime()
    created_by = String()
    version = Integer()


class RegistrationSchema(Schema):
    """A hazard that is to be put on the ledger; what is left out is not known yet."""

    campaign_id = Integer(required=True)
    title = String(required=True, validate=LINE)
    description = String(required=True, validate=TEXT)
    region_code = String(required=True)
    sector = by_value(Sector, required=True)
    severity = by_value(Severity, required=True)
    content_area = by_value(ContentArea, required=True)
    source = by_value(Source, required=True)
    unit_name = String(required=True, validate=LINE)
    unit_id = Integer(allow_none=True)
    origin = by_value(Origin)
    place = String(validate=LINES)
    criterion = String(validate=LINE, metadata={"description": "The clause that makes the hazard a major one"})
    category = by_value(Category, allow_none=True)
    accident_type = String(validate=validate.Length(max=64))
    violated_clause = String(validate=LINES)
    source_reference = String(validate=LINE)
    inspection_level = by_value(InspectionLevel, allow_none=True)
    inspecting_body = String(validate=LINE)
    inspectors = String(validate=LINES)
    experts = String(validate=LINES)
    found_on = Date(allow_none=True)
    uscc = String(validate=validate.Length(max=18), metadata={"description": "Unified social credit code"})
    responsible_person = String(allow_none=True, validate=LINE, metadata={"description": "An account"})
    responsible_name = String(validate=LINE)
    responsible_post = String(validate=LINE)
    responsible_phone = String(validate=validate.Length(max=64))
    department_person = String(validate=LINE)
    guaranteeing_leader = String(validate=LINE)
    requirements = String(validate=TEXT)
    measures = String(validate=TEXT)
    steps = String(validate=TEXT)
    interim_controls = String(validate=TEXT)
    funds_planned = Decimal(places=2, allow_none=True, metadata=MONEY)
    due_at = Moment(allow_none=True)
    remark = String(validate=TEXT)
    previous_id = Integer(allow_none=True)
    previous_number = String(validate=validate.Length(max=128))
    claimed_result = String(validate=LINE)
    claimed_done_on = Date(allow_none=True)
