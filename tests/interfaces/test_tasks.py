"""The pages of tasks and daily progress, as whole requests."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bihuan.cases.models import Case
from bihuan.cases.models.communication import Communication
from bihuan.demo.sample_followups import case_in_progress
from bihuan.execution.models import Progress, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(at: Any, cast: dict[str, Any]) -> Case:
    at("2026-11-23 10:00")
    return case_in_progress(cast, "高峰期订单提交卡住")


@pytest.fixture
def task(case: Case) -> Task:
    return Task.objects.present(case).get(owner__username="wu")


def test_a_day_of_an_engineer_is_one_tap_a_task(as_: Any, task: Task, at: Any):
    client = as_("wu")
    assert "开始" in client.get("/tasks/").content.decode()
    client.post(f"/tasks/{task.pk}/start/")
    at("2026-11-24 09:00")
    page = client.get("/tasks/?view=today").content.decode()
    assert task.content in page
    assert "照计划进行" in page
    answer = client.post(f"/tasks/{task.pk}/report/", headers={"referer": "http://testserver/tasks/?view=today"})
    assert answer["Location"].endswith("/tasks/?view=today")
    assert "今天都更新过了" in client.get("/tasks/?view=today").content.decode()
    assert Progress.objects.get(task=task).as_planned


def test_a_written_entry_keeps_problem_and_adjustment_and_a_refused_one_keeps_what_was_typed(as_: Any, task: Task):
    client, address = as_("wu"), f"/tasks/{task.pk}/report/"
    late = client.post(address, {"with_words": "1", "adjustment": "改到晚上做"})
    assert late.status_code == 422
    assert "改到晚上做" in late.content.decode()
    client.post(address, {"with_words": "1", "problem": "缺内存", "adjustment": "先用备件", "percent": "40"})
    page_text = client.get(f"/cases/{task.case_id}/tasks/").content.decode()
    for expected in ("缺内存", "先用备件", "40%"):
        assert expected in page_text


def test_blocked_needs_a_reason_and_reaches_the_supervisors_list(as_: Any, task: Task):
    client = as_("wu")
    assert client.post(f"/tasks/{task.pk}/block/", {"block-reason": ""}).status_code == 422
    client.post(f"/tasks/{task.pk}/block/", {"block-reason": "等机房腾机位"})
    page = as_("chen").get("/tasks/?whose=all&view=blocked").content.decode()
    assert "等机房腾机位" in page
    assert "吴倩" in page
    assert "黄灯" in as_("chen").get(f"/cases/{task.case_id}/tasks/").content.decode()


def test_a_later_date_asks_why_and_offers_the_customers_notice(as_: Any, task: Task):
    client, address = as_("wu"), f"/tasks/{task.pk}/due/"
    assert client.post(address, {"due": "2026-12-01", "seen": task.version}).status_code == 422
    moved = client.post(address, {"due": "2026-12-01", "reason": "服务器晚到", "seen": task.version})
    assert moved["Location"] == f"/tasks/{task.pk}/notice/"
    offered = client.get(moved["Location"]).content.decode()
    assert "预计完成时间调整为 2026-12-01" in offered
    client.post(moved["Location"], {"channel": "phone", "content": "改到 12 月 1 日完成"})
    assert Communication.objects.get(kind="delay").content == "改到 12 月 1 日完成"


def test_the_last_task_done_leads_to_the_followup(as_: Any, case: Case):
    client = as_("chen")
    for one in Task.objects.present(case):
        page = client.post(f"/tasks/{one.pk}/complete/", follow=True).content.decode()
    assert "转入回访" in page
    assert Case.objects.get(pk=case.pk).status == "following_up"


def test_a_task_is_added_and_handed_over_from_the_pages(as_: Any, case: Case, cast: dict[str, Any]):
    client = as_("sun")
    form = {"content": "观察一周", "owner": cast["liu"].pk, "due": "2026-12-04", "milestone": "on"}
    assert client.post(f"/cases/{case.pk}/tasks/new/", form).status_code == 302
    made = Task.objects.get(content="观察一周")
    assert "观察一周" in as_("liu").get("/tasks/").content.decode()
    client.post(f"/tasks/{made.pk}/owner/", {"owner": cast["wu"].pk})
    assert Task.objects.get(pk=made.pk).owner == cast["wu"]
    assert client.post(f"/cases/{case.pk}/tasks/new/", {"content": "没有负责人"}).status_code == 422


def test_another_teams_task_is_not_there(as_: Any, task: Task):
    client = as_("zhao")
    assert client.get(f"/tasks/{task.pk}/").status_code == 404
    assert client.post(f"/tasks/{task.pk}/complete/").status_code == 404
    assert client.get(f"/cases/{task.case_id}/tasks/").status_code == 404


@pytest.mark.once
@pytest.mark.parametrize("address", ["/tasks/?whose=all", "/cases/{case}/tasks/"])
def test_a_list_costs_the_same_with_20_and_200_tasks(
    address: str, as_: Any, case: Case, cast: dict[str, Any], django_assert_max_num_queries: Any
):
    client, counts = as_("sun"), []
    for more in (20, 180):
        for n in range(more):
            made = Task.add(case, by=cast["sun"], content=f"步骤{n}", owner=cast["wu"], due=date(2026, 12, 4))
            made.report(by=cast["wu"], done="做了一半")
        with django_assert_max_num_queries(30) as spent:
            assert client.get(address.format(case=case.pk)).status_code == 200
        counts.append(len(spent))
    assert counts[0] == counts[1]


def test_the_pages_read_in_english(as_: Any, task: Task):
    client = as_("wu", "en")
    assert "Going as planned" in client.get("/tasks/").content.decode()
    assert "Ledger of the work" in client.get(f"/cases/{task.case_id}/tasks/").content.decode()
    assert "Mark blocked" in client.get(f"/tasks/{task.pk}/").content.decode()


def test_the_list_is_exported_with_deviation_in_days(as_: Any, task: Task):
    text = b"".join(as_("wu").get("/tasks/?export=csv").streaming_content).decode()
    assert "偏差（天）" in text
    assert task.number in text
