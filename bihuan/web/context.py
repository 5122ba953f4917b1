"""What every page knows: its reader's way around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bihuan.core.page_address import address
from bihuan.core.text import Text, both, language, one_reader
from bihuan.people.permissions import CAPABILITIES


@dataclass(frozen=True)
class Place:
    """One entry of the navigation: shown to those who have the capability. ``tab``: also in the phone's bottom bar."""

    url: str
    name: Text
    icon: str
    need: str
    group: Text
    tab: bool = False
    here: bool = False

    @property
    def href(self) -> str:
        return address(self.url)


_LOOP, _SEE, _HOUSE = both("闭环", "The loop"), both("看与学", "See and learn"), both("设置", "Set up")
PLACES: tuple[Place, ...] = (
    Place("home", both("工作台", "My day"), "home", "", _LOOP, tab=True),
    Place("feedback", both("反馈", "Feedback"), "inbox", "see.business", _LOOP, tab=True),
    Place("feedback_new", both("记一条", "Record"), "plus", "feedback.record", _LOOP, tab=True),
    Place("imports", both("导入", "Import"), "upload", "feedback.import", _LOOP),
    Place("sorting", both("分类", "Sort"), "tags", "feedback.sort", _LOOP, tab=True),
    Place("review", both("评审会", "Review"), "gavel", "feedback.rule", _LOOP),
    Place("daily_close", both("日清", "Daily close"), "check", "daily.close", _LOOP),
    Place("cases", both("事项", "Cases"), "folder", "see.business", _LOOP, tab=True),
    Place("due", both("到期", "Due"), "clock", "see.business", _LOOP),
    Place("requirements", both("需求", "Requirements"), "bulb", "see.business", _LOOP),
    Place("approvals", both("审批", "Approvals"), "gavel", "plan.decide", _LOOP, tab=True),
    Place("tasks", both("任务", "Tasks"), "checklist", "task.work", _LOOP, tab=True),
    Place("revisits", both("回访", "Revisits"), "phone", "revisit.do", _LOOP),
    Place("telling", both("告知客户", "Tell customers"), "message", "see.business", _LOOP),
    Place("customers", both("客户", "Customers"), "building", "see.business", _LOOP),
    Place("findings", both("发现", "Findings"), "bulb", "findings.see", _SEE),
    Place("reports", both("报表", "Reports"), "chart", "report.see", _SEE),
    Place("articles", both("知识", "Knowledge"), "book", "see.business", _SEE),
    Place("routing", both("转办规则", "Routing"), "git-branch", "routing.see", _HOUSE),
    Place("schemes", both("优先级方案", "Priority schemes"), "scale", "scheme.see", _HOUSE),
    Place("rules", both("时限规则", "Time limits"), "settings", "setup.edit", _HOUSE),
    Place("calendars", both("工作日历", "Calendars"), "calendar", "setup.edit", _HOUSE),
    Place("clocks", both("时限", "Deadlines"), "clock", "ledger.read", _SEE),
    Place("ledger", both("操作日志", "Audit log"), "shield", "ledger.read", _HOUSE, tab=True),
    Place("numbers", both("编号规则", "Numbers"), "list", "setup.edit", _HOUSE),
    Place("dictionaries", both("分类字典", "Dictionaries"), "tags", "dictionary.edit", _HOUSE),
    Place("policies", both("审批政策", "Approval policy"), "gavel", "setup.edit", _HOUSE),
    Place("plugins", both("插件", "Plug-ins"), "stack", "setup.edit", _HOUSE),
    Place("people", both("人员", "People"), "users", "setup.edit", _HOUSE),
)


class Reader:
    """One page is for one reader, in one language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_reader():
            return self.get_response(request)


def page(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    match = request.resolver_match
    at = match.url_name or "" if match else ""
    roles = user.roles if user and user.is_authenticated else None
    return {"way": _way(roles, at, language()), "reading": language(), "demo": settings.DEMO}


@dataclass(frozen=True)
class Way:
    """The navigation as it is drawn: beside the page, behind the phone's menu button, along its lower edge."""

    side: SafeString
    menu: SafeString
    tabs: SafeString


@lru_cache(maxsize=2048)
def _way(roles: frozenset[str] | None, at: str, language: str) -> Way:
    """Drawn once for all who have the same roles, stand on the same page and read the same language."""
    own = {p.url for p in PLACES}
    shown = [
        replace(p, here=at == p.url or (at not in own and at.startswith(f"{p.url}_")))
        for p in PLACES
        if roles is not None and (not p.need or not CAPABILITIES[p.need].isdisjoint(roles))
    ]
    return Way(*(render_to_string(f"ui/nav_{part}.html", {"places": shown}) for part in ("side", "menu", "tabs")))
