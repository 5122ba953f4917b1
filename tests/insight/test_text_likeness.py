import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.insight.duplicate_detection.text_likeness import (
    bands,
    core_text,
    different_numbers,
    explain,
    fingerprint,
    likeness,
    same_problem,
    score_if_same,
)

SENTENCES = st.text(alphabet="退款一直没到账客服快递慢app closed 0123456789", max_size=40)


@given(SENTENCES, st.text(alphabet="，。！？ ~…", max_size=5))
def test_a_fingerprint_ignores_punctuation_width_and_case(text, marks):
    wide = text.translate({ord(char): ord(char) + 0xFEE0 for char in string.ascii_lowercase + string.digits})
    assert fingerprint(marks + wide.upper() + marks) == fingerprint(text)


def test_a_fingerprint_differs_for_other_words_and_numbers():
    assert fingerprint("退款3.5元") != fingerprint("退款35元")
    assert fingerprint("not able") != fingerprint("notable")
    assert fingerprint("。。。") == ""


@given(SENTENCES, SENTENCES)
def test_likeness_is_symmetric_and_between_0_and_1(a, b):
    assert likeness(a, b) == likeness(b, a)
    assert 0.0 <= likeness(a, b) <= 1.0


@given(SENTENCES.filter(lambda text: bool(text.strip())))
def test_a_text_is_most_like_itself(text):
    assert likeness(text, text) == 1.0


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("支付成功但订单显示未付款", "支付成功，但是订单还显示未付款！！！"),
        ("洗衣机脱水的时候声音特别大", "催单！洗衣机脱水的时候声音特别大，请尽快回复"),
        ("空调不制冷，师傅来过一次还是不行", "再次反馈，空调不制冷，师傅来过一次还是不行，到现在还没解决"),
        ("The printer jams on every second page", "the printer jams on every second page. please help"),
    ],
)
def test_an_edited_copy_is_the_same_problem(a, b):
    assert same_problem(a, b).same == "yes"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("订单20261101001一直没发货", "订单20261101002一直没发货"),
        ("升级到v3.1.2以后打不开", "升级到v3.1.3以后打不开"),
        ("多扣了我128元", "多扣了我218元"),
        ("3月1日的账单不对", "3月2日的账单不对"),
        ("平板T10屏幕有坏点", "平板T11屏幕有坏点"),
    ],
)
def test_texts_that_differ_in_a_number_alone_are_never_the_same(a, b):
    found = same_problem(a, b)
    assert found.same == "no"
    assert "数字" in found.reason.zh


def test_a_number_added_later_does_not_part_two_tellings():
    assert different_numbers("一直没发货", "一直没发货，订单号20261101001") == ([], [])
    assert same_problem("快递一直没有更新", "快递一直没有更新，订单号20261101001").same == "yes"


def test_different_problems_are_not_the_same():
    assert same_problem("空调漏水漏到地板上了", "发票抬头开错了要重开").same == "no"


def test_chasing_words_are_left_out_of_the_core():
    assert core_text("催单！洗衣机漏水，请尽快处理") == "洗衣机漏水"
    assert core_text("请尽快处理") == "请尽快处理"


def test_the_reason_names_what_both_share():
    assert "洗衣机" in explain("洗衣机漏水", "家里的洗衣机坏了").zh
    assert explain("洗衣机漏水", "洗衣机漏水。") == explain("a b", "A  B!")


def test_bands_are_stable_signed_keys_and_meet_for_near_texts():
    one, two = bands("洗衣机脱水的时候声音特别大"), bands("洗衣机脱水的时候声音真的特别大！")
    assert len(one) == 16
    assert bands("洗衣机脱水的时候声音特别大。") == one
    assert set(one) & set(two)
    assert all(-(2**63) <= key < 2**63 for key in one)
    assert not set(one) & set(bands("发票抬头开错了要重开"))
    assert bands(" ！") == []


def test_twenty_thousand_short_texts_get_their_bands_in_a_few_seconds():
    texts = [f"订单{number}一直没有收到货，客服也不回复" for number in range(4000)]
    start = time.process_time()
    for text in texts:
        bands(text)
    assert time.process_time() - start < 1.0


@given(
    st.text("快递三天没到订单1200坏了, ", max_size=16),
    st.text("快递三天没到订单1200坏了, ", max_size=16),
    st.sampled_from([0.38, 0.6]),
)
def test_two_texts_agree_exactly_where_they_are_the_same_problem(a, b, threshold):
    verdict = same_problem(a, b, threshold=threshold)
    assert score_if_same(a, b, threshold) == (verdict.score if verdict.same == "yes" else None)
