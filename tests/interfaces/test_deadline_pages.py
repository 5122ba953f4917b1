"""Any deadline, running or past, opens its derivation, and the query on the page gives the same minute."""

from __future__ import annotations

import html
import json
import random
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.cases.models import Assessment
from bihuan.core import clock
from bihuan.deadlines.calendar_versions import CalendarVersion, WorkCalendar
from bihuan.deadlines.cli_input import cli_input
from bihuan.deadlines.deadline_command import answer
from bihuan.deadlines.models import Deadline, Pause, Scheme
from tests.domain.deadlines.questions import WEEK
from tests.domain.deadlines.test_versions import begun, beijing, off, opened, published

pytestmark = pytest.mark.django_db
MOST = {"minutes": 9000, "hours": 300, "working_hours": 90, "working_days": 25, "days": 60, "weeks": 9, "months": 8}


def query_of(page: str) -> dict[str, Any]:
    return json.loads(html.unescape(re.search(r'<pre class="cli-input"[^>]*>(.*?)</pre>', page, re.S)[1]))


def recomputed(one: Deadline) -> dict[str, Any]:
    version = one.calendar_version
    return answer(json.dumps(cli_input(version.data, one.derivation())))


def test_an_auditor_reads_a_met_deadline_with_everything_it_came_from(as_: Any, cast: Any, at: Any):
    at("2026-09-30 15:00")
    case = opened(cast)
    one = begun(case, cast, 16, "working_hours")
    at("2026-10-08 09:00")
    Pause.begin(case, reason="customer", note="等客户日志", by=cast["lin"].actor)
    at("2026-10-08 13:50")
    Pause.finish(case, by=cast["lin"].actor)
    at("2026-10-09 10:00")
    Deadline.meet(case, "resolve", cast["lin"].actor)
    page = as_("audit").get(reverse("deadlines:detail", args=[one.pk])).content.decode()
    for expected in ("2026-10-10 10:20", "16 个工作小时", "国庆节跳过", "暂停 3 小时 20 分不计", "公司日历第 1 版", "按时完成",
                 "2026-10-08 09:00", "调休上班", case.number):  # fmt: skip
        assert expected in page, expected
    assert reverse("escalation:list") in page  # no scheme asked for it
    assert "等客户日志" not in page  # the auditor sees that it waited and why, not what was written about the customer
    assert page.count('class="day-breakdown-holiday"') == 7
    assert answer(json.dumps(query_of(page)))["due"] == "2026-10-10T10:20+08:00"
    english = as_("audit", "en").get(reverse("deadlines:detail", args=[one.pk])).content.decode()
    assert "Sat 10-10 counted as make-up working day" in english


def test_the_scheme_of_a_deadline_is_one_click_away(as_: Any, cast: Any):
    case = opened(cast, owner=cast["lin"])
    scheme = Scheme.current("p_level")
    Assessment.assess(case, by=cast["chen"], scheme=scheme, inputs={"business_urgency": "core_down", "scope": "one"})
    one = Deadline.objects.filter(case=case).earliest("due")
    page = as_("audit").get(reverse("deadlines:detail", args=[one.pk])).content.decode()
    address = reverse("schemes:detail", args=[scheme.pk])
    assert f'<a href="{address}">' in page
    assert as_("audit").get(address).status_code == 200


def test_who_may_not_see_the_case_does_not_see_its_deadline(as_: Any, cast: Any):
    case = opened(cast, team=cast["zhao"].team, owner=None, opened_by=cast["zhao"])
    one = begun(case, cast)
    assert as_("zhao").get(reverse("deadlines:detail", args=[one.pk])).status_code == 200
    assert as_("lin").get(reverse("deadlines:detail", args=[one.pk])).status_code == 404
    assert as_("guo").get(reverse("deadlines:detail", args=[one.pk])).status_code == 404
    assert one.case.number not in as_("lin").get(reverse("deadlines:list")).content.decode()


def test_a_replaced_and_an_ended_deadline_keep_theirs(as_: Any, cast: Any, at: Any):
    at("2026-11-10 10:00")
    case = opened(cast)
    first = begun(case, cast, 3)
    second = begun(case, cast, 5)
    published(cast, overrides=off("2026-11-12"))
    page = as_("audit").get(reverse("deadlines:detail", args=[first.pk])).content.decode()
    assert answer(json.dumps(query_of(page)))["due"] == "2026-11-13T18:00+08:00"
    assert "公司日历第 1 版" in page
    page = as_("audit").get(reverse("deadlines:detail", args=[second.pk])).content.decode()
    assert answer(json.dumps(query_of(page)))["due"] == "2026-11-18T18:00+08:00"
    assert "公司日历第 2 版" in page
    assert "2026-11-13 18:00" in page  # the promise before it


def make_deadlines(cast: Any, dice: random.Random, count: int) -> list[Deadline]:
    """Deadlines begun at random moments with random lengths and waits, under two calendars and their later versions."""
    base = CalendarVersion.objects.in_force().calendar
    with clock.at(beijing("2026-06-01 09:00")):
        night = WorkCalendar.create_copy(by=cast["admin"], name="夜班", source=base)
        night.assign_teams(by=cast["admin"], teams=[cast["zhao"].team])
        published(cast, night, hours={day: [["22:00", "06:00"]] for day in WEEK[:5]})
    made = []
    for _ in range(count):
        now = beijing("2026-06-01 00:00") + timedelta(seconds=dice.randrange(200 * 86400))
        unit = dice.choice(list(MOST))
        with clock.at(now):
            case = opened(cast, team=dice.choice((cast["zhao"].team, cast["lin"].team)))
            one = begun(case, cast, dice.randrange(1, MOST[unit]), unit)
        for _ in range(dice.choice((0, 0, 1, 2))):
            now += timedelta(minutes=dice.randrange(1, 4000))
            with clock.at(now):
                Pause.begin(case, reason=dice.choice(("customer", "third_party")), note="等", by=cast["lin"].actor)
            now += timedelta(minutes=dice.randrange(1, 6000))
            with clock.at(now):
                Pause.finish(case, by=cast["lin"].actor)
        if dice.random() < 0.3:
            with clock.at(now + timedelta(minutes=dice.randrange(1, 9000))):
                Deadline.meet(case, "resolve", cast["lin"].actor)
            now += timedelta(minutes=9000)
            with clock.at(now):
                Pause.begin(case, reason="customer", note="等", by=cast["lin"].actor)
            with clock.at(now + timedelta(days=dice.randrange(1, 9))):
                Pause.finish(case, by=cast["lin"].actor)
        made.append(one)
    return made


def test_every_deadline_is_recomputed_by_the_command_to_the_same_minute(cast: Any):
    make_deadlines(cast, random.Random(20261125), 60)
    with clock.at(beijing("2026-12-20 12:00")):
        published(cast, overrides=off("2026-12-24"), known_until="2027-03-31")
        for one in Deadline.objects.select_related("calendar_version").prefetch_related("case__pauses"):
            answered = recomputed(one)
            assert datetime.fromisoformat(answered["due"]) == one.due, (one.pk, one.unit)
            assert answered["provisional"] == one.provisional
            assert answered["explain"]["zh"] == one.explanation.to("zh")


def test_the_list_exports_every_deadline_with_the_line_that_checks_it(as_: Any, cast: Any, at: Any):
    at("2026-12-20 12:00")
    for days in (1, 5, 20):
        begun(opened(cast), cast, days)
    page = as_("audit").get(reverse("deadlines:list")).content.decode()
    assert page.count("暂定") >= 1
    csv = b"".join(as_("audit").get(reverse("deadlines:list") + "?export=csv").streaming_content).decode("utf-8-sig")
    assert csv.count("working_days") == 3
    assert "公司日历第 1 版" in csv
    assert csv.count("暂定") >= 1


def test_the_list_costs_the_same_queries_at_three_and_at_thirty(as_: Any, cast: Any, django_assert_num_queries: Any):
    audit = as_("audit")
    for _ in range(3):
        begun(opened(cast), cast)
    audit.get(reverse("deadlines:list"))

    with CaptureQueriesContext(connection) as few:
        audit.get(reverse("deadlines:list"))
    for _ in range(27):
        begun(opened(cast), cast)
    with django_assert_num_queries(len(few)):
        audit.get(reverse("deadlines:list"))


def test_the_due_word_of_a_case_in_any_list_opens_its_next_derivation(as_: Any, cast: Any, at: Any):
    at("2026-11-10 10:00")
    case = opened(cast, owner=cast["lin"])
    later, sooner = begun(case, cast, 9), begun(case, cast, 1, milestone="respond")
    lin = as_("lin")
    assert (
        f'href="{reverse("deadlines:next_of_case", args=[case.pk])}"' in lin.get(reverse("cases:list")).content.decode()
    )
    assert lin.get(reverse("deadlines:next_of_case", args=[case.pk])).url == reverse(
        "deadlines:detail", args=[sooner.pk]
    )
    assert lin.get(reverse("deadlines:of_case", args=[case.pk, "resolve"])).url == reverse(
        "deadlines:detail", args=[later.pk]
    )
    assert lin.get(reverse("deadlines:of_case", args=[case.pk, "followup"])).status_code == 404
    assert (
        reverse("deadlines:detail", args=[sooner.pk])
        in lin.get(reverse("cases:detail", args=[case.pk])).content.decode()
    )
