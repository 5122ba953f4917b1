"""Tasks are made of measures, move by their table, and finish their case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bihuan.audit import timeline
from bihuan.cases.models import Case
from bihuan.core.errors import Refused, Stale
from bihuan.demo.sample_followups import approve, finish
from bihuan.demo.sample_plans import diagnose, write_plan
from bihuan.execution.case_tasks import start_work
from bihuan.execution.flow import FLOW
from bihuan.execution.models import Task
from bihuan.people.models import User
from bihuan.plans.models import Confirmation, Plan

pytestmark = pytest.mark.django_db
Cast = dict[str, Any]


def said(case: Case) -> list[str]:
    return [e.sentence.to("zh") for e in timeline.entries([case.timeline])]


def test_measures_become_tasks_in_order_and_owners_join_the_case(case: Case, cast: Cast):
    tasks = list(Task.objects.present(case))
    assert [t.owner.username for t in tasks] == ["lin", "wu", "zhou", "sun"]
    assert [t.seq for t in tasks] == [1, 2, 3, 4]
    assert tasks[1].due == tasks[1].planned == date(2026, 11, 26)
    assert all(t.measure and t.number.startswith("RW-20261123-") for t in tasks)
    assert case.collaborators.filter(username="wu").exists()
    assert case.status == "executing"
    assert start_work(case, by=cast["zhou"]) == []


def test_no_work_before_approval_and_agreement(monday: Any, cast: Cast):
    case = diagnose(cast, "导出慢")
    with pytest.raises(Refused) as no:
        start_work(case, by=cast["zhou"])
    assert "还没有方案" in str(no.value.reason.zh)
    plan = write_plan(case, cast, budget=1000, start=date(2026, 11, 23), finish=date(2027, 1, 29))
    for _ in range(2):
        with pytest.raises(Refused):
            start_work(Case.objects.get(pk=case.pk), by=cast["zhou"])
        if plan.status == "draft":
            approve(plan, cast)
    Confirmation.waive(plan, by=cast["chen"], reason="客户委托我们决定")
    assert len(start_work(Case.objects.get(pk=case.pk), by=cast["zhou"])) == 4
    assert Plan.objects.get(pk=plan.pk).status == "executing"


def test_every_move_of_a_task(task: Task, cast: Cast):
    wu = cast["wu"]
    task.begin(by=wu)
    task.block(by=wu, reason="等机房腾机位")
    assert (task.status, task.obstacle) == ("blocked", "等机房腾机位")
    assert task.blocked_since is not None
    task.free(by=wu, reason="机位已腾出")
    assert (task.status, task.obstacle, task.blocked_since) == ("doing", "", None)
    task.complete(by=wu)
    assert (task.status, task.percent, task.finished_on) == ("done", 100, date(2026, 11, 23))
    task.redo(by=wu, reason="监控还没接上")
    assert (task.status, task.finished_at) == ("doing", None)
    task.cancel(by=wu, reason="换了方案")
    assert Task.objects.get(pk=task.pk).status == "cancelled"


@pytest.mark.parametrize("verb", ["block", "cancel", "redo"])
def test_what_goes_wrong_says_why(verb: str, task: Task, cast: Cast):
    if verb == "redo":
        task.complete(by=cast["wu"])
    with pytest.raises(Refused) as no:
        getattr(task, verb)(by=cast["wu"], reason=" ")
    assert "理由" in no.value.reason.zh


def test_the_database_holds_that_a_blocked_task_says_why(task: Task):
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(**{"status": "blocked"})


def test_marking_done_or_blocked_begins_it_first(task: Task, cast: Cast):
    task.block(by=cast["wu"], reason="没有权限")
    assert task.started_at
    task.complete(by=cast["wu"])
    assert task.status == "done"


def test_a_step_waits_for_the_step_before_it(case: Case, task: Task, cast: Cast):
    after = Task.add(
        case, by=cast["sun"], content="观察一周", owner=cast["sun"], due=date(2026, 12, 4), depends_on=task
    )
    for verb in (after.begin, after.complete):
        with pytest.raises(Refused) as no:
            verb(by=cast["sun"])
        assert task.content[:10] in str(no.value.reason)
    task.complete(by=cast["wu"])
    after.refresh_from_db()
    after.begin(by=cast["sun"])
    assert after.status == "doing"


def test_only_its_owner_the_cases_owner_and_who_assigns_may_move_it(task: Task, cast: Cast):
    with pytest.raises(Refused) as no:
        task.begin(by=cast["lin"])
    assert "吴倩" in str(no.value.reason)
    for who in ("wu", "zhou", "chen"):
        assert task.may_be_worked_by(cast[who])


def test_handing_over_lets_the_new_owner_see_the_case(case: Case, task: Task, cast: Cast):
    task.assign(cast["liu"], by=cast["sun"])
    assert case.collaborators.filter(pk=cast["liu"].pk).exists()
    with pytest.raises(Refused):
        task.assign(cast["audit"], by=cast["sun"])
    with pytest.raises(Refused):
        Task.add(case, by=cast["sun"], content="甲", owner=cast["guo"], due=date(2026, 12, 1))


def test_the_last_task_sends_the_case_to_its_followup_and_the_plan_is_done(case: Case, cast: Cast):
    last = list(Task.objects.present(case))[-1]
    for one in Task.objects.present(case).exclude(pk=last.pk):
        one.complete(by=one.owner)
    assert list(Task.objects.present(case).open()) == [last]
    assert Case.objects.get(pk=case.pk).status == "executing"
    last.cancel(by=last.owner, reason="并入下季度容量评估")
    assert Case.objects.get(pk=case.pk).status == "following_up"
    assert Plan.of(Case.objects.get(pk=case.pk)).status == "done"


def test_a_case_whose_tasks_were_all_cancelled_is_not_finished(case: Case, cast: Cast):
    for one in Task.objects.present(case):
        one.cancel(by=cast["chen"], reason="方案作废")
    case.refresh_from_db()
    assert case.status == "executing"
    with pytest.raises(Refused) as no:
        case.move("finish", by=cast["chen"].actor)
    assert "还没有完成任何任务" in no.value.reason.zh


def test_the_case_cannot_be_finished_past_open_tasks(case: Case, cast: Cast):
    with pytest.raises(Refused) as no:
        case.move("finish", by=cast["chen"].actor)
    assert "还有 4 个任务" in str(no.value.reason)


def test_after_the_work_no_task_moves(case: Case, cast: Cast):
    finish(case)
    done = Task.objects.present(case).first()
    for act in (
        lambda: done.redo(by=cast["chen"], reason="还要改"),
        lambda: done.report(by=cast["chen"]),
        lambda: Task.add(case, by=cast["chen"], content="再做", owner=cast["wu"], due=date(2026, 12, 1)),
    ):
        with pytest.raises(Refused):
            act()


def test_two_people_finishing_the_last_two_tasks_finish_the_case_once(case: Case, cast: Cast):
    stale = [Task.objects.get(pk=t.pk) for t in Task.objects.present(case)]
    for one in stale:
        one.complete(by=cast["chen"])
        assert one.complete(by=cast["chen"]) is None
    assert said(case).count("任务全部完成，待回访") == 1


def test_an_edit_of_an_older_version_is_refused(task: Task, cast: Cast):
    seen = task.version
    task.edit(by=cast["wu"], seen=seen, milestone=True)
    with pytest.raises(Stale):
        Task.objects.get(pk=task.pk).edit(by=cast["sun"], seen=seen, content="别的")


def test_a_milestone_is_accepted_by_somebody_else(task: Task, cast: Cast):
    task.edit(by=cast["wu"], milestone=True)
    with pytest.raises(Refused):
        task.accept(by=cast["sun"])
    task.complete(by=cast["wu"])
    with pytest.raises(Refused) as no:
        task.accept(by=cast["wu"])
    assert "自己" in no.value.reason.zh
    task.accept(by=cast["sun"])
    assert Task.objects.get(pk=task.pk).accepted_by == cast["sun"]


def test_whoever_sees_the_case_sees_its_tasks_and_nobody_else(task: Task, cast: Cast):
    seen = {u.username for u in User.objects.all() if Task.objects.visible_to(u).filter(pk=task.pk).exists()}
    assert {"wu", "zhou", "chen", "gao", "sun"} <= seen
    assert not seen & {"zhao", "he", "guo", "admin", "audit"}


def test_the_table_has_the_documents_three_states_and_our_two():
    assert [s.name.zh for s in FLOW.states] == ["未开始", "进行中", "受阻", "已完成", "取消"]
