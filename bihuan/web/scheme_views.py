"""Priority schemes: see, change a draft, try it on past cases, publish, and ask for it on running ones."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.audit import timeline
from bihuan.cases import case_choices
from bihuan.cases.models import Case
from bihuan.cases.models.kind_scheme import KindScheme
from bihuan.cases.scheme_display import axis_descriptions, picture, promises
from bihuan.cases.scheme_rollout import SchemeRollout, assessments_by_older_versions
from bihuan.cases.scheme_trial import UNFIT, Trial, behind, trial
from bihuan.core.forms import Form
from bihuan.core.text import Text
from bihuan.deadlines.forms import DataForm, PublishForm, SchemeForm, text_of
from bihuan.deadlines.models import Scheme
from bihuan.web.access import Request, requires
from bihuan.web.responses import redirect_with_message, submit
from bihuan.web.version_views import Answer, VersionViews

FORMS = {
    "matrix": Text("矩阵", "Matrix"),
    "axes": Text("查表（象限）", "Look-up (quadrants)"),
    "rules": Text("查表（规则）", "Look-up (rules)"),
    "score": Text("计分公式", "Formula"),
}


@requires("scheme.see")
def index(request: Request) -> HttpResponse:
    drafts = {one.code: one for one in Scheme.objects.filter(status="draft")}
    context = {
        "schemes": [(one, form_name(one), drafts.get(one.code)) for one in Scheme.all_current()],
        "kinds": [(kind, case_choices.KINDS[kind], code) for kind, code in KindScheme.of_all_kinds().items()],
        "timeline": timeline.entries(["scheme/kinds"], newest=20),
    }
    return render(request, "web/schemes/index.html", context)


def form_name(scheme: Scheme) -> Text:
    return next(name for form, name in FORMS.items() if form in scheme.data)


@require_POST
@requires("scheme.edit")
def kinds(request: Request) -> HttpResponse:
    """By which scheme each kind of case is judged."""
    for kind in case_choices.KINDS:
        if code := request.POST.get(kind):
            KindScheme.choose(kind, code, by=request.user)
    return redirect_with_message(
        request, "schemes:list", Text("已保存，对以后的评定生效。", "Saved; it holds for assessments from now on.")
    )


@requires("scheme.see")
def show(request: Request, pk: int) -> HttpResponse:
    return page(request, get_object_or_404(Scheme, pk=pk))


def page(request: Request, scheme: Scheme, tried: dict[str, Form] | None = None) -> HttpResponse:
    running = scheme.applications.filter(finished_at=None).first()
    context = {
        "scheme": scheme,
        "form_name": form_name(scheme),
        "inputs": [
            (text_of(f["name"]), answers(f), [text_of(c) for c in f.get("criteria", [])])
            for f in scheme.data["inputs"].values()
        ],
        "levels": [(one, text_of(one["name"]), promises(scheme, one)) for one in scheme.data["levels"]],
        "forced": [text_of(one["name"]) for one in scheme.data["forced"]],
        "formula": scheme.data.get("score"),
        "picture": picture(scheme, None, {}),
        "axes": axis_descriptions(scheme),
        "versions": Scheme.objects.filter(code=scheme.code).exclude(status="discarded").order_by("-version_number"),
        "behind": assessments_by_older_versions(scheme).count() if scheme.status == "current" else 0,
        "running": running,
        "past": scheme.applications.exclude(finished_at=None).select_related("by").order_by("-id")[:5],
        "publish_form": PublishForm(initial={"seen": scheme.version}),
        "apply_form": PublishForm(initial={"seen": scheme.version}, prefix="apply"),
        "timeline": timeline.entries([scheme.timeline], newest=40),
    }
    return render(request, "web/schemes/page.html", context | (tried or {}), status=422 if tried else 200)


def answers(field: dict[str, Any]) -> Text:
    """An input's possible answers in a line."""
    if field["kind"] == "bool":
        return Text("是 / 否", "yes / no")
    if field["kind"] == "number":
        return Text(f"{field['min']} ~ {field['max']}", f"{field['min']} to {field['max']}")
    values, worth = field["values"], field.get("worth", {})
    parts = [(code, f" = {worth[code]}" if code in worth else "") for code in values]
    return Text(
        " / ".join(values[code]["zh"] + more for code, more in parts),
        " / ".join(values[code]["en"] + more for code, more in parts),
    )


@requires("scheme.edit")
def edit(request: Request, pk: int) -> HttpResponse:
    scheme = get_object_or_404(Scheme, pk=pk, status="draft")
    form = SchemeForm(scheme, request.POST or None)
    if request.method == "POST" and submit(
        form,
        lambda **v: scheme.amend(form.scheme_data(), by=request.user, seen=v["seen"]),
    ):
        return redirect_with_message(
            request,
            reverse("schemes:detail", args=[pk]),
            Text("草稿已保存，每种输入组合都试过了。", "Draft saved; every combination of inputs was tried."),
        )
    return render(
        request, "web/schemes/edit.html", {"form": form, "scheme": scheme}, status=422 if form.errors else 200
    )


@requires("scheme.edit")
def data(request: Request, pk: int) -> HttpResponse:
    scheme = get_object_or_404(Scheme, pk=pk, status="draft")
    text = json.dumps(scheme.data, ensure_ascii=False, indent=2)
    form = DataForm(request.POST or None, initial={"text": text, "seen": scheme.version})
    if request.method == "POST" and submit(form, lambda text, seen: scheme.amend(text, by=request.user, seen=seen)):
        return redirect_with_message(
            request,
            reverse("schemes:detail", args=[pk]),
            Text("草稿已保存，每种输入组合都试过了。", "Draft saved; every combination of inputs was tried."),
        )
    return render(
        request, "web/schemes/data.html", {"form": form, "scheme": scheme}, status=422 if form.errors else 200
    )


VERSIONS = VersionViews(
    capability="scheme.edit",
    find=lambda pk: get_object_or_404(Scheme, pk=pk),
    start=lambda user, pk: get_object_or_404(Scheme, pk=pk).draft(by=user),
    drafted=Answer(
        lambda draft: reverse("schemes:edit", args=[draft.pk]),
        lambda draft: Text("这是草稿，发布以前不影响任何评定。", "A draft: nothing changes until it is published."),
    ),
    published=Answer(
        lambda scheme: reverse("schemes:detail", args=[scheme.pk]),
        lambda scheme: Text("已发布。在走的时限没有变。", "Published. Running deadlines have not changed."),
    ),
    discarded=Answer(lambda scheme: reverse("schemes:list"), lambda scheme: Text("草稿已作废。", "Draft discarded.")),
    form=PublishForm,
    page=page,
)
draft, publish, discard = VERSIONS.draft(), VERSIONS.publish(), VERSIONS.discard()


@require_POST
@requires("scheme.apply")
def rollout(request: Request, pk: int) -> HttpResponse:
    """Ask for the version to count for running cases."""
    scheme = get_object_or_404(Scheme, pk=pk)
    form = PublishForm(request.POST, prefix="apply")
    if submit(form, lambda reason, seen: SchemeRollout.request(scheme, by=request.user, reason=reason)):
        return redirect_with_message(
            request,
            reverse("schemes:detail", args=[pk]),
            Text("已开始，一件一件地改，可以随时停。", "Begun, case by case; it can be stopped at any time."),
        )
    return page(request, scheme, {"apply_form": form})


@require_POST
@requires("scheme.apply")
def stop_rollout(request: Request, pk: int) -> HttpResponse:
    for one in SchemeRollout.objects.filter(scheme=pk, finished_at=None):
        one.stop(by=request.user)
    return redirect_with_message(request, reverse("schemes:detail", args=[pk]), Text("已停止。", "Stopped."))


@requires("scheme.see")
def tryout(request: Request, pk: int) -> HttpResponse:
    """What this version would have made of the cases judged so far, each number with its cases."""
    scheme = get_object_or_404(Scheme, pk=pk)
    open_only = request.GET.get("open") == "1"
    found = trial(scheme, open_only=open_only)
    before, after = request.GET.get("from", ""), request.GET.get("to", "")
    ids = behind(scheme, before, after, open_only=open_only) if before and after else []
    cases = Case.objects.visible_to(request.user).filter(pk__in=ids[:1000]).select_related("owner").order_by("-id")
    shown = list(cases[:100])
    context = {
        "scheme": scheme,
        "trial": found,
        "open_only": open_only,
        "table": table(found, scheme),
        "picked": (before, after) if before and after else None,
        "names": names(scheme, found),
        "cases": shown,
        "hidden": len(ids) - (len(shown) if len(shown) < 100 else cases.count()),
        "behind": len(ids),
    }
    return render(request, "web/schemes/trial.html", context)


def names(scheme: Scheme, found: Trial) -> dict[str, Text]:
    """Level names by code, those of this version and any older one that cases still hold."""
    held = {code: Text(code, code) for pair in found.moves for code in pair}
    known = {code: text_of(one["name"]) for code, one in scheme.levels.items()}
    return held | known | {UNFIT: Text("答案不适用", "Answers do not fit")}


def table(found: Trial, scheme: Scheme) -> dict[str, Any]:
    """From (rows) → to (columns), with how many cases."""
    order = list(scheme.levels)
    befores = sorted({b for b, _ in found.moves}, key=lambda c: order.index(c) if c in order else len(order))
    afters = order + ([UNFIT] if any(a == UNFIT for _, a in found.moves) else [])
    named = names(scheme, found)
    sums: Counter[str] = Counter()
    rows = []
    for before in befores:
        cells = [(after, found.moves[before, after], before == after) for after in afters]
        sums.update({after: n for after, n, _ in cells})
        rows.append((before, named[before], cells, sum(n for _, n, _ in cells)))
    return {"columns": [named[a] for a in afters], "rows": rows, "sums": [sums[a] for a in afters]}
