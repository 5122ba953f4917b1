import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.insight.duplicate_detection.similar import copies, numbers_agree, rarity_of, signatures
from tests.insight.edited_texts import clauses, reports

from . import exports

FIRST = "洗衣机脱水的时候声音特别大，师傅来过一次没有修好"
OTHERS = ["发票抬头开错了要重开", "退款一个星期还没有到账", "快递放在门口被人拿走了"] * 3


def linked(*texts):
    return copies(list(texts)).of.tolist()


@pytest.mark.parametrize(
    "again",
    [
        FIRST,
        "洗衣机脱水的时候声音特别大!!师傅来过一次没有修好😡",
        "你好，洗衣机脱水的时候声音特别大，师傅来过一次没有修好，请尽快处理",
        "师傅来过一次没有修好，洗衣机脱水的时候声音特别大",
        "洗衣机脱水的时候声音特别打，师傅来过一次没修好",
        "洗衣机脱水的时候声音特别大，师傅来过一次",
    ],
)
def test_an_edited_copy_is_linked_to_the_first_report(again):
    assert linked(FIRST, *OTHERS[:3], again) == [-1, -1, -1, -1, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("订单20261101001一直没发货客服不回复", "订单20261101002一直没发货客服不回复"),
        ("升级到v3.1.2以后打不开还闪退", "升级到v3.1.3以后打不开还闪退"),
        (FIRST, "发票抬头开错了要重开，打电话没有人接"),
        ("谢谢", "你好"),
        ("", ""),
        ("。。", "！！"),
    ],
)
def test_other_numbers_and_other_matters_are_no_copies(one, other):
    assert linked(one, other) == [-1, -1]


def test_a_third_copy_points_at_the_first_report():
    assert linked(FIRST, FIRST + "！", "你好，" + FIRST) == [-1, 0, 0]


def test_two_order_numbers_never_meet_through_a_text_without_one():
    text = "一直没有发货客服也不回复"
    assert linked(text, f"订单1001{text}", f"订单1002{text}") == [-1, 0, -1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (["1"], ["1"], True),
        ([], ["7"], True),
        (["1", "2"], ["1"], True),
        (["2", "1"], ["1", "2"], True),
        (["1"], ["2"], False),
        (["1", "2"], ["2"], False),
    ],
)
def test_digit_runs_that_can_belong_to_one_text(one, other, same):
    assert numbers_agree(one, other) == numbers_agree(other, one) == same


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*OTHERS, FIRST, FIRST + "!", "", "订单1", "谢谢", "ok"]), max_size=12))
def test_a_copy_points_back_at_a_text_that_is_none(texts):
    found = copies(texts)
    for at, of in enumerate(found.of.tolist()):
        assert of < at
        assert of == -1 or found.of[of] == -1
    assert (found.of == copies(texts).of).all()


def test_a_new_text_meets_the_keys_of_an_earlier_batch():
    rare = rarity_of([FIRST, *OTHERS])
    kept, new = signatures([FIRST, *OTHERS], rare), signatures([FIRST + "！谢谢"], rare)
    assert (kept.keys[0] == new.keys[0]).sum() >= 8
    assert not (kept.keys[1] == new.keys[0]).any()
    assert np.array_equal(signatures([OTHERS[0]], rare).keys[0], kept.keys[1])


@pytest.mark.data
def test_copies_among_reports_made_of_real_clauses(shared):
    rows = exports.table(shared, "zh/reviews_category_sentiment.csv.gz")
    made = reports(clauses([row["text"] for row in rows]), 8000, seed=3)
    first = np.array(made.first)
    again = first != np.arange(len(first))
    found = copies(made.texts).of >= 0
    assert (found & again).sum() / found.sum() >= 0.985
    assert (found & again).sum() / again.sum() >= 0.985
