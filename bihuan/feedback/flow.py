"""The life of a feedback item."""

from __future__ import annotations

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import Text
from bihuan.feedback import events

FLOW = Flow(
    "feedback",
    states=(
        State("new", Text("待分类", "To triage"), "blue"),
        State("triaged", Text("已分类", "Triaged"), "cyan"),
        State("disputed", Text("争议待评审", "In dispute"), "orange"),
        State("linked", Text("已转事项", "In a case"), "green", final=True),
        State("answered", Text("已答复", "Answered"), "green", final=True),
        State("merged", Text("已合并", "Merged"), "secondary", final=True),
        State("void", Text("无效", "Invalid"), "secondary", final=True),
        State("withdrawn", Text("已撤回", "Withdrawn"), "secondary", final=True),
    ),
    moves=(
        Move("triage", Text("分类", "Triage"), ("new",), "triaged", events.LABELLED),
        Move("dispute", Text("提出争议", "Dispute"), ("new", "triaged"), "disputed", events.DISPUTED),
        Move("rule", Text("评审判定", "Rule"), ("disputed",), "triaged", events.RULED),
        Move("merge", Text("合并", "Merge"), ("new", "triaged"), "merged", events.MERGED),
        Move("unmerge", Text("撤销合并", "Undo merge"), ("merged",), "new", events.UNMERGED),
        Move("unmerge_triaged", Text("撤销合并", "Undo merge"), ("merged",), "triaged", events.UNMERGED),
        Move("link", Text("转为事项", "Make a case"), ("new", "triaged"), "linked", events.LINKED),
        Move("unlink", Text("脱开事项", "Take off the case"), ("linked",), "triaged", events.UNLINKED),
        Move("answer", Text("直接答复", "Answer"), ("new", "triaged"), "answered", events.ANSWERED),
        Move("void", Text("判为无效", "Mark invalid"), ("new", "triaged"), "void", events.VOIDED),
        Move("withdraw", Text("撤回导入", "Withdraw"), ("new",), "withdrawn", events.UNDONE),
        Move("revive", Text("恢复", "Restore"), ("void", "answered"), "new", events.REVIVED),
    ),
)
