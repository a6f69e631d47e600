"""Requests go to checked addresses only, under the certificate of the name, whatever the name resolves to."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests.integration.webhooks.conftest import HERE
from tests.integration.webhooks.receiver import Receiver, receiving
from webhooks.answers import Verdict
from webhooks.policy import Limits, Reach
from webhooks.sending import Sender

NAME = "hooks.example.org"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate of NAME, with its key."""
    file = tmp_path_factory.mktemp("tls") / "receiver.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    named = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    subprocess.run([*made, *named, "-keyout", file, "-out", f"{file}.crt"], check=True, capture_output=True)
    file.write_bytes(file.read_bytes() + Path(f"{file}.crt").read_bytes())
    return file


@pytest.fixture
def secure(certificate: Path) -> Iterator[Receiver]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with receiving(context) as started:
        yield started


def sender(reach: Reach, *addresses: str) -> Sender:
    """A sender for which every name has these addresses."""
    return Sender(reach, Limits(connect_seconds=2), resolver=lambda _host, _port: addresses)


def test_a_message_goes_to_the_checked_address_under_the_name(secure: Receiver, certificate: Path) -> None:
    trusting = replace(HERE, authority=certificate)
    answer = sender(trusting, "127.0.0.1").send(secure.url("/hook?a=1", NAME), b"{}", {})
    assert (answer.verdict, answer.error) == (Verdict.DELIVERED, None)
    [request] = secure.received
    assert request.headers["host"] == f"{NAME}:{secure.server.server_port}"
    assert request.path == "/hook?a=1"


@pytest.mark.parametrize("name", ["elsewhere.example.org", "127.0.0.1"])
def test_a_certificate_of_another_name_is_refused(secure: Receiver, certificate: Path, name: str) -> None:
    trusting = replace(HERE, authority=certificate)
    answer = sender(trusting, "127.0.0.1").send(secure.url("/hook", name), b"{}", {})
    assert "CERTIFICATE_VERIFY_FAILED" in str(answer.error)
    assert secure.received == []


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Receiver) -> None:
    answer = sender(HERE, "127.0.0.1").send(secure.url("/hook", NAME), b"{}", {})
    assert "CERTIFICATE_VERIFY_FAILED" in str(answer.error)
    assert secure.received == []


def test_a_name_that_turns_to_a_closed_network_is_not_connected_to(receiver: Receiver) -> None:
    closed = Reach(http_hosts=frozenset({NAME}))
    answer = sender(closed, "127.0.0.1").send(receiver.url("/hook", NAME), b"{}", {})
    assert answer.verdict is Verdict.FAILED
    assert "webhooks.allowed_networks" in str(answer.error)
    assert receiver.received == []


def test_a_name_is_resolved_once_for_each_message(receiver: Receiver) -> None:
    addresses = iter([["127.0.0.1"], ["10.0.0.1"]])
    reach = replace(HERE, http_hosts=frozenset({NAME}))
    once = Sender(reach, Limits(), resolver=lambda _host, _port: next(addresses))
    assert once.send(receiver.url("/hook", NAME), b"{}", {}).verdict is Verdict.DELIVERED
    assert "10.0.0.1" in str(once.send(receiver.url("/hook", NAME), b"{}", {}).error)


def test_an_address_that_does_not_answer_leaves_the_next_one(receiver: Receiver) -> None:
    reach = replace(HERE, http_hosts=frozenset({NAME}))
    answer = sender(reach, "127.0.0.9", "127.0.0.1").send(receiver.url("/hook", NAME), b"{}", {})
    assert answer.verdict is Verdict.DELIVERED


def test_a_name_that_cannot_be_resolved_is_a_failure() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such name")

    answer = Sender(HERE, Limits(), resolver=unknown).send(f"https://{NAME}/", b"{}", {})
    assert (answer.verdict, answer.error) == (Verdict.FAILED, "OSError: no such name")


def test_an_answer_that_drips_is_cut_when_the_time_is_over(dripping: int) -> None:
    limits = Limits(silence_seconds=5, total_seconds=0.5)
    answer = Sender(HERE, limits).send(f"http://127.0.0.1:{dripping}/", b"{}", {})
    assert answer.verdict is Verdict.FAILED
    assert answer.took.total_seconds() < 3


@pytest.fixture
def dripping() -> Iterator[int]:
    """The port of a server that sends one byte of an endless header at a time."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nx: ")
                with suppress(OSError):  # the sender has gone, as it should
                    while not stop.wait(0.05):
                        connection.sendall(b"x")

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        stop.set()
        thread.join(5)
