"""Sends one message: to a checked address only, within limits of time and size, following no redirect."""

from __future__ import annotations

import ssl
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from http.client import HTTPException
from socket import SHUT_RDWR
from threading import Event, Timer
from time import monotonic
from typing import Final

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from webhooks.addresses import Resolver, reachable, resolve
from webhooks.answers import Answer, Verdict, answered, unanswered
from webhooks.errors import AddressRefused, InvalidEndpoint
from webhooks.policy import Limits, Reach
from webhooks.targets import Target, target_of

FAILURES: Final = (AddressRefused, InvalidEndpoint, OSError, HTTPError, HTTPException, ValueError)
"""How a request can fail without an answer; names, certificates and time limits raise an OSError or HTTPError."""

MOST_ADDRESSES: Final = 3
"""How many addresses of a name are tried, so that a name with many does not outlast the claim."""

FIXED: Final = {"content-type": "application/json", "user-agent": "Look-Back"}


@dataclass(frozen=True)
class Sender:
    """Posts bodies to URLs; used by all threads. `resolver` tells the addresses of a name."""

    reach: Reach
    limits: Limits
    resolver: Resolver = resolve

    def send(self, url: str, body: bytes, headers: Mapping[str, str], *, reads_answer: bool = False) -> Answer:
        """Post a body and say what came of it; whatever goes wrong on the way is an answer too, never an error.

        `reads_answer` keeps the beginning of what is said to a message that was taken.
        """
        size = len(body)
        if size > self.limits.request_bytes:
            error = f"the message has {size} bytes; webhooks.request_bytes is {self.limits.request_bytes}"
            return Answer(Verdict.UNSENDABLE, timedelta(0), error=error)
        began = monotonic()
        try:
            return self._post(target_of(url, self.reach.http_hosts), body, headers, began, reads_answer=reads_answer)
        except FAILURES as failure:
            return unanswered(failure, _since(began))

    def _post(
        self, target: Target, body: bytes, headers: Mapping[str, str], began: float, *, reads_answer: bool
    ) -> Answer:
        found = self.resolver(target.host, target.port)
        addresses = reachable(target.host, found, self.reach.allowed_networks)[:MOST_ADDRESSES]
        all_headers = {"host": target.authority, **FIXED, **headers}
        with closing(self._connect(target, addresses)) as connection, _ended_after(self._remaining(began), connection):
            connection.request("POST", target.path, body, all_headers, preload_content=False, decode_content=False)
            response = connection.getresponse()
            is_taken = response.status // 100 == 2
            content = self._beginning(response) if reads_answer or not is_taken else b""
            return answered(
                response.status,
                _since(began),
                excerpt=_printable(content.decode("utf-8", "replace")),
                retry_after=response.headers.get("retry-after"),
                content=content,
            )

    def _remaining(self, began: float) -> float:
        return max(0.0, self.limits.total_seconds - _since(began).total_seconds())

    def _connect(self, target: Target, addresses: Sequence[str]) -> HTTPConnection:
        """A connection to the first address that takes one; raises the last one's error."""
        *others, last = addresses
        for address in others:
            with suppress(OSError, HTTPError):
                return self._connected(target, address)
        return self._connected(target, last)

    def _connected(self, target: Target, address: str) -> HTTPConnection:
        connection = self._connection(target, address)
        try:
            connection.connect()
        except BaseException:
            connection.close()
            raise
        connection.timeout = self.limits.silence_seconds
        return connection

    def _connection(self, target: Target, address: str) -> HTTPConnection:
        seconds = self.limits.connect_seconds
        if not target.is_secure:
            return HTTPConnection(address, target.port, timeout=seconds)
        return HTTPSConnection(
            address, target.port, timeout=seconds, server_hostname=target.host, ssl_context=self._trusted
        )

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.reach.authority)

    def _beginning(self, response: BaseHTTPResponse) -> bytes:
        """What an answer says first; whether it can be read changes nothing."""
        with suppress(OSError, HTTPError, HTTPException):
            return response.read(self.limits.answer_bytes)
        return b""


@contextmanager
def _ended_after(seconds: float, connection: HTTPConnection) -> Generator[None]:
    """Cut the connection when the time is over, however busily the other side drips bytes. Raises TimeoutError then."""
    is_over = Event()

    def cut() -> None:
        is_over.set()
        with suppress(OSError):
            if connection.sock is not None:
                connection.sock.shutdown(SHUT_RDWR)

    watch = Timer(seconds, cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        if is_over.is_set():
            raise TimeoutError("the request took too long in all")


def _printable(text: str) -> str:
    """A stranger's text without what could steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text).strip()


def _since(began: float) -> timedelta:
    return timedelta(seconds=monotonic() - began)
