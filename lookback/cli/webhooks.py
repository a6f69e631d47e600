"""`lookback webhooks`: other systems' endpoints, and the letters that did not reach them."""

from __future__ import annotations

from datetime import datetime, timedelta

import click
from rich.table import Table

from lookback.cli.console import add_row, out
from lookback.cli.incoming import incoming
from lookback.cli.launch import Launch, pass_launch
from lookback.outgoing import policy_of
from lookback.places import places_of
from lookback.post_office import region_code, region_path
from lookback.vault import add_key, drop_old_keys
from webhooks.endpoints import (
    ROBOTS,
    Registration,
    Selection,
    add_endpoint,
    endpoint_of,
    endpoints,
    held_endpoint,
    rotate_secret,
)
from webhooks.endpoints import disable as switch_off
from webhooks.endpoints import enable as switch_on
from webhooks.errors import WebhooksError
from webhooks.models import Endpoint, EndpointKind
from webhooks.pinging import ping as send_ping
from webhooks.replaying import dead_letters, replay_range
from webhooks.replaying import replay as begin_again
from webhooks.resealing import reseal_all
from webhooks.sealing import Vault
from workflows.organisations.sectors import Sector

endpoint_argument = click.argument("endpoint_id", metavar="ENDPOINT", type=int)
moment = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


class Unreached(WebhooksError):
    """A test message was not taken; the message says what came back."""


@click.group()
def webhooks() -> None:
    """Endpoints of other systems that hear what happens here."""


@webhooks.command()
@click.argument("url", default="")
@click.option("--kind", type=click.Choice([kind.value for kind in EndpointKind]), default=EndpointKind.HOOK.value,
              show_default=True, help="Another system, a chat robot, or the way to people.")  # fmt: skip
@click.option("--secret", help="The secret that a chat robot's service gave out, if it signs.")
@click.option("--only-for", "audience", multiple=True, metavar="KEY",
              help="Only events about this hazard or to this account; repeat for each.")  # fmt: skip
@click.option("--event", "event_types", required=True, multiple=True, metavar="TYPE",
              help="An event type, or a beginning such as 'hazard.*'; repeat for each.")  # fmt: skip
@click.option("--region", default="", metavar="CODE", help="Only events in this region and all below it.")
@click.option("--sector", "sectors", multiple=True, type=click.Choice([sector.value for sector in Sector]),
              help="Only events of this sector; repeat for each.")  # fmt: skip
@click.option("--owner", default="", metavar="ACCOUNT", help="Who is told when it is switched off.")
@click.option("--description", default="", help="Whose it is and what for.")
@click.option("--concurrency", default=4, show_default=True, type=click.IntRange(1, 64),
              help="How many messages may be under way to it at a time.")  # fmt: skip
@pass_launch
def add(
    launch: Launch,
    url: str,
    kind: str,
    secret: str | None,
    audience: tuple[str, ...],
    event_types: tuple[str, ...],
    region: str,
    sectors: tuple[str, ...],
    owner: str,
    description: str,
    concurrency: int,
) -> None:
    """Send events to URL from now on, and print the secret that signs them. Mail needs no URL."""
    wanted = Registration(
        url,
        Selection(event_types, audience, region_path(region), sectors),
        kind=EndpointKind(kind),
        secret=secret or "",
        owner=owner,
        description=description,
        concurrency=concurrency,
    )
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        vault = application.vault()
        added = add_endpoint(uow, wanted, vault, reach=policy_of(launch.settings.webhooks).reach)
        _show_secret(added, vault, f"Endpoint {added.id} is on.")


@webhooks.command(name="list")
@pass_launch
def list_(launch: Launch) -> None:
    """Show the endpoints and how they are."""
    table = Table("endpoint", "kind", "url", "events", "where", "state", "description")
    with launch.application() as application, application.runtime.reading() as uow:
        found = endpoints(uow.session)
        for each in found:
            state, style = _state(each, uow.now)
            add_row(
                table,
                each.id,
                each.kind.value,
                each.shown,
                " ".join(each.event_types),
                " ".join([region_code(each.region), *each.sectors]).strip(),
                state,
                each.description,
                style=style,
            )
    out.print(table if found else "There is no endpoint.")


@webhooks.command()
@endpoint_argument
@click.option("--to", "account", default="", help="The account of the person who gets the mail or short message.")
@pass_launch
def ping(launch: Launch, endpoint_id: int, account: str) -> None:
    """Send a test message to ENDPOINT now; exits with 1 when it is not taken."""
    with launch.application() as application:
        with application.runtime.reading() as uow:
            endpoint = endpoint_of(uow.session, endpoint_id)
        way = application.ways().get(endpoint.kind)
        if way is None:
            raise Unreached(f"there are no settings for {endpoint.kind.value}; fill in the section of that name")
        answer = send_ping(endpoint, way, application.vault(), uow.now, key=account)
    if answer.error is not None:
        raise Unreached(answer.error)
    out.print(f"It answered {answer.status} after {answer.took.total_seconds():.3f} s.")


@webhooks.command()
@endpoint_argument
@click.option("--overlap-hours", default=24.0, show_default=True, type=click.FloatRange(0, 24 * 30),
              help="How long the secret before goes on signing too.")  # fmt: skip
@pass_launch
def rotate(launch: Launch, endpoint_id: int, overlap_hours: float) -> None:
    """Give ENDPOINT a fresh secret and print it."""
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        vault = application.vault()
        rotated = rotate_secret(uow, endpoint_id, vault, overlap=timedelta(hours=overlap_hours))
        _show_secret(rotated, vault, f"The secret before signs for {overlap_hours:g} more hours.")


@webhooks.command()
@endpoint_argument
@click.option("--because", default="it was switched off by hand", help="Why, for the record.")
@pass_launch
def disable(launch: Launch, endpoint_id: int, because: str) -> None:
    """Switch ENDPOINT off; what is pending waits."""
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        switch_off(uow, held_endpoint(uow.session, endpoint_id), because)
    out.print(f"Endpoint {endpoint_id} is off.")


@webhooks.command()
@endpoint_argument
@pass_launch
def enable(launch: Launch, endpoint_id: int) -> None:
    """Switch ENDPOINT on again; `replay` brings what it missed."""
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        switch_on(held_endpoint(uow.session, endpoint_id))
    out.print(f"Endpoint {endpoint_id} is on.")


@webhooks.command()
@click.option("--endpoint", "endpoint_id", type=int, help="Only this endpoint's.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="Show no more than these.")
@pass_launch
def dead(launch: Launch, endpoint_id: int | None, limit: int) -> None:
    """Show the messages that were given up, the latest first."""
    table = Table("delivery", "endpoint", "event", "key", "attempts", "given up", "last error")
    zone = launch.settings.zone
    with launch.application() as application, application.runtime.reading() as uow:
        letters = dead_letters(uow.session, endpoint_id=endpoint_id, limit=limit)
    for it, event_type, error in letters:
        ended = f"{it.ended_at.astimezone(zone):%Y-%m-%d %H:%M}" if it.ended_at else ""
        add_row(table, it.id, it.endpoint_id, event_type, it.key, it.attempts, ended, error)
    out.print(table if letters else "Nothing was given up.")


@webhooks.command()
@click.argument("delivery_ids", metavar="[DELIVERY]...", type=int, nargs=-1)
@click.option("--endpoint", "endpoint_id", type=int, help="Everything of this endpoint in a time range.")
@click.option("--since", type=moment, help="From here on, local time.")
@click.option("--until", type=moment, help="Before here; else until now.")
@click.option("--with-delivered", is_flag=True, help="In the range, what was delivered too.")
@pass_launch
def replay(
    launch: Launch,
    delivery_ids: tuple[int, ...],
    endpoint_id: int | None,
    since: datetime | None,
    until: datetime | None,
    with_delivered: bool,
) -> None:
    """Deliver again: the DELIVERY numbers given, or what an endpoint lost or missed in a time range."""
    if bool(delivery_ids) == bool(endpoint_id and since) or bool(endpoint_id) != bool(since):
        raise click.UsageError("give delivery numbers, or --endpoint with --since")
    zone = launch.settings.zone
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        if endpoint_id is None or since is None:
            again = begin_again(uow, delivery_ids)
        else:
            end = until.replace(tzinfo=zone) if until else uow.now
            begin = since.replace(tzinfo=zone)
            again = replay_range(uow, endpoint_id, begin, end, places_of, with_delivered=with_delivered)
    out.print(f"{again} deliveries are due again.")


@webhooks.command()
@click.option("--new-key", is_flag=True, help="Make a fresh key first, and forget those before it afterwards.")
@pass_launch
def reseal(launch: Launch, new_key: bool) -> None:
    """Seal all secrets anew with the newest key; with a fresh one, start all nodes anew afterwards."""
    if new_key and launch.settings.webhooks.keys is not None:
        raise click.UsageError("the keys are set in the environment; put the fresh one in front of them there")
    if new_key:
        add_key(launch.settings)
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        resealed = reseal_all(uow.session, application.vault())
    if new_key:
        drop_old_keys(launch.settings)
    out.print(f"{resealed} secrets are sealed with the newest key.")


def _show_secret(endpoint: Endpoint, vault: Vault, sentence: str) -> None:
    out.print(sentence)
    if endpoint.kind in ROBOTS | {EndpointKind.MAIL}:
        return
    out.print(f"Give the other side this secret, and nobody else: {vault.open(endpoint.secret)}", markup=False)


def _state(endpoint: Endpoint, now: datetime) -> tuple[str, str]:
    if endpoint.disabled_at is not None:
        return f"off: {endpoint.disabled_because}", "red"
    if endpoint.paused_until is not None and endpoint.paused_until > now:
        return f"rests after {endpoint.failures} failures", "yellow"
    return (f"{endpoint.failures} failures", "yellow") if endpoint.failures else ("on", "")


webhooks.add_command(incoming)
