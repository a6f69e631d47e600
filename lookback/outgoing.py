"""The settings of webhooks as the package itself wants to know them."""

from __future__ import annotations

from datetime import timedelta

from lookback.settings import WebhookSettings
from webhooks.policy import Limits, Patience, Policy, Reach


def policy_of(settings: WebhookSettings) -> Policy:
    """What this installation decided about its webhooks."""
    return Policy(
        reach=Reach(frozenset(settings.http_hosts), settings.allowed_networks, settings.ca_file),
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
