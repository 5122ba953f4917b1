"""The two charts: requirements by value and urgency, cases by importance and urgency. Each point opens what it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bihuan.cases.flow import ACTIVE
from bihuan.cases.models import Case
from bihuan.core.text import Text
from bihuan.deadlines.models import Scheme
from bihuan.requirements.flow import OPEN
from bihuan.requirements.models import Requirement
from bihuan.requirements.requirement_charts import Point, grid, quadrants
from bihuan.web.access import Request, requires

MOST = 500


@requires("see.business")
def value_urgency(request: Request) -> HttpResponse:
    rows = Requirement.objects.visible_to(request.user).filter(status__in=OPEN)
    scored = rows.filter(value__isnull=False).select_related("customer").order_by("-value", "-urgency", "id")
    shown = list(scored[:MOST])
    scheme = Scheme.current("value_urgency")
    high = _marks(scheme)
    named = {tuple(one["when"][axis] for axis in ("value", "urgency")): one for one in scheme.data["levels"]}
    level = {sides: (str(Text(one["name"]["zh"], one["name"]["en"])), one["rank"]) for sides, one in named.items()}
    points = []
    for row in shown:
        value, urgency = row.value or 1, row.urgency or 1
        name, rank = level[value >= high[0], urgency >= high[1]]
        row.chart_level = name  # type: ignore[attr-defined]
        href = reverse("requirements:detail", args=[row.pk])
        points.append((value, urgency, Point(row.number, f"{row.number} {row.title}", href, rank)))
    more = reverse("requirements:list") + "?value={value}&urgency={urgency}"
    chart = grid(points, high, {sides: name for sides, (name, _) in level.items()}, more)
    context = {"chart": chart, "rows": shown, "bare": rows.filter(value=None).count(), "scheme": scheme}
    return render(request, "web/requirements/value_urgency.html", context)


def _marks(scheme: Scheme) -> tuple[int, int]:
    """From which score value and urgency are high, by the scheme in force."""
    marks = {axis["code"]: axis["any"][0]["from"] for axis in scheme.data["axes"]}
    return marks["value"], marks["urgency"]


@requires("see.business")
def four_quadrants(request: Request) -> HttpResponse:
    """Open cases judged by a scheme of importance and urgency, where they stand."""
    rows = (
        Case.objects.visible_to(request.user)
        .filter(status__in=ACTIVE, assessments__effective=True)
        .filter(assessments__scheme__code__in=("four_quadrant", "urgent_important"))
        .select_related("customer", "owner")
    )
    sides: dict[tuple[str, str], dict[str, bool]] = {}
    for code in ("four_quadrant", "urgent_important"):
        for one in Scheme.current(code).data["levels"]:
            sides[code, one["code"]] = one["when"]
    shown = list(rows.order_by("rank", "next_due", "id").values_list("pk", "assessments__scheme__code")[:MOST])
    scheme_of = dict(shown)
    cases = sorted(rows.filter(pk__in=scheme_of).distinct(), key=lambda c: (c.rank, -c.pk))
    points, lines = [], []
    for case in cases:
        when = sides.get((scheme_of[case.pk], case.level))
        if when is None:
            continue
        href = reverse("cases:detail", args=[case.pk])
        points.append(
            (when["important"], when["urgent"], Point(case.number, f"{case.number} {case.title}", href, case.rank))
        )
        lines.append(case)
    address = reverse("cases:list")
    names = {
        (True, True): (str(Text("紧急且重要", "Urgent and important")), 1, f"{address}?rank=1"),
        (True, False): (str(Text("重要不紧急", "Important, not urgent")), 2, f"{address}?rank=2"),
        (False, True): (str(Text("紧急不重要", "Urgent, not important")), 3, f"{address}?rank=3"),
        (False, False): (str(Text("不紧急不重要", "Neither")), 4, f"{address}?rank=4"),
    }
    context: dict[str, Any] = {"chart": quadrants(points, names), "rows": lines}
    return render(request, "web/requirements/quadrants.html", context)
