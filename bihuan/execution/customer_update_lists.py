"""The two lists of customers to be updated: on the progress of a case, and on its result."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q

from bihuan.cases.models import HAS_RESULT, CaseFeedback
from bihuan.core import clock
from bihuan.core.lists import ALL, Column, ListSpec, Rows, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.people.models import User

PROGRESS_SORTS = {"due": (Text("最早该说的在前", "First due first"), ("tell_due", "id"))}
RESULT_SORTS = {
    "old": (Text("最早的在前", "Oldest first"), ("case__updated_at", "id")),
    "new": (Text("最近的在前", "Newest first"), ("-case__updated_at", "-id")),
}
RESULT_TABS = (
    Tab(
        "waiting",
        Text("待告知", "To be updated"),
        Q(customer_updated_round=None) | Q(customer_updated_round__lt=F("case__round")),
    ),
    Tab("told", Text("已告知", "Updated"), Q(customer_updated_round=F("case__round"))),
    ALL,
)
RESULT_COLUMNS = (
    Column(Text("客户", "Customer"), lambda one: one.feedback.customer),
    Column(Text("联系方式", "Contact"), lambda one: one.feedback.contact),
    Column(Text("反馈", "Feedback"), lambda one: one.feedback.number),
    Column(Text("事项", "Case"), lambda one: str(one.case)),
    Column(
        Text("告知时间", "Updated at"),
        lambda one: one.customer_updated_at if one.customer_updated_round == one.case.round else None,
    ),
    Column(
        Text("告知人", "Updated by"),
        lambda one: one.customer_updated_by if one.customer_updated_round == one.case.round else None,
    ),
)
PROGRESS_COLUMNS = (
    Column(Text("事项", "Case"), lambda case: str(case)),
    Column(Text("客户", "Customer"), lambda case: case.customer),
    Column(Text("联系方式", "Contact"), lambda case: case.contact),
    Column(Text("最迟告知", "Update by"), lambda case: case.tell_due),
    Column(Text("负责人", "Owner"), lambda case: case.owner),
)
SEARCH_TITLE = Text("编号、标题、客户", "Number, title, customer")
PROGRESS_FILTERS = (TextFilter("q", SEARCH_TITLE, ("number", "title", "customer__name")),)
RESULT_FILTERS = (
    TextFilter("q", SEARCH_TITLE, ("case__number", "case__title", "feedback__number", "feedback__customer__name")),
)
RESULTS = ListSpec("results", RESULT_SORTS, tabs=RESULT_TABS, filters=RESULT_FILTERS, columns=RESULT_COLUMNS)


def progress_tabs() -> tuple[Tab, ...]:
    """The parts of the list as of now; the week ends on Sunday night."""
    tonight = clock.midnight(clock.today() + timedelta(days=1))
    sunday = clock.midnight(clock.today() + timedelta(days=7 - clock.today().weekday()))
    return (
        Tab("week", Text("本周", "This week"), Q(tell_due__lt=sunday)),
        Tab("today", Text("今天", "Today"), Q(tell_due__lt=tonight)),
        Tab("overdue", Text("已晚", "Late"), Q(tell_due__lt=clock.now())),
        ALL,
    )


def result_rows(user: User) -> Rows:
    """The feedback items of known customers in cases whose work is done."""
    known = Q(feedback__customer__isnull=False) | Q(feedback__contact__isnull=False)
    return CaseFeedback.objects.visible_to(user).filter(known, case__status__in=HAS_RESULT)


def progress_list() -> ListSpec:
    return ListSpec("telling", PROGRESS_SORTS, tabs=progress_tabs(), filters=PROGRESS_FILTERS, columns=PROGRESS_COLUMNS)
