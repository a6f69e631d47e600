"""`lookback webhooks`: endpoints are added, shown, tried, rotated and switched off; lost messages are found and replayed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.clock import ReplayClock, SystemClock
from engine.events import publish
from engine.storage.database import Database
from lookback.configuration import read_settings
from lookback.outgoing import policy_of
from tests.integration.lookback.conftest import CommandLine
from tests.integration.webhooks.receiver import Receiver, Reply, receiving
from webhooks.dispatcher import Dispatcher
from webhooks.sending import Sender
from webhooks.transactions import writing

LOCAL = {"LOOKBACK_WEBHOOKS__HTTP_HOSTS": "127.0.0.1", "LOOKBACK_WEBHOOKS__ALLOWED_NETWORKS": "127.0.0.0/8"}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as started:
        yield started


@pytest.fixture
def local(command: CommandLine) -> CommandLine:
    """A command line whose settings let webhooks reach this machine."""
    return replace(command, environment=LOCAL)


def test_an_endpoint_is_added_shown_tried_and_rotated(local: CommandLine, receiver: Receiver) -> None:
    added = local("webhooks", "add", receiver.url("/hook"), "--event", "hazard.*", "--description", "省平台")
    assert re.search(r"whsec_\S{44}", added.stdout), added.output
    assert "hazard.*" in local("webhooks", "list").stdout
    assert "It answered 204" in local("webhooks", "ping", "1").stdout
    rotated = local("webhooks", "rotate", "1", "--overlap-hours", "2")
    assert "2 more hours" in rotated.stdout
    local("webhooks", "ping", "1")
    assert [it.headers["webhook-signature"].count("v1,") for it in receiver.received] == [1, 2]


def test_an_endpoint_is_switched_off_and_on(local: CommandLine, receiver: Receiver) -> None:
    local("webhooks", "add", receiver.url("/hook"), "--event", "*")
    assert local("webhooks", "disable", "1", "--because", "they asked for it").exit_code == 0
    assert "off: they asked for it" in local("webhooks", "list").stdout
    assert local("webhooks", "disable", "1").exit_code == 1
    assert local("webhooks", "enable", "1").exit_code == 0
    assert local("webhooks", "enable", "1").exit_code == 1


def test_a_refusal_is_one_line(command: CommandLine) -> None:
    refusals = {
        ("add", "http://example.org/", "--event", "*"): "webhooks.http_hosts",
        ("add", "https://example.org/", "--event", "*.closed"): "no event type",
        ("rotate", "7"): "there is no endpoint 7",
        ("replay", "7"): "there is no delivery 7",
    }
    for arguments, said in refusals.items():
        refused = command("webhooks", *arguments)
        assert (refused.exit_code, said in refused.stderr) == (1, True), refused.output
        assert refused.stderr.count("\n") == 1


def test_a_closed_network_is_not_reached_unless_it_is_listed(local: CommandLine, receiver: Receiver) -> None:
    local("webhooks", "add", receiver.url("/hook"), "--event", "*")
    closed = replace(local, environment={"LOOKBACK_WEBHOOKS__HTTP_HOSTS": "127.0.0.1"})
    refused = closed("webhooks", "ping", "1")
    assert (refused.exit_code, "webhooks.allowed_networks" in refused.stderr) == (1, True)
    assert receiver.received == []


def test_a_dead_letter_is_shown_and_replayed(local: CommandLine, receiver: Receiver) -> None:
    assert "Nothing was given up" in local("webhooks", "dead").stdout
    local("webhooks", "add", receiver.url("/hook"), "--event", "*")
    receiver.answer("/hook", Reply(500))
    for replayed in (("1",), ("--endpoint", "1", "--since", "2022-01-01")):
        _dispatch(local, rounds=2)
        dead = local("webhooks", "dead")
        assert all(word in dead.stdout for word in ("hazard.closed", "H-1", "answered 500")), dead.output
        assert "1 deliveries are due again" in local("webhooks", "replay", *replayed).stdout
    assert local("webhooks", "replay").exit_code == 2


def _dispatch(command: CommandLine, rounds: int) -> None:
    """Publish an event, if there was none before, and try it so often that it is given up."""
    environment = command.variables | {"LOOKBACK_WEBHOOKS__ATTEMPTS": str(rounds)}
    environment.pop("COLUMNS")
    policy = policy_of(read_settings(command.configuration, environment).webhooks)
    database, clock = Database(command.database_url), ReplayClock(SystemClock().now())
    with writing(database, clock) as uow:
        if "Nothing" in command("webhooks", "dead").stdout:
            publish(uow, "hazard.closed", "H-1", {"key": "H-1"})
    dispatcher = Dispatcher(database, clock, policy, Sender(policy.reach, policy.limits))
    for _ in range(rounds):
        assert dispatcher.dispatch_once().failed == 1
        clock.advance(timedelta(hours=1))
    database.close()
