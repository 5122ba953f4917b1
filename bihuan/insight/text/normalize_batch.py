"""`clean.plain` of very many texts in one pass: an array of code points, the very characters that `plain` gives.

Nearly every character folds by itself, so one look-up folds a million texts. Texts with one that does not (accents
written apart, letters that become several) are folded by `plain` itself.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bihuan.insight.text.normalize import FOLDED, plain

Codes = NDArray[np.uint32]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

END = np.uint32(10)
SPACE = np.uint32(32)
_TABLE = 0x30000
_DROP = np.uint32(0xFFFFFFFF)
_JAMO = ((0x1100, 0x1200), (0xA960, 0xA980), (0xD7B0, 0xD800))


class Plains(NamedTuple):
    """Text i is codes[starts[i]:starts[i + 1]], its last code a line end, which no plain text holds itself."""

    codes: Codes
    starts: Numbers

    def strings(self) -> list[str]:
        """The plain texts."""
        return self.codes.tobytes().decode("utf-32-le", "surrogatepass").split("\n")[:-1]

    def column(self) -> pa.StringArray:
        """The plain texts as an Arrow column, without a Python string each; halves of pairs become U+FFFD."""
        inside = self.codes != END
        codes = self.codes[inside]
        codes = np.where((codes >= 0xD800) & (codes < 0xE000), np.uint32(0xFFFD), codes)
        width = 1 + (codes >= 0x80).astype(np.int64) + (codes >= 0x800) + (codes >= 0x10000)
        ends = np.concatenate(([0], np.cumsum(width)))[np.concatenate(([0], np.cumsum(inside)))[self.starts]]
        data = codes.astype("<u4").tobytes().decode("utf-32-le").encode()
        return pa.StringArray.from_buffers(
            len(self.starts) - 1, pa.py_buffer(ends.astype(np.int32).tobytes()), pa.py_buffer(data)
        )

    def owners(self, places: Numbers) -> Numbers:
        """The number of the text that holds each place of the codes."""
        found: Numbers = np.searchsorted(self.starts, places, side="right") - 1
        return found


@cache
def _folds() -> tuple[Codes, Flags]:
    """Code point → what it becomes (or nothing), and whether that depends on its neighbours or is several."""
    every = list(map(chr, range(_TABLE)))
    once = unicodedata.normalize("NFKC", "\n".join(every)).split("\n")
    del once[11]  # the line end itself makes two empty places
    twice = unicodedata.normalize("NFKC", "\n".join(once).lower().translate(FOLDED)).split("\n")
    fold = np.full(_TABLE, _DROP, dtype=np.uint32)
    hard = np.zeros(_TABLE, dtype=np.bool_)
    for code, (char, first, last) in enumerate(zip(every, once, twice, strict=True)):
        if last.isspace():
            fold[code] = SPACE
        elif len(last) == 1:
            fold[code] = ord(last)
        hard[code] = len(last) > 1 or len(first) > 1 or "\u03a3" in first or _leans(last or char, bool(last))
    fold[10] = SPACE
    return fold, hard


def _leans(char: str, kept: bool) -> bool:
    """Whether a character joins with the one before it."""
    code = ord(char[0])
    marks = kept and unicodedata.category(char[0])[0] == "M"
    return marks or bool(unicodedata.combining(char[0])) or any(low <= code < high for low, high in _JAMO)


def plains(texts: Sequence[str]) -> Plains:
    """The plain form of every text; any characters, halves of surrogate pairs too."""
    fold, hard = _folds()
    codes, ends = _codes(texts)
    odd = (codes >= _TABLE) | hard[np.minimum(codes, _TABLE - 1)]
    done = np.zeros(len(texts), dtype=np.bool_)
    if odd.any():
        done[np.unique(np.searchsorted(ends, np.flatnonzero(odd), side="right"))] = True
        codes, ends = _codes([plain(text) if alone else text for text, alone in zip(texts, done.tolist(), strict=True)])
    folded = fold[np.minimum(codes, _TABLE - 1)]
    if done.any():
        folded = np.where(np.repeat(done, np.diff(ends, prepend=0)), codes, folded)
    folded[ends - 1] = END
    codes, ends = _kept(folded, ends, folded != _DROP)
    codes, ends = _kept(codes, ends, (codes != SPACE) | ~_blank(np.concatenate(([END], codes[:-1]))))
    codes, ends = _kept(codes, ends, (codes != SPACE) | (np.concatenate((codes[1:], [END])) != END))
    return Plains(codes, np.concatenate(([0], ends)))


def _codes(texts: Sequence[str]) -> tuple[Codes, Numbers]:
    """Code points with a line end after each text, and the places behind those."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
    joined = "\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(joined, dtype="<u4").astype(np.uint32, copy=False), np.cumsum(lengths)


def _blank(codes: Codes) -> Flags:
    blank: Flags = (codes == SPACE) | (codes == END)
    return blank


def _kept(codes: Codes, ends: Numbers, kept: Flags) -> tuple[Codes, Numbers]:
    if kept.all():
        return codes, ends
    moved: Numbers = np.cumsum(kept)
    return codes[kept], moved[ends - 1]
