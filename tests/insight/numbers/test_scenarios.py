"""The scan on small tables whose numbers are worked by hand, and its rules on drawn ones."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from bihuan.core.text import Text
from bihuan.insight.scenario_detection import ALL_FEEDBACK, count_leaves, find_scenarios, mark_hits, with_exposure
from bihuan.insight.scenario_detection.cube import Cube
from bihuan.insight.scenario_detection.scan import Tables, ratio_gain, tail

PAY = Text("支付失败", "payment failures")


def rows(**counts):
    """Columns of rows written as {"Android V3.2": (rows, of which problems)}."""
    systems, versions, hits = [], [], []
    for name, (many, ill) in counts.items():
        system, version = name.split("_")
        systems += [system] * many
        versions += [version] * many
        hits += [True] * ill + [False] * (many - ill)
    customers = [f"c{n % 500}" for n in range(len(hits))]
    return {"system": systems, "version": versions, "customer": customers}, np.array(hits)


def planted():
    return rows(Android_V31=(300, 3), Android_V32=(220, 80), iOS_V31=(280, 8), iOS_V32=(200, 9))


def test_the_sentence_of_a_planted_version_holds_every_number():
    columns, hits = planted()
    found = find_scenarios(count_leaves(columns, ["system", "version"], hits, customer="customer"))
    (one,) = found.scenarios
    assert one.conditions == (("system", "Android"), ("version", "V32"))
    assert (one.hits, one.all_hits, one.base, one.all_base) == (80, 100, 220, 1000)
    assert (one.share, one.share_in_all) == (0.8, 0.22)
    assert one.ratio == pytest.approx(0.8 / 0.22)
    assert one.customers == 80
    assert one.sentence(PAY) == Text(
        "Android V32：占支付失败的 80 %（71–87），占全部反馈的 22 %，是应有的 3.6 倍；80 位客户",
        "Android V32: 80 % (71–87) of payment failures, 22 % of all feedback, 3.6 times what is expected; 80 customers",
    )
    shown = one.sentence(PAY, {("system", "Android"): Text("安卓", "Android phones")})
    assert shown.zh.startswith("安卓 V32：")
    assert shown.en.startswith("Android phones V32:")


def test_the_gain_is_the_log_likelihood_ratio():
    got = ratio_gain(Tables(np.array([80.0, 20.0]), np.array([220.0, 780.0]), 100.0, 1000.0), True)

    def likelihood(k, n):
        return special.xlogy(k, k / n) + special.xlogy(n - k, 1 - k / n)

    assert got[0] == pytest.approx(likelihood(80, 220) + likelihood(20, 780) - likelihood(100, 1000))
    assert got[1] == 0  # fewer than elsewhere
    rate = ratio_gain(Tables(np.array([80.0]), np.array([220.0]), 100.0, 1000.0), False)
    assert rate[0] == pytest.approx(80 * np.log(80 / 22) + 20 * np.log(20 / 78))


def test_the_tail_is_exact():
    assert tail(3, 4, 3, 8, True) == pytest.approx(4 / 56)  # all three in one half of eight: C(4,3) / C(8,3)
    assert tail(2, 1.0, 2, 4.0, False) == pytest.approx(1 / 16)  # both in a quarter


def test_every_cell_counts_what_a_filter_counts():
    chance = np.random.default_rng(3)
    codes = [chance.integers(0, size, 200) for size in (2, 3, 4, 1)]
    weights = chance.integers(0, 5, 200).astype(float)
    cube = Cube(codes, [2, 3, 4, 1], 3, [-1, 0, -1, -1])
    (sums,) = cube.sums([weights])
    assert cube.size == 2 + 3 + 4 + 6 + 8 + 12 + 24  # the dimension with one value says nothing
    for cell in range(cube.size):
        where = cube.where(cell)
        assert sums[cell] == weights[cube.inside(where)].sum()
        assert cube.allowed[cell] == all(c != (1, 0) for c in where)


def test_a_cuboid_too_large_to_keep_counts_the_same(monkeypatch):
    chance = np.random.default_rng(4)
    codes = [chance.integers(0, 9, 60) for _ in range(3)]
    whole = Cube(codes, [9, 9, 9], 3, [-1] * 3)
    (dense,) = whole.sums([None])
    monkeypatch.setattr("bihuan.insight.scenario_detection.cube.DENSE", 50)
    sparse = Cube(codes, [9, 9, 9], 3, [-1] * 3)
    (few,) = sparse.sums([None])
    assert {sparse.where(c): few[c] for c in range(sparse.size) if few[c]} == {
        whole.where(c): dense[c] for c in range(whole.size) if dense[c]
    }


def test_what_only_comes_along_is_explained_by_the_scenario():
    chance = np.random.default_rng(7)
    android = chance.random(6000) < 0.3
    new = chance.random(6000) < np.where(android, 0.7, 0.1)  # new users are mostly on Android
    ill = chance.random(6000) < np.where(android, 0.2, 0.02)  # and only the system matters
    table = count_leaves(
        {"system": np.where(android, "Android", "iOS"), "user": np.where(new, "new", "old")}, ["system", "user"], ill
    )
    found = find_scenarios(table)
    assert [one.conditions for one in found.scenarios] == [(("system", "Android"),)]
    along = {(r.dimension, r.value): r for r in found.related}
    assert along["user", "new"].explained_by == 0
    assert along["user", "new"].ratio > 1.5


def test_what_has_an_excess_of_its_own_is_not_explained_away():
    chance = np.random.default_rng(8)
    android, new = chance.random(8000) < 0.3, chance.random(8000) < 0.5
    ill = chance.random(8000) < 0.02 * np.where(android, 8, 1) * np.where(new, 1.45, 1)
    table = count_leaves(
        {"system": np.where(android, "Android", "iOS"), "user": np.where(new, "new", "old")}, ["system", "user"], ill
    )
    along = {r.value: r.explained_by for r in find_scenarios(table).related}
    assert along.get("new") is None
    assert find_scenarios(table).scenarios[0].conditions[0] == ("system", "Android")


def test_a_cause_inside_a_busy_product_is_found_as_well():
    columns, hits = rows(wallet_V1=(400, 40), wallet_V2=(100, 60), shop_V1=(1500, 0), shop_V2=(2000, 0))
    found = find_scenarios(count_leaves(columns, ["system", "version"], hits))
    assert {one.conditions for one in found.scenarios} == {
        (("system", "wallet"),),
        (("system", "wallet"), ("version", "V2")),
    }


def test_within_compares_a_system_with_itself():
    columns, hits = rows(PC_V1=(500, 100), PC_V2=(500, 100), App_V1=(1000, 20), App_V2=(1000, 90))
    table = count_leaves(columns, ["system", "version"], hits)
    assert find_scenarios(table).scenarios[0].conditions == (("system", "PC"),)
    (one,) = find_scenarios(table, within=["system"]).scenarios
    assert one.conditions == (("system", "App"), ("version", "V2"))
    assert one.expected == pytest.approx(55)
    assert one.ratio == pytest.approx(90 / 55)
    assert (one.usual, one.peers) == (pytest.approx(20), 110)
    assert one.times == pytest.approx(90 / 20)


def test_an_exposure_turns_shares_into_rates():
    columns, hits = rows(Android_V31=(50, 50), Android_V32=(50, 50), iOS_V31=(40, 40), Web_V9=(5, 5))
    orders = pa.table(
        {"system": ["Android", "Android", "iOS"], "version": ["V31", "V32", "V31"], "orders": [90_000, 10_000, 80_000]}
    )
    table = with_exposure(count_leaves(columns, ["system", "version"], hits), orders, "orders", Text("订单", "orders"))
    assert (table.unmatched, table.hits.sum(), table.base.sum()) == (5, 140, 180_000)
    found = find_scenarios(table)
    (one,) = found.scenarios
    assert one.conditions == (("version", "V32"),)
    assert one.expected == pytest.approx(140 / 18)
    assert one.usual == pytest.approx(10_000 * 90 / 170_000)
    assert one.times_interval.low < one.times < one.times_interval.high
    assert "应有约 5.3 条，是 9.4 倍" in one.rate(Text("V32", "V32"), PAY, Text("按订单", "by orders")).to("zh")
    assert "占订单的 5.6 %" in one.sentence(PAY).zh
    assert found.unmatched == 5
    assert ALL_FEEDBACK.en not in one.sentence(PAY).en


def test_without_evidence_it_says_so_and_how_much_is_missing():
    columns, hits = rows(Android_V31=(300, 12), Android_V32=(100, 9), iOS_V31=(300, 12), iOS_V32=(300, 12))
    columns["batch"] = [""] * 990 + ["B1"] * 10
    found = find_scenarios(count_leaves(columns, ["system", "version", "batch"], hits))
    assert found.scenarios == []
    assert [name for name, _ in found.empty_fields] == ["batch"]
    assert "不能解释" in found.note.zh
    assert "batch" in found.note.en
    assert found.hint.conditions == (("system", "Android"), ("version", "V32"))
    times = 1 + found.more_needed / 45
    assert (
        stats.hypergeom.sf(round(9 * times) - 1, round(1000 * times), round(45 * times), round(100 * times))
        * found.slices
        < 0.06
    )


def test_no_rows_and_no_reports_are_no_scenario():
    empty = {"system": [], "version": []}
    assert find_scenarios(count_leaves(empty, ["system", "version"], np.zeros(0, bool))).scenarios == []
    columns, hits = planted()
    assert find_scenarios(count_leaves(columns, ["system", "version"], np.zeros_like(hits))).scenarios == []
    assert find_scenarios(count_leaves(columns, ["system", "version"], np.ones_like(hits))).scenarios == []


def test_an_unknown_column_is_named():
    with pytest.raises(KeyError, match="colour"):
        count_leaves(pa.table({"system": ["a"]}), ["colour"], [True])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_order_and_a_constant_column_change_nothing(seed):
    chance = np.random.default_rng(seed)
    many = 400
    columns = {f"d{d}": chance.integers(0, 4, many).astype(str) for d in range(3)}
    hits = chance.random(many) < np.where((columns["d0"] == "1") & (columns["d1"] == "2"), 0.6, 0.05)
    columns["customer"] = chance.integers(0, 99, many).astype(str)
    plain = find_scenarios(count_leaves(columns, ["d0", "d1", "d2"], hits, customer="customer"))
    order = chance.permutation(many)
    mixed = {name: column[order] for name, column in columns.items()} | {"same": np.full(many, "x")}
    assert find_scenarios(count_leaves(mixed, ["d0", "d1", "d2", "same"], hits[order], customer="customer")) == plain


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_a_dimension_that_says_nothing_leaves_the_answer_alone(seed):
    columns, hits = planted()
    noise = np.random.default_rng(seed).integers(0, 5, len(hits)).astype(str)
    plain = find_scenarios(count_leaves(columns, ["system", "version"], hits))
    more = find_scenarios(count_leaves(columns | {"noise": noise}, ["system", "version", "noise"], hits))
    assert [s.conditions for s in more.scenarios][:1] == [s.conditions for s in plain.scenarios]


def test_shuffled_reports_raise_no_alarm():
    columns, hits = planted()
    table = pa.table({**columns, "region": [str(n % 31) for n in range(len(hits))]})
    chance = np.random.default_rng(11)
    alarms = sum(
        bool(find_scenarios(count_leaves(table, ["system", "version", "region"], chance.permutation(hits))).scenarios)
        for _ in range(100)
    )
    assert alarms <= 5


def test_many_problems_share_one_count_of_the_rows():
    columns, hits = planted()
    every = count_leaves(columns, ["system", "version"], np.ones(len(hits), dtype=bool), customer="customer")
    one, same = count_leaves(columns, ["system", "version"], hits, customer="customer"), mark_hits(every, hits)
    assert [getattr(one, name) for name in ("names", "values", "counted", "denominator")] == [
        getattr(same, name) for name in ("names", "values", "counted", "denominator")
    ]
    assert find_scenarios(one) == find_scenarios(same)


def test_a_system_that_knows_no_such_version_speaks_neither_for_nor_against_it():
    """Within their systems only Android's V2 is worse; that iOS's V2 is as its V1 must not make it "V2 anywhere"."""
    columns, _ = rows(Android_V1=(100, 0), Android_V2=(400, 0), iOS_V1=(100, 0), iOS_V2=(100, 0))
    hits = np.ones(len(columns["system"]), dtype=bool)
    table = count_leaves(columns, ["system", "version"], hits)
    even = {"system": ["Android"] * 2 + ["iOS"] * 2, "version": ["V1", "V2"] * 2, "amount": [100.0] * 4}
    found = find_scenarios(with_exposure(table, even, "amount", Text("用户", "users")), within=["system"])
    assert found.scenarios[0].conditions == (("system", "Android"), ("version", "V2"))
