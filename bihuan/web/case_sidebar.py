"""What stands beside a case on its first page: the team it is on its way to, the requirements made of it."""

from __future__ import annotations

from typing import Any

from bihuan.cases.models import Case
from bihuan.people.models import User
from bihuan.web import case_queries


def sidebar_context(case: Case, user: User) -> dict[str, Any]:
    """``handover`` on its way or None, ``handover_mine`` whether this person may take it, ``wanted`` requirements."""
    live = next(iter(case_queries.live_handovers.fetch(case.pk)), None)
    return {
        "handover": live,
        "handover_mine": live is not None and live.may_be_accepted_by(user),
        "wanted": case_queries.requirements.fetch(case.pk),
    }
