"""Pages of diagnosis: one page a case, its parts saved one by one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.audit.models import Attachment
from bihuan.cases.models import Case
from bihuan.core.forms import Form
from bihuan.core.text import Text
from bihuan.diagnosis import diagnosis_choices, forms, why_drafts
from bihuan.diagnosis.fishbone import draw
from bihuan.diagnosis.models import Analysis, Cause, Evidence, Impact, Why
from bihuan.diagnosis.suggested_evidence import add_finding_as_evidence, suggested_evidence
from bihuan.web import case_queries
from bihuan.web.access import Request, load, requires
from bihuan.web.case_layout import frame
from bihuan.web.downloads import download
from bihuan.web.draft_panel import chosen, draft_context
from bihuan.web.responses import redirect_with_message, submit

SAVED = Text("已保存。", "Saved.")


@requires("see.business")
def show(request: Request, pk: int) -> HttpResponse:
    return page(request, load(request, Case, pk=pk))


@require_POST
@requires("diagnosis.write")
def begin(request: Request, pk: int) -> HttpResponse:
    load(request, Case, pk=pk).move("diagnose", by=request.user.actor)
    return redirect_with_message(
        request, reverse("diagnosis:detail", args=[pk]), Text("诊断开始。", "Diagnosis begun.")
    )


@require_POST
@requires("diagnosis.write")
def finish(request: Request, pk: int) -> HttpResponse:
    load(request, Case, pk=pk).move("plan", by=request.user.actor)
    return redirect_with_message(
        request,
        reverse("diagnosis:detail", args=[pk]),
        Text("诊断完成，进入方案阶段。", "Diagnosis done; on to the plan."),
    )


@require_POST
@requires("diagnosis.write")
def layers(request: Request, pk: int) -> HttpResponse:
    return _state(
        request, pk, "layers", forms.LayersForm(request.POST), Text("现象、影响、范围", "phenomenon, effect, range")
    )


@require_POST
@requires("diagnosis.write")
def conclusion(request: Request, pk: int) -> HttpResponse:
    return _state(request, pk, "conclusion", forms.ConclusionForm(request.POST), Text("结论", "verdict"))


@require_POST
@requires("diagnosis.write")
def five(request: Request, pk: int, which: str) -> HttpResponse:
    """Save one of the two 5W1H sets; ``which`` is problem or feasibility."""
    prompts = diagnosis_choices.FEASIBILITY_PROMPTS if which == "feasibility" else diagnosis_choices.PROBLEM_PROMPTS
    form = forms.FiveForm(prompts, request.POST)
    return _save(
        request,
        pk,
        which,
        form,
        lambda a, **d: a.update_statement(
            {which: form.answers()}, by=request.user, what=Text("5W1H", "5W1H"), seen=d["seen"]
        ),
    )


@require_POST
@requires("diagnosis.write")
def causes(request: Request, pk: int) -> HttpResponse:
    analysis = Analysis.of(load(request, Case, pk=pk))
    form = forms.CauseForm(analysis, request.POST)
    return _save(request, pk, "cause", form, lambda a, **d: a.add_cause(by=request.user, **d))


@require_POST
@requires("diagnosis.write")
def findings(request: Request, pk: int) -> HttpResponse:
    """Keep a finding of the engine as evidence on the fishbone."""
    form = forms.FoundForm(Analysis.of(load(request, Case, pk=pk)), request.POST)
    return _save(
        request, pk, "found", form, lambda a, finding, **d: add_finding_as_evidence(finding, a, by=request.user, **d)
    )


@require_POST
@requires("diagnosis.write")
def whys(request: Request, pk: int) -> HttpResponse:
    form = forms.WhysForm(request.POST)
    return _save(request, pk, "whys", form, lambda a, answers, **d: why_drafts.write(a, answers, by=request.user, **d))


@require_POST
@requires("diagnosis.write")
def impacts(request: Request, pk: int) -> HttpResponse:
    form = forms.ImpactForm(request.POST)
    return _save(request, pk, "impact", form, lambda a, **d: a.add_impact(by=request.user, **d))


@require_POST
@requires("diagnosis.write")
def impact_removal(request: Request, pk: int, impact: int) -> HttpResponse:
    row = Impact.objects.filter(analysis__case=load(request, Case, pk=pk), pk=impact).first()
    if row:
        row.remove(by=request.user)
    return redirect_with_message(request, reverse("diagnosis:detail", args=[pk]) + "#impact", SAVED)


@require_POST
@requires("diagnosis.write")
def meetings(request: Request, pk: int) -> HttpResponse:
    form = forms.MeetingForm(request.POST)
    return _save(request, pk, "meeting", form, lambda a, **d: a.record_meeting(by=request.user, **d))


@requires("see.business")
def cause(request: Request, pk: int, cause: int) -> HttpResponse:
    """One cause: its evidence and its verdict."""
    case = load(request, Case, pk=pk)
    row = load_cause(pk, cause)
    form = forms.EvidenceForm(request.POST or None, request.FILES or None)
    writes = request.method == "POST" and request.user.can("diagnosis.write")
    if writes and submit(form, lambda **d: row.add_evidence(by=request.user, **d)):
        return redirect_with_message(request, request.path, SAVED)
    return render(
        request,
        "web/diagnosis/cause.html",
        frame(case, request.user, "diagnosis:detail") | {"cause": row, "form": form, "reason_form": forms.ReasonForm()},
        status=422 if form.errors else 200,
    )


@require_POST
@requires("diagnosis.write")
def verdict(request: Request, pk: int, cause: int, verdict: str) -> HttpResponse:
    """Judge a cause: holds, ruled-out, or open again."""
    load(request, Case, pk=pk)
    row = load_cause(pk, cause)
    reason = request.POST.get("reason", "")
    acts: dict[str, Any] = {
        "holds": lambda: row.hold(by=request.user),
        "ruled-out": lambda: row.rule_out(by=request.user, reason=reason),
        "open": lambda: row.reconsider(by=request.user, reason=reason),
    }
    acts.get(verdict, lambda: None)()
    return redirect_with_message(request, reverse("diagnosis:detail", args=[pk]) + "#fishbone", SAVED)


@requires("see.business")
def file(request: Request, pk: int, file: int) -> HttpResponseBase:
    case = load(request, Case, pk=pk)
    mine = Evidence.objects.filter(cause__analysis__case=case).values("pk")
    return download(get_object_or_404(Attachment, pk=file, subject_kind=Evidence.NOUN, subject_id__in=mine))


def load_cause(case: int, cause: int) -> Cause:
    return get_object_or_404(Cause.objects.select_related("analysis__case"), analysis__case=case, pk=cause)


def _state(request: Request, pk: int, part: str, form: Form, what: Text) -> HttpResponse:
    return _save(
        request, pk, part, form, lambda a, seen, **d: a.update_statement(d, by=request.user, what=what, seen=seen)
    )


def _save(request: Request, pk: int, part: str, form: Form, verb: Any) -> HttpResponse:
    case = load(request, Case, pk=pk)
    if submit(form, lambda **d: verb(Analysis.of(case), **d)):
        return redirect_with_message(request, reverse("diagnosis:detail", args=[pk]) + f"#{part}", SAVED)
    return page(request, case, {part: form})


def page(request: Request, case: Case, tried: dict[str, Form] | None = None) -> HttpResponse:
    """The whole diagnosis page; ``tried`` holds the form that was refused, with what was typed."""
    analysis = Analysis.of(case)
    rows = case_queries.causes(analysis.pk)
    whys, findings = list(case_queries.whys(analysis.pk)), suggested_evidence(analysis)
    writes = request.user.can("diagnosis.write")
    shown = draft_context(
        "whys",
        why_drafts.about(analysis),
        ask=reverse("drafts:whys", args=[case.pk]),
        drop=reverse("drafts:discard_whys", args=[case.pk]),
        use=reverse("diagnosis:detail", args=[case.pk]) + "#whys",
        shown=writes,
    )
    drafted: dict[str, Form] = {}
    if taken := chosen(request, shown["draft"]):
        filled = {"seen": analysis.version, "answers": "\n".join(taken.content["answers"]), "draft": taken.pk}
        drafted["whys"] = forms.WhysForm(initial=filled)
    context = (
        frame(case, request.user, "diagnosis:detail")
        | shown
        | {
            "analysis": analysis,
            "causes": rows,
            "bone": draw(
                [
                    (str(name), [(c.text, c.level, c.verdict) for c in rows if c.dimension == code])
                    for code, name in diagnosis_choices.DIMENSIONS.items()
                ]
            ),
            "whys": whys,
            "impacts": list(case_queries.impacts(analysis.pk)),
            "meetings": case_queries.meetings(analysis.pk),
            "missing": analysis.missing_fields(rows),
            "findings": findings,
            "writes": writes,
            "forms": (blank(case, analysis, rows, whys, found=bool(findings)) if writes else {})
            | drafted
            | (tried or {}),
            "earlier": case_queries.earlier(case),
        }
    )
    return render(request, "web/diagnosis/page.html", context, status=422 if tried else 200)


def blank(case: Case, analysis: Analysis, causes: list[Cause], whys: list[Why], found: bool) -> dict[str, Form]:
    seen = {"seen": analysis.version}
    layers = {"phenomenon": analysis.phenomenon or case.description, "effect": analysis.effect, "range": analysis.range}
    if case.kind == "requirement":
        five = {
            "feasibility": forms.FiveForm(diagnosis_choices.FEASIBILITY_PROMPTS, initial=seen | analysis.feasibility)
        }
    else:
        five = {"problem": forms.FiveForm(diagnosis_choices.PROBLEM_PROMPTS, initial=seen | analysis.problem)}
    roots = [one for one in causes if one.level == "root"]
    return {
        "layers": forms.LayersForm(initial=seen | layers),
        **five,
        "cause": forms.CauseForm(analysis, roots=roots),
        **({"found": forms.FoundForm(analysis)} if found else {}),
        "whys": forms.WhysForm(initial=seen | {"answers": "\n".join(w.answer for w in whys)}),
        "impact": forms.ImpactForm(),
        "conclusion": forms.ConclusionForm(initial=seen | {"conclusion": analysis.conclusion}),
        "meeting": forms.MeetingForm(),
    }
