"""Rules for the administrator: how numbers look, and how plans are approved. No business data here."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from bihuan.audit import timeline
from bihuan.core import numbers as numbering
from bihuan.core.models import NumberRule
from bihuan.core.text import Text
from bihuan.people.forms import NumberRuleForm
from bihuan.people.number_rules import faults, save_rule
from bihuan.plans import plan_choices
from bihuan.plans.forms import PolicyForm
from bihuan.plans.models import Policy
from bihuan.web.access import Request, requires
from bihuan.web.responses import redirect_with_message, submit

NUMBERED: dict[str, Text] = {
    "feedback": Text("反馈", "Feedback"),
    "case": Text("事项", "Cases"),
    "requirement": Text("需求", "Requirements"),
    "plan": Text("方案", "Plans"),
    "task": Text("任务", "Tasks"),
    "customer": Text("客户", "Customers"),
    "problem": Text("共性问题", "Common problem"),
    "article": Text("知识", "Articles"),
    "import": Text("导入批次", "Imports"),
}


@requires("setup.edit")
def numbers(request: Request) -> HttpResponse:
    rows = [(noun, name, numbering.rule(noun)) for noun, name in NUMBERED.items()]
    context = {
        "rows": [
            (noun, name, NumberRule.Reset(reset).label, numbering.peek_next(noun, prefix, reset, digits))
            for noun, name, (prefix, reset, digits) in rows
        ],
        "timeline": timeline.entries(["setup/numbers"], 50),
    }
    return render(request, "web/setup/numbers.html", context)


@requires("setup.edit")
def number(request: Request, noun: str) -> HttpResponse:
    if noun not in NUMBERED:
        raise Http404
    held = NumberRule.objects.filter(noun=noun).first()
    prefix, reset, digits = numbering.rule(noun)
    now = {"seen": held.version if held else 1, "letters": prefix, "reset": reset, "digits": digits}
    form = NumberRuleForm(request.POST or None, initial=now)

    def change(letters: str, **values: Any) -> None:
        save_rule(noun, by=request.user, prefix=letters, **values)

    if request.method == "POST" and submit(form, change):
        return redirect_with_message(
            request, "numbers:list", Text("已保存，从下一个编号起生效。", "Saved; the next number follows it.")
        )
    coming = numbering.peek_next(noun, prefix, reset, digits)
    context = {"form": form, "noun": noun, "name": NUMBERED[noun], "coming": coming}
    return render(request, "web/setup/number.html", context, status=422 if form.errors else 200)


@requires("setup.edit")
def coming_number(request: Request, noun: str) -> HttpResponse:
    """Part of the form: the number that would come next by what is typed, or why it may not look so."""
    if noun not in NUMBERED:
        raise Http404
    form = NumberRuleForm(request.GET)
    form.fields.pop("seen")
    if form.is_valid():
        like = (form.cleaned_data["letters"], form.cleaned_data["reset"], form.cleaned_data["digits"])
        wrong = faults(noun, *like)
        context = {"wrong": wrong, "coming": "" if wrong else numbering.peek_next(noun, *like)}
    else:
        context = {"wrong": Text("还不完整", "Not complete yet")}
    return render(request, "web/setup/_next_number.html", context)


@requires("setup.edit")
def policies(request: Request) -> HttpResponse:
    held = [(kind, name, Policy.of(kind)) for kind, name in plan_choices.KINDS.items()]
    entries = timeline.entries([one.timeline for _, _, one in held if one.pk], 50)
    return render(request, "web/setup/policies.html", {"rows": held, "timeline": entries})


@requires("setup.edit")
def policy(request: Request, kind: str) -> HttpResponse:
    if kind not in plan_choices.KINDS:
        raise Http404
    held = Policy.of(kind)
    now = {"seen": held.version, "way": "short" if held.short else "long", "meeting_over": held.meeting_over}
    form = PolicyForm(request.POST or None, initial=now)

    def change(way: str, **values: Any) -> None:
        Policy.settle(kind, by=request.user, short=way == "short", **values)

    if request.method == "POST" and submit(form, change):
        return redirect_with_message(
            request,
            "policies:list",
            Text("已保存，对以后提交的方案生效。", "Saved; it holds for plans submitted from now on."),
        )
    context = {"form": form, "name": plan_choices.KINDS[kind]}
    return render(request, "web/setup/policy.html", context, status=422 if form.errors else 200)
