"""`python -m bench.deliveries`: events delivered each second and the delay of each, beside plain Celery with Redis.

Two measures for each database and number of dispatchers: a backlog of events, and a steady stream in which each event
is committed alone. The receiver, the nodes and the workers are processes of their own on this machine.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import quantiles
from time import monotonic, sleep, time
from typing import Any, Final, Protocol
from uuid import uuid4

from rich.console import Console
from rich.table import Table

from bench.dispatching import HERE, VAULT
from engine.clock import SystemClock
from engine.events import publish
from engine.storage.database import Database
from tests.databases import DatabaseSource, PostgresqlDatabases, SqliteFiles, postgresql_server
from webhooks.endpoints import Registration, Selection, add_endpoint
from webhooks.signing import new_secret
from webhooks.transactions import writing

BACKLOG: Final = int(os.environ.get("BENCH_EVENTS", "4000"))
STREAM: Final = BACKLOG // 8
A_SECOND: Final = 50
"""Events of the stream in a second."""

NODES: Final = (1, 2, 4)
UNDER_WAY: Final = 64
KEYS: Final = 500
PATIENCE: Final = 180.0
TYPE: Final = "hazard.stage_changed"


@dataclass
class Receiver:
    """The receiver's port, and the file with what came."""

    port: int
    file: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def arrivals(self) -> dict[str, float]:
        """When each message came first, by its id."""
        found: dict[str, float] = {}
        for line in self.file.read_text("ascii").splitlines():
            message_id, moment = line.split()
            found.setdefault(message_id, float(moment))
        return found

    def wait_for(self, ids: set[str]) -> dict[str, float]:
        """The arrivals, once all of these have come."""
        until = monotonic() + PATIENCE
        while not ids <= (found := self.arrivals()).keys():
            if monotonic() > until:
                raise TimeoutError(f"{len(ids - found.keys())} of {len(ids)} messages never came")
            sleep(0.5)
        return {message_id: found[message_id] for message_id in ids}


class Contender(Protocol):
    """A way to deliver: it takes events, and its nodes send them."""

    def publish(self, events: Sequence[Mapping[str, Any]]) -> list[str]:
        """Hand over events; their ids."""
        ...

    def node(self) -> subprocess.Popen[bytes]:
        """Start a process that sends."""
        ...


@dataclass
class Ours:
    """The outbox of a database of its own, with one endpoint."""

    source: DatabaseSource
    receiver: Receiver
    url: str = field(init=False)
    database: Database = field(init=False)

    def __post_init__(self) -> None:
        self.url = self.source.fresh()
        self.database = Database(self.url)
        wanted = Registration(self.receiver.url, Selection(["hazard.*"]), concurrency=UNDER_WAY)
        with writing(self.database, SystemClock()) as uow:
            add_endpoint(uow, wanted, VAULT, reach=HERE.reach)

    def publish(self, events: Sequence[Mapping[str, Any]]) -> list[str]:
        with writing(self.database, SystemClock()) as uow:
            return [str(publish(uow, TYPE, each["hazard"], dict(each))) for each in events]

    def node(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "bench.dispatching", self.url])


@dataclass
class Peer:
    """Celery tasks on a Redis of their own; as many threads a worker as a dispatcher of ours has."""

    receiver: Receiver
    broker: str
    secret: str = field(default_factory=new_secret)

    def publish(self, events: Sequence[Mapping[str, Any]]) -> list[str]:
        from bench.celery_peer import deliver  # it reads where the broker is when it is imported

        ids = [str(uuid4()) for _ in events]
        now = datetime.now(UTC).isoformat()
        for message_id, each in zip(ids, events, strict=True):
            deliver.delay(self.receiver.url, self.secret, message_id, TYPE, now, dict(each))
        return ids

    def node(self) -> subprocess.Popen[bytes]:
        command = ["-m", "celery", "-A", "bench.celery_peer", "worker", "-P", "threads", "-c", str(HERE.threads)]
        quiet = ["-l", "ERROR", "--without-gossip", "--without-mingle", "-n", f"{uuid4()}@bench"]
        environment = dict(os.environ) | {"BENCH_BROKER": self.broker}
        return subprocess.Popen(
            [sys.executable, *command, *quiet], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


@dataclass(frozen=True)
class Measured:
    """Events a second of a backlog, and milliseconds from commit to arrival in a steady stream."""

    rate: float
    median: float
    p99: float


def main() -> None:
    """Print the tables."""
    table = Table("", "dispatchers", "events/s", "delay median ms", "delay p99 ms", title="Deliveries")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        home = Path(folder)
        receiver = stack.enter_context(_receiver(home))
        broker = stack.enter_context(_redis(home))
        os.environ["BENCH_BROKER"] = broker
        sqlite = SqliteFiles(home)
        postgresql = PostgresqlDatabases(stack.enter_context(postgresql_server()))
        contenders: list[tuple[str, Callable[[], Contender]]] = [
            ("SQLite", lambda: Ours(sqlite, receiver)),
            ("PostgreSQL", lambda: Ours(postgresql, receiver)),
            ("Celery and Redis", lambda: Peer(receiver, broker)),
        ]
        for nodes in NODES:
            for name, contender in contenders:
                it = _measured(contender(), receiver, nodes)
                table.add_row(name, str(nodes), f"{it.rate:.0f}", f"{it.median:.0f}", f"{it.p99:.0f}")
    Console(width=100).print(table)


def _measured(contender: Contender, receiver: Receiver, nodes: int) -> Measured:
    numbers = count(1)
    backlog = set(contender.publish([_event(next(numbers)) for _ in range(BACKLOG)]))
    with _running([contender.node() for _ in range(nodes)]):
        rate = _rate(receiver.wait_for(backlog))
        committed: dict[str, float] = {}
        began = monotonic()
        for number in range(STREAM):
            sleep(max(0.0, began + number / A_SECOND - monotonic()))
            [message_id] = contender.publish([_event(next(numbers))])
            committed[message_id] = time()
        arrived = receiver.wait_for(set(committed))
    delays = [max(0.0, arrived[it] - committed[it]) * 1000 for it in committed]
    cuts = quantiles(delays, n=100)
    return Measured(rate, cuts[49], cuts[98])


def _rate(arrived: Mapping[str, float]) -> float:
    """Between a tenth and nine tenths of the messages, so that starting and ending processes do not count."""
    moments = sorted(arrived.values())
    first, last = len(moments) // 10, len(moments) * 9 // 10
    return (last - first) / (moments[last] - moments[first])


def _event(number: int) -> dict[str, Any]:
    hazard = f"豫回2022-410105-{number % KEYS:06}"
    return {"hazard": hazard, "from": "self_check", "to": "special_inspection", "reason": f"第{number}次"}


@contextmanager
def _running(processes: Sequence[subprocess.Popen[bytes]]) -> Generator[None]:
    try:
        yield
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait()


@contextmanager
def _receiver(home: Path) -> Generator[Receiver]:
    file = home / "arrivals"
    process = subprocess.Popen([sys.executable, "-m", "bench.receiving", str(file)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield Receiver(int(process.stdout.readline()), file)
    finally:
        process.kill()
        process.wait()


@contextmanager
def _redis(home: Path) -> Generator[str]:
    """A Redis of its own, that listens in the folder only."""
    socket = home / "redis.sock"
    command = ["redis-server", "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(home)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while not socket.exists():
            sleep(0.05)
        yield f"redis+socket://{socket}"
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
