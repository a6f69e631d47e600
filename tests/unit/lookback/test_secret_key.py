"""The signing key is made once, kept private, and can be set instead."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pydantic import SecretStr

from lookback.secret_key import is_private, secret_file, secret_key
from lookback.settings import Settings, WebSettings


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    settings = Settings(state_folder=tmp_path / "var")

    key = secret_key(settings)

    assert len(key) == 64
    assert secret_key(settings) == key
    assert is_private(secret_file(settings))
    assert list(secret_file(settings).parent.iterdir()) == [secret_file(settings)]


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    settings = Settings(state_folder=tmp_path)

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key(settings), range(32)))

    assert len(keys) == 1


def test_a_key_from_the_settings_makes_no_file(tmp_path: Path) -> None:
    settings = Settings(state_folder=tmp_path, web=WebSettings(secret_key=SecretStr("0123456789abcdef")))

    assert secret_key(settings) == "0123456789abcdef"
    assert not secret_file(settings).exists()
