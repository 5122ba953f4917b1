"""The verdict on a measure: by hand, and as often wrong as it says (small; the whole is in `bihuan bench`)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from bihuan.insight.effect_estimation import (
    estimate_effect,
    needed_for_change,
    needed_for_target,
    reached_share,
)
from bihuan.insight.intervals import share_below


def flat(before, after, events, days=28):
    """Daily hits that add up, the same every day."""
    return np.repeat([before, after], days), np.full(2 * days, events)


def test_the_change_against_the_rest_is_a_ratio_of_ratios():
    hits, events = flat(10, 5, 1000)
    rest, all_events = flat(40, 30, 4000)
    found = estimate_effect(hits, after=28, events=events, control_hits=rest, control_events=all_events)
    assert found.ratio == pytest.approx((5 / 10) / (30 / 40))
    assert found.verdict == "improved"
    assert (found.rate_before, found.rate_after) == (0.01, 0.005)
    # Days that do not vary leave the counting error: 1/280 + 1/140 + 1/1120 + 1/840 in log units.
    half = stats.t.ppf(0.975, 54) * np.sqrt(1 / 280 + 1 / 140 + 1 / 1120 + 1 / 840)
    assert np.log(found.interval.high / found.ratio) == pytest.approx(half, rel=0.01)


def test_four_verdicts():
    rest, all_events = flat(40, 40, 4000)

    def verdict(before, after, target=None, **more):
        hits, events = flat(before, after, 1000)
        return estimate_effect(
            hits, after=28, events=events, control_hits=rest, control_events=all_events, target=target, **more
        )

    assert verdict(10, 1, 0.002).verdict == "fixed"
    improved = verdict(10, 4, 0.0042)
    assert (improved.verdict, improved.target_shown, improved.missing) == ("improved", False, "target")
    assert verdict(10, 10).verdict == "unchanged"
    assert verdict(10, 16).verdict == "worse"
    assert "变差" in verdict(10, 16).sentence.zh


def test_a_season_is_not_taken_for_success():
    hits, events = flat(20, 14, 1000)
    rest, all_events = flat(80, 56, 4000)
    assert estimate_effect(hits, after=28, events=events).verdict == "improved"
    assert "季节" in estimate_effect(hits, after=28, events=events).sentence.zh
    assert (
        estimate_effect(hits, after=28, events=events, control_hits=rest, control_events=all_events).verdict
        == "unchanged"
    )


def test_fewer_orders_are_not_taken_for_success():
    hits, events = np.repeat([20, 12], 28), np.repeat([1000, 600], 28)
    assert estimate_effect(hits, after=28).verdict == "improved"
    assert estimate_effect(hits, after=28, events=events).verdict == "unchanged"


def test_none_at_all_after_the_measure_gets_a_verdict_too():
    hits, events = flat(2, 0, 1000)
    rest, all_events = flat(40, 40, 4000)
    found = estimate_effect(hits, after=28, events=events, control_hits=rest, control_events=all_events, target=0.0005)
    assert found.verdict == "fixed"
    assert found.rate_after == 0
    assert np.isfinite(found.interval.high)


def test_two_totals_are_compared_by_chance_alone():
    found = estimate_effect([50, 12], after=1, events=[1000, 1000], target=0.02)
    half = stats.norm.ppf(0.975) * np.sqrt(0.95 / 50 + 0.988 / 12)
    assert found.ratio == pytest.approx(0.24)
    assert np.log(found.interval.high / found.ratio) == pytest.approx(half, rel=1e-4)
    assert found.verdict == "fixed"
    assert estimate_effect([50, 16], after=1, events=[1000, 1000], target=0.02).verdict == "improved"


def test_washout_days_do_not_count():
    hits, events = np.repeat([10, 10, 2], [28, 7, 21]), np.full(56, 1000)
    assert estimate_effect(hits, after=28, events=events, washout=7).ratio == pytest.approx(0.2)


def test_daily_looks_need_more():
    hits, events = flat(10, 7, 1000, days=14)
    once, daily = (estimate_effect(hits, after=14, events=events, looks=looks) for looks in ("once", "daily"))
    assert daily.interval.high > once.interval.high
    assert daily.p > once.p
    with pytest.raises(ValueError, match="looks"):
        estimate_effect(hits, after=14, looks="hourly")


def test_an_empty_period_is_refused():
    with pytest.raises(ValueError, match="period"):
        estimate_effect([1, 2, 3], after=3)


def test_gates_and_plans_agree():
    assert reached_share(0, 299, 0.01)
    assert not reached_share(0, 298, 0.01)
    events = needed_for_target(0.004, 0.01)
    allowed = max(k for k in range(40) if reached_share(k, events, 0.01))
    assert stats.binom.cdf(allowed, events, 0.004) >= 0.8
    # One failure fewer would have needed fewer events, and left less than the power wanted.
    assert stats.binom.cdf(allowed - 1, share_below(0.01, allowed - 1), 0.004) < 0.8
    assert needed_for_target(0.01, 0.01) is None
    assert needed_for_change(0.05, 10_000, 0.05) is None
    assert needed_for_change(0.05, 20, 0.045) is None


def test_more_needed_is_given_with_its_reason():
    hits, events = np.repeat([10, 8], [28, 3]), np.full(31, 1000)
    found = estimate_effect(hits, after=28, events=events)
    assert (found.verdict, found.missing) == ("unchanged", "change")
    assert found.more_needed > 0
    assert f"{found.more_needed:,}" in found.sentence.zh
    assert f"{found.more_needed:,}" in found.sentence.en


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=10, max_size=30), st.integers(3, 7), st.randoms())
def test_the_order_of_days_within_a_period_changes_nothing(hits, after, chance):
    before, later = hits[:after], hits[after:]
    if not sum(before) or not sum(later):
        return
    one = estimate_effect(hits, after=after)
    chance.shuffle(before)
    chance.shuffle(later)
    other = estimate_effect(before + later, after=after)
    assert other.interval == pytest.approx(one.interval)
    assert other.verdict == one.verdict


def test_a_measure_without_effect_is_called_one_rarely():
    chance = np.random.default_rng(12)
    wrong = 0
    for _ in range(300):
        drift = np.exp(-0.012 * np.arange(56)) * chance.gamma(
            16, 1 / 16, 56
        )  # a falling season with shared day effects
        hits = chance.poisson(8 * drift)
        rest = chance.poisson(30 * drift)
        wrong += estimate_effect(hits, after=28, control_hits=rest).verdict != "unchanged"
    assert wrong / 300 <= 0.08
