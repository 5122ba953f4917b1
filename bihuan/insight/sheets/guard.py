"""What a file really is, and whether it is safe to open: looked at from outside, without unpacking it whole."""

from __future__ import annotations

import gzip
import mmap
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bihuan.core.text import Text
from bihuan.insight.sheets.sheet_types import Unreadable

MB = 1 << 20
MAX_UNPACKED = 200 * MB
MAX_TEXT = 4096 * MB  # plain text is read line by line, whatever its size
MAX_RATIO = 100
RATIO_FLOOR = 20 * MB
MAX_ENTRIES = 1000
MAX_COLUMNS = 200
MAX_SHEET_ROWS = 200_000
MAX_CELLS = 6_000_000
CHUNK = 1 << 18

EMPTY = Text("文件是空的，请重新导出后再上传", "The file is empty; export it again")
ENCRYPTED = Text(
    "文件有密码保护。请在 Excel 里打开，取消“用密码加密”，另存后再上传",
    "The file is protected by a password. Open it in Excel, remove the password and save it again",
)
BROKEN = Text(
    "文件已损坏，打不开。请用 Excel 或 WPS 打开后另存为 .xlsx，或另存为 CSV UTF-8",
    "The file is damaged. Open it in Excel or WPS and save it as .xlsx or as CSV UTF-8",
)
TOO_BIG = Text(
    "文件展开后超过 200 MB。请按月份或渠道拆成几份，或另存为 CSV 再上传",
    "Unpacked, the file is over 200 MB. Split it by month or channel, or save it as CSV",
)
TEXT_TOO_BIG = Text(
    "文件超过 4 GB。请按月份或渠道拆成几份，一起分析",
    "The file is over 4 GB. Split it by month or channel and analyse the parts together",
)
TOO_WIDE = Text(
    f"表格超过 {MAX_COLUMNS} 列。请删去右侧多余的列（选中整列后删除）再保存",
    f"The table has over {MAX_COLUMNS} columns. Delete the surplus columns on the right and save again",
)
TOO_LONG = Text(
    f"工作表超过 {MAX_SHEET_ROWS:,} 行。请删去下方多余的行，或另存为 CSV 再上传",
    f"The sheet has over {MAX_SHEET_ROWS:,} rows. Delete surplus rows at the bottom, or save it as CSV",
)
NOT_A_TABLE = Text(
    "这不是表格文件。可以上传 .xlsx .xls .xlsb .ods .csv .tsv .json .jsonl（也可以是 .gz 压缩的文本）",
    "This is not a table. Upload .xlsx .xls .xlsb .ods .csv .tsv .json or .jsonl (text may be packed as .gz)",
)
A_PACKAGE = Text("这是压缩包，请先解压，再上传里面的表格", "This is an archive; unpack it and upload the table inside")
A_PAGE = Text(
    "这是网页，只是改名成了表格。请用 Excel 打开后另存为 .xlsx 再上传",
    "This is a web page named like a table. Open it in Excel and save it as .xlsx",
)

# Start of a filled cell: `<c r="XFD7" …>` without a closing slash, with or without a namespace prefix, either quote.
CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*?)?(?<!/)>")
REFERENCE = re.compile(rb"\sr\s*=\s*[\"']\s*([A-Za-z]{1,7})(\d{1,12})")
ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s")
BINARY_MAGIC = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BM",
    b"{\\rtf",
)


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The path itself, or for .gz content a temporary plain copy, at most 200 MB.

    On Linux the copy has no name: a kill leaves nothing of the customers' words behind.
    """
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    if not packed:
        yield path
        return
    # By this process's own number, not "self": a workbook is opened by a child.
    opened = Path(f"/proc/{os.getpid()}/fd")
    nameless = opened.is_dir()
    with (tempfile.TemporaryFile if nameless else tempfile.NamedTemporaryFile)(prefix="bihuan-sheet-") as plain:
        size = 0
        try:
            with gzip.open(path) as source:
                while chunk := source.read(CHUNK):
                    size += len(chunk)
                    if size > MAX_UNPACKED:
                        raise Unreadable(TOO_BIG)
                    plain.write(chunk)
        except (EOFError, OSError, zlib.error) as error:
            raise Unreadable(BROKEN) from error
        plain.flush()
        yield opened / str(plain.fileno()) if nameless else Path(plain.name)


def kind_of(path: Path) -> str:
    """xlsx, xlsb, ods, xls or text, by content and never by name; what is none of these is Unreadable."""
    size = path.stat().st_size
    if not size:
        raise Unreadable(EMPTY)
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((b"PK", b"\xd0\xcf\x11\xe0")) and size > MAX_UNPACKED:
        raise Unreadable(TOO_BIG)
    if start.startswith(b"PK"):
        return _kind_of_zip(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _kind_of_ole(path)
    if start.startswith(BINARY_MAGIC):
        raise Unreadable(NOT_A_TABLE)
    head = start.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<style")):
        raise Unreadable(A_PAGE)
    if size > MAX_TEXT:
        raise Unreadable(TEXT_TOO_BIG)
    return "text"


def _kind_of_ole(path: Path) -> str:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise Unreadable(ENCRYPTED)
        if any(content.find(name.encode("utf-16-le")) >= 0 for name in ("Workbook", "Book", "WORKBOOK", "BOOK")):
            return "xls"
    raise Unreadable(NOT_A_TABLE)


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError) as error:
        raise Unreadable(BROKEN) from error
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or total > MAX_UNPACKED or (total > RATIO_FLOOR and total > packed * MAX_RATIO):
        raise Unreadable(TOO_BIG)
    names = {entry.filename.replace("\\", "/").lower() for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(ENCRYPTED)
    if "content.xml" in names:
        return "ods"
    if "[content_types].xml" not in names:
        raise Unreadable(A_PACKAGE)
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if any(name.startswith("xl/") or name.endswith("workbook.xml") for name in names):
        return "xlsx"
    raise Unreadable(NOT_A_TABLE)


def scan(path: Path) -> None:
    """Stream every sheet of an .xlsx once and refuse cells too far out: a 2 KB file with two corner cells asks for 17
    billion. Declared sizes are not trusted: what is unpacked is counted."""
    spent = 0
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if entry.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(entry) as part:
                        spent = _scan_part(_chunks(part), spent)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError, zlib.error, RuntimeError) as error:
        raise Unreadable(BROKEN) from error


def _chunks(part: IO[bytes]) -> Iterator[bytes]:
    while chunk := part.read(CHUNK):
        yield chunk


def _scan_part(chunks: Iterator[bytes], spent: int) -> int:
    """Bytes unpacked so far, after this part; raises when it is too large or its cells reach too far."""
    rows = cells = merges = far_row = far_column = 0
    tail = b""
    for chunk in chunks:
        spent += len(chunk)
        block = tail + chunk
        cut = block.rfind(b"<")
        cut = cut if len(block) - cut < CHUNK else len(block)
        block, tail = block[:cut], block[cut:]
        if spent > MAX_UNPACKED:
            raise Unreadable(TOO_BIG)
        if b"<!DOCTYPE" in block or b"<!ENTITY" in block:
            raise Unreadable(BROKEN)
        rows += len(ROW.findall(block))
        merges += len(MERGE.findall(block))
        for cell in CELL.findall(block):
            cells += 1
            if place := REFERENCE.search(cell):
                far_column = max(far_column, column_number(place[1].decode()))
                far_row = max(far_row, int(place[2]))
        refuse_size(max(rows if cells else 0, far_row), far_column, cells)
    if merges > MAX_SHEET_ROWS:
        raise Unreadable(TOO_LONG)
    return spent


def refuse_size(rows: int, columns: int, cells: int = 0) -> None:
    """Raise Unreadable when a sheet reaches beyond what is read."""
    if columns > MAX_COLUMNS:
        raise Unreadable(TOO_WIDE)
    if rows > MAX_SHEET_ROWS or max(cells, rows * columns) > MAX_CELLS:
        raise Unreadable(TOO_LONG)


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(index: int) -> str:
    """A for 0, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
