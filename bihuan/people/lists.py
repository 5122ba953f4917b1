"""The list of accounts."""

from __future__ import annotations

from django.db.models import Q

from bihuan.core.lists import ListSpec, Tab, TextFilter
from bihuan.core.text import Text

SORTS = {"name": (Text("按加入先后", "By joining"), ("id",))}
TABS = (
    Tab("active", Text("在用", "Active"), Q(is_active=True)),
    Tab("disabled", Text("已停用", "Disabled"), Q(is_active=False)),
)
FILTERS = (TextFilter("q", Text("账号、姓名", "Account, name"), ("username", "name")),)
PEOPLE = ListSpec("people", SORTS, tabs=TABS, filters=FILTERS)
