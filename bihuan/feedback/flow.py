"""The life of a feedback item."""

from __future__ import annotations

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import Text
from bihuan.feedback import events

FLOW = Flow(
    "feedback",
    states=(
        State("new", Text("待分类", "To triage"), "blue"),
        State("sorted", Text("已分类", "Triaged"), "cyan"),
        State("disputed", Text("争议待评审", "In dispute"), "orange"),
        State("linked", Text("已转事项", "In a case"), "green", final=True),
        State("answered", Text("已答复", "Answered"), "green", final=True),
        State("merged", Text("已合并", "Merged"), "secondary", final=True),
        State("void", Text("无效", "Invalid"), "secondary", final=True),
        State("withdrawn", Text("已撤回", "Withdrawn"), "secondary", final=True),
    ),
    moves=(
        Move("sort", Text("分类", "Triage"), ("new",), "sorted", events.LABELLED),
        Move("dispute", Text("提出争议", "Dispute"), ("new", "sorted"), "disputed", events.DISPUTED),
        Move("rule", Text("评审判定", "Rule"), ("disputed",), "sorted", events.RULED),
        Move("merge", Text("合并", "Merge"), ("new", "sorted"), "merged", events.MERGED),
        Move("unmerge", Text("撤销合并", "Undo merge"), ("merged",), "new", events.UNMERGED),
        Move("unmerge_sorted", Text("撤销合并", "Undo merge"), ("merged",), "sorted", events.UNMERGED),
        Move("link", Text("转为事项", "Make a case"), ("new", "sorted"), "linked", events.LINKED),
        Move("unlink", Text("脱开事项", "Take off the case"), ("linked",), "sorted", events.UNLINKED),
        Move("answer", Text("直接答复", "Answer"), ("new", "sorted"), "answered", events.ANSWERED),
        Move("void", Text("判为无效", "Mark invalid"), ("new", "sorted"), "void", events.VOIDED),
        Move("withdraw", Text("撤回导入", "Withdraw"), ("new",), "withdrawn", events.UNDONE),
        Move("revive", Text("恢复", "Restore"), ("void", "answered"), "new", events.REVIVED),
    ),
)
