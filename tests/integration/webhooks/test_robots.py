"""Chat robots: a line for the group, and the service's own code decides whether it came."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.integration.webhooks.conftest import Desk
from tests.integration.webhooks.receiver import Receiver, Reply
from webhooks.channels.robots import shortened
from webhooks.models import DeliveryStatus, EndpointKind

NOTICE: dict[str, Any] = {
    "recipient": "zeren", "notice": 1, "hazard": "豫回2022-410105-000001", "task": 7, "step": "due",
    "due_at": "2022-12-02T10:00:00+00:00", "urgent": False, "can_act": True,
}  # fmt: skip
ROBOTS = (EndpointKind.WECOM, EndpointKind.DINGTALK, EndpointKind.FEISHU)
TAKEN = {
    EndpointKind.WECOM: b'{"errcode":0,"errmsg":"ok"}',
    EndpointKind.DINGTALK: b'{"errcode":0,"errmsg":"ok"}',
    EndpointKind.FEISHU: b'{"code":0,"msg":"success"}',
}
TOO_OFTEN = {
    EndpointKind.WECOM: (b'{"errcode":45009,"errmsg":"api freq out of limit"}', timedelta(minutes=1)),
    EndpointKind.DINGTALK: (b'{"errcode":130101,"errmsg":"send too fast"}', timedelta(minutes=10)),
    EndpointKind.FEISHU: (b'{"code":11232,"msg":"frequency limited"}', timedelta(minutes=1)),
}
UNKNOWN = {
    EndpointKind.WECOM: b'{"errcode":93000,"errmsg":"invalid webhook url"}',
    EndpointKind.DINGTALK: b'{"errcode":300001,"errmsg":"token is not exist"}',
    EndpointKind.FEISHU: b'{"code":19001,"msg":"param invalid: incoming webhook access token invalid"}',
}


@pytest.fixture(autouse=True)
def not_at_the_full_hour(desk: Desk) -> None:
    desk.clock.advance(timedelta(minutes=7))


@pytest.mark.parametrize("kind", ROBOTS)
def test_a_group_reads_number_and_link_and_nothing_about_people(
    desk: Desk, receiver: Receiver, kind: EndpointKind
) -> None:
    desk.endpoint("/robot?key=k", kind=kind)
    receiver.answer("/robot?key=k", Reply(200, body=TAKEN[kind]))
    desk.happen("notice.delivered", "zeren", **NOTICE)
    assert desk.dispatch().delivered == 1
    text = json.dumps(receiver.received[0].content, ensure_ascii=False)
    assert "豫回2022-410105-000001" in text
    assert "https://lookback.example/tasks/7" in text
    assert "zeren" not in text


@pytest.mark.parametrize("kind", ROBOTS)
def test_a_refusal_with_status_200_is_a_failure_with_the_services_words(
    desk: Desk, receiver: Receiver, kind: EndpointKind
) -> None:
    desk.endpoint("/robot", kind=kind)
    content, rest = TOO_OFTEN[kind]
    receiver.answer("/robot", Reply(200, body=content))
    desk.happen("notice.delivered", "zeren", **NOTICE)
    assert desk.dispatch().failed == 1
    [attempt], [delivery] = desk.attempts(), desk.deliveries()
    assert attempt.answered == 200
    assert json.loads(content).get("errmsg", json.loads(content).get("msg")) in str(attempt.error)
    assert delivery.due_at >= desk.clock.now() + rest


@pytest.mark.parametrize("kind", ROBOTS)
def test_a_robot_that_is_no_more_is_switched_off(desk: Desk, receiver: Receiver, kind: EndpointKind) -> None:
    endpoint = desk.endpoint("/robot", kind=kind)
    receiver.answer("/robot", Reply(200, body=UNKNOWN[kind]))
    desk.happen("notice.delivered", "zeren", **NOTICE)
    desk.dispatch()
    assert desk.read(endpoint).disabled_at is not None
    assert desk.deliveries()[0].status is DeliveryStatus.DEAD


def test_dingtalk_finds_its_signature_in_the_address(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/robot?access_token=t", kind=EndpointKind.DINGTALK, secret="SECret")
    desk.happen("notice.delivered", "zeren", **NOTICE)
    desk.dispatch()
    asked = parse_qs(urlsplit(receiver.received[0].path).query)
    moment = str(int(desk.clock.now().timestamp() * 1000))
    assert asked["timestamp"] == [moment]
    assert asked["sign"] == [_mac(b"SECret", f"{moment}\nSECret".encode())]


def test_feishu_finds_its_signature_in_the_body(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/robot", kind=EndpointKind.FEISHU, secret="SECret")
    desk.happen("notice.delivered", "zeren", **NOTICE)
    desk.dispatch()
    body = receiver.received[0].content
    assert body["timestamp"] == str(int(desk.clock.now().timestamp()))
    assert body["sign"] == _mac(f"{body['timestamp']}\nSECret".encode(), b"")


@pytest.mark.parametrize(("kind", "most"), [(EndpointKind.WECOM, 20), (EndpointKind.DINGTALK, 20)])
def test_a_robot_gets_no_more_in_a_minute_than_its_service_allows(
    desk: Desk, receiver: Receiver, kind: EndpointKind, most: int
) -> None:
    desk.endpoint("/robot", kind=kind)
    receiver.answer("/robot", Reply(200, body=TAKEN[kind]))
    for number in range(most + 10):
        desk.happen("notice.delivered", f"p{number}", **NOTICE)
    sent = sum(desk.dispatch(timedelta(seconds=0.5)).delivered for _ in range(120))
    assert most - 3 <= sent <= most


def test_feishu_gets_nothing_at_the_half_hour(desk: Desk, receiver: Receiver) -> None:
    desk.clock.advance(timedelta(minutes=23))
    assert desk.clock.now().minute == 30
    desk.endpoint("/robot", kind=EndpointKind.FEISHU)
    receiver.answer("/robot", Reply(200, body=TAKEN[EndpointKind.FEISHU]))
    desk.happen("notice.delivered", "zeren", **NOTICE)
    assert desk.dispatch().delivered == 0
    assert desk.dispatch(timedelta(minutes=1)).delivered == 1


def test_a_group_hears_only_of_its_own_people(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/robot", kind=EndpointKind.WECOM, audience=["zeren"])
    receiver.answer("/robot", Reply(200, body=TAKEN[EndpointKind.WECOM]))
    for account in ("zeren", "danwei"):
        desk.happen("notice.delivered", account, **NOTICE)
    desk.dispatch_until_idle()
    assert len(receiver.received) == 1


def test_an_event_without_words_for_people_is_not_sent_to_them(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/robot", kind=EndpointKind.WECOM)
    desk.happen("hazard.closed")
    desk.dispatch()
    assert receiver.received == []
    assert "no template for hazard.closed" in str(desk.attempts()[0].error)


def test_a_text_is_cut_by_bytes_and_never_within_a_character() -> None:
    cut = shortened("隐患" * 1000, 2048)
    assert len(cut.encode()) <= 2048
    assert cut.endswith("…")
    assert set(cut[:-1]) == {"隐", "患"}


def _mac(key: bytes, message: bytes) -> str:
    return b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()
