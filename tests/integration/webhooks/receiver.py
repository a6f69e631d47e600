"""Another system's endpoint on this machine: a real HTTP server that answers as its path, or the test, says."""

from __future__ import annotations

import json
import ssl
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Headers = dict[str, str]


@dataclass(frozen=True)
class Received:
    """One request that arrived, and the status it was answered with (0: none)."""

    path: str
    headers: Headers
    body: bytes
    answered: int

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def content(self) -> dict[str, Any]:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    """What to answer. Status 0 closes without an answer; `held` waits until the receiver is released."""

    status: int = 204
    headers: Headers = field(default_factory=dict[str, str])
    body: bytes = b""
    held: bool = False


@dataclass
class Receiver:
    """What arrived, in order; `answers` says what a path answers, 204 where nothing is said."""

    server: _Server
    scheme: str = "http"
    answers: dict[str, Callable[[Received], Reply]] = field(default_factory=dict[str, Callable[[Received], Reply]])
    received: list[Received] = field(default_factory=list[Received])
    arrived: threading.Condition = field(default_factory=threading.Condition)
    released: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.server.server_port}{path}"

    def answer(self, path: str, reply: Reply) -> None:
        self.answers[path] = lambda _request: reply

    def reply_to(self, request: Received) -> Reply:
        said = self.answers.get(request.path)
        return said(request) if said else Reply()

    def note(self, request: Received) -> None:
        with self.arrived:
            self.received.append(request)
            self.arrived.notify_all()

    def wait_for(self, number: int, seconds: float = 30) -> bool:
        """Whether so many requests have arrived within some time."""
        with self.arrived:
            return self.arrived.wait_for(lambda: len(self.received) >= number, seconds)

    def at(self, path: str) -> list[Received]:
        return [request for request in self.received if request.path == path]

    def taken(self) -> dict[str, list[Received]]:
        """What was answered 2xx, by the key in its data, in the order of arrival."""
        by_key: dict[str, list[Received]] = defaultdict(list)
        for request in self.received:
            if request.answered // 100 == 2:
                by_key[request.content["data"]["key"]].append(request)
        return by_key


@contextmanager
def receiving(certificate: ssl.SSLContext | None = None) -> Generator[Receiver]:
    """A receiver on a free port of this machine, until the end of the block."""
    server = _Server(("127.0.0.1", 0), _Handler)
    if certificate is not None:
        server.socket = certificate.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    receiver = server.receiver = Receiver(server, "https" if certificate else "http")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    receiver: Receiver

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a sender that breaks off or does not trust the certificate: some tests want it so."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server  # pyright: ignore[reportIncompatibleVariableOverride] # nobody gives it another one

    def do_POST(self) -> None:
        receiver = self.server.receiver
        length = int(self.headers["content-length"])
        body = self.rfile.read(length)
        if len(body) < length:
            return  # the sender died halfway
        request = Received(self.path, {name.lower(): value for name, value in self.headers.items()}, body, 0)
        reply = receiver.reply_to(request)
        receiver.note(Received(request.path, request.headers, request.body, reply.status))
        if reply.held:
            receiver.released.wait()
        self.close_connection = True
        if reply.status:
            self._answer(reply)

    def do_GET(self) -> None:
        receiver = self.server.receiver
        receiver.note(Received(self.path, {}, b"", 200))
        self._answer(Reply(200))

    def _answer(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
