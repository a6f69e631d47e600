"""The keys that seal the secrets of endpoints and hooks: from the settings, else from a file that is made once."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from lookback.secret_key import OWNER_ONLY, kept_once
from lookback.settings import Settings
from webhooks.sealing import Vault

FILE_NAME: Final = "webhook_keys"


def vault_of(settings: Settings) -> Vault:
    """Seals and opens with this installation's keys; the file is made at the first call when no variable sets them."""
    given = settings.webhooks.keys
    written = kept_once(keys_file(settings)) if given is None else given.get_secret_value().replace(",", " ")
    return Vault(tuple(written.split()))


def keys_file(settings: Settings) -> Path:
    """Where the keys stand, one a line and the newest first, when they are not set in the environment."""
    return settings.state_folder / FILE_NAME


def add_key(settings: Settings) -> None:
    """Put a fresh key in front of those in the file."""
    file = keys_file(settings)
    _write(file, f"{secrets.token_hex(32)}\n{kept_once(file)}")


def drop_old_keys(settings: Settings) -> None:
    """Leave only the newest key in the file."""
    file = keys_file(settings)
    _write(file, kept_once(file).split()[0])


def _write(file: Path, content: str) -> None:
    """Replace the file at once, so that nobody reads half of it."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    draft.touch(OWNER_ONLY)
    draft.write_text(content, "ascii")
    draft.replace(file)
