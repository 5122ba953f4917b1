"""What the pages used most cost: the same queries at twenty rows and at sixty, and no more than is known to be needed."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.demo.generated import fill
from tests.visits import VISITS, queries

pytestmark = pytest.mark.django_db

# What one feedback item or case has (a customer, look-alikes) asks its own queries; these pages have tests of their own.
OWN = {"triage", "one feedback", "one case", "rare"}
MOST = {"list": 11, "page": 19, "home": 21, "search": 7, "create": 19}
"""Queries a visit of this kind may take: a ceiling to lower, not to raise."""


@pytest.mark.once
def test_every_visit_costs_the_same_at_twenty_rows_and_at_sixty(cast: Any):
    by = cast["chen"]
    fill(20, 20, by)
    few = {visit.name: queries(by, visit, 0) for visit in VISITS}
    fill(40, 40, by, start=20)
    many = {visit.name: queries(by, visit, 10) for visit in VISITS}
    assert {k: n for k, n in few.items() if k not in OWN} == {k: n for k, n in many.items() if k not in OWN}
    assert {visit.name: many[visit.name] for visit in VISITS if many[visit.name] > MOST[visit.kind]} == {}
