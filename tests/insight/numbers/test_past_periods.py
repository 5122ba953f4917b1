"""A period against its own past."""

import numpy as np
import pytest

from bihuan.core.text import Text
from bihuan.insight.scenario_detection import against_past, count_leaves, with_exposure


def period(**cells):
    """Leaves over an exposure, written {"Android_V31": (orders, reports)}."""
    pairs = [name.split("_") for name in cells]
    ill = {
        d: [pair[i] for pair, (_, k) in zip(pairs, cells.values(), strict=True) for _ in range(k)]
        for i, d in enumerate(("system", "version"))
    }
    orders = {
        "system": [a for a, _ in pairs],
        "version": [b for _, b in pairs],
        "orders": [n for n, _ in cells.values()],
    }
    hits = np.ones(len(ill["system"]), dtype=bool)
    return with_exposure(count_leaves(ill, ["system", "version"], hits), orders, "orders", Text("订单", "orders"))


LAST = {"Android_V31": (100_000, 40), "iOS_V31": (60_000, 25), "PC_W1": (5_000, 50)}


def test_a_level_that_was_always_high_is_no_news():
    found = against_past(period(**LAST), [period(**LAST)] * 3)
    assert found.scenarios == []


def test_a_new_version_is_measured_by_what_its_system_did():
    now = period(Android_V31=(60_000, 24), Android_V32=(40_000, 90), iOS_V31=(60_000, 25), PC_W1=(5_000, 50))
    found = against_past(now, [period(**LAST)] * 3, own=["system"])
    first = found.ranked[0]
    assert set(first.conditions) <= {("system", "Android"), ("version", "V32")}
    assert ("version", "V32") in first.conditions
    assert first in found.scenarios
    assert first.expected == pytest.approx(40_000 * 40 / 100_000, rel=0.1)
    assert all(("system", "PC") not in one.conditions for one in found.scenarios)


def test_an_earlier_incident_teaches_nothing():
    calm, loud = period(**LAST), period(Android_V31=(100_000, 900), iOS_V31=(60_000, 25), PC_W1=(5_000, 50))
    now = period(Android_V31=(100_000, 200), iOS_V31=(60_000, 25), PC_W1=(5_000, 50))
    found = against_past(now, [calm, loud, calm])
    assert ("system", "Android") in found.scenarios[0].conditions
    assert found.scenarios[0].expected == pytest.approx(40, rel=0.1)


def test_two_causes_stand_among_the_first_ranks():
    now = period(Android_V31=(100_000, 300), iOS_V31=(60_000, 25), PC_W1=(5_000, 180))
    ranked = [dict(one.conditions) for one in against_past(now, [period(**LAST)] * 2).ranked]
    assert any(one.get("system") == "Android" for one in ranked[:2])
    assert any(one.get("system") == "PC" for one in ranked[:2])


def moved(usual, times):
    """What is ranked where leaves moved this many times what they had in three periods before; {"Android_V31": reports}."""
    past = period(**{name: (1000 * k, k) for name, k in usual.items()})
    now = period(**{name: (1000 * k, round(k * times.get(name, 1))) for name, k in usual.items()})
    return [dict(one.conditions) for one in against_past(now, [past] * 3).ranked]


def test_a_slice_that_moved_as_a_whole_is_not_narrowed_to_the_part_that_moved_most():
    usual = {"Android_V31": 400, "Android_V32": 200, "iOS_V31": 900, "iOS_V32": 500}
    assert moved(usual, {"Android_V31": 3, "Android_V32": 12})[0] == {"system": "Android"}


def test_a_slice_is_narrowed_where_the_little_rest_of_it_stayed_as_usual():
    usual = {"Android_V31": 12, "Android_V32": 150, "iOS_V31": 900, "iOS_V32": 500}
    assert moved(usual, {"Android_V32": 12})[0] == {"system": "Android", "version": "V32"}


def test_a_large_leaf_that_strayed_a_little_does_not_outvote_many_that_doubled():
    usual = {f"{system}_V{n}": 20 for n in range(10) for system in ("Android", "iOS", "PC")} | {"iOS_V0": 3000}
    assert moved(usual, {"iOS_V0": 1.3} | {f"Android_V{n}": 2 for n in range(10)})[0] == {"system": "Android"}


def test_a_past_is_needed():
    with pytest.raises(ValueError, match="past"):
        against_past(period(**LAST), [])
