"""Looks through an .xlsx package before it is opened: what it unpacks to, and how far its cells reach.

The reader allocates a rectangle that holds the farthest cell. A package of a few kilobytes with one cell in the last
corner of the sheet would end the whole process, so such a package has to be found beforehand.
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from workflows.ledger.errors import UnreadableFile
from workflows.ledger.reading.limits import MEBIBYTE, Limits

OVERLAP = 64
SHEETS = "xl/worksheets/"
# A reference in a column beyond CZ or a row beyond 199,999. No well-formed ledger has one.
TOO_FAR = re.compile(rb"""\br\s*=\s*["'](?:[A-Za-z]{3,}\d|[D-Zd-z][A-Za-z]\d|[A-Za-z]*(?:[2-9]\d{5}|\d{7}))""")
TOO_LARGE = "解压后超过 {limit:.0f} MB，可能是损坏或恶意的文件"


def examine(path: Path, limits: Limits) -> None:
    """Raises UnreadableFile when the package is damaged, unpacks to more than allowed, or has cells too far out."""
    too_large = TOO_LARGE.format(limit=limits.unpacked_bytes / MEBIBYTE)
    try:
        with ZipFile(path) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > limits.unpacked_bytes:
                raise UnreadableFile(too_large)
            allowance = limits.unpacked_bytes
            for part in parts:
                allowance -= _examine_part(package, part, allowance, too_large)
    except (BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError) as damaged:
        raise UnreadableFile("文件已损坏或不完整，请重新保存后再上传") from damaged


def _examine_part(package: ZipFile, part: ZipInfo, allowance: int, too_large: str) -> int:
    """How many bytes the part really unpacks to, whatever the package claims."""
    is_sheet = part.filename.replace("\\", "/").lower().startswith(SHEETS)
    # The claimed size would end the reading early, and a package may lie about it.
    part.file_size = allowance + MEBIBYTE
    unpacked, tail = 0, b""
    with package.open(part) as opened:
        while chunk := opened.read(MEBIBYTE):
            unpacked += len(chunk)
            if unpacked > allowance:
                raise UnreadableFile(too_large)
            if is_sheet:
                _examine_cells(tail + chunk)
                tail = chunk[-OVERLAP:]
    return unpacked


def _examine_cells(xml: bytes) -> None:
    if b"\0" in xml:
        raise UnreadableFile("工作表的编码不受支持，请在 Excel 中另存为 .xlsx")
    if TOO_FAR.search(xml):
        raise UnreadableFile("表格在很远的行或列还有内容；请删除表格右侧和下方多余的行、列后再上传")
