"""Intervals against numbers worked by hand or printed in the papers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bihuan.insight import intervals


def test_wilson_of_nothing_in_ten_is_z_squared_over_n_plus_z_squared():
    low, high = intervals.wilson(0, 10)
    assert low == 0
    assert high == pytest.approx(1.959964**2 / (10 + 1.959964**2), abs=1e-6)
    assert intervals.wilson(0, 0) == (0, 1)


def test_clopper_pearson_of_nothing_is_the_root_of_the_level():
    assert intervals.clopper_pearson(0, 20).high == pytest.approx(1 - 0.025 ** (1 / 20))
    assert intervals.clopper_pearson(20, 20).low == pytest.approx(0.025 ** (1 / 20))
    assert intervals.poisson(0).high == pytest.approx(-np.log(0.025))


@pytest.mark.parametrize(("failures", "events"), [(0, 299), (1, 473), (2, 628), (3, 773), (5, 1049), (10, 1693)])
def test_so_many_events_show_a_rate_below_one_percent(failures, events):
    assert intervals.share_below(0.01, failures) == events
    assert stats.binom.cdf(failures, events, 0.01) <= 0.05 < stats.binom.cdf(failures, events - 1, 0.01)


def test_a_target_is_a_share():
    with pytest.raises(ValueError, match="target"):
        intervals.share_below(1, 0)


def test_q_values_of_a_worked_row():
    # Sorted p·m/rank: .01·4/1, .02·4/2, .03·4/3, .5·4/4; each the smallest of those from it upwards.
    q = intervals.q_values([0.03, 0.5, 0.01, 0.02])
    assert q == pytest.approx([0.04, 0.5, 0.04, 0.04])
    assert np.isnan(intervals.q_values([np.nan, 0.2])[0])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.randoms())
def test_q_values_follow_their_rows_and_never_fall_below_p(p, chance):
    q = dict(zip(p, intervals.q_values(p), strict=True))
    mixed = list(p)
    chance.shuffle(mixed)
    assert dict(zip(mixed, intervals.q_values(mixed), strict=True)) == pytest.approx(q)
    assert all(q[one] >= one * (1 - 1e-12) for one in p)
    assert [q[one] for one in sorted(q)] == sorted(q.values())


@given(st.integers(0, 200), st.integers(0, 200))
def test_intervals_hold_their_estimate_and_narrow_with_more_data(hits, misses):
    n = hits + misses
    if not n:
        return
    for kind in (intervals.wilson, intervals.jeffreys, intervals.clopper_pearson):
        low, high = kind(hits, n)
        assert 0 <= low <= hits / n + 1e-12
        assert hits / n <= high + 1e-12 <= 1 + 1e-9
        wide_low, wide_high = kind(10 * hits, 10 * n)
        assert wide_high - wide_low < high - low


@pytest.mark.parametrize("share", [0.01, 0.05, 0.3])
def test_exact_coverage_at_three_hundred(share):
    """Summed over all outcomes, not drawn: Clopper-Pearson never below its level, Wilson and Jeffreys near it."""
    chance = stats.binom.pmf(np.arange(301), 300, share)

    def covered(kind):
        return sum(c for k, c in enumerate(chance) if kind(k, 300)[0] <= share <= kind(k, 300)[1])

    assert covered(intervals.clopper_pearson) >= 0.95
    assert covered(intervals.wilson) == pytest.approx(0.95, abs=0.025)
    assert covered(intervals.jeffreys) == pytest.approx(0.95, abs=0.035)
