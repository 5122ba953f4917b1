"""The routing table: seen by all, drafted, tried on typed and past cases, published."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from bihuan.audit import timeline
from bihuan.cases import case_choices
from bihuan.cases.models import Case
from bihuan.cases.models.handover import Handover
from bihuan.cases.models.route_table import RouteTable, first_match, types
from bihuan.cases.route_forms import ANY, RulesForm, TryForm
from bihuan.core.forms import Form
from bihuan.core.text import Text
from bihuan.deadlines.forms import PublishForm
from bihuan.people.models import Team, User
from bihuan.web.access import Request, requires
from bihuan.web.responses import redirect_with_message, submit
from bihuan.web.version_views import Answer, VersionViews

PAST = 100


@requires("routing.see")
def index(request: Request) -> HttpResponse:
    return page(request, RouteTable.current())


@requires("routing.see")
def show(request: Request, pk: int) -> HttpResponse:
    return page(request, get_object_or_404(RouteTable, pk=pk))


def page(request: Request, table: RouteTable | None, tried: dict[str, Form] | None = None) -> HttpResponse:
    states = dict(Handover.objects.values_list("status").annotate(n=Count("pk")).order_by())
    context = {
        "table": table,
        "rules": described(table.rules) if table else [],
        "versions": RouteTable.objects.exclude(status="discarded").order_by("-version_number")[:50],
        "draft": RouteTable.objects.filter(status="draft").first(),
        "publish_form": PublishForm(initial={"seen": table.version}) if table else None,
        "counts": {name: states.get(name, 0) for name in ("accepted", "returned", "ruled")},
        "timeline": timeline.entries(["routing/table"], newest=30),
    }
    return render(request, "web/routing/page.html", context | (tried or {}), status=422 if tried else 200)


def described(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each rule with its number, in words."""
    teams = {t.pk: t.name for t in Team.objects.all()}
    leads = {u.pk: u.name for u in User.objects.filter(pk__in=[r["lead"] for r in rules if r["lead"]])}
    return [
        {
            "number": place,
            "kind": case_choices.KINDS.get(rule["kind"], ANY),
            "type": types().get(rule["type"], ANY),
            "product": rule["product"] or ANY,
            "team": teams.get(rule["team"], "?"),
            "lead": leads.get(rule["lead"], "–"),
            "note": rule["note"],
        }
        for place, rule in enumerate(rules, 1)
    ]


@requires("routing.edit")
def edit(request: Request, pk: int) -> HttpResponse:
    table = get_object_or_404(RouteTable, pk=pk, status="draft")
    form = RulesForm(table.rules, request.POST or None, initial={"seen": table.version})
    if request.method == "POST" and submit(
        form, lambda **v: table.amend(form.rules(), by=request.user, seen=v["seen"])
    ):
        return redirect_with_message(
            request, reverse("routing:version", args=[pk]), Text("草稿已保存。", "Draft saved.")
        )
    return render(request, "web/routing/edit.html", {"form": form, "table": table}, status=422 if form.errors else 200)


VERSIONS = VersionViews(
    capability="routing.edit",
    find=lambda pk: get_object_or_404(RouteTable, pk=pk),
    start=lambda user: RouteTable.draft(by=user),
    drafted=Answer(
        lambda draft: reverse("routing:edit", args=[draft.pk]),
        lambda draft: Text("这是草稿，发布以前不影响转办。", "A draft: nothing changes until it is published."),
    ),
    published=Answer(
        lambda table: reverse("routing:detail"),
        lambda table: Text("已发布，用于新的事项。", "Published; new cases go by it."),
    ),
    discarded=Answer(lambda table: reverse("routing:detail"), lambda table: Text("草稿已作废。", "Draft discarded.")),
    form=PublishForm,
    page=page,
)
draft, publish, discard = VERSIONS.draft(), VERSIONS.publish(), VERSIONS.discard()


@requires("routing.see")
def tryout(request: Request, pk: int) -> HttpResponse:
    """A dry run: which rule fires for a case typed in, and what would change for the last hundred."""
    table = get_object_or_404(RouteTable, pk=pk)
    rules = described(table.rules)
    form = TryForm(request.GET if "kind" in request.GET else None)
    typed = first_match(table.rules, form.case()) if form.is_bound and form.is_valid() else None
    cases = Case.objects.visible_to(request.user).select_related("team", "owner").order_by("-id")[:PAST]
    lines, counts = [], Counter[str]()
    for case in cases:
        place = first_match(table.rules, case)
        outcome = "none" if place is None else "same" if table.rules[place]["team"] == case.team_id else "moves"
        counts[outcome] += 1
        lines.append((case, rules[place] if place is not None else None, outcome))
    outcome_filter = request.GET.get("outcome", "")
    context = {
        "table": table,
        "form": form,
        "answered": form.is_bound and form.is_valid(),
        "hit": rules[typed] if typed is not None else None,
        "lines": [line for line in lines if not outcome_filter or line[2] == outcome_filter],
        "tried": len(lines),
        "counts": [(code, OUTCOMES[code], counts[code], code == outcome_filter) for code in OUTCOMES],
    }
    return render(request, "web/routing/trial.html", context)


OUTCOMES = {
    "moves": Text("会转给别的小组", "Would go to another team"),
    "same": Text("小组不变", "Same team"),
    "none": Text("没有规则适用", "No rule fits"),
}
