"""Every list and every page of a row asks the same queries among few rows and among many: each address of the staff
pages is opened, so a new page is measured by being there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.cases.models import Case
from bihuan.cases.models.route_table import RouteTable
from bihuan.customers.models import Contact, Customer
from bihuan.deadlines.calendar_versions import CalendarVersion, WorkCalendar
from bihuan.deadlines.models import Deadline, EscalationStep, PauseLimit, Scheme, StatutoryRule
from bihuan.demo import sample_company
from bihuan.demo.generated import fill
from bihuan.execution.models import Task
from bihuan.feedback.models import Dispute, Feedback
from bihuan.knowledge.models import Article
from bihuan.people.models import User
from bihuan.plans.models import Plan
from bihuan.requirements.models import Requirement
from bihuan.web.access import PUBLIC, SIGNED_IN, permission_of
from tests.house.test_access import ROUTES

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NOUNS: dict[str, Any] = {
    "people": User, "feedback": Feedback, "customers": Customer, "contacts": Contact, "cases": Case, "tasks": Task,
    "articles": Article, "approvals": Plan, "requirements": Requirement, "routing": RouteTable, "schemes": Scheme,
    "deadlines": Deadline, "calendars": WorkCalendar, "calendars/versions": CalendarVersion, "escalation/steps": EscalationStep,
    "escalation/pause-limits": PauseLimit, "escalation/statutory": StatutoryRule, "label-review/disputes": Dispute, "customer-updates": Case,
}  # fmt: skip
UNPLAYED = (
    "drafts",
    "files",
    "imports",
    "findings",
    "problems",
    "notifications",
    "reports/issues",
    "customer-updates/results",
)
"""Nouns the demo makes no row of; their pages have tests of their own."""


def addresses() -> dict[str, str]:
    """Each address without a place, or of the first row of its noun, with the permission it needs."""
    found = {}
    for route, view in (
        (route[1:], view) for route, view in ROUTES.items() if view.__module__.startswith("bihuan.web")
    ):
        permission = permission_of(view)
        noun = re.match(r"([^<]*)/<int:pk>/[^<]*$", route)
        if permission == PUBLIC or ("<" in route and not noun) or (noun and noun[1].startswith(UNPLAYED)):
            continue
        found["/" + route.replace("<int:pk>", str(first(noun[1])) if noun else "")] = str(permission)
    return found


def first(noun: str) -> int:
    """The first row of a noun; of cases one that is in work, as it has the most to show."""
    if noun == "cases":
        return Task.objects.order_by("pk").values_list("case_id", flat=True)[:1].get()
    return NOUNS[noun].objects.order_by("pk").values_list("pk", flat=True)[:1].get()


def costs(pages: dict[str, str], cast: Any) -> dict[str, int]:
    """Queries of each page that shows something, the second time it is opened."""
    clients: dict[str, Client] = {}
    spent = {}
    for page, permission in pages.items():
        who = next(n for n in ("chen", *cast) if permission == SIGNED_IN or cast[n].can(permission))
        if who not in clients:
            clients[who] = Client()
            clients[who].force_login(cast[who])
        answer = clients[who].get(page)
        # A step that is not open to this row is not there; a page without a row always is.
        assert answer.status_code in ({200, 302, 404, 405, 409} if re.search(r"\d", page) else {200, 302, 405}), page
        if answer.status_code == 200:
            with CaptureQueriesContext(connection) as queries:
                clients[who].get(page)
            spent[page] = len(queries)
    return spent


def test_every_page_costs_the_same_among_few_rows_and_among_many(cast: Any):
    by = cast["chen"]
    fill(3, 3, by)
    sample_company.build(cast)
    pages = addresses()
    few = costs(pages, cast)
    fill(37, 37, by, start=3)
    for _ in range(2):
        sample_company.build(cast)
    many = costs(pages, cast)
    assert len(few) > 60
    assert {page: (n, many.get(page)) for page, n in few.items() if many.get(page) != n} == {}
