from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.insight.text.masking import find, id_card_valid, luhn_valid, mask, mask_contact

from . import exports


def card_number(body: str) -> str:
    return next(body + digit for digit in "0123456789" if luhn_valid(body + digit))


def id_number(body: str) -> str:
    return next(body + digit for digit in "0123456789X" if id_card_valid(body + digit))


IDENTITY = id_number("11010119900307123")
CARD = card_number("622202020001234567")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话19912345678", "电话199****5678"),
        ("请打 199 1234 5678 找我", "请打 199****5678 找我"),
        ("+86-199-1234-5678", "199****5678"),
        ("１９９１２３４５６７８", "199****5678"),
        ("幺九九幺二三四五六七八", "幺九九****五六七八"),
        ("1 9 9 1 2 3 4 5 6 7 8", "199****5678"),
        ("家里座机010-87654321", "家里座机010-****4321"),
        ("电话(0755)87654321", "电话(0755)-****4321"),
        ("座机87654321没人接", "座机****4321没人接"),
        (f"身份证{IDENTITY}", f"身份证1{'*' * 16}{IDENTITY[-1]}"),
        (f"{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}", f"1{'*' * 16}{IDENTITY[-1]}"),
        (f"卡号{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}", f"卡号****{CARD[-4:]}"),
        (f"扣的是{CARD}", f"扣的是****{CARD[-4:]}"),
        ("发到zhang.san@example.com吧", "发到z***@example.com吧"),
        ("微信号：li_si_88", "微信号：li_s***"),
        ("车牌京A12B34被拍", "车牌京A***34被拍"),
        ("我住在成都市武侯区人民南路3号2栋5单元", "我住在成都市武侯区***"),
    ],
)
def test_personal_data_is_masked(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "订单号20261122123456",
        "订单号13800138000没发货",
        "运单 SF1380013800012",
        "版本V3.1.2.20261122",
        "快递单号 19912345678",
        "2026年11月22日14:30付款128.50元",
        "IP 192.168.100.200",
        "拨打400-820-8820没人接",
        "打12315投诉",
        "条码6901234567892",
        "流水号 62220202000123456",
        "等了123456秒",
        "QQ浏览器打不开",
        "在人民路店买的",
    ],
)
def test_order_numbers_versions_and_hotlines_stay(text):
    assert mask(text) == text


WORDS = ["电话", "，", " ", "订单号", "微信：", "86", "-", "0", "成都市", "人民路3号"]
PIECES = st.sampled_from([*WORDS, "19912345678", "zhang@example.com", IDENTITY, CARD, "wx_5abc123", "京A12B34"])


@given(st.lists(PIECES, max_size=8).map("".join))
def test_masking_twice_changes_nothing(text):
    assert mask(mask(text)) == mask(text)


@given(st.text())
def test_spans_lie_in_the_text_in_order_without_overlap(text):
    spans = find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))


@pytest.mark.parametrize(
    ("contact", "masked"),
    [
        ("19912345678", "199****5678"),
        ("+86 199 1234 5678", "199****5678"),
        ("zhang@example.com", "z***@example.com"),
        ("wx_5abc123", "wx_***"),
        ("010-87654321", "****4321"),
        ("199****5678", "199****5678"),
        ("", ""),
    ],
)
def test_one_contact_is_masked_by_its_kind(contact, masked):
    assert mask_contact(contact) == masked


@pytest.mark.data
def test_personal_numbers_are_found_in_the_export_with_few_false_alarms(shared):
    rows = exports.truth(shared, "demo_export")
    hits = wanted = alarms = clean = 0
    for row in rows:
        spans = find(row["text"])
        private = [span for span in row["truth"]["pii"] if span["type"] != "订单号"]
        wanted += len(private)
        hits += sum(any(s.start <= p["start"] and s.end >= p["end"] for s in spans) for p in private)
        if not private:
            clean += 1
            alarms += bool(spans)
    assert hits / wanted >= 0.97
    assert 1000 * alarms / clean <= 5
