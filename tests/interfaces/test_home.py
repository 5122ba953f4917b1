"""Each role's first page: its jobs as numbers that open the very list they count."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.deadlines.calendar_versions import company_calendar
from bihuan.demo.sample_company import build
from bihuan.demo.sample_people import PEOPLE
from bihuan.people.permissions import ROLES
from bihuan.web.dashboard import CARDS

pytestmark = pytest.mark.django_db

PEOPLE = {m.roles[0]: m.username for m in reversed(PEOPLE) if m.roles}


def test_every_number_opens_a_list_of_that_many(as_: Any, cast: Any):
    build(cast)
    counted = 0
    for role in ROLES:
        client = as_(PEOPLE[role])
        cards = client.get("/").context["cards"]
        assert len(cards) == sum(role in card.roles for card in CARDS)
        for one in cards:
            listed = client.get(one.href).context["list"]
            assert listed.page.paginator.count == one.count, f"{role}: {one.title}"
            if one.rows is not None:
                assert len(one.rows) == min(one.count, 5)
            counted += one.count
    assert counted > 20


@pytest.mark.parametrize("role", [r for r in ROLES if r not in ("admin", "auditor")])
def test_a_business_role_has_its_jobs_here(role: str):
    assert sum(role in card.roles for card in CARDS) >= 4


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_first_page_in_both_languages(role: str, language: str, as_: Any):
    assert as_(PEOPLE[role], language).get("/").status_code == 200


def test_an_account_without_role_sees_why_its_page_is_empty(as_: Any):
    assert "还没有角色" in as_("guo").get("/").content.decode()


def test_a_first_page_costs_the_same_whatever_waits(as_: Any, cast: Any, django_assert_num_queries: Any):
    company_calendar()
    for _ in range(2):
        for role in ("agent", "supervisor", "director"):
            mine = [card for card in CARDS if role in card.roles]
            client = as_(PEOPLE[role])
            lists = {(card.place, card.whose) for card in mine}
            of_tasks = sum(
                place == "tasks:list" for place, _ in lists
            )  # which ask the calendar whether today is worked
            with django_assert_num_queries(2 + len(lists) + of_tasks + sum(card.lines for card in mine)):
                client.get("/")
        build(cast)
