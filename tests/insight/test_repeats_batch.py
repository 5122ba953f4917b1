from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.insight.duplicates.repeats import repeats
from bihuan.insight.duplicates.repeats_batch import columns_of, repeats_among

from . import exports

START = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - the engine takes times as they come
TEXTS = [
    "净水器出水很小，换了滤芯还是一样",
    "净水器出水很小,换了滤芯还是一样!",
    "滤芯换过了，净水器的水还是很小",
    "订单1001没收到",
    "订单1002没收到",
    "催一下，还没人联系我",
    "好评",
    "",
]
ROW = st.fixed_dictionaries(
    {
        "text": st.sampled_from(TEXTS),
        "hours": st.integers(0, 24 * 20),
        "customer_no": st.sampled_from([None, "C1", "C2"]),
        "contact": st.sampled_from([None, "19900001234", "199****1234", "a@example.com", " A@example.com"]),
        "product": st.sampled_from([None, "净水器", "热水器"]),
        "channel": st.sampled_from(["电话", "邮件"]),
    }
)


def placed(rows):
    return [
        {**row, "id": f"{at:03d}", "received_at": START + timedelta(hours=row["hours"])} for at, row in enumerate(rows)
    ]


def told(found):
    return {(one.item, one.of, one.kind, one.score) for one in found}


@settings(max_examples=150, deadline=None)
@given(st.lists(ROW, max_size=14))
def test_columns_and_rows_give_the_same_repeats(rows):
    items = placed(rows)
    assert told(repeats_among(columns_of(items))) == told(repeats(items))
    assert told(repeats_among(columns_of(items[::-1]))) == told(repeats(items))


def test_a_feed_without_anything_has_no_repeats():
    assert repeats_among(columns_of([])) == []


def test_one_contact_with_two_products_and_nobody_else_is_no_repeat():
    row = {"text": "换了滤芯还是一样", "hours": 0, "customer_no": None, "contact": "19900001234", "channel": "电话"}
    rows = placed([row | {"product": "净水器"}, row | {"product": "热水器"}])
    assert repeats_among(columns_of(rows)) == repeats(rows) == []


@pytest.mark.data
def test_on_the_export_both_forms_agree_and_no_stranger_is_merged(shared):
    rows = exports.truth(shared, "demo_export")[::2]
    found = repeats_among(columns_of(rows))
    assert told(found) == told(repeats(rows))
    strangers = {row["id"]: row["truth"]["similar_issue_to"] for row in rows if row["truth"]["similar_issue_to"]}
    assert not [one for one in found if strangers.get(one.item) == one.of]
