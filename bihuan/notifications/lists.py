"""The list of a person's notifications."""

from __future__ import annotations

from django.db.models import Q

from bihuan.core.lists import ALL, ListSpec, Tab
from bihuan.core.text import Text

NOTIFICATIONS = ListSpec(
    "notices",
    {"new": (Text("最新", "Newest"), ("-id",))},
    tabs=(Tab("unread", Text("未读", "Unread"), Q(read_at=None)), ALL),
)
