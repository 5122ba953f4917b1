"""What may be sent out: no number that identifies somebody, no name that is known or announced; the rest stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.plugins.endpoint_address import refused
from bihuan.plugins.outgoing_redaction import redact

PERSONAL = (
    "13812345678", "138 1234 5678", "１３８１２３４５６７８", "+86-13812345678", "0571-88123456", "110101199003078515",
    "6222020200112233445", "wang.li@example.com", "wang.li＠example.com", "138****5678", "京A12345",
)  # fmt: skip


@pytest.mark.parametrize("value", PERSONAL)
@pytest.mark.parametrize("around", ["我的号码是{},请回电", "{}", "付款失败{}还没退", "call {} please"])
def test_no_number_or_address_leaves_whole_or_in_part(value: str, around: str):
    sent = redact(around.format(value))
    assert value not in sent
    digits = "".join(char for char in value if char.isdigit())
    if len(digits) >= 6:
        assert not any(digits[at : at + 4] in "".join(c for c in sent if c.isdigit()) for at in range(len(digits) - 3))
    assert "[" in sent


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我叫李小龙，付款失败", "李小龙"),
        ("联系人：欧阳娜娜 请回电", "欧阳娜娜"),
        ("张建国先生说打不开", "张建国"),
        ("刘女士投诉物流", "刘"),
        ("本人赵敏，要求退款", "赵敏"),
        ("My name is John Smith and it fails", "John Smith"),
        ("Mr. Brown is waiting", "Brown"),
    ],
)
def test_names_that_are_announced_stay_here(text: str, name: str):
    assert name not in redact(text)


def test_names_we_know_stay_here_wherever_they_stand():
    sent = redact("蓝鲸科技的王五昨天找了ACME-01，王五很着急", ["蓝鲸科技", "王五", "acme-01", ""])
    assert sent == "[姓名]的[姓名]昨天找了[姓名]，[姓名]很着急"


@pytest.mark.parametrize(
    "text",
    [
        "升级到 3.2.1 以后闪退，第 2 次了",
        "2026-11-25 付款 99.50 元没到账",
        "我是新用户，不会用",
        "高兴地说明一下",
        "100,000 条导出很慢",
    ],
)
def test_what_names_nobody_stays_as_it_is(text: str):
    assert redact(text) == text


@given(st.text(max_size=40), st.integers(13_000_000_000, 19_999_999_999), st.text(max_size=40))
def test_a_mobile_number_between_any_words_does_not_leave(before: str, number: int, after: str):
    assert str(number) not in redact(f"{before}{number}{after}")


@given(st.text(max_size=60), st.text(alphabet="李王张abcXYZ", min_size=2, max_size=6))
def test_a_known_name_does_not_leave(text: str, name: str):
    assert name not in redact(f"{text}{name}", [name]).replace("[姓名]", "")


@pytest.mark.parametrize(
    ("address", "plain", "good"),
    [
        ("https://api.example.com/v1", False, True),
        ("http://127.0.0.1:8080/v1", False, True),
        ("http://localhost:11434/v1", False, True),
        ("http://[::1]:11434/v1", False, True),
        ("http://10.0.0.5/v1", False, False),
        ("http://10.0.0.5/v1", True, True),
        ("http://127.0.0.1.example.com/v1", False, False),
        ("https://user:pw@example.com/v1", False, False),
        ("https://example.com/v1?key=1", False, False),
        ("http://169.254.169.254/latest", True, False),
        ("ftp://example.com", True, False),
        ("https://example.com:port/v1", False, False),
        ("example.com/v1", False, False),
        ("", False, False),
    ],
)
def test_where_may_be_sent(address: str, plain: bool, good: bool):
    assert (refused(address, plain=plain) is None) is good
