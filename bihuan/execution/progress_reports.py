"""What is said about a task while it goes on: the daily entry, a moved date, a milestone accepted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from bihuan.audit.event_log import record
from bihuan.audit.flow import lock, save
from bihuan.cases.models.communication import bring_customer_update_forward
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.execution import events, task_choices
from bihuan.execution.flow import FLOW, case_is_in_work
from bihuan.people.models import User

if TYPE_CHECKING:
    from bihuan.execution.models.task import Progress, Task


@transaction.atomic
def report(
    task: Task, *, by: User, done: str = "", problem: str = "", adjustment: str = "", help_needed: str = "",
    next_step: str = "", percent: int | None = None, estimate: date | None = None,
) -> Progress | None:  # fmt: skip
    """Write today's entry. With nothing said it goes as planned: once a day, quiet the second time.
    An entry about a task not yet begun begins it."""
    lock(task)
    task.refresh_from_db()
    _can_be_spoken_of(task, by)
    said = {
        "done": done,
        "problem": problem,
        "adjustment": adjustment,
        "help_needed": help_needed,
        "next_step": next_step,
    }
    said = {k: v.strip() for k, v in said.items()}
    as_planned = not any(said.values()) and percent is None and estimate is None
    if as_planned and task.reported_on == clock.today() and task.progress.filter(day=clock.today()).exists():
        return None
    if percent is not None and not 0 <= percent <= 100:
        raise Refused(Text("进度在 0 到 100 之间。", "Progress is between 0 and 100."))
    if said["problem"] == "" and said["adjustment"]:
        raise Refused(Text("写了调整措施，请同时写遇到的问题。", "An adjustment answers a problem; please name it."))
    if task.status == "todo":
        task.started_at = clock.now()
        FLOW.move(task, "begin", by=by.actor, fields=("started_at",), content=task.content[:120])
    task.percent = task.percent if percent is None else min(percent, 99)
    task.estimate = estimate or (None if as_planned else task.estimate)
    task.reported_on = clock.today()
    said["done"] = said["done"] or (task_choices.AS_PLANNED.zh if not said["problem"] else "")
    entry = task.progress.create(
        day=clock.today(), by=by.actor, percent=task.percent, estimate=estimate, as_planned=as_planned, **said
    )
    save(task, ["percent", "estimate", "reported_on"])
    told = task_choices.AS_PLANNED if as_planned else said["problem"] or said["done"]
    record(events.REPORTED, task, by=by.actor, percent=task.percent, done=told)
    return entry


@transaction.atomic
def move_due(task: Task, *, by: User, due: date, reason: str, seen: int | None = None) -> bool:
    """Move the due date, saying why. The old date stays as an event. True when it is later than what was promised, so
    that the customer should be told (S1-43)."""
    lock(task, seen)
    task.refresh_from_db()
    _can_be_spoken_of(task, by)
    if not task.may_be_worked_by(by):
        raise Refused(Text("这是 {who} 的任务。", "This is {who}'s task.", who=str(task.owner)))
    if due == task.due:
        return False
    if len(reason.strip()) < 2:
        raise Refused(Text("改期要写明原因。", "A moved date needs its reason."))
    before, task.due, task.estimate = task.due, due, None
    save(task, ["due", "estimate"])
    record(events.DUE_MOVED, task, by=by.actor, before=before, after=due, reason=reason.strip())
    if due > before:
        bring_customer_update_forward(task.case, by.actor)
    return due > before


@transaction.atomic
def accept(task: Task, *, by: User) -> None:
    """Somebody other than its owner accepts a milestone (S4-I08)."""
    lock(task)
    task.refresh_from_db()
    if task.accepted_by_id:
        return
    if not task.milestone or task.status != "done":
        raise Refused(Text("只有已完成的里程碑可以验收。", "Only a milestone that is done can be accepted."))
    if by.pk == task.owner_id:
        raise Refused(Text("不能验收自己的工作。", "One cannot accept one's own work."))
    task.accepted_by = by
    save(task, ["accepted_by"])
    record(events.ACCEPTED, task, by=by.actor, content=task.content[:120])


def _can_be_spoken_of(task: Task, by: User) -> None:
    if not by.can("task.work"):
        raise Refused(Text("您的角色不能更新任务。", "Your role may not report on tasks."))
    if (reason := case_is_in_work(task)) is not None:
        raise Refused(reason)
    if not task.is_open:
        raise Refused(Text("任务已结束。", "The task is settled already."))
