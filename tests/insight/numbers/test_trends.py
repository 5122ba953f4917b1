import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.insight.weekly_trends import change, seasons, weekly_scatter


def test_a_ratio_of_two_weeks_by_hand():
    one = change(60, 30)
    assert one.ratio == 2
    assert one.beyond_chance
    # About exp(ln 2 ± 1.96 √(1/60 + 1/30)).
    assert one.interval.low == pytest.approx(2 / np.exp(1.96 * np.sqrt(1 / 20)), rel=0.04)
    assert one.interval.high == pytest.approx(2 * np.exp(1.96 * np.sqrt(1 / 20)), rel=0.04)


def test_more_orders_explain_more_complaints():
    assert change(60, 30, exposure_now=2000, exposure_before=1000).ratio == 1
    assert not change(60, 30, exposure_now=2000, exposure_before=1000).beyond_chance


def test_scatter_widens():
    calm, wild = change(60, 30), change(60, 30, scatter=0.1)
    assert wild.interval.low < calm.interval.low < calm.interval.high < wild.interval.high
    assert wild.p > calm.p


def test_nothing_before_and_nothing_at_all():
    assert change(3, 0).ratio == float("inf")
    assert change(3, 0).interval.high == float("inf")
    assert change(0, 0).p == 1


@given(st.integers(0, 60), st.integers(0, 60))
def test_turned_round_it_is_the_inverse(a, b):
    one, other = change(a, b), change(b, a)
    assert one.p == pytest.approx(other.p, abs=1e-9)
    if a and b:
        assert one.interval.low * other.interval.high == pytest.approx(1, rel=1e-6)


def test_the_interval_covers_as_it_says():
    chance = np.random.default_rng(2)
    scatter, mean = 0.05, 40
    gamma = chance.gamma(1 / scatter, scatter, (4000, 2)) * mean
    pairs = chance.poisson(gamma * [1.3, 1.0])
    hits = sum(
        change(a, b, scatter=scatter).interval.low <= 1.3 <= change(a, b, scatter=scatter).interval.high
        for a, b in pairs
    )
    assert 0.935 <= hits / 4000 <= 0.975


def test_scatter_is_found_again():
    chance = np.random.default_rng(3)
    table = chance.poisson(chance.gamma(10, 0.1, (200, 20)) * 30)
    assert weekly_scatter(table) == pytest.approx(0.1, abs=0.02)
    assert weekly_scatter(np.full((3, 6), 9)) == 0


def test_a_phone_that_is_busy_on_weekends_is_named_with_its_size():
    chance = np.random.default_rng(4)
    days = np.arange(182)
    weekend = days % 7 >= 5
    phone, others = chance.poisson(np.where(weekend, 36, 18)), chance.poisson(np.where(weekend, 64, 82))
    found = seasons(np.vstack([phone, others]), ["电话", "其他"])
    assert found.p < 1e-6
    first = found.found[0]
    assert first.name == "电话"
    assert first.interval.low < 2.0 < first.interval.high
    assert first.ratio == pytest.approx(2.0, abs=0.15)
    assert "周末" in first.sentence.zh
    assert "weekend" in first.sentence.en


def test_a_promotion_on_all_channels_is_no_season():
    chance = np.random.default_rng(5)
    volume = chance.gamma(4, 0.25, 182) * np.where(np.arange(182) % 7 >= 5, 2, 1)
    y = chance.poisson(np.outer([20, 30, 50], volume))
    assert seasons(y, list("abc")).p > 0.001
    assert seasons(y[:, :10], list("abc")).found == []


def test_the_test_is_right_as_often_as_it_says():
    chance = np.random.default_rng(6)
    p = [seasons(chance.poisson(np.outer([4, 9, 15], chance.gamma(5, 0.2, 70))), list("abc")).p for _ in range(400)]
    assert np.mean(np.array(p) < 0.05) <= 0.08


def test_a_channel_that_only_loses_share_to_another_is_not_reported():
    """Weekends double the telephone's rows and leave the others as they are: their shares fall, which says nothing of them."""
    chance = np.random.default_rng(5)
    weekend = np.arange(182) % 7 >= 5
    phone = chance.poisson(np.where(weekend, 40, 20))
    counts = np.stack([phone, *(chance.poisson(20, 182) for _ in range(4))])
    assert [one.name for one in seasons(counts, ["phone", "a", "b", "c", "d"]).found] == ["phone"]
    also = np.where(weekend, counts[1] // 3, counts[1])
    found = seasons(np.stack([phone, also, *counts[2:]]), ["phone", "a", "b", "c", "d"]).found
    assert {one.name for one in found} == {"phone", "a"}
    assert found[1].besides == (found[0].name,)
