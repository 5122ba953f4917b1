import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.insight.columns import coded, packed, recoded


@pytest.mark.parametrize(
    "column",
    [
        ["b", "", "a", None, "b"],
        np.array(["b", "", "a", "", "b"]),
        pa.array(["b", "", "a", None, "b"]),
        pa.chunked_array([["b", ""], ["a", None, "b"]]),
        pa.chunked_array([["b", ""], ["a", None, "b"]]).dictionary_encode(),
        pa.array(["b", "", "a", None, "b"]).dictionary_encode(),
    ],
    ids=["list", "numpy", "arrow", "chunks", "dictionaries", "dictionary"],
)
def test_every_kind_of_column_is_coded_alike_and_null_is_blank(column):
    codes, values = coded(column)
    assert values == ("", "a", "b")
    assert codes.tolist() == [2, 0, 1, 0, 2]


def test_an_empty_column_has_no_values():
    codes, values = coded(pa.array([], pa.string()))
    assert (len(codes), values) == (0, ())


def test_recoded_keeps_the_values():
    codes, values = coded(["x", "z", "x"])
    assert recoded(codes, values, ("x", "y", "z")).tolist() == [0, 2, 0]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 2)), min_size=1, max_size=30))
def test_packed_is_equal_exactly_where_all_columns_are(rows):
    columns = [np.array(c, dtype=np.int64) for c in zip(*rows, strict=True)]
    for sizes in ((4, 5, 3), (2**40, 2**40, 3)):
        key = packed(columns, sizes)
        for i, one in enumerate(rows):
            assert [k == key[i] for k in key] == [other == one for other in rows]


@given(st.lists(st.none() | st.text("a\u00e9\u4e2d\uffff\U0001f600 ", max_size=3), max_size=12), st.booleans())
def test_values_are_in_the_order_of_python_and_a_repeated_value_is_one(words, twice):
    column = pa.array(words, pa.string()).dictionary_encode()
    if twice:
        again = pa.concat_arrays([column.dictionary, column.dictionary])
        column = pa.DictionaryArray.from_arrays(column.indices, again)
    codes, values = coded(column)
    assert [values[code] for code in codes] == [word or "" for word in words]
    assert list(values) == sorted(set(values))
