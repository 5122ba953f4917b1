"""What every page gets: the navigation with the entry of its section marked, the reader's language."""

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
    """One entry of the navigation, shown to those who have the capability ``need``; ``url`` is the name of its page.

    ``namespaces``: the URL namespaces whose pages belong to it. ``tab``: it is also in the phone's bottom bar.
    """

    url: str
    name: Text
    icon: str
    need: str
    group: Text
    namespaces: tuple[str, ...] = ()
    tab: bool = False
    is_current: bool = False

    @property
    def href(self) -> str:
        return reverse(self.url)


_LOOP, _SEE, _SETTINGS = Text("闭环", "The loop"), Text("看与学", "See and learn"), Text("设置", "Settings")
NAV_ITEMS: tuple[NavItem, ...] = (
    NavItem("home", Text("工作台", "My day"), "home", "", _LOOP, tab=True),
    NavItem("feedback:list", Text("反馈", "Feedback"), "inbox", "see.business", _LOOP, ("feedback",), tab=True),
    NavItem("feedback:new", Text("记一条", "Record"), "plus", "feedback.record", _LOOP, tab=True),
    NavItem("imports:list", Text("导入", "Import"), "upload", "feedback.import", _LOOP, ("imports",)),
    NavItem("triage:queue", Text("分类", "Triage"), "tags", "feedback.triage", _LOOP, ("triage",), tab=True),
    NavItem(
        "label_review:detail",
        Text("评审会", "Label review meeting"),
        "gavel",
        "feedback.rule",
        _LOOP,
        ("label_review",),
    ),
    NavItem("daily_close:today", Text("日清", "Daily close"), "check", "daily.close", _LOOP, ("daily_close",)),
    NavItem(
        "cases:list",
        Text("事项", "Cases"),
        "folder",
        "see.business",
        _LOOP,
        ("cases", "diagnosis", "plans", "followup"),
        tab=True,
    ),
    NavItem("deadlines:due", Text("到期", "Due"), "clock", "see.business", _LOOP),
    NavItem("requirements:list", Text("需求", "Requirements"), "bulb", "see.business", _LOOP, ("requirements",)),
    NavItem("approvals:list", Text("审批", "Approvals"), "gavel", "plan.decide", _LOOP, ("approvals",), tab=True),
    NavItem("tasks:list", Text("任务", "Tasks"), "checklist", "task.work", _LOOP, ("tasks",), tab=True),
    NavItem("followup:list", Text("回访", "Follow-up calls"), "phone", "followup.call", _LOOP),
    NavItem(
        "customer_updates:list",
        Text("告知客户", "Customer updates"),
        "message",
        "see.business",
        _LOOP,
        ("customer_updates",),
    ),
    NavItem("customers:list", Text("客户", "Customers"), "building", "see.business", _LOOP, ("customers", "contacts")),
    NavItem(
        "findings:list",
        Text("发现", "Findings"),
        "bulb",
        "findings.see",
        _SEE,
        ("findings", "exposures", "label_models", "problems"),
    ),
    NavItem("reports:list", Text("报表", "Reports"), "chart", "report.see", _SEE, ("reports",)),
    NavItem("articles:list", Text("知识", "Knowledge"), "book", "see.business", _SEE, ("articles",)),
    NavItem("routing:detail", Text("转办规则", "Routing table"), "git-branch", "routing.see", _SETTINGS, ("routing",)),
    NavItem("schemes:list", Text("优先级方案", "Priority schemes"), "scale", "scheme.see", _SETTINGS, ("schemes",)),
    NavItem(
        "escalation:list", Text("时限规则", "Deadline rules"), "settings", "setup.edit", _SETTINGS, ("escalation",)
    ),
    NavItem(
        "calendars:list", Text("工作日历", "Business calendars"), "calendar", "setup.edit", _SETTINGS, ("calendars",)
    ),
    NavItem("deadlines:list", Text("时限", "Deadlines"), "clock", "audit.read", _SEE, ("deadlines",)),
    NavItem("audit:list", Text("操作日志", "Audit log"), "shield", "audit.read", _SETTINGS, ("audit",), tab=True),
    NavItem("numbers:list", Text("编号规则", "Number rules"), "list", "setup.edit", _SETTINGS, ("numbers",)),
    NavItem("picklists:list", Text("分类字典", "Picklists"), "tags", "picklist.edit", _SETTINGS, ("picklists",)),
    NavItem("policies:list", Text("审批政策", "Approval policy"), "gavel", "setup.edit", _SETTINGS, ("policies",)),
    NavItem("plugins:list", Text("插件", "Plug-ins"), "stack", "setup.edit", _SETTINGS, ("plugins",)),
    NavItem("people:list", Text("人员", "People"), "users", "setup.edit", _SETTINGS, ("people",)),
    NavItem("patterns", Text("界面组件", "Page components"), "list", "setup.edit", _SETTINGS),
)


# Pages that belong to another entry than the rest of their namespace.
SECTION_OF_PAGE = {
    "home": "home",
    "patterns": "patterns",
    "feedback:new": "feedback:new",
    "feedback:known_customers": "feedback:new",
    "feedback:personal_data": "feedback:new",
    "followup:list": "followup:list",
    "deadlines:due": "deadlines:due",
    "deadlines:detail": "deadlines:due",
    "deadlines:next_of_case": "cases:list",
    "deadlines:of_case": "cases:list",
    "articles:from_case": "cases:list",
    "articles:use": "cases:list",
    "drafts:labels": "feedback:list",
    "drafts:discard_labels": "feedback:list",
    "drafts:whys": "cases:list",
    "drafts:discard_whys": "cases:list",
    "drafts:summary": "reports:list",
    "drafts:discard_summary": "reports:list",
}
SECTION_OF_NAMESPACE = {namespace: item.url for item in NAV_ITEMS for namespace in item.namespaces}


def section_of(view_name: str) -> str | None:
    """The navigation entry (its ``url``) that a page belongs to; None for a page that belongs to none."""
    return SECTION_OF_PAGE.get(view_name) or SECTION_OF_NAMESPACE.get(view_name.rpartition(":")[0])


class SingleLanguage:
    """A page is in one language: the reader's, looked up once a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with fixed_language():
            return self.get_response(request)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """The context of every page: the navigation, the reader's language ("zh" or "en"), whether this is a demo."""
    user = getattr(request, "user", None)
    match = request.resolver_match
    section = section_of(match.view_name) if match else None
    roles = user.roles if user and user.is_authenticated else None
    return {"nav": _nav(roles, section, language()), "language": language(), "demo": settings.DEMO}


@dataclass(frozen=True)
class Nav:
    """The navigation as HTML: beside the page, behind the phone's menu button, along its lower edge."""

    side: SafeString
    menu: SafeString
    tabs: SafeString


@lru_cache(maxsize=2048)
def _nav(roles: frozenset[str] | None, section: str | None, language: str) -> Nav:
    """Rendered once for all who have the same roles, read the same language and are in the same section."""
    items = [
        replace(item, is_current=item.url == section)
        for item in NAV_ITEMS
        if roles is not None and (not item.need or not CAPABILITIES[item.need].isdisjoint(roles))
    ]
    return Nav(*(render_to_string(f"ui/nav_{part}.html", {"items": items}) for part in ("side", "menu", "tabs")))
