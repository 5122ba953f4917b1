"""The weekly report: every number opens exactly the rows it counts; an issued one stays as it was."""

from __future__ import annotations

import io
import random
from datetime import datetime, timedelta
from typing import Any

import openpyxl
import pytest

from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.customers.models import Customer
from bihuan.feedback.models import Feedback
from bihuan.reports.models import ReportIssue
from bihuan.reports.weekly_report import Week, weekly

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 9, tzinfo=clock.BEIJING)


def make_feedback_items(cast: Any, count: int = 120, seed: int = 7) -> None:
    """Feedback items over three weeks with every kind of label, some without any, some that do not count."""
    draw = random.Random(seed)
    customers = [Customer.get_or_create(account=f"c{n}", by=cast["lin"].actor) for n in range(6)]
    teams = [cast["lin"].team, cast["zhao"].team, None]
    Feedback.objects.bulk_create(
        Feedback(
            number=f"KF-T-{n}", text="付款失败", source="t", source_key=str(n), recorder=cast["lin"].actor,
            channel=draw.choice(["phone", "app", "weibo"]), problem_type=draw.choice(["defect", "service", "price", ""]),
            product=draw.choice(["App", "App 会员", ""]), scope=draw.choice(["individual", "general", ""]),
            urgency=draw.choice(["urgent", "normal", ""]), sentiment=draw.choice(["dissatisfied", "neutral", ""]),
            customer=draw.choice([*customers, None]), team=draw.choice(teams),
            status=draw.choice(["new", "triaged", "triaged", "void", "merged"]),
            received_at=MONDAY + timedelta(minutes=draw.randrange(0, 21 * 24 * 60)),
        )
        for n in range(count)
    )  # fmt: skip


@pytest.fixture
def week_after(at: Any) -> None:
    at("2026-11-24 10:00")


@pytest.mark.parametrize("who", ["wang", "lin", "chen"])
@pytest.mark.parametrize("query", ["week=2026-W47", "week=2026-W48", "week=2026-W47&team={team}"])
def test_every_number_opens_a_list_of_exactly_as_many(as_: Any, cast: Any, week_after: None, who: str, query: str):
    make_feedback_items(cast)
    Case.open(by=cast["chen"], title="付款失败", kind="problem")
    client = as_(who)
    document = client.get(f"/reports/weekly/?{query.format(team=cast['lin'].team.pk)}").context["document"]
    links = [(f["href"], f["value"]) for f in document["figures"]]
    links += [(c["href"], c["text"]) for t in document["tables"] for row in t["rows"] for c in row if c["href"]]
    assert len(links) > 20
    for href, number in dict.fromkeys(links):
        shown = client.get(href).context["list"].page.paginator.count
        assert shown == number, href


def test_shares_and_channels_add_up_and_frequent_needs_three_customers(cast: Any, week_after: None):
    make_feedback_items(cast)
    document = weekly(cast["wang"], Week.named("2026-W47"))
    tables = {t.key: t for t in document.tables}
    total = document.figures[0].value
    for key in ("by-channel", "by-problem_type", "sides", "by-scope", "by-urgency", "by-sentiment", "by-day"):
        assert sum(row[1].value for row in tables[key].rows) == total, key
    for row in tables["top-problem_type"].rows:
        assert row[0].flag == (row[3].value >= 3)
    assert sum(c.value for c in tables["trend"].rows[-1][1:]) == total


def test_the_default_week_is_the_last_full_one_and_this_week_is_compared_fairly(cast: Any, week_after: None):
    assert (Week.named("").name, Week.named("nonsense").name) == ("2026-W47", "2026-W47")
    this = Week.named("2026-W48")
    assert ((this.last - this.first).days, this.full) == (1, False)
    assert (this.earlier().last - this.earlier().first).days == 1
    assert Week.named("2026-W53").first.isoformat() == "2026-12-28"


def test_an_issued_report_stays_as_it_was(as_: Any, cast: Any, week_after: None):
    make_feedback_items(cast)
    chen = as_("chen")
    chen.post("/reports/issues/", {"week": "2026-W47", "findings": "通道排队", "advice": "扩容"})
    issue = ReportIssue.objects.get()
    before = chen.get(f"/reports/issues/{issue.pk}/").context["document"]
    Feedback.objects.update(channel="email")
    after = chen.get(f"/reports/issues/{issue.pk}/")
    assert after.context["document"] == before
    assert "通道排队" in after.content.decode()
    chen.post(f"/reports/issues/{issue.pk}/publish/")
    assert ReportIssue.objects.get().status == "draft"
    chen.post(f"/reports/issues/{issue.pk}/review/")
    chen.post(f"/reports/issues/{issue.pk}/publish/")
    assert ReportIssue.objects.get().status == "published"
    assert as_("zhao").get(f"/reports/issues/{issue.pk}/").status_code == 404
    assert as_("wang").post(f"/reports/issues/{issue.pk}/review/").status_code == 403


def test_the_workbook_holds_numbers_as_numbers(as_: Any, cast: Any, week_after: None):
    make_feedback_items(cast)
    client = as_("wang")
    page = client.get("/reports/weekly/?week=2026-W47").context["document"]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/reports/weekly/?week=2026-W47&export=xlsx").content))
    assert book.worksheets[0]["B5"].value == page["figures"][0]["value"]
    assert isinstance(book.worksheets[1]["B2"].value, int)
    assert book.worksheets[1]["C2"].number_format == "0%"
    assert len(book.worksheets) == 1 + len(page["tables"])


@pytest.mark.parametrize("rows", [20, 200])
def test_the_report_costs_the_same_queries_however_many_rows(
    as_: Any, cast: Any, week_after: None, rows: int, django_assert_num_queries: Any
):
    make_feedback_items(cast, rows)
    client = as_("wang")
    client.get("/")
    with django_assert_num_queries(9):
        client.get("/reports/weekly/?week=2026-W47")


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "按问题类型"), ("en", "By problem type")])
def test_the_report_speaks_both_languages(as_: Any, cast: Any, week_after: None, language: str, words: str):
    make_feedback_items(cast)
    assert words in as_("wang", language).get("/reports/weekly/").content.decode()
    assert as_("wang", language).get("/reports/").status_code == 200
