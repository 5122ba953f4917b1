"""The bench's invented worlds are what they say, the same for the same seed; its rivals do what their names say."""

import numpy as np

from bench.engine.steps.surges import _best, _starts
from bench.engine.worlds import daily, measures, rivals, slices
from bihuan.insight.scenario_detection import count_leaves, find_scenarios


def test_slices_are_planted_as_written():
    world, again = slices.draw(1, 8000, (4, 15), many=2), slices.draw(1, 8000, (4, 15), many=2)
    assert world.truth == again.truth
    assert (world.hits == again.hits).all()
    assert [len(np.unique(c)) <= size for c, size in zip(world.rows.values(), slices.SIZES, strict=True)] == [True] * 9
    for one in world.truth:
        inside = np.all([world.rows[name] == value for name, value in one], axis=0)
        assert slices.SMALLEST <= inside.mean() <= slices.LARGEST
        assert world.hits[inside].mean() > 2 * world.hits.mean() or inside.mean() > 0.1


def test_a_planted_slice_is_found_and_one_dimension_at_a_time_is_not_enough():
    world = next(
        w for seed in range(2, 60) if max(map(len, (w := slices.draw(seed, 20_000, (8, 15), many=1)).truth)) == 2
    )
    found = {
        frozenset(one.conditions)
        for one in find_scenarios(count_leaves(world.rows, list(world.rows), world.hits)).scenarios
    }
    assert found == world.truth
    assert not rivals.chi_square(world.rows, world.hits) & world.truth


def test_surges_lie_after_the_quiet_start():
    world = daily.draw(3)
    assert (world.counts == daily.draw(3).counts).all()
    assert len(world.surges) == daily.SURGES
    assert all(daily.WARM <= first <= last < daily.DAYS for _, first, last in world.surges)
    series, first, last = world.surges[0]
    assert world.counts[series, first : last + 1].mean() > world.counts[series, first - 28 : first].mean()


def test_an_alarm_is_counted_once_until_it_was_quiet():
    score = np.array([[0, 5, 5, 1, 5, 0, 0, 5.0]])
    assert _starts(score, 4, 2).astype(int).tolist() == [[0, 1, 0, 0, 0, 0, 0, 1]]
    perfect = np.zeros((daily.SERIES, daily.DAYS - daily.WARM))
    world = daily.draw(4)
    for series, start, last in world.surges:
        perfect[series, start - daily.WARM : last - daily.WARM + 1] = 9 + np.arange(last - start + 1)
    assert _best(perfect, world, 1.0).recall == 1


def test_rolling_z_by_hand():
    counts = np.array([[2.0, 4.0] * 14 + [9.0]])
    assert rivals.rolling_z(counts, 28)[0, 0] == 6  # mean 3, deviation 1


def test_measures_multiply_the_rate():
    chance = np.random.default_rng(1)
    days = [measures.draw(chance, "calm", ratio=0.5) for _ in range(60)]
    before = sum(d.hits[: measures.BEFORE].sum() for d in days) / sum(d.events[: measures.BEFORE].sum() for d in days)
    after = sum(d.hits[measures.BEFORE :].sum() for d in days) / sum(d.events[measures.BEFORE :].sum() for d in days)
    assert abs(after / before - 0.5) < 0.03
    drift = measures.draw(chance, "drift")
    assert rivals.before_after(drift) < 0.5
