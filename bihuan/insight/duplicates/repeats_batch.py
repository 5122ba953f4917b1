"""Repeats of the same customer among a million rows at once: the same answer as `repeats`, from columns.

Who could repeat whom is found by sorting columns; the characters of such pairs are compared in one pass; only pairs
that could be the same are judged one by one.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from bihuan.insight.data.follow_up_phrases import AGAIN
from bihuan.insight.duplicates.repeats import DAYS, FOLLOWED, KNOWN, MASKED, RECENT, STRANGERS, Item, Repeat, judged
from bihuan.insight.duplicates.similar import bare_letters
from bihuan.insight.duplicates.text_likeness import agreement, only_chases
from bihuan.insight.text.masking import mask_contact
from bihuan.insight.text.normalize import noise

HOPELESS = 26.0  # similarity of the characters, 0-100, below which no pair was ever judged the same
INSIDE = HOPELESS / 0.9 + 10  # the same of the shorter text inside of the longer
PAIRS = 500_000  # pairs compared at once
_MOBILE = r"^(1[3-9]\d)\d{4}(\d{4})$"
_DAY = 86_400_000_000  # microseconds

Numbers = NDArray[np.int64]


class Columns(NamedTuple):
    """Equal lengths, any order. `received` in microseconds of one clock; a blank (None or "") in a key links nothing."""

    ids: Sequence[str]
    texts: Sequence[str]
    received: Numbers
    customers: pa.Array
    contacts: pa.Array
    products: pa.Array
    channels: Sequence[str]


def repeats_among(columns: Columns, *, days: int = DAYS, sound: bool = False) -> list[Repeat]:
    """Repeats in the order of time, each at most once and pointing at the first telling. `sound`: no row is noise, as is
    known already."""
    named = pc.sort_indices(pa.array(columns.ids, pa.string())).to_numpy()
    rank = np.empty(len(named), dtype=np.int64)
    rank[named] = np.arange(len(named))
    order = np.lexsort((rank, columns.received))
    later, earlier, sure, keys = _pairs(columns, order, days * _DAY)
    texts = columns.texts
    possible = np.flatnonzero(_possible(texts, later, earlier))
    quiet: dict[int, bool] = {}
    chases: dict[int, bool] = {}
    best: dict[int, Repeat] = {}
    for at in possible[np.argsort(keys[later[possible]], kind="stable")].tolist():
        new, old = int(later[at]), int(earlier[at])
        if new in best and best[new].score >= 1:
            continue
        if not sound and (_quiet(texts, new, quiet) or _quiet(texts, old, quiet)):
            continue
        known = bool(sure[at])
        if known and new not in chases:
            chases[new] = only_chases(texts[new])
        follows = known and chases[new]
        score = FOLLOWED if follows else agreement(texts[new], texts[old], KNOWN if known else MASKED)
        if score is None or (new in best and score <= best[new].score):
            continue
        found = judged(_item(columns, new), _item(columns, old), KNOWN if known else MASKED)
        if found:
            best[new] = found._replace(item=new, of=old)
    first: dict[int, int] = {}
    told = []
    for new in order.tolist():
        if new in best:
            old = best[new].of
            first[new] = first.get(old, old)
            told.append(best[new]._replace(item=columns.ids[new], of=columns.ids[first[new]]))
    return told


def _item(columns: Columns, at: int) -> Item:
    return {"id": at, "text": columns.texts[at], "channel": columns.channels[at]}


def _quiet(texts: Sequence[str], at: int, known: dict[int, bool]) -> bool:
    if at not in known:
        known[at] = bool(noise(texts[at]).kind)
    return known[at]


def _possible(texts: Sequence[str], later: Numbers, earlier: Numbers) -> NDArray[np.bool_]:
    """Pairs that share enough characters, or whose later text may only chase."""
    used = np.unique(np.concatenate((later, earlier)))
    letters = np.array(bare_letters([texts[at] for at in used.tolist()]), dtype=object)
    asks = np.array([bool(AGAIN.search(texts[at])) for at in used.tolist()], dtype=np.bool_)
    found = np.zeros(len(later), dtype=np.bool_)
    for begin in range(0, len(later), PAIRS):
        part = slice(begin, begin + PAIRS)
        new, old = np.searchsorted(used, later[part]), np.searchsorted(used, earlier[part])
        alike = cpdist(letters[new], letters[old], scorer=fuzz.ratio, score_cutoff=HOPELESS) >= HOPELESS
        alike |= asks[new]
        rest = np.flatnonzero(~alike)
        inside = cpdist(letters[new[rest]], letters[old[rest]], scorer=fuzz.partial_ratio)
        alike[rest] = inside >= INSIDE
        found[part] = alike
    return found


def _pairs(columns: Columns, order: Numbers, window: int) -> tuple[Numbers, Numbers, NDArray[np.bool_], Numbers]:
    """Pairs (later, earlier) that share a key within the window, latest first; whether the key is sure; and a key of each
    row (its contact, else its customer): what is known of a text is still at hand for the next of the same key."""
    size = len(order)
    rank = np.empty(size, dtype=np.int64)
    rank[order] = np.arange(size)
    customers, products = _codes(columns.customers), _codes(columns.products)
    plain, masked = _contacts(columns.contacts)
    by = np.where(plain >= 0, plain, size + customers)
    found: list[Numbers] = []
    for keys, sure in ((customers, True), (plain, True), (masked, False)):
        rows = np.flatnonzero(keys >= 0)
        rows = rows[np.lexsort((rank[rows], keys[rows]))]
        for back in range(1, min(RECENT if sure else STRANGERS, max(len(rows), 1) - 1) + 1):
            new, old = rows[back:], rows[:-back]
            near = (keys[new] == keys[old]) & (columns.received[new] - columns.received[old] <= window)
            if not near.any():
                break
            new, old = new[near], old[near]
            apart = (products[new] >= 0) & (products[old] >= 0) & (products[new] != products[old])
            if not sure:
                apart |= (plain[new] >= 0) & (plain[old] >= 0) & (plain[new] != plain[old])
                apart |= (customers[new] >= 0) & (customers[old] >= 0) & (customers[new] != customers[old])
            new, old = new[~apart], old[~apart]
            # One number a pair: sorted, it is in the order wanted, and of a pair with two keys the sure one comes first.
            found.append((rank[new] * size + size - 1 - rank[old]) * 2 + (not sure))
    if not found:
        return (np.zeros(0, dtype=np.int64),) * 2 + (np.zeros(0, dtype=np.bool_), by)
    pairs = np.concatenate(found)
    pairs.sort()
    pairs = pairs[np.diff(pairs >> 1, prepend=-1) != 0]
    both = pairs >> 1
    return order[both // size], order[size - 1 - both % size], pairs & 1 == 0, by


def _codes(values: pa.Array) -> Numbers:
    """A number per distinct value, -1 for blanks."""
    text = pc.utf8_trim_whitespace(pc.fill_null(pc.cast(values, pa.string()), ""))
    coded = pc.dictionary_encode(text)
    blank = pc.equal(text, "").to_numpy(zero_copy_only=False)
    numbers = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return np.where(blank, -1, numbers)


def _contacts(values: pa.Array) -> tuple[Numbers, Numbers]:
    """Codes of full contacts, and of all contacts masked."""
    text = pc.utf8_trim_whitespace(pc.fill_null(pc.cast(values, pa.string()), ""))
    full = _codes(pc.if_else(pc.match_substring(text, "*"), "", pc.utf8_lower(text)))
    return full, _codes(masked_contacts(text))


def masked_contacts(values: pa.Array) -> pa.Array:
    """`masking.mask_contact` of a column."""
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    text = pc.utf8_trim_whitespace(pc.fill_null(pc.cast(values, pa.string()), ""))
    mobile = pc.match_substring_regex(text, _MOBILE)
    done = pc.or_(pc.or_(mobile, pc.match_substring(text, "*")), pc.equal(text, ""))
    masked = pc.replace_substring_regex(text, _MOBILE, r"\1****\2")
    others = pc.filter(text, pc.invert(done)).dictionary_encode()
    names = pa.array([mask_contact(value) for value in others.dictionary.to_pylist()], pa.string())
    return pc.replace_with_mask(masked, pc.invert(done), names.take(others.indices))


def columns_of(rows: Sequence[Item]) -> Columns:
    """The same items that `repeats` takes (with ids that are text), as columns."""

    def column(name: str) -> Any:
        return pa.array([row.get(name) or None for row in rows], pa.string())

    received = np.array([row["received_at"] for row in rows], dtype="datetime64[us]").astype(np.int64)
    return Columns(
        [str(row["id"]) for row in rows],
        [row.get("text") or "" for row in rows],
        received,
        column("customer_no"),
        column("contact"),
        column("product"),
        [row.get("channel") or "" for row in rows],
    )
