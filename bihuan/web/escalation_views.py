"""The rules of time limits, for everybody to read and the administrator to change."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from bihuan.cases.models.communication import CUSTOMER_UPDATE_EVERY
from bihuan.core.text import Text
from bihuan.deadlines import escalation_sweep
from bihuan.deadlines.deadline_choices import MET_BY, MILESTONES
from bihuan.deadlines.models import EscalationStep, PauseLimit, StatutoryRule
from bihuan.deadlines.rule_forms import EscalationStepForm, PauseLimitForm, StatutoryRuleForm, WordingForm
from bihuan.followup.followup_choices import EVALUATION_DUE_DAYS, EVALUATION_OPENS_DAYS, FOLLOWUP_WORKING_DAYS
from bihuan.web.access import Request, requires, signed_in
from bihuan.web.responses import redirect_with_message, submit

_BY_LEVEL = Text("按级别，由优先级方案规定", "by level, as the priority scheme says")
HOW_LONG: dict[str, Text] = {
    "customer_update": Text(
        "执行期间每 {n} 天一次；有延期，当天下班前", "every {n} days while the work goes on; of a delay by the end of that day", n=CUSTOMER_UPDATE_EVERY[0]
    ),
    "followup": Text("最后一个任务完成后 {n} 个工作日", "{n} working days after the last task", n=FOLLOWUP_WORKING_DAYS),
    "evaluate": Text(
        "落地后第 {opens} 天起，{due} 天内", "from {opens} days after landing, within {due} days",
        opens=EVALUATION_OPENS_DAYS, due=EVALUATION_DUE_DAYS,
    ),
    "external": Text("按外部时限，见上表", "as the external deadline above says"),
}  # fmt: skip
"""How long where no scheme says it."""
SAVED = Text("规则已保存，以后的时限按它算。", "Saved; deadlines from now on go by it.")


@signed_in
def index(request: Request) -> HttpResponse:
    context = {
        "steps": EscalationStep.all_rows(),
        "limits": PauseLimit.all_rows(),
        "outside": StatutoryRule.all_rows(),
        "milestones": [(name, HOW_LONG.get(code, _BY_LEVEL), MET_BY[code]) for code, name in MILESTONES.items()],
    }
    return render(request, "web/escalation/index.html", context)


@requires("setup.edit")
def step(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(EscalationStep, pk=pk)
    form = EscalationStepForm(request.POST or None, initial=_stored(row, EscalationStepForm))

    def change(**values: Any) -> None:
        row.change(by=request.user, **values)
        escalation_sweep.check_all_again()

    if request.method == "POST" and submit(form, change):
        return redirect_with_message(request, "escalation:list", SAVED)
    return _page(request, form, row.name)


@requires("setup.edit")
def pause_limit(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(PauseLimit, pk=pk)
    form = PauseLimitForm(request.POST or None, initial=_stored(row, PauseLimitForm))
    if request.method == "POST" and submit(form, lambda **values: row.change(by=request.user, **values)):
        return redirect_with_message(request, "escalation:list", SAVED)
    return _page(request, form, row.name)


@requires("setup.edit")
def statutory_rule(request: Request, pk: int) -> HttpResponse:
    """Put a wording right."""
    row = get_object_or_404(StatutoryRule, pk=pk)
    form = StatutoryRuleForm(request.POST or None, initial=_stored(row, StatutoryRuleForm))
    if request.method == "POST" and submit(form, lambda **values: row.change(by=request.user, **values)):
        return redirect_with_message(request, "escalation:list", SAVED)
    return _page(request, form, row.name)


@requires("setup.edit")
def new_wording(request: Request, pk: int) -> HttpResponse:
    """Another wording of the same limit from a day on."""
    row = get_object_or_404(StatutoryRule, pk=pk)
    form = WordingForm(request.POST or None, initial={"amount": row.amount, "unit": row.unit})
    if request.method == "POST" and submit(form, lambda **values: row.add_wording(by=request.user, **values)):
        return redirect_with_message(request, "escalation:list", SAVED)
    return _page(request, form, Text("{name}：新的规定", "{name}: another wording", name=row.name))


def _stored(row: Any, form: type[Form]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in form.base_fields if name != "seen"} | {"seen": row.version}


def _page(request: Request, form: Form, title: Text) -> HttpResponse:
    return render(
        request, "web/escalation/edit.html", {"form": form, "title": title}, status=422 if form.errors else 200
    )
