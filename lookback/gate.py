"""Joins the web's hooks with the package that knows who may call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.runtime import UnitOfWork
from web.errors import HookRefused
from web.incoming import Admission
from webhooks.errors import CallRefused
from webhooks.incoming.admitting import admit, record, record_refusal
from webhooks.sealing import Vault


@dataclass(frozen=True)
class IncomingGate:
    """Lets calls in as `webhooks.incoming` decides; `vault` opens the secrets of hooks."""

    vault: Vault

    def admit(self, uow: UnitOfWork, name: str, headers: Mapping[str, str], body: bytes) -> Admission:
        """Raises HookRefused."""
        try:
            return admit(uow, self.vault, name, headers, body)
        except CallRefused as refused:
            raise HookRefused(refused.status, str(refused), refused.retry_after) from refused

    def record(self, uow: UnitOfWork, admission: Admission, status: int, detail: str = "") -> None:
        """Note how a call that was let in was answered."""
        record(uow, admission.hook_id, admission.message_id, status, detail)

    def record_refusal(self, uow: UnitOfWork, name: str, message_id: str, status: int, detail: str) -> None:
        """Note that a call was refused."""
        record_refusal(uow, name, message_id, status, detail)
