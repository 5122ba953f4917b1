"""The precise next thing while a case is carried out and verified."""

from __future__ import annotations

from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.execution.models import Task
from bihuan.followup.archive import missing_for_archive
from bihuan.followup.evaluations import Evaluation
from bihuan.followup.followup_calls import FollowUp
from bihuan.web.next_step import Step


def work_step(case: Case) -> Step:
    """What holds the work up, or how much is left."""
    tasks = list(Task.objects.present(case).open())
    blocked = [t for t in tasks if t.status == "blocked"]
    late = [t for t in tasks if t.is_overdue]
    if blocked:
        why = Text(
            "「{what}」受阻：{reason}",
            "“{what}” is blocked: {reason}",
            what=blocked[0].content[:40],
            reason=blocked[0].obstacle,
        )
        return _work(Text("解决受阻", "Free what is blocked"), why)
    if late:
        why = Text(
            "{n} 个任务超期，最早 {day}。",
            "{n} tasks are overdue, the earliest since {day}.",
            n=len(late),
            day=min(t.due for t in late),
        )
        return _work(Text("追上进度", "Catch up"), why)
    if tasks:
        why = Text(
            "还有 {n} 个任务，最近一个 {day} 到期；每天更新进展。",
            "{n} tasks left, the next due {day}; one entry a day.",
            n=len(tasks),
            day=min(t.due for t in tasks),
        )
        return _work(Text("按台账执行", "Carry it out"), why)
    return _work(
        Text("安排任务", "Set the tasks"),
        Text("至少完成一个任务才能回访。", "At least one task has to be done before the follow-up call."),
    )


def followup_step(case: Case) -> Step:
    """By when to ask whom, or that the archive is open."""
    followup = FollowUp.of(case)
    if followup is None or followup.is_settled:
        return _archive(case)
    day = f"{followup.due.astimezone(clock.BEIJING):%Y-%m-%d}"
    why = Text("{day} 前问清：解决了吗、满足了吗、打几分。", "By {day}: solved? met? what score?", day=day)
    if followup.is_overdue:
        why = Text("应在 {day} 前回访，已超期。", "It was due by {day}.", day=day)
    elif followup.has_open_link:
        why = Text(
            "问卷已发出，等客户作答；{day} 前没有回音请打电话。",
            "The link is out; call if there is no answer by {day}.",
            day=day,
        )
    title, act = Text("回访客户", "Follow-up call the customer"), Text("去回访", "Follow-up call")
    return Step(title, why, "followup:detail", "followup.call", act)


def evaluation_step(case: Case) -> Step:
    """When the effect can be measured, or that the archive is open."""
    row = Evaluation.of(case)
    if row is None or row.status == "done":
        if row is not None and row.verdict == "missed":
            why = Text(
                "效果未达标，可做二次分析，也可写明结论归档。",
                "The goals were missed: analyse again, or archive with a conclusion.",
            )
            return Step(
                Text("二次分析", "Analyse again"), why, "followup:detail", "evaluation.do", Text("去看看", "Open")
            )
        return _archive(case)
    why = Text(
        "{opens} 起可评估，{due} 前完成；填实测值，结论按数据得出。",
        "From {opens}, due {due}; enter the measured values, the verdict follows.",
        opens=row.opens,
        due=row.due,
    )
    return Step(
        Text("评估效果", "Evaluate the effect"), why, "followup:detail", "evaluation.do", Text("去评估", "Evaluate")
    )


def _archive(case: Case) -> Step:
    ready = Text(
        "客户已答复，条件齐备，写明结论即可归档。", "All conditions are met; write the conclusion and archive it."
    )
    why = next(iter(missing_for_archive(case)), ready)
    return Step(Text("归档", "Archive"), why, "followup:detail", "case.archive", Text("去归档", "Archive"))


def _work(title: Text, why: Text) -> Step:
    return Step(title, why, "cases:tasks", "task.work", Text("看任务", "See tasks"))
