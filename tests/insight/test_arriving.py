import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.insight.arriving import KEPT, Leaders

ROWS = [
    ("1", "leak", "洗衣机底部漏水"),
    ("2", "leak", "洗衣机漏水漏到地板"),
    ("3", "pay", "付款成功订单显示未支付"),
]


@pytest.mark.parametrize(
    ("text", "kind", "problem"),
    [
        ("洗衣机底部漏水了", "joins", "leak"),
        ("付款成功，订单还是显示未支付", "maybe", "pay"),
        ("发票抬头开错", "new", ""),
        ("。。。", "new", ""),
    ],
)
def test_an_arrival_joins_only_what_is_very_like_it(text, kind, problem):
    found = Leaders(ROWS).place(text)
    assert (found.kind, found.problem) == (kind, problem)


def test_a_problem_it_was_taken_out_of_is_passed_over():
    leaders = Leaders([*ROWS, ("4", "other", "洗衣机底部漏水吧")])
    assert leaders.place("洗衣机底部漏水").problem == "leak"
    assert leaders.place("洗衣机底部漏水", blocked=["leak"]).problem == "other"
    assert Leaders([]).place("洗衣机").kind == "new"


def test_only_the_latest_rows_of_a_problem_lead():
    rows = [(str(at), "leak", f"洗衣机第{'甲乙丙丁戊己庚辛壬癸'[at]}种漏水") for at in range(KEPT + 1)]
    assert Leaders(rows).place(rows[0][2]).row != "0"
    assert Leaders(rows).place(rows[-1][2]).row == str(KEPT)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=8), st.text(max_size=12))
def test_any_text_can_arrive(texts, text):
    leaders = Leaders([(str(at), f"P{at % 3}", told) for at, told in enumerate(texts)])
    found = leaders.place(text)
    assert 0 <= found.likeness <= 1.001
    assert bool(found.problem) == (found.kind != "new")
