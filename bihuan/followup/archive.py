"""Closure: a round is closed with its conclusion, and its case is read-only from then on (S1-51, peers 17)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models, transaction

from bihuan.audit.event_log import record
from bihuan.audit.flow import lock
from bihuan.cases.flow import FLOW as CASE_FLOW
from bihuan.cases.models import Case
from bihuan.cases.models.round_model import RoundModel
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.execution.models import Task
from bihuan.followup import events, followup_choices
from bihuan.people.models import User


class Closure(RoundModel):
    """How a round ended: the conclusion, and what others can learn from it. Written once."""

    NOUN = "closure"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closures")
    round = models.PositiveSmallIntegerField()
    conclusion = models.TextField()
    improvement = models.CharField(max_length=8, choices=list(followup_choices.IMPROVEMENTS.items()), blank=True)
    suggestion = models.TextField(blank=True)
    common = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "closure"
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="one_closure_a_round"),
            models.CheckConstraint(condition=~models.Q(conclusion=""), name="a_closure_has_its_conclusion"),
        ]
        indexes = [models.Index(fields=["common"], name="closure_common")]

    @property
    def improvement_name(self) -> Text | None:
        return followup_choices.IMPROVEMENTS.get(self.improvement)


@transaction.atomic
def archive(
    case: Case, *, by: User, conclusion: str, improvement_kind: str = "", suggestion: str = "", common: str = "",
    seen: int | None = None,
) -> Closure | None:  # fmt: skip
    """Close the case with a conclusion; quiet when it is archived already. The conditions of "archive" say what is missing."""
    lock(case, seen)
    case.refresh_from_db()
    if case.status == "archived":
        return None
    if not by.can("case.archive"):
        raise Refused(Text("您的角色不能归档。", "Your role may not archive."))
    if improvement_kind and improvement_kind not in followup_choices.IMPROVEMENTS:
        raise Refused(Text("没有这种改进类别。", "There is no such kind of improvement."))
    if len(conclusion.strip()) < 2:
        raise Refused(_UNCONCLUDED)
    case.resume(by=by)
    closure = Closure.objects.create(
        case=case, round=case.round, conclusion=conclusion.strip(), improvement=improvement_kind,
        suggestion=suggestion.strip(), common=common.strip(), by=by,
    )  # fmt: skip
    record(events.CLOSED, closure, by=by.actor, conclusion=closure.conclusion[:200])
    case.conclusion = closure.conclusion
    case.move("archive", by=by.actor, fields=["conclusion"], conclusion=closure.conclusion[:200])
    return closure


_UNCONCLUDED = Text("还没有写归档结论。", "The closing conclusion is not written yet.")


def tasks_are_settled(case: Case) -> Text | None:
    waiting = Task.objects.present(case).open().count()
    if waiting:
        return Text("还有 {n} 个任务没有完成或取消。", "{n} tasks are neither done nor cancelled.", n=waiting)
    return None


def is_concluded(case: Case) -> Text | None:
    return None if Closure.objects.filter(case=case, round=case.round).exists() else _UNCONCLUDED


def archived_cases_are_read_only(cases: Collection[int]) -> Text | None:
    """Why nothing inside these cases may be changed, or None: archived is read-only until a supervisor reopens it."""
    if Case._base_manager.filter(pk__in=cases, status="archived").exists():
        return Text(
            "事项已归档，只能查看；要修改请由客服主管重新打开。",
            "The case is archived and can only be read; a supervisor may reopen it.",
        )
    return None


def missing_for_archive(case: Case) -> list[Text]:
    """Every reason, whichever package it comes from, that still bars the archive, beside the conclusion."""
    conditions = [condition for condition in CASE_FLOW.conditions("archive") if condition is not is_concluded]
    return [reason for condition in conditions if (reason := condition(case)) is not None]
