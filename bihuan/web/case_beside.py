"""What stands beside a case on its first page: the team it is on its way to, the requirements made of it."""

from __future__ import annotations

from typing import Any

from bihuan.cases.handovers import LIVE
from bihuan.cases.models import Case
from bihuan.people.models import User
from bihuan.requirements.models import Requirement


def beside(case: Case, user: User) -> dict[str, Any]:
    """``handover`` on its way or None, ``handover_mine`` whether this person may take it, ``wanted`` requirements."""
    live = case.handovers.filter(status__in=LIVE).select_related("team", "lead", "table").first()
    return {
        "handover": live,
        "handover_mine": live is not None and live.may_take(user),
        "wanted": Requirement.objects.filter(case=case),
    }
