"""Pages of the customer's voice."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from bihuan.feedback.models import Feedback
from bihuan.ledger import trail
from bihuan.web.doors import Request, load, needs


@needs("see.business")
def index(request: Request) -> HttpResponse:
    rows = Feedback.objects.visible_to(request.user).order_by("-received_at", "-id")[:50]
    return render(request, "web/feedback/index.html", {"rows": rows})


@needs("see.business")
def show(request: Request, pk: int) -> HttpResponse:
    voice = load(request, Feedback, pk=pk)
    return render(request, "web/feedback/page.html", {"voice": voice, "timeline": trail.entries([voice.trail])})
