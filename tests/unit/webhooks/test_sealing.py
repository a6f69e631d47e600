"""Secrets are sealed in the database, and keys can change while they are in use."""

from __future__ import annotations

import pytest

from webhooks.errors import Unopenable
from webhooks.sealing import NoKey, Vault

OLD, NEW = "an old key of this installation", "a new key of this installation"


def test_what_is_sealed_is_opened_and_looks_different_each_time() -> None:
    vault = Vault((OLD,))
    first, second = vault.seal("whsec_secret"), vault.seal("whsec_secret")
    assert first != second
    assert "secret" not in first
    assert (vault.open(first), vault.open(second)) == ("whsec_secret", "whsec_secret")


def test_the_newest_key_seals_and_all_open() -> None:
    before = Vault((OLD,)).seal("s")
    both = Vault((NEW, OLD))
    assert both.open(before) == "s"
    assert Vault((NEW,)).open(both.seal("s")) == "s"


def test_a_foreign_key_opens_nothing() -> None:
    with pytest.raises(Unopenable):
        Vault((NEW,)).open(Vault((OLD,)).seal("s"))


def test_what_was_tampered_with_is_not_opened() -> None:
    sealed = Vault((OLD,)).seal("whsec_secret")
    with pytest.raises(Unopenable):
        Vault((OLD,)).open(sealed[:-4] + "AAA=")


def test_nothing_stays_nothing_and_needs_no_key() -> None:
    assert (Vault(()).seal(""), Vault(()).open("")) == ("", "")
    with pytest.raises(NoKey):
        Vault(()).seal("s")
