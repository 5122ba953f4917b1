"""How much business there was: the sheets complaints are divided by, looked over before they are used."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.audit import timeline
from bihuan.core.text import Text
from bihuan.findings.forms import ExposureForm
from bihuan.findings.models import Exposure
from bihuan.findings.scenario_scan import HEADS
from bihuan.web.access import Request, load, requires
from bihuan.web.responses import redirect_with_message, submit

SAMPLE = 5


@requires("findings.see")
def index(request: Request) -> HttpResponse:
    return _page(request, ExposureForm())


@require_POST
@requires("findings.run")
def uploads(request: Request) -> HttpResponse:
    """A sheet is read, and shown as it was understood."""
    form, made = ExposureForm(request.POST, request.FILES), []
    if submit(form, lambda file: made.append(Exposure.read(file, by=request.user))):
        return redirect_with_message(request, reverse("exposures:detail", args=[made[0].pk]))
    return _page(request, form, 422)


def _page(request: Request, form: ExposureForm, status: int = 200) -> HttpResponse:
    rows = Exposure.objects.visible_to(request.user).defer("lines").select_related("by").order_by("-pk")
    context = {
        "form": form,
        "used": rows.filter(status="used"),
        "waiting": rows.filter(status="read"),
        "timeline": timeline.entries(["findings/exposures"], 50),
        "heads": HEADS,
    }
    return render(request, "web/findings/exposures.html", context, status=status)


@requires("findings.see")
def show(request: Request, pk: int) -> HttpResponse:
    exposure = load(request, Exposure, pk=pk)
    replaces = Exposure.objects.filter(status="used", kind=exposure.kind).exclude(pk=pk).defer("lines").first()
    context = {"exposure": exposure, "replaces": replaces, "heads": HEADS, "sample": sample(exposure)}
    return render(request, "web/findings/exposure.html", context)


def sample(exposure: Exposure) -> dict[str, Any]:
    """The first lines as they were understood."""
    lines = exposure.lines
    if not lines:
        return {}
    amounts = [[f"{number:,.2f}".removesuffix(".00") for number in column[:SAMPLE]] for column in lines["amounts"]]
    columns = [*lines["dims"].values(), *lines["others"].values(), *amounts]
    heads: list[Text | str] = [*(HEADS[name] for name in lines["dims"]), *lines["others"]]
    return {
        "heads": [*heads, *(Text(zh, en) for zh, en, _ in exposure.names)],
        "lines": [(day, [column[at] for column in columns]) for at, day in enumerate(exposure.days(SAMPLE))],
    }


@require_POST
@requires("findings.run")
def use(request: Request, pk: int) -> HttpResponse:
    load(request, Exposure, pk=pk).use(by=request.user)
    return redirect_with_message(
        request, reverse("exposures:list"), Text("下一次分析就会用上。", "The next analysis will use it.")
    )


@require_POST
@requires("findings.run")
def removal(request: Request, pk: int) -> HttpResponse:
    load(request, Exposure, pk=pk).remove(by=request.user)
    return redirect_with_message(request, reverse("exposures:list"), Text("已移除。", "Removed."))
