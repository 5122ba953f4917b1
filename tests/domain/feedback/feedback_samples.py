"""Sample feedback for tests: one item as an agent records it, and labels to give it."""

from __future__ import annotations

from typing import Any

from bihuan.feedback.intake import receive
from bihuan.feedback.models import Feedback

CRASH = "升级到新版以后，一点开订单页面就闪退，重装了也不行"
LABELS = {"problem_type": "defect", "scope": "individual", "urgency": "important", "sentiment": "dissatisfied"}


def make_feedback(cast: Any, text: str = CRASH, account: str = "", **more: Any) -> Feedback:
    """A feedback item taken down by the agent Lin for her team, or by somebody else."""
    who = {"account": account, "name": account} if account else None
    more.setdefault("team", cast["lin"].team)
    by = more.pop("by", cast["lin"])
    return receive(by=by.actor, source="test", text=text, channel="phone", customer=who, **more)
