"""What the web asks of whoever lets incoming hooks in; the composition root hands it over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from engine.runtime import UnitOfWork


class Admission(Protocol):
    """A call that was let in: under which name and for which account, what it may do, and what it says."""

    @property
    def hook_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def account(self) -> str: ...
    @property
    def message_id(self) -> str: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...
    @property
    def key(self) -> str: ...


class Gate(Protocol):
    """Lets calls in, and keeps the record of them."""

    def admit(self, uow: UnitOfWork, name: str, headers: Mapping[str, str], body: bytes) -> Admission:
        """Raises HookRefused."""
        ...

    def record(self, uow: UnitOfWork, admission: Admission, status: int, detail: str = "") -> None:
        """Note how a call that was let in was answered."""
        ...

    def record_refusal(self, uow: UnitOfWork, name: str, message_id: str, status: int, detail: str) -> None:
        """Note that a call was refused."""
        ...
