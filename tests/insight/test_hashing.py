import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.insight.text.hashing import BITS, SLOTS, code_points, grams
from bihuan.insight.text.normalize import normalize

TEXTS = st.lists(st.text(max_size=12), max_size=6)


def buckets(text):
    found = grams([text]).buckets
    return sorted(found[found > 0].tolist())


@given(TEXTS)
def test_a_text_has_the_same_buckets_alone_and_among_others(texts):
    many = grams(texts)
    for at, text in enumerate(texts):
        alone = grams([text])
        assert many.buckets[many.starts[at] : many.starts[at + 1]].tolist() == alone.buckets.tolist()


@given(TEXTS)
def test_every_bucket_fits_and_no_text_is_without_any(texts):
    many = grams(texts)
    assert len(many.buckets) == many.starts[-1]
    assert (np.diff(many.starts) >= SLOTS).all()
    assert ((many.buckets >= 0) & (many.buckets < 1 << BITS)).all()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("ＡＰＰ闪退", "app闪退"),
        ("頁面顯示", "页面显示"),
        ("退\u200b款", "退款"),
        ("订单1234", "订单9876"),
        ("App\tCrash", "app crash"),
    ],
)
def test_width_case_tradition_marks_and_the_digits_make_no_difference(text, same):
    assert buckets(text) == buckets(same)


def test_han_texts_share_their_grams_and_latin_texts_their_words():
    assert set(buckets("退款")) <= set(buckets("要退款吗"))
    assert len(buckets("退款慢")) == 3 + 2 + 1
    assert set(buckets("refund")) & set(buckets("no refund yet"))
    assert set(buckets("退款")) & set(buckets("到账")) == set()


def test_no_gram_reaches_into_the_next_text():
    both = grams(["退款", "到账"])
    crossing = grams(["款到"]).buckets[1]
    assert crossing not in both.buckets


@given(st.text(max_size=20).map(normalize))
def test_code_points_of_plain_text_are_the_text_itself(text):
    codes = code_points([text]).codes[:-1]
    kept = [c for c in text if ord(c) < 0x30000]
    assert len(codes) == len(text) or "\u200d" in text
    assert [chr(c) for c in codes if c < 0x2FFFF][: len(kept)] == kept or not text.isascii()


def test_lone_surrogates_and_rare_planes_do_no_harm():
    assert len(grams(["\ud800", "𠮷野家", "\U0003134a", "🙂"]).starts) == 5
