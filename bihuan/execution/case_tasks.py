"""The work of a round as a whole: begun from its plan, told to the customer, seen at a glance."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from bihuan.audit.flow import lock
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.deadlines.calendar_versions import company_calendar
from bihuan.deadlines.models import Deadline
from bihuan.execution.models import Task
from bihuan.execution.progress_light import is_working_day
from bihuan.people.models import User
from bihuan.plans.models import Plan


@transaction.atomic
def start_work(case: Case, *, by: User) -> list[Task]:
    """Begin the work: case and plan start together, each measure becomes a task for its owner, in order.

    Quiet for what has begun already. Raises Refused while the plan is not approved and agreed (the plan's own gates).
    """
    lock(case)
    case.refresh_from_db()
    plan = Plan.of(case)
    if plan is None:
        raise Refused(Text("这一轮还没有方案。", "There is no plan for this round yet."))
    if plan.status != "executing":
        plan.begin(by=by)
    case.refresh_from_db()
    known = Task.objects.present(case).exclude(status="cancelled").values_list("measure_id", flat=True)
    return [
        Task.add(case, by=by, content=m.content, owner=m.owner, due=m.due, measure=m)
        for m in plan.measures.select_related("owner")
        if m.pk not in set(known)
    ]


def not_updated() -> models.Q:
    """The condition "under way without an entry today"; true for no task on a day off (S1-42, S3-49)."""
    today = clock.today()
    if not is_working_day(today, company_calendar()):
        return models.Q(pk=0)
    return models.Q(in_work(), status__in=("doing", "blocked")) & (
        models.Q(reported_on__isnull=True) | models.Q(reported_on__lt=today)
    )


def in_work() -> models.Q:
    """Tasks of rounds that are being carried out now."""
    return models.Q(case__status="executing", round=models.F("case__round"))


def awaiting_customer_update(user: User) -> models.QuerySet[Any]:
    """Cases whose customer is promised word of the progress; ``tell_due``: by when."""
    promised = Deadline.objects.open().filter(milestone="customer_update")
    first = promised.filter(case=models.OuterRef("pk")).order_by("due").values("due")[:1]
    # The few that are promised something are found by their deadlines, not by asking every case.
    rows = Case.objects.visible_to(user).filter(paused_for="", pk__in=promised.values("case"))
    return rows.annotate(tell_due=models.Subquery(first))


def progress_update_text(case: Case, done: int, steps: int) -> Text:
    """What may be told to the customer this week; the person says it as they like."""
    return Text(
        "您好，您反馈的「{title}」正在处理：{steps} 步里已完成 {done} 步。有新进展我们会及时告知。",
        "Hello, we are working on “{title}”: {done} of {steps} steps are done. We will tell you as soon as there is news.",
        title=case.title,
        done=done,
        steps=steps,
    )


def delay_update_text(case: Case, task: Task) -> Text:
    """What may be told to the customer about a moved date; the person changes it as they like."""
    return Text(
        "您好，您反馈的「{title}」正在处理。其中一步因故需要更多时间，预计完成时间调整为 {day}。给您带来不便，敬请谅解；有新进展我们会及时告知。",
        "Hello, we are working on “{title}”. One step needs more time; we now expect to finish it by {day}. "
        "We are sorry for the inconvenience and will tell you as soon as there is news.",
        title=case.title,
        day=task.due,
    )
