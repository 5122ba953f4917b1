"""The list of cases and the overview of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from bihuan.audit import attachments, timeline
from bihuan.cases.flow import CLOSED
from bihuan.cases.forms import CommunicationForm, FileForm
from bihuan.cases.lists import LINE, case_list, reach, type_name
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.forms import Form
from bihuan.core.text import Text
from bihuan.diagnosis.models import Analysis
from bihuan.web import case_queries
from bihuan.web.access import Request, load, requires
from bihuan.web.case_deadlines import deadlines_of, preview, totals
from bihuan.web.case_layout import frame
from bihuan.web.case_sidebar import sidebar_context
from bihuan.web.tables import Listing


@requires("see.business")
def index(request: Request) -> Any:
    rows = Case.objects.visible_to(request.user)
    if "export" in request.GET:
        rows = rows.select_related("customer", "contact", "owner", "team", "opened_by")
    else:
        rows = rows.select_related("customer", "owner").only(*LINE)
    table = Listing(request, rows, case_list(request.user))
    return table.export() or render(request, "web/cases/index.html", {"list": table, "now": clock.now()})


@requires("see.business")
def show(request: Request, pk: int) -> HttpResponse:
    return overview(request, load(request, Case, pk=pk))


def overview(request: Request, case: Case, tried: dict[str, Form] | None = None) -> HttpResponse:
    """The whole first page of a case; ``tried`` holds a form that was refused, with what was typed."""
    analysis = next(iter(case_queries.analyses.fetch(case.pk, case.round)), None)
    deadlines, earlier = deadlines_of(case)
    wait = next((one for one in case.pauses.all() if one.end is None), None)
    context = frame(case, request.user, "cases:detail") | {
        "essence": essence(case, analysis),
        "reach": reach(case),
        "deadlines": deadlines,
        "earlier_deadlines": earlier,
        "totals": totals(case, [*deadlines, *earlier]),
        "demands": case_queries.demands(case),
        "assessment": case_queries.assessment(case),
        "feedback_items": case_queries.feedback_items.fetch(case.pk),
        "communications": case_queries.communications.fetch(case.pk),
        "collaborators": [*case_queries.collaborators.fetch(case.pk), *case_queries.teams.fetch(case.pk)],
        "files": attachments.list_for(case),
        "timeline": timeline.entries([case.timeline], newest=60),
        "fields": key_fields(case),
        "type_name": type_name(case),
        "closed": case.status in CLOSED,
        "communication_form": CommunicationForm(),
        "file_form": FileForm(),
        "wait": wait,
        "if_resumed": preview(deadlines, wait) if wait else [],
        **sidebar_context(case, request.user),
    }
    return render(request, "web/cases/page.html", context | (tried or {}), status=422 if tried else 200)


def essence(case: Case, analysis: Analysis | None) -> Text | str:
    """What it really is: the proven root, else the conclusion, else the first judgement."""
    if analysis is not None:
        roots = case_queries.proven_roots.fetch(analysis.pk)
        if roots or analysis.conclusion:
            return roots[0].text if roots else analysis.conclusion
    return case.first_judgement or Text("还没有查清，待诊断", "Not known yet; diagnosis to come")


SHOWN = (
    "channel", "occurred_at", "error_text", "frequency", "product", "app_version", "system", "first_judgement",
    "workaround", "requirement_type", "requirement_class", "technical_type", "problem_type", "expected_effect",
    "expected_by", "disposition", "pool", "planned_for",
)  # fmt: skip


def key_fields(case: Case) -> list[tuple[Any, str, Any]]:
    """Label, field name and shown value of every field that is filled."""
    found = []
    for name in SHOWN:
        value = getattr(case, name)
        if value not in (None, "", []):
            named = getattr(case, f"get_{name}_display", None)
            found.append((LABELS[name], name, named() if named else value))
    return found


LABELS: dict[str, Text] = {
    "channel": Text("问题来源", "Source"),
    "occurred_at": Text("发生时间", "Happened at"),
    "error_text": Text("错误提示", "Error message"),
    "frequency": Text("出现频率", "Frequency"),
    "product": Text("产品", "Product"),
    "app_version": Text("版本", "Version"),
    "system": Text("环境", "Environment"),
    "first_judgement": Text("初步判断", "First judgement"),
    "workaround": Text("临时规避办法", "Workaround"),
    "requirement_type": Text("需求性质", "Kind of requirement"),
    "requirement_class": Text("需求分类", "Requirement class"),
    "technical_type": Text("技术类型", "Technical type"),
    "problem_type": Text("问题类型", "Problem type"),
    "expected_effect": Text("期望效果", "Wished effect"),
    "expected_by": Text("期望完成", "Wished by"),
    "disposition": Text("安排", "Disposition"),
    "pool": Text("计划", "Plan"),
    "planned_for": Text("排期", "Schedule"),
}
