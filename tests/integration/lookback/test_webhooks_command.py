"""`lookback webhooks`: endpoints are added, tried and switched off; what did not reach them is replayed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from standardwebhooks.webhooks import Webhook

from engine.events import publish
from lookback.bootstrap import bootstrap
from lookback.configuration import read_settings
from tests.integration.lookback.conftest import CommandLine
from tests.integration.webhooks.receiver import Receiver, Reply, receiving
from webhooks.models import Endpoint

FIRST, OTHER = "first-key-of-many-characters", "other-key-of-many-characters"
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


@pytest.mark.parametrize("replayed", [("1",), ("--endpoint", "1", "--since", "2022-01-01")])
def test_a_dead_letter_is_shown_and_replayed(local: CommandLine, receiver: Receiver, replayed: tuple[str, ...]) -> None:
    assert "Nothing was given up" in local("webhooks", "dead").stdout
    local("webhooks", "add", receiver.url("/hook"), "--event", "*")
    receiver.answer("/hook", Reply(500, body=b"[/red]\x1b[2J"))
    _dispatch_in_vain(replace(local, environment=LOCAL | {"LOOKBACK_WEBHOOKS__ATTEMPTS": "1"}))
    dead = local("webhooks", "dead")
    assert all(word in dead.stdout for word in ("hazard.closed", "H-1", "answered 500: [/red] [2J")), dead.output
    assert "1 deliveries are due again" in local("webhooks", "replay", *replayed).stdout
    assert "Nothing was given up" in local("webhooks", "dead").stdout


def test_an_endpoint_is_confined_to_a_region_and_a_sector(local: CommandLine, receiver: Receiver) -> None:
    confined = ("--region", "4101", "--sector", "town_gas")
    assert local("webhooks", "add", receiver.url("/hook"), "--event", "*", *confined).exit_code == 0
    assert "4101 town_gas" in " ".join(local("webhooks", "list").stdout.split())
    refused = local("webhooks", "add", receiver.url("/hook"), "--event", "*", "--region", "99")
    assert (refused.exit_code, "no region" in refused.stderr) == (1, True), refused.output


def test_secrets_are_sealed_anew_with_a_fresh_key(local: CommandLine, receiver: Receiver) -> None:
    secret = re.findall(r"whsec_\S{44}", local("webhooks", "add", receiver.url("/hook"), "--event", "*").stdout)[0]
    local("webhooks", "incoming", "add", "hotline", "--for", "root")
    keys = local.folder / "var" / "webhook_keys"
    before, sealed = keys.read_text(), _stored(local)
    assert keys.stat().st_mode & 0o077 == 0
    assert secret not in sealed
    assert "secrets are sealed with the newest key" in local("webhooks", "reseal", "--new-key").stdout
    assert before.strip() not in keys.read_text()
    assert _stored(local) != sealed
    assert "It answered 204" in local("webhooks", "ping", "1").stdout
    [ping] = receiver.received
    moment = datetime.fromtimestamp(int(ping.headers["webhook-timestamp"]), UTC)
    assert Webhook(secret).sign(ping.id, moment, ping.body.decode()) == ping.headers["webhook-signature"]


def test_keys_of_the_environment_win_and_the_doctor_names_what_none_of_them_opens(
    local: CommandLine, receiver: Receiver
) -> None:
    keyed = replace(local, environment=LOCAL | {"LOOKBACK_WEBHOOKS__KEYS": FIRST})
    keyed("webhooks", "add", receiver.url("/hook"), "--event", "*")
    assert not (local.folder / "var" / "webhook_keys").exists()
    both = replace(local, environment=LOCAL | {"LOOKBACK_WEBHOOKS__KEYS": f"{OTHER},{FIRST}"})
    assert both("webhooks", "ping", "1").exit_code == 0
    examined = replace(local, environment=LOCAL | {"LOOKBACK_WEBHOOKS__KEYS": OTHER})("doctor")
    assert "no key opens the secrets of endpoint 1" in examined.output


def test_the_doctor_tells_of_endpoints_that_are_off(local: CommandLine, receiver: Receiver) -> None:
    local("webhooks", "add", receiver.url("/hook"), "--event", "*")
    assert "0 deliveries wait, 0 were given up" in local("doctor").output
    local("webhooks", "disable", "1")
    assert "switched off: 1" in " ".join(local("doctor").output.split())


def test_a_replay_must_say_what(local: CommandLine) -> None:
    for arguments in ((), ("--endpoint", "1"), ("1", "--endpoint", "1", "--since", "2022-01-01")):
        assert local("webhooks", "replay", *arguments).exit_code == 2


def _stored(command: CommandLine) -> str:
    """The endpoint's secret as it stands in the database."""
    application = bootstrap(read_settings(command.configuration, command.variables))
    with application.runtime.reading() as uow:
        stored = uow.session.scalars(select(Endpoint.secret)).one()
    application.close()
    return stored


def _dispatch_in_vain(command: CommandLine) -> None:
    application = bootstrap(read_settings(command.configuration, command.variables))
    with application.runtime.unit_of_work() as uow:
        publish(uow, "hazard.closed", "H-1", {})
    assert application.dispatcher().dispatch_once().failed == 1
    application.close()
