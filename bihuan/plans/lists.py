"""The list of plans that a person decides on."""

from __future__ import annotations

from django.db.models import Q

from bihuan.core.lists import ListSpec, Tab
from bihuan.core.text import Text
from bihuan.people.models import User
from bihuan.plans.models import Approval

SORTS = {
    "old": (Text("最早的在前", "Oldest first"), ("updated_at", "id")),
    "new": (Text("最新的在前", "Newest first"), ("-updated_at", "-id")),
}


def tabs(user: User) -> tuple[Tab, ...]:
    decided = Q(pk__in=Approval.objects.filter(approver=user).values("plan"))
    return (
        Tab("waiting", Text("待我审批", "Waiting for my approval"), Q(pk__in=Approval.waiting_for(user).values("pk"))),
        Tab("decided", Text("我审批过的", "Decided by me"), decided),
    )


def approval_list(user: User) -> ListSpec:
    return ListSpec("approvals", SORTS, tabs=tabs(user))
