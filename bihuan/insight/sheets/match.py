"""Which column is which field: by its heading first, by what stands in it where the heading says nothing."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from bihuan.core.text import Text
from bihuan.insight.data.feedback_fields import FIELDS
from bihuan.insight.data.headings import HEADINGS, IGNORED
from bihuan.insight.sheets import values
from bihuan.insight.sheets.sheet_types import Column

BRACKETS = re.compile(r"[(（\[【<《「{][^)）\]】>》」}]*[)）\]】>》」}]")
SPACE = re.compile(r"[\s_*:：?？!！\-/\\|'\"“”.#]+")
MOBILE = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d(?:\d{8}|\*{4}\d{4}| \d{4} \d{4}|-\d{4}-\d{4})")
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[a-zA-Z]{2,}")
# Fields whose cells come from a short list: enough of it in a column shows what the column is.
LISTED_FIELDS = ("channel", "system", "region", "sentiment", "nature")
TITLE_JOINT = " / "
LONGEST = 100  # what is longer is no heading


class Guess(NamedTuple):
    """A field a column may be, how sure (0-1), and why."""

    field: str
    confidence: float
    why: Text


NOTHING = Guess("", 0.0, Text("没有找到对应的字段", "No field fits"))


def plain_heading(text: str) -> str:
    """A heading as headings are compared: NFKC, lower case, no spaces, no brackets with what they hold."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    return SPACE.sub("", BRACKETS.sub("", text)) or SPACE.sub("", text)


WORDS = {plain_heading(word): field for field, line in HEADINGS.items() for word in line.split()}
KEEPING = {plain_heading(word) for word in IGNORED.split()}
_ENDINGS = sorted(
    (word for word in WORDS if (len(word) >= 2 and not word.isascii()) or len(word) >= 5), key=len, reverse=True
)


def by_heading(heading: str) -> Guess:
    """The field a heading names: the whole of it, its last part (customer.id, 客户信息 / 电话), or its ending."""
    bare = plain_heading(heading)
    if not bare or bare in KEEPING:
        return NOTHING
    if field := WORDS.get(bare):
        return Guess(field, 1.0, Text(f"表头“{heading}”就是{FIELDS[field].zh}", f"The heading says {FIELDS[field].en}"))
    joint = TITLE_JOINT if TITLE_JOINT in heading else "."
    last = plain_heading(heading.rpartition(joint)[2])
    if last != bare and (field := WORDS.get(last)):
        name = FIELDS[field]
        return Guess(
            field, 0.9, Text(f"表头“{heading}”的末段是{name.zh}", f"The last part of the heading says {name.en}")
        )
    for ending in _ENDINGS:
        if bare.endswith(ending):
            name = FIELDS[WORDS[ending]]
            return Guess(
                WORDS[ending], 0.75, Text(f"表头“{heading}”像是{name.zh}", f"The heading looks like {name.en}")
            )
    return NOTHING


def _share(cells: list[str], field: str) -> float:
    """The share of cells that read as this field."""
    return sum(not isinstance(values.canonical(field, cell, day_first=True), Text) for cell in cells) / len(cells)


def by_content(cells: list[str]) -> Guess:
    """The field by the cells themselves; at most 0.6 sure."""
    if len(cells) < 3:
        return NOTHING
    # Bare numbers may be anything; only written-out dates count.
    written = [cell for cell in cells if not re.fullmatch(r"[\d.]+", cell)]
    if len(written) >= 3 and _share(written, "received_at") >= 0.8:
        return Guess("received_at", 0.6, Text("内容多是日期时间", "Most cells are times"))
    reach = sum(bool(MOBILE.fullmatch(cell) or ADDRESS.fullmatch(cell)) for cell in cells)
    if reach / len(cells) >= 0.6:
        return Guess("contact", 0.6, Text("内容多是电话或邮箱", "Most cells are phone numbers or addresses of mail"))
    for field in LISTED_FIELDS:
        if len(cells) >= 5 and _share(cells, field) >= 0.8:
            name = FIELDS[field]
            return Guess(field, 0.5, Text(f"内容多是{name.zh}", f"Most cells read as: {name.en}"))
    lengths = sorted(len(cell) for cell in cells)
    wordy = sum(sum(letter.isalpha() for letter in cell) > len(cell) / 2 for cell in cells) > len(cells) / 2
    if wordy and lengths[len(cells) // 2] >= 10 and len(set(cells)) > len(cells) * 0.6:
        return Guess(
            "text", 0.4 + min(0.15, lengths[len(cells) // 2] / 400), Text("内容是长文本", "The cells are long texts")
        )
    return NOTHING


def _guess(heading: str, cells: list[str]) -> Guess:
    """The heading's word, held against the cells; the cells alone where the heading says nothing."""
    named = by_heading(heading)
    if not named.field:
        known = plain_heading(heading) in KEEPING
        return NOTHING if known else by_content(cells)
    if not cells or named.field not in (*values.TIMES, "channel", "system", "region", "score", "sentiment"):
        return named
    share = _share(cells, named.field)
    if share >= 0.3:
        return named
    label = FIELDS[named.field]
    if named.field in values.TIMES and not any(re.search(r"\d", cell) for cell in cells):
        return Guess(
            "",
            0.3,
            Text(f"表头像{label.zh}，但内容不是时间", f"The heading says {label.en}, but the cells are no times"),
        )
    why = Text(f"表头是{label.zh}，但多数内容看不懂", f"The heading says {label.en}, but most cells are not understood")
    return Guess(named.field, round(named.confidence * 0.5, 2), why)


def _content_length(guess: Guess, cells: list[str]) -> int:
    """How much the cells of a column of words say: of an issue and a narrative the narrative holds the customer's words."""
    return sorted(len(cell) for cell in cells)[len(cells) // 2] if guess.field == "text" and cells else 0


def columns(headings: list[str], cells: list[list[str]]) -> list[Column]:
    """A column for each heading, given each column's first non-blank cells; every field is proposed once at most."""
    guesses = [_guess(heading, column) for heading, column in zip(headings, cells, strict=True)]
    taken: dict[str, int] = {}
    for index in sorted(
        range(len(guesses)),
        key=lambda index: (-guesses[index].confidence, -_content_length(guesses[index], cells[index]), index),
    ):
        field = guesses[index].field
        if not field:
            continue
        if field in taken:
            other = headings[taken[field]]
            guesses[index] = Guess(
                "",
                0.0,
                Text(f"{FIELDS[field].zh}已由“{other}”提供", f"{FIELDS[field].en} is already taken from “{other}”"),
            )
        else:
            taken[field] = index
    return [
        Column(index, heading, guess.field, guess.confidence, guess.why, list(dict.fromkeys(column))[:3])
        for index, (heading, guess, column) in enumerate(zip(headings, guesses, cells, strict=True))
    ]
