"""A run over the database: problems, what surges, where it happens; a person's word binds it, and a stop changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyarrow as pa
import pytest

from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.feedback.conditions import SCENARIO_COLUMNS
from bihuan.feedback.models import Feedback
from bihuan.findings import analysis_runs, feedback_frame
from bihuan.findings.models import Finding, Member, Problem, Run
from bihuan.web.finding_views import drilled
from tests.domain.feedback.feedback_samples import make_feedback

pytestmark = pytest.mark.django_db

ENDS = ("今天又来了", "第二次遇到", "客户在催", "请尽快处理", "麻烦看看", "急", "影响收款", "一直没人管")


def feedback_items(cast: Any, text: str, count: int, start: int = 0, back: int = 0, **more: Any) -> list[Feedback]:
    """The same problem in other words by ``count`` customers, spread over the ``back`` days before now."""
    return [
        make_feedback(
            cast, f"{text}，{ENDS[n % len(ENDS)]}", f"c{start + n}",
            received_at=clock.now() - timedelta(days=n * back / max(count, 1)), **more,
        )
        for n in range(count)
    ]  # fmt: skip


PAY, WHITE = "付款的时候一直转圈最后提示支付失败", "升级以后打开对账单页面就白屏什么都看不到"


def run(by: Any) -> Run:
    one = analysis_runs.start(by=by)
    one.carry_out(analysis_runs.analyse)
    one.refresh_from_db()
    return one


def problem_of(feedback: Feedback) -> Problem:
    return Member.objects.get(feedback=feedback).problem


def test_a_problem_is_quoted_by_feedback_items_of_different_people_in_different_words(cast: Any):
    pay = feedback_items(cast, PAY, 6)
    twice = make_feedback(cast, f"{PAY}，{ENDS[0]}", "c0")
    run(cast["chen"])
    quoted = [one for pk in problem_of(pay[0]).quotes for one in (*pay, twice) if one.pk == pk]
    assert len(quoted) == 3
    assert len({one.customer_id for one in quoted}) == len({one.text for one in quoted}) == 3


def test_feedback_items_that_tell_the_same_become_one_problem(cast: Any):
    pay, white = feedback_items(cast, PAY, 6), feedback_items(cast, WHITE, 5, start=50)
    alone = make_feedback(cast, "发票抬头写错了想重开一张", "z")
    done = run(cast["chen"])
    assert (done.status, done.rows, done.step) == ("done", 12, "saving")
    assert {problem_of(v).pk for v in pay} == {problem_of(pay[0]).pk}
    assert {problem_of(v).pk for v in white} == {problem_of(white[0]).pk}
    assert problem_of(pay[0]) != problem_of(white[0])
    assert not Member.objects.filter(feedback=alone).exists()
    assert (problem_of(pay[0]).size, problem_of(pay[0]).scope) == (6, "general")
    assert problem_of(pay[0]).keywords
    assert done.quality["ungrouped"] == 1
    assert all(name in done.methods["grouping"] for name in ("problems/", "short-space/", "log-odds-words/")), (
        "each method that took part is kept with its version"
    )
    assert problem_of(pay[0]).method in done.methods["grouping"]


def test_a_second_run_keeps_numbers_and_adds_what_is_new(cast: Any):
    pay = feedback_items(cast, PAY, 5)
    run(cast["chen"])
    number = problem_of(pay[0]).number
    late = feedback_items(cast, PAY, 2, start=90)
    run(cast["chen"])
    assert {problem_of(v).number for v in [*pay, *late]} == {number}
    assert Problem.objects.count() == 1


def test_a_persons_decision_binds_the_run(cast: Any):
    pay = feedback_items(cast, PAY, 6)
    run(cast["chen"])
    problem = problem_of(pay[0])
    problem.rename(by=cast["chen"], title="收银台支付失败")
    problem.exclude(pay[0], by=cast["chen"], reason="说的是退款")
    apart = problem.split(pay[1:3], by=cast["chen"], title="另一件事", reason="两件事")
    run(cast["chen"])
    problem.refresh_from_db()
    assert problem.title == "收银台支付失败"
    assert not Member.objects.filter(feedback=pay[0], problem=problem).exists()
    assert {problem_of(v).pk for v in pay[1:3]} == {apart.pk}
    assert {problem_of(v).pk for v in pay[3:]} == {problem.pk}


def test_what_was_set_aside_is_not_found_again(cast: Any):
    pay = feedback_items(cast, PAY, 5)
    run(cast["chen"])
    problem_of(pay[0]).dismiss(by=cast["chen"], reason="活动期间的测试")
    run(cast["chen"])
    assert not Problem.objects.active().exists()


def test_a_scenario_is_stored_and_its_rows_are_those_of_the_list(cast: Any):
    pay = feedback_items(cast, PAY, 16, app_version="V3.2", system="Android")
    feedback_items(cast, PAY, 14, start=20, app_version="V3.2", system="iOS")
    feedback_items(cast, PAY, 4, start=40, app_version="V3.1", system="iOS")
    for at, system in enumerate(("Android", "iOS")):
        feedback_items(cast, WHITE, 15, start=100 + 50 * at, app_version="V3.1", system=system)
    run(cast["chen"])
    scenarios = [
        one for one in Finding.objects.current() if one.kind == "scenario" and one.problem == problem_of(pay[0])
    ]
    assert scenarios, "the planted version is not found"
    first = scenarios[0]
    assert "V3.2" in first.zh
    assert "V3.2" in first.en
    shown = drilled([first], cast["chen"])[0]
    hits = next(row["value"] for row in first.figures["rows"] if row["en"] == "Feedback items in it")
    assert f"{shown['count']} / " in hits


def test_a_surge_says_since_when(cast: Any, at: Any):
    at("2026-11-20 15:00")
    feedback_items(cast, WHITE, 40, back=60)
    feedback_items(cast, PAY, 30, start=100, back=60)
    feedback_items(cast, PAY, 25, start=200, back=1)
    run(cast["chen"])
    surges = [one for one in Finding.objects.current() if one.kind == "surge"]
    assert len(surges) == 1
    days = {row["en"]: row["value"] for row in surges[0].figures["rows"]}
    assert days["First day"] >= "2026-11-18"
    assert "25" in surges[0].zh or "26" in surges[0].zh


def test_nothing_unusual_says_nothing(cast: Any):
    feedback_items(cast, PAY, 20, back=60, app_version="V3.2")
    feedback_items(cast, WHITE, 20, start=50, back=60, app_version="V3.2")
    run(cast["chen"])
    assert list(Finding.objects.current()) == []


def test_where_nobody_has_spoken_yet_a_run_finds_nothing_and_ends(cast: Any):
    done = run(cast["chen"])
    assert (done.status, done.rows, done.findings.count()) == ("done", 0, 0)


def test_a_cancelled_run_changes_nothing(cast: Any):
    pay = feedback_items(cast, PAY, 5)
    first = run(cast["chen"])
    feedback_items(cast, WHITE, 5, start=50)
    second = analysis_runs.start(by=cast["chen"])
    Run.objects.filter(pk=second.pk).update(cancel_requested=True)
    second.carry_out(analysis_runs.analyse)
    second.refresh_from_db()
    assert second.status == "cancelled"
    assert Run.objects.last_done() == first
    assert Problem.objects.count() == 1
    assert problem_of(pay[0]).size == 5


def test_a_queued_run_is_cancelled_at_once_and_one_is_asked_at_a_time(cast: Any):
    one = analysis_runs.start(by=cast["chen"])
    assert analysis_runs.start(by=cast["xu"]) == one
    one.cancel(by=cast["chen"])
    one.refresh_from_db()
    assert one.status == "cancelled"


def test_a_run_left_alone_is_gone_on_with_and_one_at_work_is_not_taken_twice(cast: Any, at: Any):
    at("2026-11-20 10:00")
    one = Run.ask(by=cast["chen"])
    assert one.claim()
    assert not Run.objects.get(pk=one.pk).claim()
    assert analysis_runs.wake() == 0
    at("2026-11-20 10:02")
    assert analysis_runs.wake() == 1
    assert Run.objects.get(pk=one.pk).carry_out(analysis_runs.analyse)
    assert Run.objects.get(pk=one.pk).status == "done"


@pytest.mark.parametrize(("hour", "expected"), [(2, True), (14, False)])
def test_it_runs_by_itself_once_a_night(cast: Any, at: Any, hour: int, expected: bool):
    at(f"2026-11-20 {hour:02d}:00")
    assert analysis_runs.nightly() is expected
    assert not analysis_runs.nightly()


def test_what_is_invalid_or_says_nothing_is_not_read(cast: Any):
    feedback_items(cast, PAY, 2)
    make_feedback(cast, "测试测试123", "t")
    make_feedback(cast, WHITE, "v").void(by=cast["chen"], reason="测试")
    read = feedback_frame.read()
    assert (len(read), read.noise) == (2, 1)


def test_columns_are_coded_once_for_all_scans(cast: Any):
    feedback_items(cast, PAY, 4, product="青禾商城")
    table = feedback_frame.read().table
    for name in ("customer", *SCENARIO_COLUMNS):
        assert pa.types.is_dictionary(table[name].type), name
    assert table["product"].to_pylist() == ["青禾商城"] * 4


def test_a_batch_stands_out_beside_the_other_batches_of_its_product(cast: Any):
    """Nobody knows how many of each were sold, so as many are taken to have been."""
    for at, (batch, many) in enumerate((("B2501", 6), ("B2502", 6), ("B2503", 30), ("B2504", 6))):
        feedback_items(cast, PAY, many, start=100 * at, product="云阅平板", batch=batch, problem_type="defect")
    feedback_items(cast, WHITE, 6, start=900, product="青禾商城", problem_type="service")
    done = run(cast["chen"])
    batches = list(Finding.objects.filter(run=done, kind="scenario", explained_by=None))
    assert [one.problem_type for one in batches] == ["defect"]
    assert all("B2503" in one.zh for one in batches[0].explains.all())
    assert (
        "B2503：产品功能缺陷 30 条，按各批次卖得一样多（没有各批销量）、照其余部分的水平应有约 6.0 条，是 5.0 倍"
        in batches[0].zh
    )
    assert (
        "B2503, Product defect: 30 rows where the rest leads to expect about 6.0 had as many been sold" in batches[0].en
    )
    assert {row["en"] for row in batches[0].figures["rows"]} >= {
        "Expected by the rest, had as many been sold of every batch (their sales are not known)"
    }


def test_the_system_can_ask_too(cast: Any):
    assert analysis_runs.start(by=Actor.system()).by == Actor.system()
