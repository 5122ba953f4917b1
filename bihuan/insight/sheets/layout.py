"""Where the heading stands in a sheet, and which rows below it carry no voice."""

from __future__ import annotations

import re
from functools import lru_cache

from bihuan.core.text import Text
from bihuan.insight.data.headings import TOTALS
from bihuan.insight.sheets import match
from bihuan.insight.sheets.guard import column_letters

SEARCHED = 40
Merge = tuple[tuple[int, int], tuple[int, int]]
DATA = re.compile(r"[\d\s.,:/+%()*年月日时分-]*\d[\d\s.,:/+%()*年月日时分-]*(?:[TZ].*)?|[^\s@]+@[^\s@]+\.\w+")
BLANK = Text("空行", "Blank row")
REPEATED = Text("重复的表头", "Repeated heading")
TOTAL = Text("合计行", "Totals row")
_NUMBERED = re.compile(r"[^(（\[【<《「{]{0,60}?[0-9]")
TOTAL_WORDS = {match.plain_heading(word) for word in TOTALS.split()}


def _filled(row: list[str]) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def _data(cell: str) -> bool:
    return len(cell) <= 60 and bool(DATA.fullmatch(cell))


def _like_heading(cells: list[str]) -> bool:
    """Short, different texts, hardly any data among them."""
    if not cells or any(len(cell) > 40 for cell in cells) or len(set(cells)) < 0.7 * len(cells):
        return False
    return sum(_data(cell) for cell in cells) <= 0.2 * len(cells)


def _known(cells: list[str]) -> int:
    """How many different fields the cells name outright."""
    return len({match.WORDS[bare] for cell in cells if (bare := match.plain_heading(cell)) in match.WORDS})


def find_heading(rows: list[list[str]], merges: list[Merge]) -> tuple[int, int]:
    """(number of the heading row from 1, how many rows it takes); (0, 0) for a table without a heading.

    The row that names the most fields wins; where no row names any, the first row of short different texts about as
    wide as the table. A line of group names above it (merged across some columns) belongs to it.
    """
    filled = [_filled(row) for row in rows[:SEARCHED]]
    width = max((len(cells) for cells in filled), default=0)
    scores = [3 * _known(cells) + min(len(cells), 10) / 2 - index / 50 for index, cells in enumerate(filled)]
    wide = next((index for index, cells in enumerate(filled) if len(cells) >= max(1, 0.6 * width)), -1)
    # One known word may stand in any data row; two beside each other, or one in the first full row, make a heading.
    able = [
        index for index, cells in enumerate(filled) if _like_heading(cells) and (_known(cells) > 1 or index == wide)
    ]
    if not able:
        return 0, 0
    best = max(able, key=lambda index: scores[index])
    return _two_lines(rows, filled, merges, best, width)


def _two_lines(
    rows: list[list[str]], filled: list[list[str]], merges: list[Merge], best: int, width: int
) -> tuple[int, int]:
    def groups(row: int) -> bool:
        """Whether a row has a cell merged across several columns but not across the whole table."""
        return any(top == row and 0 < right - left < width - 1 for (top, left), (_, right) in merges)

    if best and groups(best - 1) and len(filled[best - 1]) > 1:
        return best, 2
    if groups(best) and best + 1 < len(filled) and _like_heading(filled[best + 1]):
        return best + 1, 2
    return best + 1, 1


def headings(rows: list[list[str]], merges: list[Merge], row: int, count: int, width: int) -> list[str]:
    """One different name a column: of a two-line heading both lines ("客户 / 电话"), of an empty cell its letter."""
    lines = (
        [rows[number] + [""] * (width - len(rows[number])) for number in range(row - 1, row - 1 + count)] if row else []
    )
    for (top, left), (_, right) in merges:
        if row - 1 <= top < row - 1 + count and count > 1 and top == row - 1:
            lines[0][left : right + 1] = [lines[0][left]] * (right + 1 - left)
    names: list[str] = []
    for index in range(width):
        parts = list(dict.fromkeys(" ".join(line[index].split()) for line in lines if line[index].strip()))
        name = match.TITLE_JOINT.join(parts) or column_letters(index)
        taken = names.count(name) and sum(other == name or other.startswith(f"{name} (") for other in names)
        names.append(f"{name} ({taken + 1})" if taken else name)
    return names


def is_total_word(cell: str) -> bool:
    """Whether a cell is a word for a total. None has a digit outside of brackets."""
    return not _NUMBERED.match(cell) and _is_total_word(cell.strip())


@lru_cache(maxsize=1 << 16)
def _is_total_word(cell: str) -> bool:
    return match.plain_heading(cell) in TOTAL_WORDS


def skip_reason(cells: list[str], names: list[str], text: int | None) -> Text | None:
    """Why a row below the heading carries no voice, or None; `text` is the column of the problem, if known."""
    filled = _filled(cells)
    if not filled:
        return BLANK
    if is_total_word(filled[0]):
        verbatim = cells[text].strip() if text is not None and text < len(cells) else ""
        if not verbatim or _data(verbatim) or is_total_word(verbatim):
            return TOTAL
    pairs = [(cell.strip(), name) for cell, name in zip(cells, names, strict=False) if cell.strip()]
    same = sum(cell == name or cell in name.split(match.TITLE_JOINT) for cell, name in pairs)
    named = sum(name != column_letters(index) for index, name in enumerate(names))
    return REPEATED if same >= max(min(2, named), 0.8 * len(filled)) and same >= 0.5 * named else None
