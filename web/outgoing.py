"""What the web asks of whoever sends things out of the house; the composition root hands it over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from engine.runtime import UnitOfWork

Fields = Mapping[str, str]
"""What a form brought, by field."""


@dataclass(frozen=True)
class Wanted:
    """A channel as somebody wants it. `region` is an administrative code; what is empty confines nothing."""

    kind: str
    url: str
    event_types: Sequence[str]
    audience: Sequence[str] = ()
    region: str = ""
    sectors: Sequence[str] = ()
    description: str = ""
    secret: str = ""
    concurrency: int = 4


class Channel(Protocol):
    """An endpoint as pages show it: another system, a chat robot, mail or short messages. `address` never shows what
    opens it, `region` is an administrative code or empty, and `owner` the account that registered it."""

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
    def audience(self) -> Sequence[str]: ...
    @property
    def region(self) -> str: ...
    @property
    def sectors(self) -> Sequence[str]: ...
    @property
    def concurrency(self) -> int: ...
    @property
    def owner(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def created_at(self) -> datetime: ...
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


class Standing(Protocol):
    """How the post stands: what waits and since when, what was given up, which channels are off."""

    @property
    def pending(self) -> int: ...
    @property
    def pending_since(self) -> datetime | None: ...
    @property
    def dead(self) -> int: ...
    @property
    def switched_off(self) -> Sequence[int]: ...
    @property
    def kept_since(self) -> datetime | None: ...


class EventType(Protocol):
    """A type of event: when it happens, what its key is, and the JSON Schema of its data in one version."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def description(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def schema(self) -> Mapping[str, Any]: ...


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

    def channel(self, uow: UnitOfWork, channel_id: int) -> Channel:
        """One of them. Raises ChannelUnknown."""
        ...

    def add(self, uow: UnitOfWork, wanted: Wanted, *, by: str) -> int:
        """Open a channel for an account; its number. Raises ChannelRefused."""
        ...

    def change(self, uow: UnitOfWork, channel_id: int, wanted: Wanted) -> None:
        """Give a channel other events or another name; kind, address and secret stay. Raises ChannelRefused."""
        ...

    def secret(self, uow: UnitOfWork, channel_id: int) -> str:
        """The secret that signs on a channel; nothing where it is not for others to know. Raises ChannelUnknown."""
        ...

    def rotate(self, uow: UnitOfWork, channel_id: int) -> None:
        """Give a channel a fresh secret. Raises ChannelRefused."""
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

    def send_again(self, uow: UnitOfWork, proof_ids: Sequence[int], *, channel_id: int | None = None) -> int:
        """Send ended ones again, of one channel or of any; how many. Raises ChannelRefused."""
        ...

    def send_given_up_again(self, uow: UnitOfWork, channel_id: int) -> int:
        """Send everything again that was given up for a channel; how many. Raises ChannelUnknown."""
        ...

    def send_range_again(
        self, uow: UnitOfWork, channel_id: int, since: datetime, until: datetime, *, with_delivered: bool
    ) -> int:
        """Send what a channel lost or missed of what happened in a time; how many. Raises ChannelUnknown."""
        ...

    def standing(self, uow: UnitOfWork) -> Standing:
        """How the post stands now."""
        ...

    def event_types(self) -> Sequence[EventType]:
        """Every type of event that can be sent, in its present version, by name."""
        ...

    def event_type(self, name: str, version: int) -> EventType | None:
        """A type in one version, present or past; None when there is none."""
        ...
