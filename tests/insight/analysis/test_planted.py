"""The command over the demo export: what was planted is reported with its numbers and nothing else, and numbers lead to rows."""

import re

import pytest

from .demo_report import demo_report
from .schema import faults
from .sheets import read_report

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def run(shared):
    """(folder, rows, summary, report) of one run over the export with both its exposures and the two measures taken."""
    out = demo_report(shared / "demo_export")
    return out, *read_report(out)


def own(summary):
    return [one for one in summary["scenarios"] if one["explained_by"] is None]


def test_the_three_planted_scenarios_stand_and_no_other(run):
    _, _, summary, report = run
    assert faults(summary) == []
    version, batch, region = own(summary)
    assert (version["key"], dict(version["conditions"])) == ("payment", {"system": "Android", "version": "V3.2.0"})
    assert version["denominator"] == "支付笔数"
    assert (batch["key"], dict(batch["conditions"])) == ("defect", {"batch": "B2505"})
    place = dict(region["conditions"])
    assert (region["key"], place.pop("province")) == ("delivery", "浙江")
    assert "2025-07-12" <= place["since"] <= "2025-07-19" <= place["until"] <= "2025-08-01"
    for one in (version, batch, region):
        low, high = one["interval"]
        assert 1.6 < low < one["ratio"] < high
        assert one["sentence"]["zh"] in re.sub("<[^>]+>", "", report)


def test_what_only_comes_along_is_explained(run):
    _, _, summary, report = run
    for one in summary["scenarios"]:
        if one["explained_by"] is not None:
            assert summary["scenarios"][one["explained_by"]]["explained_by"] is None
    (system,) = summary["confounded"]
    assert (system["column"], system["key"], system["explained_by"]) == ("system", "iOS", "云旅酒店")
    assert system["sentence"]["zh"] in report


def test_one_measure_worked_and_one_did_not(run):
    cold, service = run[2]["effects"]
    assert (cold["verdict"], cold["denominator"], cold["controlled"]) == ("improved", "订单数", True)
    assert cold["interval"][0] < 0.426 < cold["interval"][1]  # the planted rate ratio
    assert (service["verdict"], service["denominator"]) == ("unchanged", "订单数")
    assert service["interval"][0] < 0.976 < service["interval"][1]


def test_the_telephone_alone_has_weekends_and_neither_day_nor_week_is_called_out_of_the_usual(run):
    _, _, summary, _ = run
    weekend = [one for one in summary["trends"] if one["kind"] == "weekend"]
    assert [one["key"] for one in weekend] == ["phone"]
    assert weekend[0]["low"] <= 0.3177 / 0.1741 <= weekend[0]["high"]
    assert summary["surges"] == []
    assert not any(one["beyond_chance"] for one in summary["trends"] if one["kind"] == "week")


def test_each_number_of_a_scenario_leads_to_as_many_rows(run):
    out, _, summary, report = run
    for one in summary["scenarios"]:
        found = re.findall(rf'href="(report_rows/[0-9]+[.]html)">{one["rows"]:,}</a>', report)
        assert any((out / href).read_text("utf-8").count("<tr><td") == min(one["rows"], 200) for href in found), one[
            "sentence"
        ]


def test_most_rows_say_what_they_are_about(run):
    shares = {one["key"]: one["share"] for one in run[2]["problem_types"]}
    assert shares["other"] < 0.3
    assert {"praise", "question"} < set(shares)
