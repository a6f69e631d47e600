"""How large a ledger file may be; a larger one is refused before it is taken into memory."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """`file_bytes` as uploaded, `unpacked_bytes` once unzipped; `rows` and `columns` of one sheet, its head included.

    No limits may go beyond 199,999 rows and 104 columns (CZ): see `reading.package`.
    """

    file_bytes: int = 64 * MEBIBYTE
    unpacked_bytes: int = 1024 * MEBIBYTE
    rows: int = 150_000
    columns: int = 100


DEFAULT_LIMITS = Limits()
