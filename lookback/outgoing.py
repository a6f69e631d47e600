"""The settings of what leaves the house, as the package itself wants to know them."""

from __future__ import annotations

from datetime import timedelta

from lookback.settings import MailSettings, WebhookSettings
from webhooks.channels.mail import MailServer, Security
from webhooks.forgetting import Retention
from webhooks.policy import Limits, Patience, Policy, Reach


def policy_of(settings: WebhookSettings) -> Policy:
    """What this installation decided about its webhooks."""
    return Policy(
        reach=Reach(
            frozenset(settings.http_hosts),
            settings.allowed_networks,
            settings.ca_file,
            _services_of(settings),
        ),
        limits=Limits(
            connect_seconds=settings.connect_seconds,
            silence_seconds=settings.silence_seconds,
            total_seconds=settings.total_seconds,
            request_bytes=settings.request_bytes,
        ),
        patience=Patience(
            attempts=settings.attempts,
            first_wait=timedelta(seconds=settings.first_wait_seconds),
            longest_wait=timedelta(seconds=settings.longest_wait_seconds),
            failures_to_pause=settings.failures_to_pause,
            pause=timedelta(seconds=settings.pause_seconds),
            disable_after=timedelta(days=settings.disable_after_days),
        ),
        threads=settings.threads,
    )


def _services_of(settings: WebhookSettings) -> dict[str, str]:
    listed = settings.services.get_secret_value().split() if settings.services else []
    return dict(each.split("=", 1) for each in listed)


def retention_of(settings: WebhookSettings) -> Retention:
    """How long this installation keeps what was sent and what came in."""
    kept = timedelta(days=settings.keep_days)
    return Retention(arrived=kept, failed=timedelta(days=settings.keep_failed_days), calls=kept)


def mail_server_of(settings: MailSettings) -> MailServer | None:
    """The server that takes this installation's mail; None when it sends none."""
    if settings.host is None:
        return None
    return MailServer(
        host=settings.host,
        port=settings.port,
        security=Security(settings.security),
        sender=settings.sender,
        account=settings.account,
        password=settings.password.get_secret_value() if settings.password else "",
        seconds=settings.seconds,
        authority=settings.ca_file,
    )
