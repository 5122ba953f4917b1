"""Columns of text as whole numbers: what counting by many fields at once is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Columns = Mapping[str, Any] | pa.Table


def coded(column: Any) -> tuple[Ints, tuple[str, ...]]:
    """(code of each row, the values in sorted order). Null and "" are one value, "". Any Arrow array or sequence."""
    array = column if isinstance(column, pa.Array | pa.ChunkedArray) else pa.array(column)
    if not pa.types.is_dictionary(array.type):
        array = (array if pa.types.is_string(array.type) else array.cast(pa.string())).dictionary_encode()
    if isinstance(array, pa.ChunkedArray):
        array = array.unify_dictionaries().combine_chunks()
        array = array.chunk(0) if isinstance(array, pa.ChunkedArray) else array
    # Arrow sorts by bytes of UTF-8, which is the order of Python's texts; the blank for nulls comes last of the words.
    words = pc.fill_null(array.dictionary.cast(pa.string()), "")
    indices = array.indices
    if indices.null_count:
        indices = pc.fill_null(indices, len(words))
        words = pa.concat_arrays([words, pa.array([""])])
    different = words.dictionary_encode()
    order = pc.sort_indices(different.dictionary)
    places = np.empty(len(order), dtype=np.int64)
    places[order.to_numpy()] = np.arange(len(order))
    moved = places[different.indices.to_numpy()]
    return moved[indices.to_numpy(zero_copy_only=False)], tuple(different.dictionary.take(order).to_pylist())


def recoded(codes: Ints, values: Sequence[str], union: Sequence[str]) -> Ints:
    """The same rows, coded by another list of values that holds all of these."""
    places = {value: at for at, value in enumerate(union)}
    return np.array([places[value] for value in values], dtype=np.int64)[codes]


def packed(codes: Sequence[Ints], sizes: Sequence[int]) -> Ints:
    """One number a row for several coded columns: equal exactly where all columns are equal, in their sorted order."""
    key = np.zeros(len(codes[0]), dtype=np.int64)
    room = 1
    for column, size in zip(codes, sizes, strict=True):
        if room * max(size, 1) >= 2**62:
            kept, key = np.unique(key, return_inverse=True)
            room = len(kept)
        key, room = key * size + column, room * max(size, 1)
    return key


def summed(groups: Ints, weights: Floats | None, size: int) -> Floats:
    """The sum of the weights of each group 0…size-1; without weights, how many there are."""
    return np.bincount(groups, weights, minlength=size).astype(np.float64, copy=False)
