"""The weekly report of customers' feedback items (S3-16, S3-31…S3-34): a fixed number of aggregate queries, whatever the rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from bihuan.cases.flow import CLOSED
from bihuan.cases.lists import archived_between
from bihuan.cases.models import Case
from bihuan.cases.open_deadlines import CASE_RUNS
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.feedback import conditions, feedback_choices
from bihuan.feedback.models import Feedback
from bihuan.people.models import Team, User
from bihuan.reports import report_queries
from bihuan.reports.report_document import Cell, Document, Figure, Table, both_languages

FREQUENT = 3
"""Distinct customers from which a problem is frequent (S3-19)."""
WEEKS, TOP, CHANNELS_DRAWN = 8, 5, 6
SERVICE_TYPES = ("service", "aftersales", "logistics")
NO_LABEL = Text("未标注", "Not labelled")
WEEKDAYS = Text("一二三四五六日", "MTWTFSS")


@dataclass(frozen=True)
class Week:
    """Monday to Sunday; ``last`` is today in a week not yet over."""

    first: date
    last: date

    @classmethod
    def named(cls, text: str) -> Week:
        """ "2026-W47"; anything else is the last full week."""
        try:
            year, number = text.split("-W")
            monday = date.fromisocalendar(int(year), int(number), 1)
        except ValueError:
            monday = clock.today() - timedelta(days=clock.today().weekday() + 7)
        return cls(monday, min(monday + timedelta(days=6), max(clock.today(), monday)))

    @property
    def name(self) -> str:
        year, number, _ = self.first.isocalendar()
        return f"{year}-W{number:02d}"

    @property
    def full(self) -> bool:
        return self.last == self.first + timedelta(days=6)

    def earlier(self, weeks: int = 1) -> Week:
        return Week(self.first - timedelta(weeks=weeks), self.last - timedelta(weeks=weeks))


def weekly(user: User, week: Week, team: Team | None = None) -> Document:
    """The report of one week for what this person may see. A week not yet over is compared with as many days before."""
    rows = Feedback.objects.visible_to(user).filter(conditions.COUNTED)
    rows = rows.filter(team=team) if team else rows
    key = team.pk if team else None
    before = week.earlier()
    both_weeks = rows.filter(_within(before) | _within(week)).order_by()
    axes = {axis: _by(both_weeks, axis, week) for axis in ("channel", "problem_type", "product")}
    labels = list(
        rows.filter(_within(week)).order_by().values_list("scope", "urgency", "sentiment").annotate(Count("pk"))
    )
    total = sum(now for now, _, _ in axes["channel"].values())
    earlier = sum(then for _, then, _ in axes["channel"].values())
    days = _days(rows, week)
    return Document(
        title=both_languages(Text("客户反馈周报 {week}{team}", "Weekly feedback report {week}{team}", week=week.name, team=f" · {team}" if team else "")),
        period=both_languages(_period(week)),
        figures=[Figure(both_languages(Text("收到反馈", "Feedback")), total, report_queries.feedback_items(week.first, week.last, key), earlier), *_cases(user, week, team)],
        tables=[
            _share("channel", Text("按渠道", "By channel"), axes["channel"], feedback_choices.CHANNELS, week, key, "bar"),
            _share("problem_type", Text("按问题类型", "By problem type"), axes["problem_type"], feedback_choices.PROBLEM_TYPES, week, key, "pie"),
            _top("problem_type", Text("问题类型 TOP 5", "Top 5 problem types"), axes["problem_type"], feedback_choices.PROBLEM_TYPES, week, key),
            _top("product", Text("产品 TOP 5", "Top 5 products"), axes["product"], {}, week, key),
            _sides(axes["problem_type"], total),
            *[_label(n, axis, title, names, labels, week, key) for n, (axis, title, names) in enumerate(_LABELS)],
            _daily(days, week, key),
            _trend(days, week, key),
        ],
    )  # fmt: skip


_LABELS = (
    ("scope", Text("影响范围", "Scope"), feedback_choices.SCOPES),
    ("urgency", Text("紧急程度", "Urgency"), feedback_choices.URGENCIES),
    ("sentiment", Text("情绪", "Sentiment"), feedback_choices.SENTIMENTS),
)
Counts = dict[str, tuple[int, int, int]]
"""Code → feedback items this week, the week before, distinct customers this week."""


def _within(week: Week) -> Q:
    return Q(received_at__gte=clock.midnight(week.first), received_at__lt=clock.midnight(week.last + timedelta(days=1)))


def _period(week: Week) -> Text:
    days = f"{week.first:%Y-%m-%d} ~ {week.last:%Y-%m-%d}"
    if week.full:
        return Text("{days}，按收到时间，北京时间", "{days}, by time received, Beijing time", days=days)
    return Text(
        "{days}，本周尚未结束，与上周同样天数比较",
        "{days}, week not over; compared with as many days of the week before",
        days=days,
    )


def _by(rows: QuerySet[Feedback], axis: str, week: Week) -> Counts:
    now, then = _within(week), _within(week.earlier())
    counted = rows.values(axis).annotate(
        now=Count("pk", filter=now), then=Count("pk", filter=then), people=Count("customer", filter=now, distinct=True)
    )
    return {c[axis]: (c["now"], c["then"], c["people"]) for c in counted}


def _cases(user: User, week: Week, team: Team | None) -> list[Figure]:
    key = team.pk if team else None
    rows = Case.objects.visible_to(user)
    rows = rows.filter(team=team) if team else rows
    start, end = clock.midnight(week.first), clock.midnight(week.last + timedelta(days=1))
    counts = rows.aggregate(
        opened=Count("pk", filter=Q(created_at__gte=start, created_at__lt=end)),
        archived=Count("pk", filter=archived_between(week.first, week.last)),
        overdue=Count("pk", filter=~Q(status__in=CLOSED) & CASE_RUNS & Q(next_due__lt=clock.now())),
    )
    days = {"opened_from": week.first.isoformat(), "opened_to": week.last.isoformat()}
    return [
        Figure(both_languages(Text("新立事项", "Cases opened")), counts["opened"], report_queries.cases(key, **days)),
        Figure(both_languages(Text("归档事项", "Cases archived")), counts["archived"], report_queries.cases(key, archived=f"{week.first}..{week.last}")),
        Figure(both_languages(Text("现在超时的事项", "Cases overdue now")), counts["overdue"], report_queries.cases(key, view="overdue")),
    ]  # fmt: skip


def _share(
    axis: str, title: Text, counts: Counts, names: Mapping[str, Text], week: Week, team: int | None, chart: str
) -> Table:
    total = sum(n for n, _, _ in counts.values()) or 1
    rows = [
        [Cell(_named(code, names)), Cell(n, report_queries.feedback_items(week.first, week.last, team, **{axis: code})), Cell(n / total, percent=True), _change(n, then)]
        for code, (n, then, _) in _ranked(counts)
    ]  # fmt: skip
    columns = [title, Text("条数", "Count"), Text("占比", "Share"), Text("较上周", "Change")]
    return Table(f"by-{axis}", both_languages(title), [both_languages(c) for c in columns], rows, chart)


def _top(axis: str, title: Text, counts: Counts, names: Mapping[str, Text], week: Week, team: int | None) -> Table:
    labelled = {code: c for code, c in counts.items() if code}
    rows = [
        [Cell(_named(code, names), flag=people >= FREQUENT), Cell(n, report_queries.feedback_items(week.first, week.last, team, **{axis: code})), _change(n, then), Cell(people)]
        for code, (n, then, people) in _ranked(labelled)[:TOP]
    ]  # fmt: skip
    note = Text(
        "{n} 位及以上不同客户反映的标为高频。", "Reported by {n} or more different customers: frequent.", n=FREQUENT
    )
    columns = [title, Text("条数", "Count"), Text("较上周", "Change"), Text("客户数", "Customers")]
    return Table(
        f"top-{axis}", both_languages(title), [both_languages(c) for c in columns], rows, note=both_languages(note)
    )


def _sides(counts: Counts, total: int) -> Table:
    """Service and product apart: who has to act."""
    sides: Counter[str] = Counter()
    for code, (n, _, _) in counts.items():
        side = "product" if code == "defect" else "service" if code in SERVICE_TYPES else "rest"
        sides[side] += n
    names = {"product": Text("产品功能", "Product"), "service": Text("服务、售后、物流", "Service, after-sales, delivery"), "rest": Text("其他与未标注", "Other and not labelled")}  # fmt: skip
    rows = [
        [Cell(both_languages(name)), Cell(sides[side]), Cell(sides[side] / (total or 1), percent=True)]
        for side, name in names.items()
    ]
    title = Text("服务与产品", "Service and product")
    return Table(
        "sides",
        both_languages(title),
        [both_languages(c) for c in (title, Text("条数", "Count"), Text("占比", "Share"))],
        rows,
    )


def _label(
    place: int, axis: str, title: Text, names: Mapping[str, Text], labels: Iterable[Any], week: Week, team: int | None
) -> Table:
    counts: Counter[str] = Counter()
    for row in labels:
        counts[row[place]] += row[3]
    total = sum(counts.values()) or 1
    rows = [
        [Cell(_named(code, names)), Cell(counts[code], report_queries.feedback_items(week.first, week.last, team, **{axis: code})), Cell(counts[code] / total, percent=True)]
        for code in (*names, "") if counts[code]
    ]  # fmt: skip
    return Table(
        f"by-{axis}",
        both_languages(title),
        [both_languages(c) for c in (title, Text("条数", "Count"), Text("占比", "Share"))],
        rows,
    )


Days = dict[tuple[date, str], int]
"""Day and channel → feedback items, over the weeks shown."""


def _days(rows: QuerySet[Feedback], week: Week) -> Days:
    span = rows.filter(_within(Week(week.earlier(WEEKS - 1).first, week.last))).order_by()
    counted = (
        span.annotate(day=TruncDate("received_at", tzinfo=clock.BEIJING))
        .values_list("day", "channel")
        .annotate(Count("pk"))
    )
    return {(day, channel): n for day, channel, n in counted}


def _daily(days: Days, week: Week, team: int | None) -> Table:
    rows = []
    for n in range((week.last - week.first).days + 1):
        day = week.first + timedelta(days=n)
        name = Text(f"{day:%m-%d} 周{WEEKDAYS.zh[n]}", f"{day:%m-%d %a}")
        rows.append(
            [
                Cell(both_languages(name)),
                Cell(sum(c for (d, _), c in days.items() if d == day), report_queries.feedback_items(day, day, team)),
            ]
        )
    title = Text("每天", "By day")
    return Table(
        "by-day", both_languages(title), [both_languages(title), both_languages(Text("条数", "Count"))], rows, "line"
    )


def _trend(days: Days, week: Week, team: int | None) -> Table:
    """Eight weeks by channel; the busiest channels have a column of their own."""
    totals: Counter[str] = Counter()
    cells: dict[tuple[date, str], int] = defaultdict(int)
    for (day, channel), n in days.items():
        totals[channel] += n
        cells[day - timedelta(days=day.weekday()), channel] += n
    drawn = [code for code, _ in totals.most_common(CHANNELS_DRAWN)]
    rows = []
    for back in range(WEEKS - 1, -1, -1):
        one = Week(week.first - timedelta(weeks=back), (week.last if back == 0 else week.first - timedelta(weeks=back) + timedelta(days=6)))  # fmt: skip
        row = [Cell(both_languages(one.name))]
        for code in drawn:
            row.append(
                Cell(cells[one.first, code], report_queries.feedback_items(one.first, one.last, team, channel=code))
            )
        rows.append(row)
    title = Text("近 {n} 周各渠道", "Channels over {n} weeks", n=WEEKS)
    return Table(
        "trend",
        both_languages(title),
        [both_languages(Text("周", "Week")), *[_named(c, feedback_choices.CHANNELS) for c in drawn]],
        rows,
        "line",
    )


def _ranked(counts: Counts) -> list[tuple[str, tuple[int, int, int]]]:
    return sorted(((code, c) for code, c in counts.items() if c[0]), key=lambda item: (-item[1][0], item[0]))


def _named(code: str, names: Mapping[str, Text]) -> dict[str, str]:
    return both_languages(names.get(code, code) if code else NO_LABEL)


def _change(now: int, then: int) -> Cell:
    return Cell(both_languages(Text("新增", "new")) if then == 0 and now else now - then)
