"""Chats that no robot of ours speaks to: named in the settings, told by Apprise, and nothing else can be reached."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.integration.webhooks.conftest import VAULT, Desk
from tests.integration.webhooks.receiver import Receiver, Reply
from webhooks.endpoints import Registration, Selection, add_endpoint
from webhooks.errors import InvalidEndpoint
from webhooks.models import EndpointKind
from webhooks.transactions import writing

NOTICE: dict[str, Any] = {
    "recipient": "zeren", "notice": 1, "hazard": "豫回2022-410105-000001", "task": 7, "step": "due",
    "due_at": "2022-12-02T10:00:00+00:00", "urgent": False, "can_act": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def named(desk: Desk, receiver: Receiver) -> None:
    services = {"值班群": receiver.url("/chat").replace("http://", "json://")}
    desk.policy = replace(desk.policy, reach=replace(desk.policy.reach, services=services))


def add(desk: Desk, address: str) -> int:
    wanted = Registration(address, Selection(["*"]), kind=EndpointKind.APPRISE)
    with writing(desk.database, desk.clock) as uow:
        return add_endpoint(uow, wanted, VAULT, reach=desk.policy.reach).id


def test_a_chat_of_the_settings_reads_number_and_link(desk: Desk, receiver: Receiver) -> None:
    add(desk, "值班群")
    desk.happen("notice.delivered", "zeren", **NOTICE)
    assert desk.dispatch().delivered == 1
    text = json.dumps(receiver.received[0].content, ensure_ascii=False)
    assert "豫回2022-410105-000001" in text
    assert "https://lookback.example/tasks/7" in text
    assert "zeren" not in text


def test_what_the_chat_refuses_is_tried_again(desk: Desk, receiver: Receiver) -> None:
    add(desk, "值班群")
    receiver.answer("/chat", Reply(500))
    desk.happen("notice.delivered", "zeren", **NOTICE)
    assert desk.dispatch().failed == 1
    [attempt] = desk.attempts()
    assert "值班群 did not take it" in (attempt.error or "")


@pytest.mark.parametrize("address", ["json://127.0.0.1/", "https://example.org/", "别的群"])
def test_nothing_but_a_name_of_the_settings_is_an_address(desk: Desk, address: str) -> None:
    with pytest.raises(InvalidEndpoint, match=r"webhooks\.services"):
        add(desk, address)
