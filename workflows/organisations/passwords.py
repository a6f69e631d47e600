"""Passwords: kept as argon2 hashes, and checked in the same time whether or not the account exists."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The hash to keep for a new password; a different one each time."""
    return _hasher.hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password belongs to the stored hash.

    `stored` is None for an unknown account or one without a password: the answer is False, and takes as long as any.
    """
    try:
        matches = _hasher.verify(stored or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return matches and stored is not None


def needs_rehash(stored: str) -> bool:
    """Whether the hash was made with weaker settings than today's; hash the password again at its next sign-in."""
    return _hasher.check_needs_rehash(stored)


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("the password of nobody")
