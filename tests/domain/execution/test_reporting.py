"""The daily ledger, moved dates, and the light."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.audit import timeline
from bihuan.cases.models import Case, Communication
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.execution.case_tasks import awaiting_customer_update, delay_update_text, not_updated
from bihuan.execution.models import Progress, Task
from bihuan.execution.progress_light import light
from tests.domain.deadlines.questions import CN

pytestmark = pytest.mark.django_db
Cast = dict[str, Any]


def test_one_tap_is_one_entry_a_day(task: Task, cast: Cast, at: Any):
    task.begin(by=cast["wu"])
    assert task.report(by=cast["wu"]).as_planned
    assert task.report(by=cast["wu"]) is None
    at("2026-11-24 09:00")
    assert task.report(by=cast["wu"]) is not None
    assert Progress.objects.filter(task=task).count() == 2


def test_problem_and_adjustment_are_kept_apart(task: Task, cast: Cast):
    with pytest.raises(Refused):
        task.report(by=cast["wu"], adjustment="改到晚上做")
    entry = task.report(
        by=cast["wu"], done="装好一台", problem="第二台缺内存", adjustment="先用备件", help_needed="采购加急",
        next_step="明早换内存", percent=50, estimate=date(2026, 11, 27),
    )  # fmt: skip
    stored = Progress.objects.get(pk=entry.pk)
    assert (stored.problem, stored.adjustment, stored.percent) == ("第二台缺内存", "先用备件", 50)
    task.refresh_from_db()
    assert task.status == "doing", "an entry begins the task"
    assert (task.percent, task.estimate, task.due) == (50, date(2026, 11, 27), date(2026, 11, 26))


@pytest.mark.parametrize("percent", [-1, 101])
def test_progress_is_between_0_and_100(percent: int, task: Task, cast: Cast):
    with pytest.raises(Refused):
        task.report(by=cast["wu"], percent=percent)


def test_the_agent_following_the_case_may_write_an_entry_for_the_engineer(task: Task, cast: Cast):
    task.begin(by=cast["wu"])
    assert task.report(by=cast["lin"], done="下午两点已开通")
    with pytest.raises(Refused):
        task.report(by=cast["admin"], done="路过")


def test_not_updated_today_is_one_list_a_person_and_one_of_all(task: Task, cast: Cast, at: Any):
    task.begin(by=cast["wu"])
    assert not Task.objects.filter(not_updated(), owner=cast["wu"])
    at("2026-11-24 09:00")
    assert list(Task.objects.filter(not_updated(), owner=cast["wu"])) == [task]
    assert list(Task.objects.filter(not_updated(), owner=cast["chen"])) == []
    assert list(Task.objects.visible_to(cast["chen"]).filter(not_updated())) == [task]
    task.report(by=cast["wu"])
    assert not Task.objects.filter(not_updated(), owner=cast["wu"])
    at("2026-11-28 09:00")
    assert not Task.objects.filter(not_updated(), owner=cast["wu"]), "a Saturday asks for no entry"


def test_a_moved_date_asks_why_keeps_the_old_one_and_says_when_it_is_later(task: Task, cast: Cast):
    with pytest.raises(Refused) as no:
        task.move_due(by=cast["wu"], due=date(2026, 12, 1), reason="")
    assert "原因" in no.value.reason.zh
    assert task.move_due(by=cast["wu"], due=date(2026, 12, 1), reason="服务器晚到") is True
    assert task.move_due(by=cast["wu"], due=date(2026, 11, 30), reason="早到一天") is False
    task.refresh_from_db()
    assert (task.planned, task.due) == (date(2026, 11, 26), date(2026, 11, 30))
    moves = [e.sentence.to("zh") for e in timeline.entries([task.timeline]) if e.icon == "calendar"]
    assert moves[-1] == "任务期限由 2026-11-26 改为 2026-12-01：服务器晚到"


def test_deviation_counts_days_from_the_first_promise(task: Task, cast: Cast, at: Any):
    assert task.deviation == 0
    task.move_due(by=cast["wu"], due=date(2026, 12, 1), reason="服务器晚到")
    assert task.deviation == 5
    at("2026-11-25 18:00")
    task.complete(by=cast["wu"])
    assert task.deviation == -1


def test_the_customers_notice_is_worded_with_the_new_date(case: Case, task: Task, cast: Cast):
    task.move_due(by=cast["wu"], due=date(2026, 12, 1), reason="服务器晚到")
    words = delay_update_text(case, task)
    assert "2026-12-01" in words.to("zh")
    assert "2026-12-01" in words.to("en")
    assert "服务器" not in words.to("zh"), "an inner reason is not the customer's business"


def due_today(user: Any) -> list[Case]:
    tonight = clock.midnight(clock.today() + timedelta(days=1))
    return list(awaiting_customer_update(user).filter(tell_due__lt=tonight))


def test_customers_who_heard_nothing_for_a_week_are_listed(case: Case, cast: Cast, at: Any):
    assert not due_today(cast["chen"])
    at("2026-12-01 10:00")
    assert due_today(cast["chen"]) == [case]
    Communication.log(case, by=cast["lin"].actor, kind="progress", channel="phone", content="已完成一半")
    assert not due_today(cast["chen"])


NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)  # a Wednesday, noon in Beijing


def step(**fields: Any) -> Any:
    usual = {"status": "doing", "content": "扩容", "due": date(2026, 11, 30), "estimate": None, "blocked_since": None,
             "reported_on": date(2026, 11, 25)}  # fmt: skip
    return SimpleNamespace(**(usual | fields))


@pytest.mark.parametrize(
    ("fields", "code", "why"),
    [
        ({}, "green", "都在期限内"),
        ({"due": date(2026, 11, 24)}, "red", "超期 1 天"),
        ({"status": "done", "due": date(2026, 11, 24)}, "green", ""),
        ({"status": "blocked", "blocked_since": NOON - timedelta(hours=2)}, "yellow", "受阻"),
        ({"status": "blocked", "blocked_since": NOON - timedelta(days=1)}, "yellow", "受阻"),
        ({"status": "blocked", "blocked_since": NOON - timedelta(days=2)}, "red", "超过 1 个工作日"),
        ({"status": "blocked", "blocked_since": NOON - timedelta(days=4)}, "red", "超过 1 个工作日"),
        ({"estimate": date(2026, 12, 2)}, "yellow", "预计晚 2 天"),
        ({"status": "todo", "due": date(2026, 11, 25)}, "yellow", "今天到期"),
        ({"reported_on": date(2026, 11, 23)}, "yellow", "1 个工作日没有更新"),
        ({"reported_on": date(2026, 11, 24)}, "green", ""),
    ],
)
def test_the_light_and_its_reason(fields: dict[str, Any], code: str, why: str):
    shown = light([step(), step(**fields)], NOON, CN)
    assert shown.code == code
    assert why in str(shown.why)
    assert shown.why.to("en") != shown.why.to("zh")


@given(st.lists(st.integers(-30, 30), max_size=6), st.integers(-30, 30))
def test_one_more_step_never_makes_the_light_better(days: list[int], more: int):
    steps = [step(due=date(2026, 11, 25) + timedelta(days=d)) for d in days]
    order = ["green", "yellow", "red"]
    worse = light([*steps, step(due=date(2026, 11, 25) + timedelta(days=more))], NOON, CN)
    assert order.index(worse.code) >= order.index(light(steps, NOON, CN).code)


def test_the_customer_is_told_every_week_at_once_of_a_delay_and_each_time_counts_anew(
    case: Case, task: Task, cast: Cast, at: Any
):
    def lap() -> Any:
        return case.deadlines.filter(milestone="customer_update", ended_at=None).order_by("-occurrence").first()

    first = lap()
    assert (first.amount, first.unit, first.occurrence) == (7, "days", 1)
    at("2026-11-26 10:00")
    task.move_due(by=cast["wu"], due=date(2026, 12, 9), reason="服务器晚到")
    assert lap().due.astimezone(clock.BEIJING).strftime("%m-%d %H:%M") == "11-26 18:00"
    assert case.deadlines.get(pk=first.pk).ended_at
    at("2026-11-26 11:00")
    Communication.log(case, by=cast["lin"].actor, kind="delay", channel="phone", content="需要多等几天")
    assert (lap().occurrence, lap().due.astimezone(clock.BEIJING).strftime("%m-%d")) == (2, "12-03")
    at("2026-12-05 10:00")
    Communication.log(case, by=cast["lin"].actor, kind="progress", channel="phone", content="已完成一半")
    assert case.deadlines.filter(milestone="customer_update", met_at__isnull=False).order_by("occurrence").last().missed
    for one in case.tasks.order_by("seq"):
        one.begin(by=cast["xu"])
        one.complete(by=cast["xu"])
    case.refresh_from_db()
    assert case.status == "following_up"
    assert not case.deadlines.filter(milestone="customer_update", met_at=None, ended_at=None).exists()
