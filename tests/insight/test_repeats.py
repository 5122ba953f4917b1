from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.insight.duplicate_detection.repeats import columns_of, repeats, repeats_in_columns, repeats_with

from . import exports

START = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - the engine takes times as they come


def row(key, text, *, hours=0, customer="C1", product="净水器", channel="电话", **more):
    return {
        "id": key,
        "text": text,
        "received_at": START + timedelta(hours=hours),
        "customer_no": customer,
        "product": product,
        "channel": channel,
        **more,
    }


FIRST = row(1, "净水器出水很小，换了滤芯还是一样")


def kinds(*rows):
    return [(repeat.item, repeat.of, repeat.kind) for repeat in repeats(rows)]


def test_each_kind_of_repeat_is_named():
    assert kinds(FIRST, row(2, "净水器出水很小,换了滤芯还是一样!", hours=1)) == [(2, 1, "exact")]
    assert kinds(FIRST, row(2, "净水器出水很小，换了滤芯还是一样，麻烦你们看看", hours=1)) == [(2, 1, "light_edit")]
    assert kinds(FIRST, row(2, "滤芯换过了，净水器的水还是很小", hours=1)) == [(2, 1, "paraphrase")]
    assert kinds(FIRST, row(2, "净水器出水很小，换了滤芯还是一样", hours=1, channel="邮件")) == [
        (2, 1, "cross_channel")
    ]
    assert kinds(FIRST, row(2, "催一下，还没人联系我", hours=1)) == [(2, 1, "follow_up")]


def test_the_third_report_points_at_the_first():
    rows = [FIRST, row(2, FIRST["text"], hours=1), row(3, FIRST["text"] + "！", hours=2)]
    assert [repeat.of for repeat in repeats(rows)] == [1, 1]


def test_a_row_is_compared_with_each_of_the_others():
    new = row(9, FIRST["text"] + "！", hours=5)
    later = row(10, FIRST["text"], hours=6)
    assert {(one.item, one.of) for one in repeats_with(new, [FIRST, later])} == {(9, 1), (10, 9)}
    assert [(one.item, one.of) for one in repeats([FIRST, new])] == [(9, 1)]
    assert repeats_with(row(9, "好评", hours=5), [FIRST]) == repeats_with(new, []) == []


def test_order_of_the_items_does_not_matter():
    rows = [FIRST, row(2, FIRST["text"], hours=1), row(3, "发票什么时候寄", hours=2)]
    assert repeats(rows) == repeats(reversed(rows))


def test_another_customer_product_order_or_month_is_no_repeat():
    assert kinds(FIRST, row(2, FIRST["text"], hours=1, customer="C2")) == []
    assert kinds(FIRST, row(2, FIRST["text"], hours=1, product="热水器")) == []
    assert kinds(FIRST, row(2, FIRST["text"], hours=24 * 30)) == []
    assert kinds(row(1, "订单1001没收到"), row(2, "订单1002没收到", hours=1)) == []


def test_a_short_remark_without_a_request_is_no_follow_up():
    assert kinds(FIRST, row(2, "还可以！", hours=1)) == []
    assert kinds(FIRST, row(2, "你们好，谢谢", hours=1)) == []


def test_a_contact_links_and_a_mask_links_only_unknown_customers():
    one = {"customer": None, "contact": "19900001234"}
    assert kinds({**FIRST, "contact": "19900001234"}, row(2, FIRST["text"], hours=1, **one)) == [(2, 1, "exact")]
    assert kinds({**FIRST, "contact": "199****1234"}, row(2, FIRST["text"], hours=1, **one)) == [(2, 1, "exact")]
    other = {"customer": "C2", "contact": "199****1234"}
    assert kinds({**FIRST, "contact": "19900001234"}, row(2, FIRST["text"], hours=1, **other)) == []


def test_rows_without_any_key_or_content_are_no_repeats():
    assert kinds(row(1, "一样的话", customer=None), row(2, "一样的话", customer=None)) == []
    assert kinds(row(1, "好评"), row(2, "好评")) == []


@pytest.mark.data
def test_repeats_of_the_same_customer_are_found_in_the_export(shared):
    rows = exports.truth(shared, "demo_export")
    found = {repeat.item: repeat for repeat in repeats(rows)}
    true = {
        row["id"]: row["truth"]["duplicate_of"]
        for row in rows
        if row["truth"]["duplicate_of"] and row["truth"]["duplicate_linkable"] != "none"
    }
    right = sum(key in found and found[key].of == first for key, first in true.items())
    precision, recall = right / len(found), right / len(true)
    assert 2 * precision * recall / (precision + recall) >= 0.975
    controls = {row["id"]: row["truth"]["similar_issue_to"] for row in rows if row["truth"]["similar_issue_to"]}
    wrong = sum(key in found and found[key].of == other for key, other in controls.items())
    assert wrong / len(controls) <= 0.01


def test_two_full_numbers_with_one_mask_are_two_people():
    def row(number, contact):
        return {
            "id": number,
            "text": "净水器漏水了，一直没人来修",
            "received_at": START + timedelta(days=number),
            "contact": contact,
        }

    assert repeats([row(1, "13912345678"), row(2, "13999995678")]) == []
    assert [(each.item, each.of) for each in repeats([row(1, "13912345678"), row(2, "139****5678")])] == [(2, 1)]


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


def summary(found):
    return {(one.item, one.of, one.kind, one.score) for one in found}


@settings(max_examples=150, deadline=None)
@given(st.lists(ROW, max_size=14))
def test_columns_and_rows_give_the_same_repeats_in_any_order(rows):
    items = placed(rows)
    assert summary(repeats_in_columns(columns_of(items))) == summary(repeats(items))
    assert summary(repeats_in_columns(columns_of(items[::-1]))) == summary(repeats(items))


def test_no_rows_has_no_repeats():
    assert repeats_in_columns(columns_of([])) == []


def test_one_contact_with_two_products_and_nobody_else_is_no_repeat():
    row = {"text": "换了滤芯还是一样", "hours": 0, "customer_no": None, "contact": "19900001234", "channel": "电话"}
    rows = placed([row | {"product": "净水器"}, row | {"product": "热水器"}])
    assert repeats_in_columns(columns_of(rows)) == repeats(rows) == []
