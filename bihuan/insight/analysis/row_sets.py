"""Named sets of rows. Every count of the summary is the size of one, so a number and its rows cannot disagree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bihuan.core.text import Text
from bihuan.insight.analysis.classify_rows import linkable
from bihuan.insight.analysis.display_names import name_of
from bihuan.insight.analysis.duplicate_rows import COPY
from bihuan.insight.analysis.rows import ListedRow, day_number, day_of, days, listed_rows
from bihuan.insight.analysis.weeks import Span, span_of
from bihuan.insight.columns import Ints, coded
from bihuan.insight.text.masking import mask

PRAISE, QUESTION = "praise", "question"
NO_PROBLEM = ("other", PRAISE, QUESTION)
QUESTION_PATTERN = (
    "[吗么嘛呢]\\s*[。！!~,，]*$|[？?]|怎么|怎样|如何|为什么|为啥|为何|什么时候|哪里|哪儿|多少|多久|能不能|可不可以|是不是|有没有|能否|请问|咨询"
    "|(?i:\\b(how (do|can|to|long|much)|can i|could you|what is|where (is|can|do)|when will|is it possible)\\b)"
)
Key = tuple[tuple[str, str], ...]
Mask = NDArray[np.bool_]
Names = Mapping[tuple[str, str], Text]
UNSURE_BELOW = 0.5
ALL: Key = ()
NOT_NOISE: Key = (("noise", ""),)
NOISY: Key = (("noise", "any"),)
OF_ALL = ("noise", "received_at", "personal", "unreadable", "repeated_id")
"""Sets taken from all rows; every other name speaks of rows that say something."""


def key(**parts: str) -> Key:
    """The name of a set: column and value pairs."""
    return tuple(parts.items())


class RowSets:
    """Rows (as places in the table, in order) by name; a name never seen is an empty set."""

    def __init__(self, table: pa.Table, listed: dict[Key, list[int]], names: Names | None = None) -> None:
        """`listed`: sets that are known row by row (what could not be read, numbers seen before). `names`: what an
        organisation calls its codes, where it is not what the engine does."""
        self.names: Names = names or {}
        self.table = table
        self.listed = {name: np.array(rows, dtype=np.int64) for name, rows in listed.items()}
        self.days = days(table)
        self.has_content: Mask = np.asarray(pc.equal(table["noise"], "").combine_chunks())
        known = self.days[self.days != -1]
        self.span: Span | None = span_of(known)
        self._codes: dict[str, tuple[Ints, dict[str, int]]] = {}
        self._sizes: dict[Key, int] = {}
        self._mquestions: dict[tuple[str, str], Mask] = {}
        self._shown: dict[int, ListedRow] = {}

    def name_of(self, column: str, code: str) -> Text:
        return self.names.get((column, code)) or name_of(column, code)

    @property
    def rows(self) -> int:
        return self.table.num_rows

    def mask(self, name: Key) -> Mask:
        """Which rows are in a set."""
        result = np.ones(self.rows, dtype=bool)
        if any(column not in OF_ALL for column, _ in name):
            result &= self.has_content
        for part in name:
            result &= self._part_mask(part)
        return result

    def of(self, name: Key) -> list[int]:
        if len(name) == 1 and name in self.listed:
            return list(self.listed[name].tolist())
        return list(np.flatnonzero(self.mask(name)).tolist())

    def size(self, name: Key) -> int:
        if name not in self._sizes:
            self._sizes[name] = len(self.listed[name]) if name in self.listed else int(self.mask(name).sum())
        return self._sizes[name]

    def values(self, column: str) -> list[str]:
        """Every value of a column seen in rows that say something, the most frequent first, then by value."""
        codes, known = self.codes(column)
        many = np.bincount(codes[self.has_content], minlength=len(known))
        result = [(-int(many[code]), value) for value, code in known.items() if many[code]]
        return [value for _, value in sorted(result)]

    def repeats(self, name: Key) -> int:
        """How many rows of a set repeat an earlier row."""
        return self.size((*name, ("repeat", "yes")))

    def codes(self, column: str) -> tuple[Ints, dict[str, int]]:
        """(code of each row, value → code) of a column as it is counted: products masked, types by their first level too."""
        if column not in self._codes:
            codes, values = coded(self.column(column))
            self._codes[column] = codes, {value: at for at, value in enumerate(values)}
        return self._codes[column]

    def column(self, name: str) -> Any:
        """A column by name, made where the table has none of it."""
        if name == "topic":
            return self._first_levels()
        if name == "province":
            return _mapped(self.table["region"], lambda region: region.partition("/")[0])
        if name == "product":
            return _mapped(self.table["product"], mask)
        if name == "week":
            monday = np.where(self._inside(), self.days - (self.days + 3) % 7, -1)
            return _mapped(pa.array(monday), lambda day: "" if day == -1 else day_of(day).isoformat())
        if name == "weekday":
            return _mapped(
                pa.array(np.where(self.days == -1, -1, (self.days + 3) % 7)), lambda day: "" if day == -1 else str(day)
            )
        return self.table[name]

    def shown(self, places: Sequence[int]) -> list[ListedRow]:
        """Some rows as lists and quotes show them."""
        new = [at for at in places if at not in self._shown]
        self._shown.update(zip(new, listed_rows(self.table, new), strict=True))
        return [self._shown[at] for at in places]

    def _first_levels(self) -> pa.DictionaryArray:
        """First levels; what names no problem is praise or a question where it reads like one, the rest is "other"."""
        tops = _mapped(self.table["problem_type"], lambda code: code.partition(".")[0])
        names = [*dict.fromkeys(tops.dictionary.to_pylist()), PRAISE, QUESTION]
        codes = np.array([names.index(one) for one in tops.dictionary.to_pylist()] or [0])[np.asarray(tops.indices)]
        if "other" in names:
            untyped = np.flatnonzero((codes == names.index("other")) & self.has_content)
            questions = _flags(pc.match_substring_regex(self.table["text"].take(pa.array(untyped)), QUESTION_PATTERN))
            glad = _flags(pc.equal(self.table["sentiment"].take(pa.array(untyped)), "satisfied"))
            codes[untyped[glad]] = names.index(PRAISE)
            codes[untyped[questions]] = names.index(QUESTION)
        return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(names, pa.string()))

    def _inside(self) -> Mask:
        if not self.span:
            return np.zeros(self.rows, dtype=bool)
        inside: Mask = (
            (self.days >= day_number(self.span.first)) & (self.days <= day_number(self.span.last)) & (self.days != -1)
        )
        return inside

    def _part_mask(self, part: tuple[str, str]) -> Mask:
        if part not in self._mquestions:
            self._mquestions[part] = self._special_mask(*part)
        return self._mquestions[part]

    def _special_mask(self, column: str, value: str) -> Mask:
        made = {
            ("noise", "any"): lambda: ~self.has_content,
            ("received_at", ""): lambda: self.days == -1,
            ("stray", "yes"): lambda: (self.days != -1) & ~self._inside(),
            ("linkable", "yes"): lambda: _flags(linkable(self.table)),
            ("repeat", "yes"): lambda: ~_flags(pc.is_in(self.table["duplicate_kind"], pa.array(["", COPY]))),
            ("repeat", "no"): lambda: ~self._part_mask(("repeat", "yes")),
            ("glad", "no"): lambda: ~self._part_mask(("sentiment", "satisfied")),
            ("personal", "yes"): lambda: _flags(self.table["personal"]),
        }
        if (column, value) in made:
            return np.asarray(made[column, value]())
        if column == "known":
            known = self.days != -1 if "week" in value.split() else np.ones(self.rows, dtype=bool)
            for name in value.split():
                known = known & (name == "week" or ~self._part_mask((name, "")))
            return known
        if column == "unsure":
            return _flags(pc.fill_null(pc.less(self.table[f"{value}_confidence"], UNSURE_BELOW), False))
        if column == "words":
            words = "|".join(re.escape(word) for word in re.split(r"\|" if "|" in value else r"\s+", value))
            return _flags(pc.match_substring_regex(self.table["text"], words, ignore_case=True))
        if column in ("since", "until"):
            day = day_number(date.fromisoformat(value))
            return (self.days >= day) if column == "since" else (self.days <= day) & (self.days != -1)
        if (key := ((column, value),)) in self.listed:
            result = np.zeros(self.rows, dtype=bool)
            result[self.listed[key]] = True
            return result
        if column in ("unreadable", "repeated_id"):
            return np.zeros(self.rows, dtype=bool)
        codes, known = self.codes(column)
        return codes == known[value] if value in known else np.zeros(self.rows, dtype=bool)


def _flags(column: Any) -> Mask:
    flags: Mask = np.asarray(column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column)
    return flags


def _mapped(column: Any, work: Any) -> pa.DictionaryArray:
    """A column with each different value put through a function."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks)
    packed = array.dictionary_encode()
    return pa.DictionaryArray.from_arrays(
        packed.indices, pa.array([work(value) for value in packed.dictionary.to_pylist()], pa.string())
    )
