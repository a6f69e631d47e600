"""What can go wrong with webhooks; each error says what happened and what to do."""

from __future__ import annotations

from datetime import timedelta


class WebhooksError(Exception):
    """Root of every error that webhooks raise on purpose."""


class UnknownRecord(WebhooksError):
    """No endpoint or delivery has this number; `lookback webhooks list` and `dead` show which there are."""

    def __init__(self, what: str, identity: int | str) -> None:
        super().__init__(f"there is no {what} {identity}")
        self.what = what
        self.identity = identity


class InvalidEndpoint(WebhooksError):
    """The URL or an event type cannot be used; the message says which and why."""


class WrongStatus(WebhooksError):
    """The record is not in a status that allows this; the message names both."""


class Unopenable(WebhooksError):
    """A stored secret fits none of the keys: put back the key that sealed it, or register the endpoint anew."""

    def __init__(self) -> None:
        super().__init__("a stored secret cannot be opened with the keys of this installation")


class AddressRefused(WebhooksError):
    """The name stands for addresses that no webhook may reach; list the network in webhooks.allowed_networks."""

    def __init__(self, host: str, addresses: list[str]) -> None:
        found = ", ".join(addresses) or "no address"
        super().__init__(f"{host} is {found}: not public, and not in webhooks.allowed_networks")
        self.host = host
        self.addresses = addresses


class CallRefused(WebhooksError):
    """A call to an incoming hook is not let in; `status` is how it is to be answered."""

    def __init__(self, status: int, message: str, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after
