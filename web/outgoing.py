"""What the web asks of whoever sends things out of the house; the composition root hands it over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from engine.runtime import UnitOfWork

Fields = Mapping[str, str]
"""What a form brought, by field."""


class Channel(Protocol):
    """An endpoint as pages show it: another system, a chat robot, mail or short messages. `address` never shows what
    opens it."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def event_types(self) -> Sequence[str]: ...
    @property
    def failures(self) -> int: ...
    @property
    def rests_until(self) -> datetime | None: ...
    @property
    def disabled_at(self) -> datetime | None: ...
    @property
    def disabled_because(self) -> str | None: ...


class Proof(Protocol):
    """One thing that was sent, or is to be: the event, where to, how it stands, the last answer in words."""

    @property
    def id(self) -> int: ...
    @property
    def event_type(self) -> str: ...
    @property
    def event_id(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def happened_at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def endpoint(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def attempts(self) -> int: ...
    @property
    def ended_at(self) -> datetime | None: ...
    @property
    def answered(self) -> int | None: ...
    @property
    def error(self) -> str: ...


class Words(Protocol):
    """How people are told of a type of event: one block of its words in one language, on an example."""

    @property
    def event_type(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def block(self) -> str: ...
    @property
    def text(self) -> str: ...


class PostOffice(Protocol):
    """Keeps the channels, and knows what became of everything that was sent."""

    def kinds(self) -> Sequence[str]:
        """The kinds of channels that can be added."""
        ...

    def words(self) -> Sequence[Words]:
        """Everything that people are told, on examples."""
        ...

    def channels(self, uow: UnitOfWork) -> Sequence[Channel]:
        """All of them, the oldest first."""
        ...

    def add(self, uow: UnitOfWork, fields: Fields) -> str:
        """Open a channel; the secret that signs on it, or nothing. Raises ChannelRefused."""
        ...

    def rotate(self, uow: UnitOfWork, channel_id: int) -> str:
        """Give a channel a fresh secret, and return it. Raises ChannelRefused."""
        ...

    def switch(self, uow: UnitOfWork, channel_id: int, *, on: bool, because: str) -> None:
        """Switch a channel on or off. Raises ChannelRefused."""
        ...

    def try_out(self, uow: UnitOfWork, channel_id: int, account: str) -> str:
        """Send a test message, to a person where the channel writes to people; what went wrong, or nothing."""
        ...

    def proofs(self, uow: UnitOfWork, asked: Fields, *, before: int | None, limit: int) -> Sequence[Proof]:
        """What was sent, the newest first, from before one of them. Raises ChannelRefused."""
        ...

    def all_proofs(self, uow: UnitOfWork, asked: Fields, *, most: int) -> Iterator[Proof]:
        """The newest, read a few at a time. Raises ChannelRefused."""
        ...

    def send_again(self, uow: UnitOfWork, proof_ids: Sequence[int]) -> int:
        """Send ended ones again; how many. Raises ChannelRefused."""
        ...
