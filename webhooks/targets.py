"""A URL taken apart and checked: where a webhook goes, before its name is resolved."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from webhooks.errors import InvalidEndpoint

LONGEST_URL: Final = 2000
PORTS: Final = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Target:
    """Where to connect, and what to ask for there; `host` is a name or a bare address."""

    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS["https" if self.is_secure else "http"] else f"{host}:{self.port}"


def target_of(url: str, http_hosts: Container[str]) -> Target:
    """Take a URL apart. Raises InvalidEndpoint unless it is https, or http to one of `http_hosts`."""
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise InvalidEndpoint(f"the URL must be at most {LONGEST_URL} ASCII characters; write a name in punycode")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as malformed:
        raise InvalidEndpoint(f"{url!r} is no URL: {malformed}") from malformed
    host = parts.hostname
    if parts.scheme not in PORTS or not host:
        raise InvalidEndpoint(f"{url!r} is no URL of a webhook; an example is https://example.org/hook")
    if parts.username is not None or parts.fragment:
        raise InvalidEndpoint("the URL must not hold an account or a fragment; the signature says who we are")
    if parts.scheme == "http" and host not in http_hosts:
        raise InvalidEndpoint(f"plain http is allowed only to webhooks.http_hosts, and {host} is not listed")
    return Target(parts.scheme == "https", host, PORTS[parts.scheme] if port is None else port, _path(parts))


def _path(parts: SplitResult) -> str:
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path
