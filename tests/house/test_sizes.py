"""Files and functions are short."""

from __future__ import annotations

from statistics import median, quantiles

from tests.house.source import PRODUCT, PYTHON, TESTS, Function, functions, line_count, of


def length(function: Function) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def ninetieth(values: list[int]) -> float:
    """The 90th percentile."""
    return quantiles(values, n=10)[-1]


def test_no_file_is_over_400_lines():
    assert {of(p): n for p in [*PYTHON, *TESTS] if (n := line_count(p)) > 400} == {}


def test_the_median_file_has_at_most_110_lines_and_nine_in_ten_at_most_220():
    lines = [line_count(p) for p in PRODUCT]
    assert median(lines) <= 110
    assert ninetieth(lines) <= 220


def test_no_function_is_over_60_lines():
    assert {f"{of(p)} {f.name}": n for p in [*PYTHON, *TESTS] for f in functions(p) if (n := length(f)) > 60} == {}


def test_the_median_function_has_at_most_8_lines_and_nine_in_ten_at_most_20():
    lengths = [length(f) for p in PRODUCT for f in functions(p)]
    assert median(lengths) <= 8
    assert ninetieth(lengths) <= 20
