"""Rating a case: the scheme's criteria beside the choice, and what follows from the ticks at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bihuan.cases import words
from bihuan.cases.assess_form import AssessForm, text
from bihuan.cases.assessments import SCHEME_NAMES, judge, scheme_for
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.text import Text, both
from bihuan.hours.calendar import Calendar
from bihuan.hours.models import Scheme
from bihuan.hours.units import NAMES, Unit
from bihuan.hours.words import MILESTONES
from bihuan.hours.worktime import add
from bihuan.web.answers import attempt, done
from bihuan.web.case_frame import frame
from bihuan.web.doors import Request, load, needs


@needs("case.assess")
def assess(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    scheme = scheme_for(case, request.GET.get("scheme", ""))
    form = AssessForm(case, scheme, request.POST or None)
    if request.method == "POST" and attempt(form, lambda **v: rate(request, case, form)):
        return done(request, reverse("case_show", args=[pk]), both("已评定。", "Assessed."))
    context = frame(case, request.user, "case_assess") | {
        "form": form,
        "scheme": scheme,
        "schemes": [(code, name, code == scheme.code) for code, name in SCHEME_NAMES.items()],
        "levels": [(one, text(one["name"]), promises(one)) for one in scheme.data["levels"]],
        "past": case.assessments.select_related("scheme", "by").order_by("-id"),
        **suggested(scheme, form.inputs() if form.is_bound else initial(form)),
    }
    return render(request, "web/cases/assess.html", context, status=422 if form.errors else 200)


@needs("case.assess")
def suggestion(request: Request, pk: int) -> HttpResponse:
    """What the answers given so far lead to; asked for again after each tick."""
    case = load(request, Case, pk=pk)
    scheme = scheme_for(case, request.GET.get("scheme", ""))
    form = AssessForm(case, scheme, request.GET)
    return render(request, "web/cases/_suggestion.html", suggested(scheme, given(form)))


def rate(request: Request, case: Case, form: AssessForm) -> None:
    clean = form.cleaned_data
    case.assess(
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
    """The inputs as the stored facts suggest them, before anybody answered."""
    found = {code: form.fields[code].initial for code in form.scheme.data["inputs"]}
    bools = {c for c, f in form.scheme.data["inputs"].items() if f["kind"] == "bool"}
    return {c: bool(v) if c in bools else v for c, v in found.items()}


def suggested(scheme: Scheme, inputs: dict[str, Any]) -> dict[str, Any]:
    """The suggestion with its reasons, due times and the picture it stands in; ``suggestion`` None while unanswered."""
    try:
        said, level = judge(scheme, inputs)
    except ValueError:
        return {"suggestion": None, "picture": picture(scheme, None, inputs)}
    return {
        "suggestion": said,
        "level_name": text(level["name"]),
        "why": [Text(*one) for one in said.reasons],
        "promises": promises(level, due=True),
        "picture": picture(scheme, said.level, inputs),
    }


def promises(level: Mapping[str, Any], due: bool = False) -> list[tuple[Text, Text, Any]]:
    """Milestone, target and, when asked, the due time it would have from now."""
    found: list[tuple[Text, Text, Any]] = []
    for code, target in level["targets"].items():
        if "disposition" in target:
            found.append((MILESTONES[code], words.DISPOSITIONS[target["disposition"]], None))
            continue
        name = NAMES[Unit(target["unit"])][target["amount"] != 1]
        said = Text("{n} {unit}", "{n} {unit}", {"n": target["amount"], "unit": Text(*name)})
        at = add(Calendar.from_json("cn"), clock.now(), target["amount"], target["unit"]).at if due else None
        found.append((MILESTONES[code], said, at))
    return found


def picture(scheme: Scheme, here: str | None, inputs: dict[str, Any]) -> dict[str, Any]:
    """The scheme's quadrant or matrix as rows of cells (name, rank, whether the case stands there)."""
    levels = {one["code"]: one for one in scheme.data["levels"]}
    if "matrix" in scheme.data:
        return _matrix(scheme, levels, inputs)
    down, across = (axis["code"] for axis in scheme.data["axes"])
    rows = []
    for high in (True, False):
        cells = []
        for right in (True, False):
            one = next(v for v in levels.values() if v["when"] == {down: high, across: right})
            cells.append((text(one["name"]), one["rank"], one["code"] == here))
        rows.append((_side(AXES[down], high), cells))
    return {"columns": [_side(AXES[across], right) for right in (True, False)], "rows": rows}


AXES: dict[str, Text] = {
    "urgent": both("紧急", "Urgent"),
    "important": both("重要", "Important"),
    "value": both("价值", "Value"),
    "urgency": both("紧急度", "Urgency"),
}


def _side(name: Text, high: bool) -> Text:
    return both("{name}高", "{name}: high", name=name) if high else both("{name}低", "{name}: low", name=name)


def _matrix(scheme: Scheme, levels: dict[str, Any], inputs: dict[str, Any]) -> dict[str, Any]:
    matrix, asked = scheme.data["matrix"], scheme.data["inputs"]
    row_values, columns = asked[matrix["rows"]]["values"], asked[matrix["columns"]]["values"]
    rows = []
    for row, cells in matrix["cells"].items():
        drawn = []
        for column in columns:
            one = levels[cells[column]]
            at = (inputs.get(matrix["rows"]), inputs.get(matrix["columns"])) == (row, column)
            drawn.append((Text(one["code"], one["code"]), one["rank"], at))
        rows.append((text(row_values[row]), drawn))
    return {"columns": [text(name) for name in columns.values()], "rows": rows}
