"""The lives of a follow-up call and of an evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import Text
from bihuan.followup import events, followup_choices

if TYPE_CHECKING:
    from bihuan.followup.evaluations import Evaluation
    from bihuan.followup.followup_calls import FollowUp


def case_awaits_it(row: FollowUp) -> Text | None:
    if row.case.status != "following_up" or row.round != row.case.round:
        return Text("事项现在是「{now}」，不在回访。", "The case is “{now}” now; no follow-up call is due.").format(
            now=row.case.state.name
        )
    return None


def was_tried(row: FollowUp) -> Text | None:
    missing = followup_choices.ENOUGH_ATTEMPTS - row.attempts.count()
    if missing > 0:
        return Text("再试 {n} 次仍未联系上才能结束。", "Please try {n} more times before giving up.", n=missing)
    return None


def case_awaits_evaluation(row: Evaluation) -> Text | None:
    if row.case.status != "evaluating" or row.round != row.case.round:
        return Text("事项现在是「{now}」，不在评估。", "The case is “{now}” now; no evaluation is due.").format(
            now=row.case.state.name
        )
    return None


FOLLOWUPS = Flow(
    "followup",
    states=(
        State("waiting", Text("待回访", "Follow-up call due"), "orange"),
        State("done", Text("已回访", "Done"), "green", final=True),
        State("unreachable", Text("未联系上", "Not reached"), "yellow", final=True),
        State("exempt", Text("免访", "Exempt"), "purple", final=True),
        State("lapsed", Text("已作废", "Voided"), "secondary", final=True),
    ),
    moves=(
        Move("answer", Text("登记回访", "Record the call"), ("waiting", "unreachable"), "done", events.ANSWERED, (case_awaits_it,)),
        Move("mark_unreachable", Text("结束回访", "Give up"), ("waiting",), "unreachable", events.UNREACHABLE, (case_awaits_it, was_tried)),
        Move("exempt", Text("免访", "Exempt"), ("waiting",), "exempt", events.EXEMPT, (case_awaits_it,)),
        Move("lapse", Text("作废", "Void"), ("waiting",), "lapsed", events.LAPSED),
    ),
)  # fmt: skip

EVALUATIONS = Flow(
    "evaluation",
    states=(
        State("waiting", Text("待评估", "Evaluation due"), "yellow"),
        State("done", Text("已评估", "Evaluated"), "green", final=True),
        State("lapsed", Text("已作废", "Voided"), "secondary", final=True),
    ),
    moves=(
        Move("assess", Text("评估", "Evaluate"), ("waiting",), "done", events.EVALUATED, (case_awaits_evaluation,)),
        Move("lapse", Text("作废", "Void"), ("waiting",), "lapsed", events.EVALUATION_LAPSED),
    ),
)
