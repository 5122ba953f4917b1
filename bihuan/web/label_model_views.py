"""How right the suggestions are, and which learnt version makes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models.functions import TruncWeek
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.feedback.labels import AXES
from bihuan.feedback.models import Labelling
from bihuan.feedback.models.label_model import ENOUGH, LEARNT, LabelModel, corrected_since
from bihuan.web.access import Request, requires
from bihuan.web.responses import redirect_with_message

WEEKS = 8
VERSIONS = 6


@dataclass(frozen=True)
class Week:
    """Labels people gave in a week where something had been suggested, and in how many they took it."""

    first: str
    given: int
    taken: int

    @property
    def share(self) -> float:
        return self.taken / self.given


@requires("findings.see")
def index(request: Request) -> HttpResponse:
    parts = []
    for axis in LEARNT:
        versions = list(LabelModel.objects.filter(axis=axis).defer("data").order_by("-version_number")[:VERSIONS])
        until = versions[0].until if versions else 0
        parts.append(
            {
                "name": AXES[axis][0],
                "codes": AXES[axis][1],
                "versions": versions,
                "present": next((one for one in versions if one.status == "current"), None),
                "waiting": corrected_since(axis, until),
                "weeks": weeks(axis),
            }
        )
    return render(request, "web/findings/label_models.html", {"parts": parts, "enough": ENOUGH})


def weeks(axis: str) -> list[Week]:
    """The last weeks with labels, oldest first."""
    since = clock.now() - timedelta(weeks=WEEKS)
    rows = Labelling.objects.filter(at__gte=since, **{f"suggested__{axis}__isnull": False})
    counts_by_week: dict[str, list[int]] = {}
    for week, changed in rows.annotate(week=TruncWeek("at", tzinfo=clock.BEIJING)).values_list("week", "changed"):
        counts = counts_by_week.setdefault(f"{week:%Y-%m-%d}", [0, 0])
        counts[0] += 1
        counts[1] += axis not in changed
    return [Week(first, *counts) for first, counts in sorted(counts_by_week.items())]


@require_POST
@requires("findings.teach")
def use(request: Request, pk: int) -> HttpResponse:
    """Put an earlier version back."""
    model = get_object_or_404(LabelModel, pk=pk)
    model.restore(by=request.user)
    message: Text = Text("已换回第 {n} 版。", "Version {n} is in use again.", n=model.version_number)
    return redirect_with_message(request, reverse("label_models:list"), message)
