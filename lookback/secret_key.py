"""The key that signs sessions: from the settings, else from a file that is made once and only its owner can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from lookback.settings import Settings

FILE_NAME = "secret_key"
OWNER_ONLY = 0o600


def secret_key(settings: Settings) -> str:
    """The signing key; the file in the state folder is made at the first call when no variable sets the key."""
    if settings.web.secret_key is not None:
        return settings.web.secret_key.get_secret_value()
    return kept_once(secret_file(settings))


def kept_once(file: Path) -> str:
    """What stands in a file that only its owner can read; a random key that is put there at the first call."""
    try:
        return file.read_text("ascii").strip()
    except FileNotFoundError:
        return _make(file)


def secret_file(settings: Settings) -> Path:
    """Where the key is kept when it is not set in the environment."""
    return settings.state_folder / FILE_NAME


def is_private(file: Path) -> bool:
    """Whether nobody but the owner may read or write the file."""
    return file.stat().st_mode & 0o077 == 0


def _make(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(OWNER_ONLY)
    draft.write_text(secrets.token_hex(32), "ascii")
    try:
        # A link appears whole or not at all, so two processes that start together agree on one key.
        file.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return file.read_text("ascii").strip()
