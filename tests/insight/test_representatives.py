import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.insight.grouping.representatives import choose_representatives, likeness

from . import exports

TEXTS = [
    *["快递放在门口被人拿走了，客服不管"] * 6,
    "发票开错了抬头，要求重新开一张给我",
    "发票抬头写错了，重新开一张发票要等多久",
    "洗衣机漏水漏了一地，师傅还没有上门",
    "洗衣机漏水三天了，报修电话打不通",
    "好",
]


def test_each_chosen_row_stands_for_other_rows():
    found = choose_representatives(TEXTS, limit=3)
    assert {TEXTS[at][:2] for at in found.rows} == {"快递", "发票", "洗衣"}
    assert TEXTS[found.rows[0]].startswith("快递")


def test_one_customer_is_quoted_once_and_channels_are_spread():
    customers = ["A"] * 6 + ["B", "B", "C", "C", ""]
    found = choose_representatives(TEXTS, customers=customers)
    quoted = [customers[at] for at in found.rows if customers[at]]
    assert len(quoted) == len(set(quoted))
    alike = [f"{when}打电话都没有人接听，一直占线打不通" for when in ("早上", "下午", "晚上", "昨天", "今天", "周末")]
    spread = choose_representatives(alike, channels=["电话"] * 5 + ["微信"], limit=2)
    assert 5 in spread.rows


def test_the_odd_one_is_a_member_that_fits_least():
    texts = [f"订单{at}一直没有发货，客服也不回复消息" for at in range(9)] + ["饭菜里吃出一只虫子，太恶心了吧"]
    found = choose_representatives(texts)
    assert found.odd == 9 or 9 in found.rows
    assert choose_representatives(texts[:3]).odd == -1


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=12))
def test_any_texts_give_distinct_rows_within_bounds(texts):
    found = choose_representatives(texts)
    assert len(set(found.rows)) == len(found.rows) <= 5
    assert all(texts[at].strip() for at in found.rows)
    assert found == choose_representatives(texts)


@pytest.mark.data
def test_cases_cover_a_quarter_more_than_a_random_draw(shared):
    rows = exports.table(shared, "zh/reviews_category_sentiment.csv.gz")
    ratios = []
    for category in ("洗发水", "酒店", "平板", "外卖"):
        texts = [row["text"] for row in rows if row["category"] == category and row["label"] == "负面"][:300]
        near = likeness(texts)
        random_ = np.random.default_rng(0)
        drawn = [near[random_.choice(len(texts), 5, replace=False)].max(axis=0).mean() for _ in range(50)]
        chosen = choose_representatives(texts).rows
        ratios.append(near[chosen].max(axis=0).mean() / np.mean(drawn))
    assert np.mean(ratios) >= 1.25
