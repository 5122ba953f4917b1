"""CSV and TSV, read as a stream in this process."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bihuan.core.text import Text
from bihuan.insight.sheets import guard
from bihuan.insight.sheets.sheet_types import Unreadable

MAX_ROWS = 10_000_000
TOO_MANY = Text(f"文件超过 {MAX_ROWS:,} 行，请拆成几份再上传", f"The file has over {MAX_ROWS:,} rows; split it")


def broken_at(number: int) -> Text:
    """The sentence for a record the reader cannot end."""
    return Text(
        f"第 {number} 行的引号没有配对，或有一格过长。请检查这一行，或另存为 .xlsx 再上传",
        f"Row {number} has an unclosed quote or an overlong cell. Check the row, or save the file as .xlsx",
    )


def sniff_delimiter(path: Path, encoding: str) -> str:
    """The delimiter that cuts the first lines into the same number of cells most often; a comma where none does."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        head = file.read(65536)
    best, most = ",", 0.0
    for delimiter in (",", "\t", ";", "|"):
        try:
            widths = Counter(
                len(row) for row in list(csv.reader(head.splitlines(keepends=True), delimiter=delimiter))[:100]
            )
        except csv.Error:
            continue
        width, times = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1]), default=(0, 0))
        score = times / max(1, widths.total()) if width > 1 else 0.0
        if score > most:
            best, most = delimiter, score
    return best


def rows(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(row number as Excel shows it, texts); blank lines are rows, except at the very end."""
    blanks = 0
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        number = 0
        try:
            for number, cells in enumerate(reader, 1):
                if number > MAX_ROWS:
                    raise Unreadable(TOO_MANY)
                while len(cells) > guard.MAX_COLUMNS and not cells[-1]:
                    cells.pop()
                if len(cells) > guard.MAX_COLUMNS:
                    raise Unreadable(guard.TOO_WIDE)
                if not (cells and cells[0] and not cells[0].isspace()) and not any(map(str.strip, cells)):
                    blanks += 1
                    continue
                yield from ((number - back, []) for back in range(blanks, 0, -1))
                blanks = 0
                yield number, cells
        except csv.Error as error:
            raise Unreadable(broken_at(number + 1)) from error
