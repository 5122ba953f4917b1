"""How far a 共性问题 has come, told by its cases: nothing of it is set by hand (requirements section 9, S1-52, S2-48).

A known error is a problem whose root cause is proven (ITIL 4, problem management); it is solved when every case that
holds its feedback items is archived, and reopened when somebody tells it again after that.
"""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.cases.flow import CLOSED
from bihuan.cases.models import Case
from bihuan.cases.recurrence import ReopenedProblem, reopened_problems
from bihuan.core.text import Text
from bihuan.diagnosis.models import Cause
from bihuan.findings.models import Problem
from bihuan.people.models import User

PROBLEM_STATUSES: dict[str, tuple[Text, str]] = {
    "seen": (Text("已识别，还没有事项处理", "Identified; no case deals with it yet"), "orange"),
    "analysed": (Text("分析中", "Under analysis"), "blue"),
    "known": (Text("已知错误：根因已证实", "Known error: its root cause is proven"), "purple"),
    "solved": (Text("已解决", "Solved"), "green"),
    "reopened": (Text("又出现", "Came back"), "red"),
}
SHOWN = 20


@dataclass(frozen=True)
class ProblemStatus:
    """``code`` of PROBLEM_STATUSES; the newest cases this person sees, roots proven in them, ways round it, and its return."""

    code: str
    cases: list[Case]
    roots: list[Cause]
    workarounds: list[str]
    reopened: ReopenedProblem | None

    @property
    def name(self) -> Text:
        return PROBLEM_STATUSES[self.code][0]

    @property
    def tone(self) -> str:
        return PROBLEM_STATUSES[self.code][1]


def problem_status(problem: Problem, user: User) -> ProblemStatus:
    """Where the problem stands, as far as this person sees its cases."""
    seen = Case.objects.visible_to(user).exclude(status="declined")
    held = seen.filter(pk__in=Case.objects.filter(links__feedback__member__problem=problem).values("pk"))
    cases = list(held.order_by("-id")[:SHOWN])
    roots = list(
        Cause.objects.filter(analysis__case__in=cases, level="root", verdict="holds").select_related("analysis__case")
    )
    reopened = next(iter(reopened_problems(Problem.objects.filter(pk=problem.pk), seen)), None) if cases else None
    rounds = {(one.pk, one.round) for one in cases if one.status not in CLOSED}
    proven = any((root.analysis.case_id, root.analysis.round) in rounds for root in roots)
    code = (
        "seen"
        if not cases
        else "reopened"
        if reopened
        else "solved"
        if not rounds
        else "known"
        if proven
        else "analysed"
    )
    return ProblemStatus(
        code, cases, roots, list(dict.fromkeys(one.workaround for one in cases if one.workaround)), reopened
    )
