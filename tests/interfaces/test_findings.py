"""Findings on the page: what is found, taught, and made a case of; each number opens the rows it counts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pytest_django.asserts import assertInHTML

from bihuan.audit.models import Actor
from bihuan.cases.models import Case
from bihuan.diagnosis.models import Analysis, Evidence
from bihuan.feedback.models import Feedback
from bihuan.findings.models import Finding, Problem, Run
from tests.domain.feedback.feedback_samples import make_feedback
from tests.domain.findings.problem_samples import PAYING, WHITE, make_feedback_items, make_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def problem(cast: Any) -> Problem:
    return make_problem(make_feedback_items(cast, PAYING, product="收银台", app_version="V3.2"))


def make_finding(problem: Problem) -> Finding:
    run = Run.objects.create(by=Actor.system(), status="done", ended_at=problem.created_at, rows=9)
    return Finding.objects.create(
        run=run, kind="scenario", rank=1, problem=problem, method="ratio-scan/1",
        zh="收银台 V3.2:占支付失败的 80%", en="Till V3.2: 80 % of payment failures",
        query={"problem": str(problem.pk)}, figures={"rows": [{"zh": "占比", "en": "Share", "value": "80 %"}]},
    )  # fmt: skip


def test_nothing_analysed_yet_says_what_to_do(as_: Any):
    page = as_("chen").get("/findings/").content.decode()
    assert "还没有分析过" in page
    assert "现在分析" in page


def test_the_count_of_a_problem_is_that_of_its_list(as_: Any, problem: Problem):
    client = as_("chen")
    page = client.get("/findings/")
    assert page.context["seen"] == {problem.pk: (3, 3)}
    address = re.search(rf'href="(/feedback/\?problem={problem.pk})"', page.content.decode())
    assert address
    assert client.get(address[1]).context["list"].counts["all"] == 3


def test_a_person_counts_the_feedback_items_they_may_see(cast: Any, as_: Any):
    mine = make_feedback(cast, PAYING[0], "a")
    other = make_feedback(cast, PAYING[1], "b", by=cast["zhou"], team=cast["zhou"].team)
    assert mine.team != other.team
    one = make_problem([mine, other])
    assert as_("chen").get(f"/problems/{one.pk}/").context["total"] == 1
    assert as_("xu").get(f"/problems/{one.pk}/").context["total"] == 2


def test_a_finding_stands_in_both_languages_with_its_rows_behind(as_: Any, problem: Problem):
    make_finding(problem)
    assert "占支付失败的 80%" in as_("chen").get("/findings/").content.decode()
    page = as_("chen", "en").get("/findings/")
    assert "80 % of payment failures" in page.content.decode()
    assert page.context["scenarios"][0]["count"] == 3


@pytest.mark.parametrize(
    ("address", "given", "status"),
    [
        ("confirm/", {}, "confirmed"),
        ("dismiss/", {"reason": "活动好评"}, "dismissed"),
    ],
)
def test_teaching_by_one_act(as_: Any, problem: Problem, address: str, given: dict[str, str], status: str):
    assert as_("chen").post(f"/problems/{problem.pk}/{address}", given).status_code == 302
    problem.refresh_from_db()
    assert problem.status == status


def test_renaming_and_a_name_too_short(as_: Any, problem: Problem):
    client, address = as_("chen"), f"/problems/{problem.pk}/rename/"
    assert client.post(address, {"title": "支付超时", "seen": problem.version}).status_code == 302
    assert client.post(address, {"title": "", "seen": problem.version + 1}).status_code == 422
    assert Problem.objects.get().title == "支付超时"


def test_merging_by_number_and_an_unknown_number(cast: Any, as_: Any, problem: Problem):
    other = make_problem(make_feedback_items(cast, WHITE), "白屏")
    client, address = as_("chen"), f"/problems/{other.pk}/merge/"
    assert client.post(address, {"into": "GX-0", "reason": "一样"}).status_code == 422
    answer = client.post(address, {"into": problem.number.lower(), "reason": "一样的"})
    assert answer["Location"] == f"/problems/{problem.pk}/"
    assert client.get(f"/problems/{other.pk}/")["Location"] == f"/problems/{problem.pk}/"


def test_splitting_the_ticked_ones_and_ticking_none(cast: Any, as_: Any):
    feedback_items = make_feedback_items(cast, PAYING + WHITE)
    one = make_problem(feedback_items)
    client, address = as_("chen"), f"/problems/{one.pk}/split/"
    refused = client.post(address, {"reason": "两件事", "title": "白屏"})
    assert refused.status_code == 422
    assert "请选择要分出的一部分反馈" in refused.content.decode()
    client.post(address, {"feedback": [v.pk for v in feedback_items[3:]], "reason": "两件事", "title": "白屏"})
    assert Problem.objects.get(title="白屏").size == 2


def test_a_feedback_item_is_put_in_by_number_and_taken_out_with_a_reason(cast: Any, as_: Any, problem: Problem):
    feedback, client = make_feedback(cast, WHITE[0], "x"), as_("chen")
    assert client.post(f"/problems/{problem.pk}/feedback/", {"number": "KF-0"}).status_code == 422
    client.post(f"/problems/{problem.pk}/feedback/", {"number": feedback.number})
    assert problem.members.count() == 4
    removal = f"/problems/{problem.pk}/feedback/{feedback.pk}/remove/"
    assert client.post(removal, {"reason": ""}).status_code == 422
    client.post(removal, {"reason": "说的是白屏"})
    assert problem.members.count() == 3


def test_the_page_quotes_what_stands_for_many_as_long_as_it_belongs_to_the_problem(
    cast: Any, as_: Any, problem: Problem
):
    first, second, _ = Feedback.objects.order_by("pk")
    Problem.objects.filter(pk=problem.pk).update(quotes=[second.pk, first.pk])
    page = as_("chen").get(f"/problems/{problem.pk}/")
    assert page.context["quotes"] == [second, first]
    assertInHTML(f"<blockquote>{second.excerpt}</blockquote>", page.content.decode())
    problem.exclude(second, by=cast["chen"], reason="说的是别的事")
    assert as_("chen").get(f"/problems/{problem.pk}/").context["quotes"] == [first]


def test_a_case_opened_from_a_problem_holds_its_feedback_items_and_belongs_to_no_single_customer(
    as_: Any, problem: Problem
):
    answer = as_("chen").post(f"/problems/{problem.pk}/case/", {"title": "支付失败", "kind": "problem"})
    case = Case.objects.get()
    assert answer["Location"] == f"/cases/{case.pk}/"
    assert (case.links.count(), case.customer, case.affected_customers) == (3, None, 3)
    assert set(Feedback.objects.values_list("status", flat=True)) == {"linked"}
    again = as_("chen").post(f"/problems/{problem.pk}/case/", {"title": "支付失败", "kind": "problem"})
    assert again.status_code == 422
    assert Case.objects.count() == 1


def test_later_feedback_items_join_the_case_that_is_there(cast: Any, as_: Any, problem: Problem):
    client = as_("chen")
    client.post(f"/problems/{problem.pk}/case/", {"title": "支付失败", "kind": "problem"})
    case = Case.objects.get()
    problem.add(make_feedback(cast, PAYING[0], "late"), by=cast["chen"])
    page = client.get(f"/problems/{problem.pk}/case/")
    assert [(c.pk, c.held) for c in page.context["cases"]] == [(case.pk, 3)]
    client.post(f"/problems/{problem.pk}/case/", {"case": case.pk})
    assert case.links.count() == 4


def test_a_finding_becomes_evidence_on_the_fishbone(cast: Any, as_: Any, problem: Problem):
    client, finding = as_("chen"), make_finding(problem)
    client.post(f"/problems/{problem.pk}/case/", {"title": "支付失败", "kind": "problem"})
    case = Case.objects.get()
    assert "80%" in client.get(f"/cases/{case.pk}/diagnosis/").content.decode()
    address = f"/cases/{case.pk}/diagnosis/findings/"
    assert client.post(address, {"finding": finding.pk, "dimension": "technology"}).status_code == 422
    client.post(address, {"finding": finding.pk, "dimension": "technology", "text": "V3.2 的支付接口"})
    evidence = Evidence.objects.get()
    assert evidence.cause.analysis == Analysis.of(case)
    assert evidence.text.startswith("收银台 V3.2:占支付失败的 80% (ratio-scan/1")
    client.post(address, {"finding": finding.pk, "dimension": "technology", "cause": evidence.cause.pk})
    assert evidence.cause.evidence.count() == 2


def test_the_list_costs_the_same_whatever_its_length(cast: Any, as_: Any, django_assert_max_num_queries: Any):
    client = as_("chen")
    counts = []
    for size in (2, 25):
        for n in range(size):
            make_problem([make_feedback(cast, f"第 {size} 组 {n}", f"c{size}-{n}")], f"问题 {size}-{n}")
        with django_assert_max_num_queries(12) as caught:
            client.get("/problems/")
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_counting_what_findings_speak_of_costs_one_query_however_many(
    as_: Any, problem: Problem, django_assert_max_num_queries: Any
):
    client, first = as_("chen"), make_finding(problem)
    counts = []
    for more in (0, 40):
        for n in range(more):
            query = [{"problem": str(problem.pk)}, {"product_is": "收银台"}, {"seems": "defect"}][n % 3]
            Finding.objects.create(
                run=first.run, kind="scenario", rank=n + 2, zh=f"{n}", en=f"{n}", method="t/1", query=query
            )
        with django_assert_max_num_queries(20) as caught:
            page = client.get("/findings/")
        counts.append(len(caught))
    assert counts[0] == counts[1]
    assert {one["count"] for one in page.context["scenarios"] if "problem" in one["finding"].query} == {3}
    for one in page.context["scenarios"]:
        assert one["count"] == client.get(one["href"]).context["list"].counts["all"], one["href"]


def test_an_agent_has_no_findings(as_: Any, problem: Problem):
    assert as_("lin").get("/findings/").status_code == 403
    assert as_("lin").get(f"/problems/{problem.pk}/").status_code == 403
