"""Tells what kind of file this is by its content, and refuses one whose ending claims another kind."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from workflows.labels import LabelledEnum
from workflows.ledger.errors import UnreadableFile
from workflows.ledger.reading.limits import Limits

HEAD_BYTES = 4096
OLE_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
WEB_PAGE = re.compile(rb"^\s*(<\?xml[^>]*>\s*)?<(!doctype html|html|table|meta|head|\?mso|workbook)\b", re.IGNORECASE)
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class FileKind(LabelledEnum):
    XLSX = ".xlsx", "Excel 工作簿（.xlsx）"
    XLS = ".xls", "旧版 Excel 工作簿（.xls）"
    CSV = ".csv", "逗号分隔文本（.csv）"


def kind_of(path: Path, limits: Limits) -> FileKind:
    """The kind that name and content agree on. Raises UnreadableFile when they differ or the file is too large."""
    if path.suffix.lower() not in set(FileKind):
        raise UnreadableFile(f"不支持“{path.suffix or '没有扩展名'}”文件，请另存为 .xlsx、.xls 或 .csv 后再上传")
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile("文件是空的")
    if size > limits.file_bytes:
        raise UnreadableFile(
            f"文件有 {size / 2**20:.1f} MB，超过上限 {limits.file_bytes / 2**20:.0f} MB，请分成几个文件"
        )
    claimed, actual = FileKind(path.suffix.lower()), _kind_by_content(path)
    if claimed is not actual:
        raise UnreadableFile(f"扩展名是 {claimed.value}，内容却是{actual.label}；请在 Excel 中打开并另存为 .xlsx")
    return actual


def _kind_by_content(path: Path) -> FileKind:
    with path.open("rb") as opened:
        head = opened.read(HEAD_BYTES)
    if head.startswith(b"PK"):
        return _kind_of_package(path)
    if head.startswith(OLE_SIGNATURE):
        if ENCRYPTED in path.read_bytes():
            raise UnreadableFile("文件设有打开密码，请取消密码后再上传")
        return FileKind.XLS
    if WEB_PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise UnreadableFile("内容是网页而不是表格（常见于从其他系统导出的“.xls”）；请在 Excel 中打开并另存为 .xlsx")
    if b"\0" in head and not head.startswith(UTF_16_MARKS):
        raise UnreadableFile("内容不是表格；请在 Excel 中打开并另存为 .xlsx")
    return FileKind.CSV


def _kind_of_package(path: Path) -> FileKind:
    try:
        with ZipFile(path) as package:
            names = set(package.namelist())
    except (BadZipFile, OSError, ValueError) as damaged:
        raise UnreadableFile("文件已损坏或不完整，请重新保存后再上传") from damaged
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise UnreadableFile("内容是压缩包而不是 Excel 工作簿；请先解压，再上传其中的表格")
    if "xl/workbook.bin" in names:
        raise UnreadableFile("不支持二进制工作簿（.xlsb），请另存为 .xlsx")
    return FileKind.XLSX
