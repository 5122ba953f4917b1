"""The watch over daily counts: expected by hand, alarms and their hysteresis, and what must not be one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from bihuan.insight.surge_detection import detect_surges, top_surges
from bihuan.insight.surge_detection.alerts import upper_tail
from bihuan.insight.surge_detection.baseline import fit


def steady(series=20, days=120, mean=6.0, seed=1):
    return np.random.default_rng(seed).poisson(mean, (series, days))


def test_the_tail_is_the_negative_binomial_one():
    y, mean, size = np.array([0.0, 1, 7, 40]), np.array([3.0, 3, 3, 10]), np.array([2.0, 2, 5, 1e6])
    assert upper_tail(y, mean, size) == pytest.approx(stats.nbinom.sf(y - 1, size, size / (size + mean)), rel=1e-4)


def test_the_tail_falls_as_the_count_rises():
    p = upper_tail(np.arange(60.0), np.full(60, 6.0), np.full(60, 4.0))
    assert (np.diff(p) < 0).all()


def test_a_constant_series_is_expected_as_it_is():
    y = np.full((10, 84), 7.0)
    baseline = fit(y, np.arange(84) % 7, np.zeros(10, dtype=int), np.ones_like(y), np.ones_like(y))
    assert baseline.level == pytest.approx(7, rel=0.02)
    assert baseline.factors == pytest.approx(1, abs=0.02)
    assert baseline.expected(np.array([0, 5]), np.ones((10, 2))) == pytest.approx(7, rel=0.03)


def test_an_exposure_is_an_offset():
    busy = np.where(np.arange(120) >= 110, 3.0, 1.0)
    y = np.random.default_rng(2).poisson(8 * busy, (20, 120))
    assert detect_surges(y, days=7).open.any()
    assert not detect_surges(y, exposure=busy, days=7).open.any()


def test_busy_weekends_of_the_phone_are_no_alarm_but_a_busy_weekday_is():
    days = np.arange(126)
    shape = np.where(days % 7 >= 5, 2.2, 0.6)
    chance = np.random.default_rng(3)
    phone, mail = chance.poisson(9 * shape, (8, 126)), chance.poisson(9, (8, 126))
    y, groups = np.vstack([phone, mail]), np.repeat([0, 1], 8)
    quiet = detect_surges(y, groups=groups, days=42)
    assert quiet.open.mean() < 0.012
    assert not quiet.open[:, (np.arange(42) + quiet.first) % 7 >= 5].all(1).any()
    y[0, 121] = 20  # a Wednesday with a Saturday's count
    assert detect_surges(y, groups=groups, days=7).open[0, 121 - 119]
    assert not detect_surges(y, groups=groups, days=7).open[1, 121 - 119]


def test_an_old_outbreak_in_the_past_hides_no_new_one():
    y = steady()
    y[0, 80:86] += 60
    clean = detect_surges(steady(), days=1)
    seen = detect_surges(y, days=1)
    assert seen.expected[0, 0] == pytest.approx(clean.expected[0, 0], rel=0.25)


def test_an_alarm_opens_once_and_closes_after_two_quiet_days():
    y = steady()
    y[4, 105:109] += 25
    seen = detect_surges(y, days=20)
    row = seen.open[4]
    first = int(row.argmax())
    assert first + seen.first in (105, 106)
    assert np.diff(row.astype(int)).tolist().count(1) == 1
    assert not row[-5:].any()
    assert set(seen.began[4][row]) == {int(seen.began[4][first])}


def test_a_surge_shows_what_was_expected_and_since_when():
    y = steady(days=112)
    y[3, -3:] += 30
    y[5, -1] += 14
    names = [f"problem {n}" for n in range(20)]
    seen = detect_surges(y, days=14)
    first, second = top_surges(seen, names)
    assert (first.name, second.name) == ("problem 3", "problem 5")
    assert first.first_day == 109
    assert first.observed == y[3, -3:].sum()
    assert first.expected == pytest.approx(18, abs=4)
    assert 0 < first.sure < first.excess
    assert first.sentence.zh.startswith("problem 3：")
    assert f"{first.observed} reports" in first.sentence.en
    weights = [1.0] * 20
    weights[5] = 50.0
    assert top_surges(seen, names, weights=weights, most=1)[0].name == "problem 5"


def test_a_new_problem_is_measured_by_the_fleet():
    chance = np.random.default_rng(5)
    y = chance.poisson(3, (30, 100))
    y[0, :97], y[0, 97:] = 0, [4, 30, 45]
    y[1, :97], y[1, 97:] = 0, [2, 3, 4]
    seen = detect_surges(y, days=10)
    found = top_surges(seen, [str(n) for n in range(30)])
    assert [(one.name, one.kind) for one in found] == [("0", "emerging")]
    assert "新出现" in found[0].sentence.zh


def test_nothing_surges_where_nothing_happens():
    assert top_surges(detect_surges(np.zeros((4, 60)), days=5), list("abcd")) == []
    assert top_surges(detect_surges(np.zeros((4, 1)), days=5), list("abcd")) == []


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_series_changes_nothing(seed):
    chance = np.random.default_rng(seed)
    y, groups = chance.poisson(5, (12, 60)), chance.integers(0, 3, 12)
    order = chance.permutation(12)
    a, b = detect_surges(y, groups=groups, days=4), detect_surges(y[order], groups=groups[order], days=4)
    assert b.p == pytest.approx(a.p[order], rel=1e-9)
    assert (b.open == a.open[order]).all()


def test_p_is_not_too_small_where_nothing_happens():
    chance = np.random.default_rng(9)
    size = 10.0
    y = chance.negative_binomial(size, size / (size + 8.0), (150, 200))
    p = detect_surges(y, days=60).p
    assert (p < 0.01).mean() < 0.02
    assert (p < 0.001).mean() < 0.003
