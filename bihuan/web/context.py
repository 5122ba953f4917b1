"""What every page knows: its reader's way around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from bihuan.core.text import Text, fixed_language, language
from bihuan.people.permissions import CAPABILITIES


@dataclass(frozen=True)
class NavItem:
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
        return reverse(self.url)


_LOOP, _SEE, _HOUSE = Text("闭环", "The loop"), Text("看与学", "See and learn"), Text("设置", "Settings")
PLACES: tuple[NavItem, ...] = (
    NavItem("home", Text("工作台", "My day"), "home", "", _LOOP, tab=True),
    NavItem("feedback:list", Text("反馈", "Feedback"), "inbox", "see.business", _LOOP, tab=True),
    NavItem("feedback:new", Text("记一条", "Record"), "plus", "feedback.record", _LOOP, tab=True),
    NavItem("imports:list", Text("导入", "Import"), "upload", "feedback.import", _LOOP),
    NavItem("triage:queue", Text("分类", "Triage"), "tags", "feedback.triage", _LOOP, tab=True),
    NavItem("label_review:detail", Text("评审会", "Label review meeting"), "gavel", "feedback.rule", _LOOP),
    NavItem("daily_close:today", Text("日清", "Daily close"), "check", "daily.close", _LOOP),
    NavItem("cases:list", Text("事项", "Cases"), "folder", "see.business", _LOOP, tab=True),
    NavItem("deadlines:due", Text("到期", "Due"), "clock", "see.business", _LOOP),
    NavItem("requirements:list", Text("需求", "Requirements"), "bulb", "see.business", _LOOP),
    NavItem("approvals:list", Text("审批", "Approvals"), "gavel", "plan.decide", _LOOP, tab=True),
    NavItem("tasks:list", Text("任务", "Tasks"), "checklist", "task.work", _LOOP, tab=True),
    NavItem("followup:list", Text("回访", "Follow-up calls"), "phone", "followup.call", _LOOP),
    NavItem("customer_updates:list", Text("告知客户", "Customer updates"), "message", "see.business", _LOOP),
    NavItem("customers:list", Text("客户", "Customers"), "building", "see.business", _LOOP),
    NavItem("findings:list", Text("发现", "Findings"), "bulb", "findings.see", _SEE),
    NavItem("reports:list", Text("报表", "Reports"), "chart", "report.see", _SEE),
    NavItem("articles:list", Text("知识", "Knowledge"), "book", "see.business", _SEE),
    NavItem("routing:detail", Text("转办规则", "Routing table"), "git-branch", "routing.see", _HOUSE),
    NavItem("schemes:list", Text("优先级方案", "Priority schemes"), "scale", "scheme.see", _HOUSE),
    NavItem("escalation:list", Text("时限规则", "Deadline rules"), "settings", "setup.edit", _HOUSE),
    NavItem("calendars:list", Text("工作日历", "Business calendars"), "calendar", "setup.edit", _HOUSE),
    NavItem("deadlines:list", Text("时限", "Deadlines"), "clock", "audit.read", _SEE),
    NavItem("audit:list", Text("操作日志", "Audit log"), "shield", "audit.read", _HOUSE, tab=True),
    NavItem("numbers:list", Text("编号规则", "Number rules"), "list", "setup.edit", _HOUSE),
    NavItem("picklists:list", Text("分类字典", "Picklists"), "tags", "picklist.edit", _HOUSE),
    NavItem("policies:list", Text("审批政策", "Approval policy"), "gavel", "setup.edit", _HOUSE),
    NavItem("plugins:list", Text("插件", "Plug-ins"), "stack", "setup.edit", _HOUSE),
    NavItem("people:list", Text("人员", "People"), "users", "setup.edit", _HOUSE),
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
class Nav:
    """The navigation as it is drawn: beside the page, behind the phone's menu button, along its lower edge."""

    side: SafeString
    menu: SafeString
    tabs: SafeString


@lru_cache(maxsize=2048)
def _way(roles: frozenset[str] | None, at: str, language: str) -> Nav:
    """Drawn once for all who have the same roles, stand on the same page and read the same language."""
    own = {p.url for p in PLACES}
    shown = [
        replace(p, here=at == p.url or (at not in own and at.startswith(f"{p.url}_")))
        for p in PLACES
        if roles is not None and (not p.need or not CAPABILITIES[p.need].isdisjoint(roles))
    ]
    return Nav(*(render_to_string(f"ui/nav_{part}.html", {"places": shown}) for part in ("side", "menu", "tabs")))
