"""A local receiver in a process of its own: `python -m bench.receiving FILE` takes messages and notes when each came.

It prints its port, answers 204 to everything, and writes a line with id and moment for each message into FILE.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from functools import partial
from time import time
from typing import Final

END: Final = b"\r\n\r\n"
ANSWER: Final = b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Taking(asyncio.Protocol):
    """One connection with one message."""

    def __init__(self, note: Callable[[bytes], None]) -> None:
        self._note = note
        self._read = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, is_whole, body = self._read.partition(END)
        if not is_whole or len(body) < int(_header(head, b"content-length")):
            return
        self._note(_header(head, b"webhook-id"))
        if self._transport:
            self._transport.write(ANSWER)
            self._transport.close()


def _header(head: bytes, name: bytes) -> bytes:
    return next(value.strip() for line in head.split(b"\r\n")[1:] for key, _, value in [line.partition(b":")]
                if key.lower() == name)  # fmt: skip


async def _receive(path: str) -> None:
    with open(path, "w", buffering=1, encoding="ascii") as arrivals:  # noqa: ASYNC230, PTH123 # a line each, at once

        def note(message: bytes) -> None:
            arrivals.write(f"{message.decode()} {time():.6f}\n")

        server = await asyncio.get_running_loop().create_server(partial(Taking, note), "127.0.0.1", 0, backlog=1024)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_receive(sys.argv[1]))
