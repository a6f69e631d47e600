"""Secrets as they stand in the database: sealed, so that who reads the database alone can neither sign nor write."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cached_property

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from webhooks.errors import Unopenable, WebhooksError

PURPOSE = b"look-back webhooks"
KEY_BYTES = 32


class NoKey(WebhooksError):
    """There is no key to seal secrets with; set LOOKBACK_WEBHOOKS__KEYS, or delete the empty key file."""


@dataclass(frozen=True)
class Vault:
    """Seals with the first of its keys and opens with any, so that keys can change while secrets are in use.

    Nothing stays nothing: an empty text is not sealed.
    """

    keys: tuple[str, ...]

    def seal(self, text: str) -> str:
        """What may be stored: Fernet (AES-128-CBC and HMAC-SHA256), another each time. Raises NoKey."""
        return self._fernet.encrypt(text.encode()).decode() if text else ""

    def open(self, sealed: str) -> str:
        """What was sealed. Raises Unopenable when none of the keys fits."""
        if not sealed:
            return ""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as foreign:
            raise Unopenable from foreign

    @cached_property
    def _fernet(self) -> MultiFernet:
        if not self.keys:
            raise NoKey("there is no key to seal the secrets of webhooks with")
        return MultiFernet([Fernet(_derived(key)) for key in self.keys])


def _derived(key: str) -> bytes:
    """A key of the right size from one of any size that is too long to be guessed."""
    derivation = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE)
    return urlsafe_b64encode(derivation.derive(key.encode()))
