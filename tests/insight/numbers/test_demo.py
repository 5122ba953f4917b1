"""The planted effects of the demo export are found, its confounder is not, and real incidents rank as they should."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bihuan.core.text import Text
from bihuan.insight.effect_estimation import estimate_effect
from bihuan.insight.scenario_detection import against_past, count_leaves, find_scenarios, with_exposure
from bihuan.insight.weekly_trends import seasons
from tests.insight.worlds.export import Export, export, orders, payments
from tests.insight.worlds.incidents import incidents

pytestmark = pytest.mark.data
DIMENSIONS = ("channel", "product", "category", "batch", "system", "version", "province", "customer_type")


@pytest.fixture
def folder(shared: Path) -> Path:
    return shared / "demo_export"


@pytest.fixture
def data(folder: Path) -> Export:
    return export(folder)


def first(found):
    return set(found.scenarios[0].conditions)


def test_the_bad_version_stands_first_by_payments_and_alone_within_its_system(data: Export, folder: Path):
    failed = data.rows["weak_topic"] == "支付失败"
    table = count_leaves(data.rows, ["system", "version"], failed, customer="customer_id")
    rates = with_exposure(table, payments(folder), "payments", Text("支付笔数", "payments"))
    assert first(find_scenarios(rates)) == {("system", "Android"), ("version", "V3.2.0")}
    (one,) = find_scenarios(rates, within=["system"]).scenarios
    assert dict(one.conditions) == {"system": "Android", "version": "V3.2.0"}
    assert (one.hits, one.all_hits) == (103, 236)


def test_the_bad_version_is_news_against_the_past_and_the_web_page_is_not(data: Export, folder: Path):
    """The web page always had more failures a payment: with its own past as the measure it is not named."""
    failed = data.rows["weak_topic"] == "支付失败"

    def weeks(start: str, end: str):
        days = (data.day >= data.on(start)) & (data.day <= data.on(end))
        table = count_leaves(data.among(days), ["system", "version"], failed[days], customer="customer_id")
        return with_exposure(table, payments(folder, start, end), "payments", Text("支付笔数", "payments"))

    past = [
        weeks(*span)
        for span in (("2025-04-14", "2025-04-27"), ("2025-04-28", "2025-05-11"), ("2025-05-12", "2025-05-25"))
    ]
    found = against_past(weeks("2025-06-09", "2025-06-22"), past, own=["system"])
    assert first(found) == {("system", "Android"), ("version", "V3.2.0")}
    assert all("PC网页" not in dict(one.conditions).values() for one in found.scenarios)


def test_region_and_batch_stand_first(data: Export):
    topic = data.rows["weak_topic"]
    window = (data.day >= data.on("2025-07-14")) & (data.day <= data.on("2025-07-27"))
    late = find_scenarios(
        count_leaves(data.among(window), DIMENSIONS, topic[window] == "物流配送"), within=["category"]
    )
    assert first(late) == {("province", "浙江")}
    bad = ((topic == "质量") | (topic == "软件系统")) & (data.rows["sentiment_label"] == "负面")
    batch = find_scenarios(count_leaves(data.rows, DIMENSIONS, bad), within=["category"])
    assert first(batch) == {("batch", "B2505")}
    assert [name for name, _ in batch.empty_fields] == ["batch"]


def test_the_system_that_only_comes_along_with_hotels_is_explained(data: Export):
    found = find_scenarios(count_leaves(data.rows, DIMENSIONS, data.rating == 1))
    assert all(("system", "iOS") not in one.conditions for one in found.scenarios)
    ios = next(r for r in found.related if (r.dimension, r.value) == ("system", "iOS"))
    assert "酒店" in str(found.scenarios[ios.explained_by].conditions)


def test_shuffled_labels_raise_no_alarm(data: Export):
    chance, failed = np.random.default_rng(3), data.rows["weak_topic"] == "支付失败"
    alarms = [
        bool(find_scenarios(count_leaves(data.rows, DIMENSIONS, chance.permutation(failed))).scenarios)
        for _ in range(8)
    ]
    assert sum(alarms) <= 1


def test_both_measures_get_the_right_verdict(data: Export, folder: Path):
    bought, topic, fruit = orders(folder, data.start), data.rows["weak_topic"], data.rows["category"] == "水果"
    every = np.sum(list(bought.values()), axis=0)
    bad = topic == "质量"
    cold = estimate_effect(
        data.daily(bad & fruit), after=data.on("2025-08-01"), events=bought["水果"],
        control_hits=data.daily(bad & ~fruit), control_events=every - bought["水果"],
    )  # fmt: skip
    assert cold.verdict == "improved"
    service, july = topic == "售后客服", data.on("2025-07-01")
    assert (
        estimate_effect(data.daily(service), after=july).verdict == "improved"
    )  # fewer orders, not fewer complaints an order
    rated = estimate_effect(
        data.daily(service), after=july, events=every, control_hits=data.daily(~service), control_events=every
    )
    assert rated.verdict == "unchanged"


def test_the_weekend_of_the_phone_is_reported_with_its_size(data: Export):
    names = sorted(set(data.rows["channel"]))
    counts = np.stack([data.daily(data.rows["channel"] == name) for name in names])
    top = seasons(counts, names, weekday=data.start.weekday()).found[0]
    assert top.name == "电话客服"
    assert top.interval.low <= 1.82 <= top.interval.high


def test_real_incidents_rank_as_measured(shared: Path):
    ranked = [
        ([frozenset(s.conditions) for s in against_past(i.now, i.past).ranked], i.causes)
        for i in incidents(shared / "rca")
    ]
    assert np.mean([bool(r) and r[0] in causes for r, causes in ranked]) >= 0.84
    assert np.mean([any(c in r[:5] for c in causes) for r, causes in ranked]) >= 0.96
