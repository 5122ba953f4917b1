"""Rating a case: the scheme's criteria beside the choice, and what follows from the ticks at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bihuan.cases.assessment_form import AssessForm, text
from bihuan.cases.models import Assessment, Case
from bihuan.cases.models.assessment import scheme_for, scheme_result, schemes
from bihuan.cases.scheme_display import picture, promises
from bihuan.core.text import Text
from bihuan.deadlines.models import Scheme
from bihuan.web.access import Request, load, requires
from bihuan.web.case_layout import frame
from bihuan.web.responses import redirect_with_message, submit


@requires("case.assess")
def assess(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    scheme = scheme_for(case, request.GET.get("scheme", ""))
    form = AssessForm(case, scheme, request.POST or None)
    if request.method == "POST" and submit(form, lambda **v: rate(request, case, form)):
        return redirect_with_message(request, reverse("cases:detail", args=[pk]), Text("已评定。", "Assessed."))
    context = frame(case, request.user, "cases:assess") | {
        "form": form,
        "scheme": scheme,
        "schemes": [(code, name, code == scheme.code) for code, name in schemes().items()],
        "levels": [(one, text(one["name"]), promises(scheme, one)) for one in scheme.data["levels"]],
        "past": case.assessments.select_related("scheme", "by").order_by("-id"),
        **suggested(scheme, form.inputs() if form.is_bound else initial(form)),
    }
    return render(request, "web/cases/assess.html", context, status=422 if form.errors else 200)


@requires("case.assess")
def suggestion(request: Request, pk: int) -> HttpResponse:
    """What the answers given so far lead to; asked for again after each tick."""
    case = load(request, Case, pk=pk)
    scheme = scheme_for(case, request.GET.get("scheme", ""))
    form = AssessForm(case, scheme, request.GET)
    return render(request, "web/cases/_suggestion.html", suggested(scheme, given(form)))


def rate(request: Request, case: Case, form: AssessForm) -> None:
    clean = form.cleaned_data
    Assessment.assess(
        case,
        by=request.user,
        scheme=form.scheme,
        inputs=form.inputs(),
        criteria=form.criteria(),
        reasons=form.reasons(),
        level=clean["level"],
        override_reason=clean["override_reason"],
        effective=not clean.get("keep_only"),
    )
    if clean.get("workaround"):
        case.edit(by=request.user, seen=None, workaround=clean["workaround"])


def given(form: AssessForm) -> dict[str, Any]:
    form.full_clean()
    return form.inputs()


def initial(form: AssessForm) -> dict[str, Any]:
    """The inputs as the stored events suggest them, before anybody answered."""
    found = {code: form.fields[code].initial for code in form.scheme.data["inputs"]}
    bools = {c for c, f in form.scheme.data["inputs"].items() if f["kind"] == "bool"}
    forced = dict.fromkeys(form.fields["forced"].initial or [], True)
    return {c: bool(v) if c in bools else v for c, v in found.items()} | forced


def suggested(scheme: Scheme, inputs: dict[str, Any]) -> dict[str, Any]:
    """The suggestion with its reasons, due times and the picture it stands in; ``suggestion`` None while unanswered."""
    try:
        suggestion, level = scheme_result(scheme, inputs)
    except ValueError:
        return {"suggestion": None, "picture": picture(scheme, None, inputs)}
    return {
        "suggestion": suggestion,
        "level_name": text(level["name"]),
        "why": suggestion.reasons,
        "promises": promises(scheme, level, due=True),
        "picture": picture(scheme, suggestion.level, inputs),
    }
