"""Other systems call us: signed, fresh, not too often, carried out once, and each call on record."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from standardwebhooks.webhooks import Webhook
from werkzeug.test import TestResponse

from tests.integration.web.site import VAULT, Site, body
from tests.integration.web.test_hazards_api import count, registration
from webhooks.incoming.hooks import add_hook, rotate_hook, switch
from webhooks.incoming.models import Action, IncomingCall
from workflows.hazards.models import Hazard

MINUTES = timedelta(minutes=1)


class Hotline:
    """Another system that calls one of our hooks."""

    def __init__(self, site: Site, *, account: str = "anweiban", action: Action = Action.REGISTER) -> None:
        self.site = site
        with site.runtime.unit_of_work() as uow:
            hook = add_hook(uow, VAULT, "hotline-12345", action, account, most_per_minute=5)
            self.secret = VAULT.open(hook.secret)

    def call(
        self, payload: Any, *, id: str | None = None, age: timedelta = timedelta(0), secret: str | None = None
    ) -> TestResponse:
        content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        at = self.site.clock.now() - age
        message_id = id or str(uuid4())
        headers = {
            "webhook-id": message_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(secret or self.secret).sign(message_id, at, content.decode()),
        }
        client = self.site.app.test_client()
        return client.post("/api/v1/hooks/hotline-12345", data=content, headers=headers)

    def calls(self) -> list[int]:
        with self.site.runtime.reading() as uow:
            return list(uow.session.scalars(select(IncomingCall.status).order_by(IncomingCall.id)))


def test_a_signed_call_puts_a_hazard_on_the_ledger(site: Site) -> None:
    hotline = Hotline(site)
    answer = hotline.call(registration(site, source="tip"))
    assert answer.status_code == 202
    assert body(answer)["hazard"] == "豫回2022-410105-000001"
    assert hotline.calls() == [202]


def test_the_same_call_again_is_answered_the_same_and_done_once(site: Site) -> None:
    hotline = Hotline(site)
    first, second = (hotline.call(registration(site), id="call-1") for _ in range(2))
    assert body(first) == body(second)
    assert count(site, Hazard) == 1
    assert hotline.calls() == [202, 202]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"secret": "whsec_" + "A" * 44}, 401),
        ({"age": 6 * MINUTES}, 401),
        ({"age": -6 * MINUTES}, 401),
    ],
)
def test_a_call_that_cannot_be_trusted_changes_nothing(site: Site, given: dict[str, Any], status: int) -> None:
    hotline = Hotline(site)
    answer = hotline.call(registration(site), **given)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert count(site, Hazard) == 0
    assert hotline.calls() == [status]


def test_what_is_wrong_is_named_by_field_and_is_on_record(site: Site) -> None:
    hotline = Hotline(site)
    answer = hotline.call(registration(site, severity="terrible", colour="red"))
    assert answer.status_code == 422
    assert set(body(answer)["errors"]) == {"severity", "colour"}
    assert hotline.call(b"[1]").status_code == 422
    assert hotline.call(b"{").status_code == 400
    assert hotline.calls() == [422, 422, 400]


def test_a_hook_reaches_no_further_than_the_account_it_acts_for(site: Site) -> None:
    hotline = Hotline(site, account="anweiban")
    answer = hotline.call(registration(site, region_code="411202", unit_id=None))
    assert answer.status_code == 403
    assert count(site, Hazard) == 0


def test_too_many_calls_are_told_to_wait(site: Site) -> None:
    hotline = Hotline(site)
    answers = [hotline.call(registration(site, title=f"隐患{number}")) for number in range(6)]
    assert [answer.status_code for answer in answers] == [202] * 5 + [429]
    assert answers[-1].headers["Retry-After"] == "60"
    site.clock.advance(2 * MINUTES)
    assert hotline.call(registration(site, title="又一处")).status_code == 202


def test_a_stranger_neither_fills_the_record_nor_uses_up_the_calls(site: Site) -> None:
    hotline = Hotline(site)
    for _ in range(20):
        hotline.call(registration(site), secret="whsec_" + "A" * 44)
    assert hotline.calls() == [401] * 5
    assert hotline.call(registration(site)).status_code == 202


def test_a_hook_that_is_off_or_unknown_lets_nobody_in(site: Site) -> None:
    hotline = Hotline(site)
    with site.runtime.unit_of_work() as uow:
        switch(uow, "hotline-12345", on=False)
    assert hotline.call(registration(site)).status_code == 404


def test_while_a_rotation_overlaps_both_secrets_are_taken(site: Site) -> None:
    hotline = Hotline(site)
    with site.runtime.unit_of_work() as uow:
        fresh = VAULT.open(rotate_hook(uow, VAULT, "hotline-12345", overlap=MINUTES).secret)
    assert hotline.call(registration(site)).status_code == 202
    assert hotline.call(registration(site, title="二"), secret=fresh).status_code == 202
    site.clock.advance(2 * MINUTES)
    assert hotline.call(registration(site, title="三")).status_code == 401


def test_a_message_that_nobody_waits_for_is_refused_as_such(site: Site) -> None:
    hotline = Hotline(site, account="guanli", action=Action.CORRELATE)
    answer = hotline.call({"name": "sampled", "business_key": "豫回2022-410105-000001"})
    assert answer.status_code == 404
    assert hotline.calls() == [404]
