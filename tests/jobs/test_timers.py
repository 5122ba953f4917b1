"""Timed jobs: each due time once, over workers, restarts and clock jumps; lost tasks are given back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bihuan.core import clock
from bihuan.jobs import redelivery, timers
from bihuan.jobs.schedule import Timed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []
    hourly = Timed("hourly", timedelta(hours=1), lambda: done.append(clock.now().strftime("%H:%M")))
    broken = Timed("broken", timedelta(hours=1), lambda: 1 / 0)
    monkeypatch.setattr(timers, "SCHEDULE", (broken, hourly))
    return done


def test_a_job_runs_once_a_due_time_and_a_broken_one_stops_no_other(at: Any, ran: list[str]):
    at("2026-11-20 09:00")
    assert timers.run_due() == ["hourly"]
    assert timers.run_due() == []
    at("2026-11-20 09:59")
    assert timers.run_due() == []
    at("2026-11-20 10:00")
    assert timers.run_due() == ["hourly"]
    assert timers.run_due() == []
    assert len(ran) == 2


def test_missed_runs_are_made_up_by_one(at: Any, ran: list[str]):
    at("2026-11-20 09:00")
    timers.run_due()
    at("2026-11-21 09:00")
    assert timers.run_due() == ["hourly"]
    assert timers.run_due() == []


@pytest.mark.parametrize("back", ["2026-11-20 08:55", "2026-11-20 08:00"])
def test_a_deadline_that_jumps_back_neither_repeats_nor_forgets(back: str, at: Any, ran: list[str]):
    at("2026-11-20 09:00")
    timers.run_due()
    at(back)
    assert timers.run_due() == []
    at("2026-11-20 10:00")
    assert timers.run_due() == ["hourly"]


def running(worker: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING, args_kwargs={"args": [], "kwargs": {}}, task_path="bihuan.none", backend_name="default",
        run_after=clock.now(), worker_ids=[worker], started_at=clock.now(), exception_class_path="", traceback="",
    )  # fmt: skip


def test_a_silent_workers_task_is_ready_again_and_a_living_ones_is_not(at: Any):
    at("2026-11-20 09:00")
    dead, living = running("dead"), running("living")
    redelivery.send_heartbeat("dead")
    at("2026-11-20 09:01")
    redelivery.send_heartbeat("living")
    assert redelivery.lost_tasks() == 1
    assert DBTaskResult.objects.get(pk=dead.pk).status == TaskResultStatus.READY
    assert DBTaskResult.objects.get(pk=living.pk).status == TaskResultStatus.RUNNING


def test_a_worker_that_rests_leaves_no_sign_of_life():
    redelivery.send_heartbeat("w")
    redelivery.sign_off("w")
    running("w")
    assert redelivery.lost_tasks() == 1
