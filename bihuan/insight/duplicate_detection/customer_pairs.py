"""Pairs of rows that may come from one customer: they share a number, a contact or a masked contact within some days.

Found by sorting columns, so that a million rows take seconds.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bihuan.insight.text.masking import mask_contact

RECENT = 60  # earlier rows of one key that are compared
STRANGERS = 8  # of a mask fewer: in a large feed most of them are other people

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Columns(NamedTuple):
    """Of n rows in any order. `received` in microseconds of one clock; a blank (null or "") in a key links nothing."""

    ids: Sequence[str]
    texts: Sequence[str]
    received: Numbers
    customers: pa.Array
    contacts: pa.Array
    products: pa.Array
    channels: Sequence[str]
    contact_hashes: pa.Array | None = None


class Pairs(NamedTuple):
    """Row numbers of pairs that share a key, latest first; whether the key is sure; and a key of each row."""

    later: Numbers
    earlier: Numbers
    sure: Flags
    key_of_row: Numbers


def rows_in_time(columns: Columns) -> Numbers:
    """Row numbers in the order of time; of one moment in the order of the ids."""
    by_id = pc.sort_indices(pa.array(columns.ids, pa.string())).to_numpy()
    return np.lexsort((_ranks(by_id), columns.received))


def customer_pairs(
    columns: Columns, order: Numbers, window: int, *, most: int = RECENT, most_masked: int = STRANGERS
) -> Pairs:
    """Pairs that share a key within the window (microseconds), each row with at most so many earlier ones of a key. Of a
    pair with two keys the sure one counts."""
    size, rank = len(order), _ranks(order)
    products = _codes(columns.products)
    customers, contacts = _codes(columns.customers), _codes(_full_contacts(columns.contacts))
    hashes = [] if columns.contact_hashes is None else [_codes(columns.contact_hashes)]
    found = [np.zeros(0, dtype=np.int64)]
    for keys in (customers, *hashes, contacts):
        for new, old in _neighbours(columns.received, keys, rank, window, most):
            kept = ~_differ(products, new, old)
            found.append(_packed(rank, new[kept], old[kept], sure=True))
    for new, old in _neighbours(columns.received, _codes(masked_contacts(columns.contacts)), rank, window, most_masked):
        kept = ~(_differ(products, new, old) | _differ(contacts, new, old) | _differ(customers, new, old))
        found.append(_packed(rank, new[kept], old[kept], sure=False))
    pairs = np.sort(np.concatenate(found))
    pairs = pairs[np.diff(pairs >> 1, prepend=-1) != 0]
    both = pairs >> 1
    key_of_row = np.where(contacts >= 0, contacts, size + customers)
    return Pairs(order[both // size], order[size - 1 - both % size], pairs & 1 == 0, key_of_row)


def _packed(rank: Numbers, new: Numbers, old: Numbers, *, sure: bool) -> Numbers:
    """One number a pair: sorted, later rows come in order, their latest pair first, a sure key before an unsure one."""
    size = len(rank)
    packed: Numbers = (rank[new] * size + size - 1 - rank[old]) * 2 + (not sure)
    return packed


def _neighbours(
    received: Numbers, keys: Numbers, rank: Numbers, window: int, most: int
) -> Iterator[tuple[Numbers, Numbers]]:
    """(later, earlier) rows of one key within the window: first each with the row before it, then with the one before
    that, for at most so many rows back. Rows with the key -1 have none."""
    rows = np.flatnonzero(keys >= 0)
    rows = rows[np.lexsort((rank[rows], keys[rows]))]
    for back in range(1, min(most, len(rows) - 1) + 1):
        new, old = rows[back:], rows[:-back]
        near = (keys[new] == keys[old]) & (received[new] - received[old] <= window)
        if not near.any():
            return
        yield new[near], old[near]


def _differ(codes: Numbers, new: Numbers, old: Numbers) -> Flags:
    """Whether both rows of a pair have a value, and not the same."""
    return (codes[new] >= 0) & (codes[old] >= 0) & (codes[new] != codes[old])


def _ranks(order: Numbers) -> Numbers:
    """The place of each row in an order of the rows."""
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _text(values: pa.Array) -> pa.Array:
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    return pc.utf8_trim_whitespace(pc.fill_null(pc.cast(values, pa.string()), ""))


def _codes(values: pa.Array) -> Numbers:
    """A number per distinct value, -1 for blanks."""
    text = _text(values)
    blank = pc.equal(text, "").to_numpy(zero_copy_only=False)
    numbers = pc.dictionary_encode(text).indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return np.where(blank, -1, numbers)


def _full_contacts(values: pa.Array) -> pa.Array:
    """Contacts in lower case; "" for those already masked."""
    text = _text(values)
    return pc.if_else(pc.match_substring(text, "*"), "", pc.utf8_lower(text))


def masked_contacts(values: pa.Array) -> pa.Array:
    """`mask_contact` of each value of a column; null becomes ""."""
    distinct = _text(values).dictionary_encode()
    masked = pa.array([mask_contact(value) for value in distinct.dictionary.to_pylist()], pa.string())
    return masked.take(distinct.indices)
