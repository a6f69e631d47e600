from __future__ import annotations

from argon2 import PasswordHasher

from workflows.organisations.passwords import hash_password, needs_rehash, verify_password


def test_a_password_opens_its_own_hash_only() -> None:
    stored = hash_password("回头看-2022")
    assert verify_password(stored, "回头看-2022")
    assert not verify_password(stored, "回头看-2023")


def test_the_same_password_is_hashed_differently_each_time() -> None:
    assert hash_password("same") != hash_password("same")


def test_an_account_without_a_hash_is_never_opened() -> None:
    assert not verify_password(None, "the password of nobody")


def test_a_broken_hash_opens_nothing() -> None:
    assert not verify_password("not a hash", "any")


def test_a_weak_hash_asks_to_be_renewed() -> None:
    assert needs_rehash(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("any"))
    assert not needs_rehash(hash_password("any"))
