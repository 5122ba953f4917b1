"""A formula is arithmetic and nothing else, worked out exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.insight.priority.arithmetic import BadFormula, Formula, plain
from bihuan.insight.priority.scheme_forms import rounded

SMALL = st.integers(-50, 50).map(Fraction)


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "reach *", "__import__('os').system('x')", "a.b", "a[0]", "a if b else c", "a ** b", "a // b", "f(a, b)",
        "max(a)", "max(a, b, key=c)", "lambda: 1", "'a'", "True", "1e999", "a := 1", "(" * 150, "a" * 201, "a; b", "min(*a)",
    ],
)  # fmt: skip
def test_what_is_not_arithmetic_is_refused(text):
    with pytest.raises(BadFormula) as bad:
        Formula(text)
    assert bad.value.reason.zh
    assert bad.value.reason.en


@given(SMALL, SMALL, SMALL)
def test_it_agrees_with_pythons_own_fractions(a, b, c):
    numbers = {"a": a, "b": b, "c": c}
    assert Formula("(a + b) * c - max(a, -b, 2.5)").value(numbers) == (a + b) * c - max(a, -b, Fraction(5, 2))


@given(SMALL, SMALL, st.integers(1, 50), st.integers(1, 50))
def test_the_result_lies_within_the_bounds(a, b, c, d):
    low, high = Fraction(min(c, d)), Fraction(max(c, d))
    ranges = {"a": (min(a, b), max(a, b)), "c": (low, high)}
    least, most = Formula("a / c - min(a, c)").bounds(ranges)
    for one in (a, b):
        for other in (low, high):
            assert least <= Formula("a / c - min(a, c)").value({"a": one, "c": other}) <= most


def test_dividing_by_what_may_be_zero_is_refused_before_it_happens():
    with pytest.raises(BadFormula):
        Formula("a / (b - 1)").bounds({"a": (Fraction(1), Fraction(2)), "b": (Fraction(0), Fraction(5))})


def test_a_formula_is_written_with_the_brackets_it_needs():
    names = {"a": "甲 1", "b": "乙 2", "c": "丙 3"}
    assert Formula("(a + b) / (c * 2)").written(names) == "(甲 1 + 乙 2) ÷ (丙 3 × 2)"
    assert Formula("a - (b - c)").written(names) == "甲 1 − (乙 2 − 丙 3)"
    assert Formula("a * b / c").written(names) == "甲 1 × 乙 2 ÷ 丙 3"


@pytest.mark.parametrize(
    ("value", "at", "expected"),
    [("0.05", 1, "0.1"), ("2.449", 1, "2.4"), ("-0.05", 1, "-0.1"), ("2.5", 0, "3"), ("7", 2, "7.00")],
)
def test_rounding_is_half_up_and_declared(value, at, expected):
    assert str(rounded(Fraction(value), at)) == expected
    assert plain(Decimal("7.00")) == "7"
