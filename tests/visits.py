"""The pages that are opened most, as requests: what tests count the queries of and `bihuan bench web` the CPU."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.cases.models import Case
from bihuan.feedback.models import Feedback
from bihuan.people.models import User


@dataclass(frozen=True)
class Visit:
    """One thing a person does: its kind (which limit holds), its name, and the address and form of the n-th time."""

    kind: str
    name: str
    make: Callable[[int], tuple[str, str]]


def first(model: type[Feedback] | type[Case]) -> int:
    return model.objects.order_by("id").values_list("pk", flat=True)[:1].get()


def new(serial: int) -> tuple[str, str]:
    entered = {
        "channel": "phone",
        "customer": f"客户{serial}",
        "text": f"第{serial}次付款失败，订单尾号{serial}",
        "key": f"bench-form-{serial}",
    }
    return "/feedback/new/", urlencode(entered)


VISITS = (
    Visit("list", "feedback", lambda n: ("/feedback/", "")),
    Visit("list", "feedback, filtered", lambda n: ("/feedback/?channel=phone&view=all", "")),
    Visit("list", "cases", lambda n: ("/cases/", "")),
    Visit("list", "triage", lambda n: ("/triage/", "")),
    Visit("list", "customers", lambda n: ("/customers/", "")),
    Visit("home", "of a supervisor", lambda n: ("/", "")),
    Visit("page", "one feedback", lambda n: (f"/feedback/{first(Feedback)}/", "")),
    Visit("page", "one case", lambda n: (f"/cases/{first(Case)}/", "")),
    Visit("page", "its diagnosis", lambda n: (f"/cases/{first(Case)}/diagnosis/", "")),
    Visit("search", "two characters, common", lambda n: (f"/search/?{urlencode({'q': '退款'})}", "")),
    Visit("search", "rare", lambda n: (f"/search/?{urlencode({'q': '尾号000003'})}", "")),
    Visit("create", "feedback by form", new),
)


def queries(by: User, visit: Visit, start: int) -> int:
    """Queries of one visit, the second time it is made (the first warms caches)."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(by)
    for n in (start, start + 1):
        path, form = visit.make(n)
        with CaptureQueriesContext(connection) as spent:
            answer = client.post(path, form, "application/x-www-form-urlencoded") if form else client.get(path)
        check(visit.name, answer.status_code)
    return len(spent)


def check(name: str, status: int) -> None:
    if status not in {200, 302}:
        raise SystemExit(f"{name} answered {status}")
