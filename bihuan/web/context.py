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
from bihuan.core.text import Text, fixed_language, language
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


_LOOP, _SEE, _HOUSE = Text("闭环", "The loop"), Text("看与学", "See and learn"), Text("设置", "Set up")
PLACES: tuple[Place, ...] = (
    Place("home", Text("工作台", "My day"), "home", "", _LOOP, tab=True),
    Place("feedback", Text("反馈", "Feedback"), "inbox", "see.business", _LOOP, tab=True),
    Place("feedback_new", Text("记一条", "Record"), "plus", "feedback.record", _LOOP, tab=True),
    Place("imports", Text("导入", "Import"), "upload", "feedback.import", _LOOP),
    Place("sorting", Text("分类", "Sort"), "tags", "feedback.sort", _LOOP, tab=True),
    Place("review", Text("评审会", "Review"), "gavel", "feedback.rule", _LOOP),
    Place("daily_close", Text("日清", "Daily close"), "check", "daily.close", _LOOP),
    Place("cases", Text("事项", "Cases"), "folder", "see.business", _LOOP, tab=True),
    Place("due", Text("到期", "Due"), "clock", "see.business", _LOOP),
    Place("requirements", Text("需求", "Requirements"), "bulb", "see.business", _LOOP),
    Place("approvals", Text("审批", "Approvals"), "gavel", "plan.decide", _LOOP, tab=True),
    Place("tasks", Text("任务", "Tasks"), "checklist", "task.work", _LOOP, tab=True),
    Place("revisits", Text("回访", "Revisits"), "phone", "revisit.do", _LOOP),
    Place("telling", Text("告知客户", "Tell customers"), "message", "see.business", _LOOP),
    Place("customers", Text("客户", "Customers"), "building", "see.business", _LOOP),
    Place("findings", Text("发现", "Findings"), "bulb", "findings.see", _SEE),
    Place("reports", Text("报表", "Reports"), "chart", "report.see", _SEE),
    Place("articles", Text("知识", "Knowledge"), "book", "see.business", _SEE),
    Place("routing", Text("转办规则", "Routing"), "git-branch", "routing.see", _HOUSE),
    Place("schemes", Text("优先级方案", "Priority schemes"), "scale", "scheme.see", _HOUSE),
    Place("rules", Text("时限规则", "Time limits"), "settings", "setup.edit", _HOUSE),
    Place("calendars", Text("工作日历", "Calendars"), "calendar", "setup.edit", _HOUSE),
    Place("clocks", Text("时限", "Deadlines"), "clock", "ledger.read", _SEE),
    Place("ledger", Text("操作日志", "Audit log"), "shield", "ledger.read", _HOUSE, tab=True),
    Place("numbers", Text("编号规则", "Numbers"), "list", "setup.edit", _HOUSE),
    Place("dictionaries", Text("分类字典", "Dictionaries"), "tags", "dictionary.edit", _HOUSE),
    Place("policies", Text("审批政策", "Approval policy"), "gavel", "setup.edit", _HOUSE),
    Place("plugins", Text("插件", "Plug-ins"), "stack", "setup.edit", _HOUSE),
    Place("people", Text("人员", "People"), "users", "setup.edit", _HOUSE),
)


class Reader:
    """One page is for one reader, in one language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with fixed_language():
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
