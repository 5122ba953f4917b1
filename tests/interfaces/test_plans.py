"""The plan's pages, as whole requests."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bihuan.cases.models import Case
from bihuan.demo.sample_plans import diagnose, write_plan
from bihuan.diagnosis.models import Cause
from bihuan.plans.models import Approval, Confirmation, Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: dict[str, Any]) -> Case:
    return diagnose(cast, "高峰期订单提交卡住")


@pytest.fixture
def plan(case: Case, cast: dict[str, Any]) -> Plan:
    return write_plan(case, cast, budget=Decimal("100000.01"), start=date(2026, 11, 23), finish=date(2027, 1, 29))


def text(answer: Any) -> str:
    return str(answer.content.decode())


OPTION = {"name": "扩容", "content": "加机器", "feasibility": 4, "resource": 3, "satisfaction": 5}


def test_an_engineer_writes_a_plan_from_the_page_and_submits_it(as_: Any, case: Case, cast: dict[str, Any]):
    client, home = as_("zhou"), f"/cases/{case.pk}/plan/"
    assert "起草方案" in text(client.get(home))
    client.post(f"{home}draft/")
    plan = Plan.objects.get()
    assert plan.lead == cast["sun"], "a technical case is led by the technical lead"
    refused = client.post(f"{home}submit/", follow=True, headers={"referer": f"http://testserver{home}"})
    assert "方案还缺" in text(refused)
    content = {
        "seen": plan.version, "problem": "卡顿", "acceptance": "低于 1%", "lead": cast["sun"].pk, "start": "2026-11-23",
        "finish": "2027-01-29", "budget": "38000", "effort_days": "30", "reviewers": [cast["gao"].pk, cast["tang"].pk],
    }  # fmt: skip
    assert client.post(f"{home}content/", content).status_code == 302
    client.post(f"{home}goals/", {"metric": "失败率", "baseline": "5", "op": "lt", "target": "1", "unit": "%"})
    client.post(f"{home}options/", OPTION)
    client.post(f"{home}options/{plan.options.get().pk}/choose/", {"reason": "见效快"})
    root = Cause.objects.get(level="root")
    measure = {
        "horizon": "long",
        "content": "改造连接",
        "cause": root.pk,
        "owner": cast["zhou"].pk,
        "due_text": "2 months",
    }
    client.post(f"{home}measures/", measure)
    assert plan.measures.get().due == date(2027, 1, 25), (
        "two months from the start end on Saturday 23 January and move on"
    )
    client.post(f"{home}resources/", {"kind": "people", "detail": "两人四周"})
    assert client.post(f"{home}submit/").status_code == 302
    plan.refresh_from_db()
    assert plan.status == "reviewing"
    assert "高远、唐毅" in text(client.get(home))


def test_a_goal_without_figures_comes_back_with_what_was_typed(as_: Any, plan: Plan):
    answer = as_("zhou").post(f"/cases/{plan.case.pk}/plan/goals/", {"metric": "体验更好", "op": "lt"})
    assert answer.status_code == 422
    assert "目标要有数字" in text(answer)
    assert "体验更好" in text(answer)


def test_a_fourth_option_is_refused_with_a_friendly_sentence(as_: Any, plan: Plan):
    client, home = as_("zhou"), f"/cases/{plan.case.pk}/plan/"
    assert client.post(f"{home}options/", OPTION).status_code == 302
    answer = client.post(f"{home}options/", OPTION | {"name": "第四个"})
    assert answer.status_code == 422
    assert "最多比较三个备选方案" in text(answer)
    assert plan.options.count() == 3


def test_the_page_says_what_no_measure_answers(as_: Any, plan: Plan):
    plan.measures.update(cause=None)
    assert "根因没有对应的措施" in text(as_("zhou").get(f"/cases/{plan.case.pk}/plan/"))


def test_the_whole_way_by_pages_from_review_to_work(as_: Any, plan: Plan, cast: dict[str, Any]):
    home = f"/cases/{plan.case.pk}/plan/"
    as_("zhou").post(f"{home}submit/")
    vote = {
        "version_number": 1,
        "step": "review",
        "resource_verdict": "enough",
        "risk_verdict": "low",
        "opinion": "同意",
    }
    for who in ("gao", "tang"):
        assert plan.number in text(as_(who).get("/approvals/"))
        assert as_(who).post(f"/approvals/{plan.pk}/", vote | {"decision": "agree"}).status_code == 302
        assert plan.number not in text(as_(who).get("/approvals/"))
        assert plan.number in text(as_(who).get("/approvals/?view=decided"))
    page = text(as_("fang").get(f"/approvals/{plan.pk}/"))
    for expected in ("¥100,000.01", "壹拾万元零壹分", "延误订单", "扩容加改造", "须会议决议"):
        assert expected in page
    as_("fang").post(f"/approvals/{plan.pk}/", {"version_number": 1, "step": "approve", "decision": "agree"})
    refused = as_("fang").post(f"/approvals/{plan.pk}/", {"version_number": 1, "step": "resolve", "decision": "agree"})
    assert refused.status_code == 422
    as_("fang").post(
        f"/approvals/{plan.pk}/",
        {"version_number": 1, "step": "resolve", "decision": "agree", "resolution": "会纪 18 号"},
    )
    plan.refresh_from_db()
    assert plan.status == "approved"
    lin = as_("lin")
    made = lin.post(
        f"{home}confirmation/",
        {"summary": "先扩容再改造", "finish": "2027-01-29", "todo": "给一个测试账号\n\n"},
        follow=True,
    )
    link = re.search(r'value="http://testserver(/confirm/[^"]+)"', text(made))
    assert link
    assert link[1] not in text(lin.get(home)), "the address is shown once"
    as_("zhou").post(f"/cases/{plan.case.pk}/tasks/start/")
    assert Plan.objects.get().status == "approved", "no work before the customer's word"
    guest = as_("guo")
    guest.logout()
    assert "给一个测试账号" in text(guest.get(link[1]))
    assert guest.post(link[1], {"name": "王经理", "answer": "agree"}).status_code == 302
    assert "您已同意" in text(guest.get(link[1]))
    as_("zhou").post(f"/cases/{plan.case.pk}/tasks/start/")
    assert (Plan.objects.get().status, Case.objects.get().status) == ("executing", "executing")


def test_the_author_is_shown_why_they_may_not_decide(as_: Any, plan: Plan, cast: dict[str, Any]):
    plan.write({"lead": cast["gao"]}, by=cast["zhou"], seen=plan.version)
    plan.submit(by=cast["zhou"])
    assert "不能审批自己编写" in text(as_("gao").get(f"/approvals/{plan.pk}/"))
    vote = {
        "version_number": 1,
        "step": "review",
        "resource_verdict": "enough",
        "risk_verdict": "low",
        "decision": "agree",
    }
    assert as_("gao").post(f"/approvals/{plan.pk}/", vote).status_code == 422
    assert not Approval.objects.exists()


def test_a_person_without_the_right_cannot_waive(as_: Any, plan: Plan):
    home = f"/cases/{plan.case.pk}/plan/"
    assert as_("lin").post(f"{home}confirmation/waive/", {"reason": "急"}).status_code == 403
    assert not Confirmation.objects.exists()


def test_the_sheet_prints_the_seven_columns(as_: Any, plan: Plan):
    page = text(as_("lin").get(f"/cases/{plan.case.pk}/plan/sheet/"))
    for title in ("问题描述", "优化目标", "具体措施", "负责人", "开始时间", "完成时间", "验收标准"):
        assert f"<th>{title}</th>" in page
    english = text(as_("lin", "en").get(f"/cases/{plan.case.pk}/plan/sheet/"))
    assert "下单失败率 5% → below 1%" in english


@pytest.mark.parametrize("rows", [2, 20])
def test_the_approvals_page_costs_the_same_whatever_its_length(
    as_: Any, cast: dict[str, Any], plan: Plan, rows: int, django_assert_num_queries: Any
):
    plan.submit(by=cast["zhou"])
    for n in range(rows):
        other = Plan.objects.create(
            number=f"FA-{n}", case=plan.case, round=n + 5, author=cast["zhou"], kind="solution", status="reviewing"
        )
        other.reviewers.add(cast["gao"])
    client = as_("gao")
    with django_assert_num_queries(4):
        client.get("/approvals/")


@pytest.mark.parametrize("count", [2, 30])
def test_the_plan_page_costs_the_same_whatever_its_measures(
    as_: Any, cast: dict[str, Any], plan: Plan, count: int, django_assert_max_num_queries: Any
):
    root = Cause.objects.get(level="root")
    for n in range(count):
        plan.measures.create(
            seq=n + 9, horizon="short", content=str(n), owner=cast["wu"], cause=root, due=date(2027, 1, 4)
        )
    client = as_("zhou")
    with django_assert_max_num_queries(50):
        client.get(f"/cases/{plan.case.pk}/plan/")
