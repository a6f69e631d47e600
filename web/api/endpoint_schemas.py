"""The shapes of endpoints and what was sent to them, as programs read and register them."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, validate, validates_schema
from marshmallow.fields import AwareDateTime, Boolean, Integer, List, String

from web.api.hazard_schemas import LINE, Moment
from web.api.schemas import PageQuery, by_value
from workflows.organisations.sectors import Sector

KINDS = ("hook", "cloudevents", "wecom", "dingtalk", "feishu", "mail", "sms")
STATUSES = ("pending", "delivered", "dead", "unwanted")
MOST_NAMED = 1000
TYPE = {"description": "A type of event, or a beginning with a star: `hazard.closed`, `hazard.*`, `*`"}


class EventSelectionSchema(Schema):
    """Which events an endpoint gets; what is left out or empty confines nothing."""

    event_types = List(String(validate=validate.Length(1, 128)), required=True, metadata=TYPE)
    audience = List(
        String(validate=validate.Length(1, 255)), load_default=list,
        metadata={"description": "Only events with these keys: hazards' numbers or accounts"},
    )  # fmt: skip
    region = String(load_default="", metadata={"description": "Administrative code; the region and all below it"})
    sectors = List(by_value(Sector), load_default=list)
    description = String(load_default="", validate=LINE)


class EndpointRegistrationSchema(EventSelectionSchema):
    """An endpoint that is wanted."""

    kind = String(load_default="hook", validate=validate.OneOf(KINDS))
    url = String(load_default="", validate=validate.Length(max=2000), metadata={"description": "Mail needs none"})
    secret = String(load_default="", validate=LINE, metadata={"description": "A chat robot's, if its service gave one"})
    concurrency = Integer(load_default=4, validate=validate.Range(1, 64))


class EndpointSchema(Schema):
    """An endpoint and how it is. `address` is without what opens it."""

    id = Integer()
    kind = String()
    address = String()
    description = String()
    event_types = List(String())
    audience = List(String())
    region = String()
    sectors = List(String())
    concurrency = Integer()
    owner = String(metadata={"description": "The account that registered it, and is told when it is switched off"})
    failures = Integer(metadata={"description": "How many in a row"})
    rests_until = AwareDateTime(allow_none=True)
    disabled_at = AwareDateTime(allow_none=True)
    disabled_because = String(allow_none=True)
    created_at = AwareDateTime()
    version = Integer()


class EndpointWithSecretSchema(EndpointSchema):
    """An endpoint with the secret that signs its messages; nothing gives it out later."""

    secret = String(metadata={"description": "`whsec_…`; empty for mail and chat robots"})


class SecretSchema(Schema):
    """A fresh secret; the one before signs too for a day."""

    secret = String()


class PingSchema(Schema):
    """To whom a test message goes, where an endpoint writes to people."""

    account = String(load_default="", validate=LINE)


class PingedSchema(Schema):
    """What came of a test message."""

    taken = Boolean()
    error = String()


class SwitchingOffSchema(Schema):
    """Why an endpoint is switched off."""

    because = String(required=True, validate=validate.Length(1, 255))


class DeliveryQuery(PageQuery):
    """Which deliveries; `dead` are those that were given up."""

    status = String(validate=validate.OneOf(STATUSES))


class DeliverySchema(Schema):
    """One event for one endpoint, and how that stands."""

    id = Integer()
    event_id = String(metadata={"description": "The `webhook-id` under which it is sent each time"})
    event_type = String()
    key = String()
    happened_at = AwareDateTime()
    status = String()
    attempts = Integer()
    ended_at = AwareDateTime(allow_none=True)
    answered = Integer(allow_none=True, metadata={"description": "The status of the last answer"})
    error = String()


class ReplaySchema(Schema):
    """What is sent again: these deliveries, everything that was given up, or what a time lost or missed."""

    deliveries = List(Integer(), validate=validate.Length(1, MOST_NAMED))
    dead = Boolean(metadata={"description": "Everything that was given up, at most 10,000 at once"})
    since = Moment()
    until = Moment(metadata={"description": "Before here; else until now"})
    with_delivered = Boolean(load_default=False, metadata={"description": "In the time, what was delivered too"})

    @validates_schema
    def _one_of_the_three(self, data: dict[str, Any], **_options: Any) -> None:
        if sum([bool(data.get("deliveries")), bool(data.get("dead")), "since" in data]) != 1:
            raise ValidationError("give one of deliveries, dead and since")


class ReplayedSchema(Schema):
    """How many are due again."""

    again = Integer()
