"""Planted scenarios are reported in sentences, nothing else is, and every number leads to its rows."""

import csv
import random
import re
from datetime import date, timedelta

import openpyxl
import pytest

from bihuan.insight.analysis.exposure_files import read_exposures
from bihuan.insight.analysis.measures import read_measures
from bihuan.insight.cli import main
from bihuan.insight.sheets import Unreadable

from .schema import faults
from .sheets import analyze

HEADS = ["编号", "反馈时间", "渠道", "客户编号", "产品", "版本", "系统", "地区", "问题描述"]
FIRST = date(2026, 3, 2)
WEEKS = 16
PAY, LATE = (
    ("付款失败，一直提示支付失败", "支付失败了，钱扣了订单没有成功"),
    ("快递三天了还没送到，物流不更新", "包裹一直没送到，物流停了"),
)


def rows(seed: int, planted: bool) -> list[list[str]]:
    """Sixteen weeks of two problems; planted: payment fails on Android V2.0.0, and late parcels are halved from week 8 on."""
    chance = random.Random(seed)
    made: list[list[str]] = []
    for day in range(7 * WEEKS):
        for system in ("Android", "iOS"):
            for version in ("V1.0.0", "V2.0.0"):
                often = 4 if planted and (system, version) == ("Android", "V2.0.0") else 1
                made += [_row(chance, day, system, version, PAY) for _ in range(chance.randrange(2) * often)]
                late = 0.25 if planted and day >= 56 else 0.9
                made += [_row(chance, day, system, version, LATE) for _ in range(2) if chance.random() < late]
    return [[f"F{at:05d}", *line] for at, line in enumerate(made)]


def _row(chance: random.Random, day: int, system: str, version: str, texts: tuple[str, ...]) -> list[str]:
    when = f"{FIRST + timedelta(days=day)} 1{chance.randrange(10)}:00"
    words = f"{chance.choice(texts)}，{chance.choice(('请处理', '怎么办', '等了很久', '第二次了'))}"
    return [
        when,
        chance.choice(("电话", "App")),
        f"C{chance.randrange(100000)}",
        "商城",
        version,
        system,
        chance.choice(("广东", "浙江")),
        words,
    ]


def save(path, lines):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


@pytest.fixture
def exposure(tmp_path):
    lines = [[str(FIRST + timedelta(days=day)), system, version, "900", "100"] for day in range(7 * WEEKS)
             for system in ("Android", "iOS") for version in ("V1.0.0", "V2.0.0")]  # fmt: skip
    return save(tmp_path / "orders.csv", [["日期", "系统", "版本", "活跃用户数", "订单数"], *lines])


@pytest.fixture
def measures(tmp_path):
    lines = [["措施", "日期", "问题类型", "关键词"], ["换快递公司", str(FIRST + timedelta(days=56)), "物流配送", ""],
             ["客服话术", str(FIRST + timedelta(days=56)), "", "支付、付款"]]  # fmt: skip
    return save(tmp_path / "measures.csv", lines)


def test_planted_scenarios_are_reported_with_their_numbers_and_rows(tmp_path, exposure, measures):
    file = save(tmp_path / "a.csv", [HEADS, *rows(1, planted=True)])
    written, summary, report = analyze(tmp_path / "out", file, "--exposure", exposure, "--measures", measures)
    assert faults(summary) == []
    scenario = summary["scenarios"][0]
    assert sorted(scenario["conditions"]) == [["system", "Android"], ["version", "V2.0.0"]]
    low, high = scenario["interval"]
    assert 1 < low < scenario["ratio"] < high
    inside = [row for row in written if (row["system"], row["version"]) == ("Android", "V2.0.0")]
    assert scenario["rows"] <= len(inside)
    assert "Android V2.0.0" in report
    assert scenario["sentence"]["zh"] in re.sub("<[^>]+>", "", report)
    verdicts = {effect["measure"]: effect for effect in summary["effects"]}
    assert verdicts["换快递公司"]["verdict"] == "improved"
    assert verdicts["换快递公司"]["ratio"] < 0.6
    assert verdicts["换快递公司"]["denominator"] == "订单数"
    assert verdicts["换快递公司"]["controlled"]
    book = openpyxl.load_workbook(tmp_path / "out" / "report.xlsx")
    assert {str(one.page_setup.fitToHeight) for one in book} == {"0"}  # one page wide, as many long as it takes
    assert all(one.print_title_rows == "$1:$1" for one in book)
    sheet = book["发现"]
    assert (scenario["rows"], scenario["sentence"]["zh"]) in [(row[1].value, row[2].value) for row in sheet]
    ids = {problem["id"] for problem in summary["problems"]}
    assert ids <= {row["problem_id"] for row in written}
    assert all(sum(row["problem_id"] == one["id"] for row in written) == one["rows"] for one in summary["problems"])


def test_a_measure_that_shows_nothing_yet_says_what_it_takes_and_how_to_name_it_narrowly(tmp_path, exposure):
    day = str(FIRST + timedelta(days=7 * 14))
    plan = save(tmp_path / "m.csv", [["措施", "日期", "问题类型"], ["换快递公司", day, "物流配送"]])
    made = [
        line for line in rows(1, planted=False) if not (line[1] >= day and "快递" in line[-1] and int(line[0][1:]) % 3)
    ]
    file = save(tmp_path / "a.csv", [HEADS, *made])
    for more, zh, en in (
        ((), "周才能", "more weeks to show"),
        (("--exposure", exposure), "周（订单数再有 ", " orders) to show"),
    ):
        _, summary, report = analyze(tmp_path / "out", file, "--measures", plan, *more)
        (one,) = summary["effects"]
        assert (one["verdict"], one["more_needed"] > 0) == ("unchanged", True)
        assert zh in one["sentence"]["zh"]
        assert en in one["sentence"]["en"]
        assert "请在措施表的“关键词”里写出" in report


def test_what_only_comes_along_is_marked_with_what_explains_it(tmp_path, exposure, measures):
    file = save(tmp_path / "a.csv", [HEADS, *rows(1, planted=True)])
    _, summary, report = analyze(tmp_path / "out", file, "--exposure", exposure)
    first, *others = summary["scenarios"]
    assert first["explained_by"] is None
    assert {one["explained_by"] for one in others} == {0}
    assert "由第 1 项解释" in report


def test_where_nothing_was_planted_nothing_is_claimed(tmp_path, exposure, measures):
    file = save(tmp_path / "a.csv", [HEADS, *rows(2, planted=False)])
    _, summary, report = analyze(tmp_path / "out", file, "--exposure", exposure, "--measures", measures)
    assert (summary["scenarios"], summary["confounded"], summary["surges"]) == ([], [], [])
    assert {effect["verdict"] for effect in summary["effects"]} == {"unchanged"}
    assert "没有哪种场景" in report


def test_days_far_above_the_usual_level_are_a_surge(tmp_path):
    chance = random.Random(4)
    late = [_row(chance, day, "iOS", "V1.0.0", LATE) for day in (50, 51, 52) for _ in range(14)]
    lines = [*(row[1:] for row in rows(2, planted=False)), *late]
    file = save(tmp_path / "a.csv", [HEADS, *([f"F{at:05d}", *line] for at, line in enumerate(lines))])
    _, summary, report = analyze(tmp_path / "out", file)
    surges = [one for one in summary["surges"] if one["key"] == "logistics.late"]
    assert [(one["first_day"] <= "2026-04-22" <= one["last_day"], one["open"]) for one in surges] == [(True, False)]
    assert surges[0]["observed"] >= 3 * 14
    assert f">{surges[0]['observed']}</a>" in report


def test_what_no_row_states_is_left_out_and_not_shown_as_none(tmp_path):
    """No customer, no date: no customers counted, nothing called individual, no empty column, no repeats that could not be seen."""
    bare = save(tmp_path / "bare.csv", [["问题描述"], *([f"{LATE[0]}，订单{at}"] for at in range(12)), ["测试"]])
    for lang, absent, present in (
        ("zh", ("重复反馈", "其中重复", ">客户<", "个别", "首次", "完整周走势"), "条没有实际内容"),
        ("en", ("Repeats of the same", "Of these repeats", ">Customers<", "Individual", "First seen", "Full weeks"), "</a> row says nothing"),
    ):  # fmt: skip
        _, _, report = analyze(tmp_path / lang, bare, "--lang", lang)
        assert [
            word
            for word in absent
            if word in report.partition("<h2>数据质量" if lang == "zh" else "<h2>Data quality")[0]
        ] == []
        assert present in report


def test_few_reports_are_never_a_surge_however_unlikely(tmp_path):
    chance = random.Random(4)
    bills = [_row(chance, day, "iOS", "V1.0.0", ("发票开错了抬头",)) for day in [*range(30), 100, 100, 100, 100]]
    lines = [*(row[1:] for row in rows(2, planted=False)), *bills]
    file = save(tmp_path / "a.csv", [HEADS, *([f"F{at:05d}", *line] for at, line in enumerate(lines))])
    _, summary, _ = analyze(tmp_path / "out", file)
    assert [one["sentence"]["en"] for one in summary["surges"] if one["last_day"] > "2026-06-01"] == []


def test_exposures_and_measures_are_read_as_written(exposure, measures):
    users, orders = read_exposures(exposure)
    assert (users.name.zh, orders.name.zh, orders.step, orders.amount.sum()) == (
        "活跃用户数",
        "订单数",
        1,
        7 * WEEKS * 400,
    )
    assert set(orders.dims) == {"system", "version"}
    one, two = read_measures(measures)
    assert (one.rows, two.rows) == ((("topic", "logistics"),), (("words", "支付 付款"),))


@pytest.mark.parametrize(
    "lines",
    [
        [["系统", "订单数"], ["iOS", "3"]],
        [["日期", "系统"], ["2026-03-02", "iOS"]],
        [["日期", "订单数"], ["去年", "3"]],
    ],
)
def test_an_unreadable_exposure_is_reported_before_anything_is_written(tmp_path, capsys, lines):
    bad = save(tmp_path / "bad.csv", lines)
    with pytest.raises(Unreadable):
        read_exposures(bad)
    file = save(tmp_path / "a.csv", [HEADS, *rows(3, planted=False)[:20]])
    assert main([str(file), "--out", str(tmp_path / "out"), "--exposure", str(bad)]) == 2
    assert "bad.csv" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
