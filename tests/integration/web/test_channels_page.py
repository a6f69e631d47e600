"""The administrator opens channels and tries them out; whoever reads the record finds what was sent to whom."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from engine.events import publish
from tests.integration.web.site import VAULT, Site
from webhooks.endpoints import Registration, Selection, add_endpoint
from webhooks.fanning_out import fan_out
from webhooks.models import Delivery, DeliveryStatus, Endpoint, EndpointKind
from webhooks.places import nowhere
from workflows.audit.models import AuditKind, AuditRecord

NOTICE = {
    "notice": 1, "hazard": "豫回2022-410105-000001", "task": 1, "step": "due", "due_at": "2022-12-02T10:00:00+00:00",
    "urgent": False, "can_act": True,
}  # fmt: skip
HOOK = {"kind": "hook", "url": "https://example.org/hook", "event_types": "hazard.*", "description": "省级平台"}


def test_a_channel_is_opened_and_its_secret_shown_once(site: Site) -> None:
    administrator = site.browser("guanli")
    administrator.get("/administration/channels")
    answer = administrator.post("/administration/channels", **HOOK)
    assert answer.status_code == 200
    [secret] = re.findall(r"whsec_[A-Za-z0-9+/=]+", answer.text)
    assert secret not in administrator.get("/administration/channels").text
    with site.runtime.reading() as uow:
        assert uow.session.scalars(select(Endpoint.description)).all() == ["省级平台"]
        assert uow.session.scalar(select(AuditRecord.kind)) is AuditKind.CHANNEL_OPENED


def test_an_address_that_cannot_be_used_is_refused_and_kept_in_the_form(site: Site) -> None:
    administrator = site.browser("guanli")
    administrator.get("/administration/channels")
    answer = administrator.post("/administration/channels", **{**HOOK, "url": "http://example.org/"})
    assert answer.status_code == 422
    assert 'value="http://example.org/"' in answer.text


def test_a_robots_key_is_never_shown(site: Site) -> None:
    administrator = site.browser("guanli")
    administrator.get("/administration/channels")
    robot = {**HOOK, "kind": "wecom", "url": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=hidden-key"}
    assert administrator.post("/administration/channels", **robot).status_code == 302
    assert "hidden-key" not in administrator.get("/administration/channels").text


def test_a_channel_is_confined_to_a_place_and_sectors_and_may_be_changed(site: Site) -> None:
    administrator = site.browser("guanli")
    administrator.get("/administration/channels")
    administrator.post("/administration/channels", **HOOK, region="410105 郑州市金水区", sectors=["town_gas"])
    assert "郑州市金水区" in administrator.get("/administration/channels").text
    page = administrator.get("/administration/channels/1").text
    assert 'value="410105 郑州市金水区"' in page
    assert 'value="town_gas" checked' in page
    administrator.post("/administration/channels/1", event_types="task.*", region="开封市", description="别名")
    with site.runtime.reading() as uow:
        changed = uow.session.scalars(select(Endpoint)).one()
        assert (changed.event_types, changed.region, changed.sectors) == (["task.*"], "/41/4102/", [])
    administrator.get("/administration/channels/1")
    refused = administrator.post("/administration/channels/1", event_types="*.x", region="", description="")
    assert refused.status_code == 422


def test_a_channel_without_such_a_place_is_refused(site: Site) -> None:
    administrator = site.browser("guanli")
    administrator.get("/administration/channels")
    assert administrator.post("/administration/channels", **HOOK, region="火星").status_code == 422


def test_only_an_administrator_keeps_channels(site: Site) -> None:
    assert site.browser("anweiban").get("/administration/channels").status_code == 403
    assert site.browser("shenji").get("/administration/channels").status_code == 403


def test_an_auditor_finds_what_was_sent_and_exports_it(site: Site) -> None:
    _send(site, "zeren")
    auditor = site.browser("shenji")
    page = auditor.get("/administration/deliveries?key=zeren").text
    assert "notice.delivered" in page
    assert 'name="delivery"' not in page
    assert "notice.delivered" not in auditor.get("/administration/deliveries?key=danwei").text
    assert "notice.delivered" in auditor.get("/administration/deliveries.csv").text


def test_what_was_given_up_is_sent_again(site: Site) -> None:
    delivery = _send(site, "zeren", DeliveryStatus.DEAD)
    administrator = site.browser("guanli")
    administrator.get("/administration/deliveries?status=dead")
    administrator.post("/administration/deliveries/again", delivery=str(delivery))
    with site.runtime.reading() as uow:
        assert uow.session.get_one(Delivery, delivery).status is DeliveryStatus.PENDING


@pytest.mark.parametrize(
    ("days", "again"),
    [
        ({}, True),
        ({"from": "2022-11-08", "to": "2022-11-08"}, True),
        ({"from": "2022-11-09", "to": "2022-11-10"}, False),
    ],
)
def test_everything_that_was_given_up_for_a_channel_is_sent_again(
    site: Site, days: dict[str, str], again: bool
) -> None:
    delivery = _send(site, "zeren", DeliveryStatus.DEAD)
    administrator = site.browser("guanli")
    administrator.get("/administration/deliveries")
    assert administrator.post("/administration/deliveries/again/many", channel="1", **days).status_code == 302
    with site.runtime.reading() as uow:
        assert (uow.session.get_one(Delivery, delivery).status is DeliveryStatus.PENDING) is again
        assert uow.session.scalars(select(AuditRecord.kind)).all() == [AuditKind.SENT_AGAIN]


def test_an_auditor_sends_nothing_again(site: Site) -> None:
    _send(site, "zeren", DeliveryStatus.DEAD)
    auditor = site.browser("shenji")
    assert "/deliveries/again/many" not in auditor.get("/administration/deliveries").text
    assert auditor.post("/administration/deliveries/again/many", channel="1").status_code == 403


def test_the_words_of_every_message_can_be_read(site: Site) -> None:
    page = site.browser("guanli").get("/administration/channels/words").text
    assert "【回头看】" in page
    assert "[Look-Back]" in page


def _send(site: Site, account: str, status: DeliveryStatus = DeliveryStatus.DELIVERED) -> int:
    with site.runtime.unit_of_work() as uow:
        wanted = Registration("", Selection(["notice.*"]), kind=EndpointKind.MAIL)
        add_endpoint(uow, wanted, VAULT)
        publish(uow, "notice.delivered", account, {**NOTICE, "recipient": account})
        uow.session.flush()
        fan_out(uow, nowhere, limit=100)
        delivery = uow.session.scalars(select(Delivery)).one()
        delivery.status, delivery.ended_at = status, uow.now
        return delivery.id
