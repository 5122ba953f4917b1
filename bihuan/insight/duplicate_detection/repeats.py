"""Repeats of one customer: the same problem reported again within some days.

Rows that share a customer key are paired (`customer_pairs`), the characters of all pairs are compared in one pass, and
only pairs that could be the same are compared one by one. A customer's own rows are few, so every pair is compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from bihuan.core.text import Text
from bihuan.insight.data.follow_up_phrases import AGAIN
from bihuan.insight.duplicate_detection.customer_pairs import (
    Columns,
    Flags,
    Numbers,
    Pairs,
    customer_pairs,
    rows_in_time,
)
from bihuan.insight.duplicate_detection.similar import bare_letters
from bihuan.insight.duplicate_detection.text_likeness import fingerprint, only_follows_up, same_problem, score_if_same
from bihuan.insight.text.noise import noise
from bihuan.insight.types import Verdict

METHOD = "customer-repeats/3"
DAYS = 14
KNOWN = 0.38  # likeness needed where the customer is sure (number, hash or full contact)
MASKED = 0.6  # where only a masked contact links the two: another person may share those digits
LIGHT = 0.75
FOLLOWED = 0.5  # score of a text that only requests an answer to an earlier one
HOPELESS = 26.0  # similarity of the characters, 0-100, below which no pair was ever found to be the same report
INSIDE = HOPELESS / 0.9 + 10  # the same of the shorter text inside of the longer
PAIRS = 500_000  # pairs compared at once

_DAY = 86_400_000_000  # microseconds

Item = Mapping[str, Any]


class Repeat(NamedTuple):
    """`item` reports again what `of` reported first. `kind`: exact, light_edit, paraphrase, cross_channel or follow_up."""

    item: Any
    of: Any
    kind: str
    score: float
    reason: Text


KINDS = {
    "exact": Text("内容相同", "Same words"),
    "light_edit": Text("内容略有改动", "Slightly changed words"),
    "paraphrase": Text("换了说法", "Put differently"),
    "cross_channel": Text("换了渠道再次反馈", "Reported again through another channel"),
    "follow_up": Text("催办或追问", "Asking again after it"),
}


def repeats(items: Iterable[Item], *, days: int = DAYS) -> list[Repeat]:
    """Repeats among items of any order, in the order of time, each at most once and pointing at the first report.

    An item has `id`, `text` and `received_at` (datetime); maybe `customer_no`, `contact_hash`, `contact` (plain or
    masked), `product` and `channel`. Items without any customer key, and those that say nothing, are never repeats.
    """
    rows = list(items)
    found = _repeats(columns_of(rows), days, skip_noise=True)
    return [repeat._replace(item=rows[repeat.item]["id"], of=rows[repeat.of]["id"]) for repeat in found]


def repeats_with(item: Item, others: Sequence[Item], *, days: int = DAYS) -> list[Repeat]:
    """For each of the others that reports the same as `item`, earlier or later, the repeat of the two."""
    rows = [item, *others]
    columns = columns_of(rows)
    pairs = customer_pairs(columns, rows_in_time(columns), days * _DAY, most=len(rows), most_masked=len(rows))
    scorer = _PairScorer(columns, skip_noise=True)
    found = [
        scorer.repeat(new, old, sure=sure)
        for new, old, sure in zip(pairs.later.tolist(), pairs.earlier.tolist(), pairs.sure.tolist(), strict=True)
        if 0 in (new, old) and scorer.score(new, old, sure=sure)
    ]
    return [repeat._replace(item=rows[repeat.item]["id"], of=rows[repeat.of]["id"]) for repeat in found]


def repeats_in_columns(columns: Columns, *, days: int = DAYS, skip_noise: bool = True) -> list[Repeat]:
    """`repeats` of rows that stand in columns. `skip_noise=False` where noise is left out already."""
    found = _repeats(columns, days, skip_noise=skip_noise)
    return [repeat._replace(item=columns.ids[repeat.item], of=columns.ids[repeat.of]) for repeat in found]


def columns_of(rows: Sequence[Item]) -> Columns:
    """Items as `repeats` takes them, as columns."""

    def column(name: str) -> pa.Array:
        return pa.array([str(row.get(name) or "") for row in rows], pa.string())

    return Columns(
        [str(row["id"]) for row in rows],
        [row.get("text") or "" for row in rows],
        np.array([_microseconds(row["received_at"]) for row in rows], dtype=np.int64),
        column("customer_no"),
        column("contact"),
        column("product"),
        [row.get("channel") or "" for row in rows],
        column("contact_hash"),
    )


def _microseconds(moment: datetime) -> int:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(aware.timestamp() * 1_000_000)


def _repeats(columns: Columns, days: int, *, skip_noise: bool) -> list[Repeat]:
    """Repeats with row numbers for `item` and `of`, in the order of time."""
    if not len(columns.ids):
        return []
    order = rows_in_time(columns)
    pairs = customer_pairs(columns, order, days * _DAY)
    best = _best_pairs(columns, pairs, skip_noise=skip_noise)
    first: dict[int, int] = {}
    found = []
    for row in order.tolist():
        if row in best:
            earlier = best[row].of
            first[row] = first.get(earlier, earlier)
            found.append(best[row]._replace(of=first[row]))
    return found


def _best_pairs(columns: Columns, pairs: Pairs, *, skip_noise: bool) -> dict[int, Repeat]:
    """Row → the repeat with the highest score, if any; of equal ones the latest earlier row."""
    scorer = _PairScorer(columns, skip_noise=skip_noise)
    best: dict[int, Repeat] = {}
    possible = np.flatnonzero(_possible(columns.texts, pairs.later, pairs.earlier))
    # What is known of a text is still at hand for the next pair of the same key.
    for at in possible[np.argsort(pairs.key_of_row[pairs.later[possible]], kind="stable")].tolist():
        new, old, sure = int(pairs.later[at]), int(pairs.earlier[at]), bool(pairs.sure[at])
        score = best[new].score if new in best else 0.0
        if score < 1 and scorer.score(new, old, sure=sure) > score:
            best[new] = scorer.repeat(new, old, sure=sure)
    return best


class _PairScorer:
    """Scores pairs of rows, and remembers what it needs of a text more than once."""

    def __init__(self, columns: Columns, *, skip_noise: bool) -> None:
        self._columns = columns
        self._noise: dict[int, bool] | None = {} if skip_noise else None
        self._follows_up: dict[int, bool] = {}

    def score(self, new: int, old: int, *, sure: bool) -> float:
        """How alike the two reports are, 0-1; 0 where they are not the same."""
        if self._is_noise(new) or self._is_noise(old):
            return 0.0
        if sure and self._only_follows_up(new):
            return FOLLOWED
        texts = self._columns.texts
        return score_if_same(texts[new], texts[old], KNOWN if sure else MASKED) or 0.0

    def repeat(self, new: int, old: int, *, sure: bool) -> Repeat:
        """The repeat, with its kind and reason, of a pair that has a score."""
        if sure and self._only_follows_up(new):
            return Repeat(new, old, "follow_up", FOLLOWED, KINDS["follow_up"])
        texts, channels = self._columns.texts, self._columns.channels
        verdict = same_problem(texts[new], texts[old], threshold=KNOWN if sure else MASKED)
        kind = _kind(texts[new], texts[old], channels[new], channels[old], verdict)
        name = KINDS[kind]
        reason = Text(f"同一客户{name.zh}：{verdict.reason.zh}", f"Same customer. {name.en}: {verdict.reason.en}")
        return Repeat(new, old, kind, verdict.score, reason)

    def _is_noise(self, row: int) -> bool:
        if self._noise is None:
            return False
        if row not in self._noise:
            self._noise[row] = bool(noise(self._columns.texts[row]).kind)
        return self._noise[row]

    def _only_follows_up(self, row: int) -> bool:
        if row not in self._follows_up:
            self._follows_up[row] = only_follows_up(self._columns.texts[row])
        return self._follows_up[row]


def _kind(text: str, before: str, channel: str, channel_before: str, verdict: Verdict) -> str:
    if channel and channel_before and channel != channel_before:
        return "cross_channel"
    if fingerprint(text) == fingerprint(before):
        return "exact"
    return "light_edit" if verdict.score >= LIGHT else "paraphrase"


def _possible(texts: Sequence[str], later: Numbers, earlier: Numbers) -> Flags:
    """Pairs that share enough characters, or whose later text may only ask again."""
    used = np.unique(np.concatenate((later, earlier)))
    letters = np.array(bare_letters([texts[at] for at in used.tolist()]), dtype=object)
    follows_up = np.array([bool(AGAIN.search(texts[at])) for at in used.tolist()], dtype=np.bool_)
    found = np.zeros(len(later), dtype=np.bool_)
    for begin in range(0, len(later), PAIRS):
        part = slice(begin, begin + PAIRS)
        new, old = np.searchsorted(used, later[part]), np.searchsorted(used, earlier[part])
        alike = cpdist(letters[new], letters[old], scorer=fuzz.ratio, score_cutoff=HOPELESS) >= HOPELESS
        alike |= follows_up[new]
        rest = np.flatnonzero(~alike)
        inside = cpdist(letters[new[rest]], letters[old[rest]], scorer=fuzz.partial_ratio)
        alike[rest] = inside >= INSIDE
        found[part] = alike
    return found
