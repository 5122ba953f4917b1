"""The list of customers; its rows carry ``feedback_items``, the number of feedback items of each."""

from __future__ import annotations

from django.db.models import Q

from bihuan.core.lists import ALL, ChoiceFilter, Column, ListSpec, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.customers.models import Customer

SORTS = {
    "new": (Text("最近更新", "Last updated"), ("-updated_at", "-id")),
    "name": (Text("名称", "Name"), ("name", "id")),
    "feedback_items": (Text("反馈最多", "Most feedback"), ("-feedback_items", "-id")),
}
FILTERS = (
    TextFilter("q", Text("名称、账号、编号", "Name, account, number"), ("name", "account", "number")),
    ChoiceFilter("value", Text("客户价值", "Customer value"), dict(Customer.Value.choices)),
)
TABS = (ALL, Tab("paying", Text("付费客户", "Paying customer"), Q(paying=True)))
COLUMNS = (
    Column(Text("编号", "Number"), lambda c: c.number),
    Column(Text("名称", "Name"), lambda c: c.name),
    Column(Text("账号", "Account"), lambda c: c.account),
    Column(Text("行业", "Industry"), lambda c: c.industry),
    Column(Text("规模", "Size"), lambda c: c.size),
    Column(Text("客户价值", "Customer value"), lambda c: c.get_value_display()),
    Column(Text("付费", "Paying"), lambda c: Text("是", "yes") if c.paying else Text("否", "no")),
    Column(Text("反馈数", "Feedback items"), lambda c: c.feedback_items),
)
CUSTOMERS = ListSpec("customers", SORTS, tabs=TABS, filters=FILTERS, columns=COLUMNS)
