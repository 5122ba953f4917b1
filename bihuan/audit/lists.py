"""The audit log as a list: what it filters, sorts, shows and exports."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from bihuan.audit.models import Event
from bihuan.audit.timeline import entry
from bihuan.core.lists import ALL, ChoiceFilter, Column, DateFilter, LinkFilter, ListSpec, RecentFilter, Tab, TextFilter
from bihuan.core.text import Text

NOUNS: dict[str, Text] = {
    "feedback": Text("反馈", "Feedback"),
    "case": Text("事项", "Case"),
    "problem": Text("问题", "Problem"),
    "run": Text("数据分析", "Run of the engine"),
    "exposure": Text("业务量", "Exposure"),
    "label_model": Text("学到的模型", "Label model"),
    "analysis": Text("诊断", "Diagnosis"),
    "cause": Text("原因", "Cause"),
    "handover": Text("移交", "Handover"),
    "requirement": Text("需求", "Requirement"),
    "iteration": Text("迭代", "Iteration"),
    "pool_review": Text("需求月评", "Monthly review of requirements"),
    "plan": Text("方案", "Plan"),
    "option": Text("备选方案", "Option"),
    "measure": Text("措施", "Measure"),
    "confirmation": Text("客户确认", "Customer confirmation"),
    "task": Text("任务", "Task"),
    "followup": Text("回访", "Follow-up call"),
    "evaluation": Text("效果评估", "Effect evaluation"),
    "closure": Text("归档", "Archive"),
    "deadline": Text("时限", "Deadline"),
    "customer": Text("客户", "Customer"),
    "contact": Text("联系方式", "Contact"),
    "article": Text("知识", "Article"),
    "report": Text("报告", "Report"),
    "import": Text("导入", "Import"),
    "value_mapping": Text("表格写法", "Value mapping"),
    "plugin": Text("插件", "Plug-in"),
    "machine_draft": Text("机器草稿", "Machine draft"),
    "review": Text("评审会", "Label review meeting"),
    "close": Text("日清", "Daily close"),
    "user": Text("人员", "Person"),
    "policy": Text("审批政策", "Approval policy"),
    "route_table": Text("分派表", "Routing table"),
    "number_rule": Text("编号规则", "Number rule"),
    "picklist_item": Text("字典项", "Dictionary entry"),
    "scheme": Text("优先级方案", "Priority scheme"),
    "kind_scheme": Text("默认方案", "Default scheme"),
    "calendar": Text("日历", "Calendar"),
    "escalation_step": Text("提醒阶梯", "Reminder escalation step"),
    "pause_limit": Text("挂起上限", "Longest pause"),
    "statutory_rule": Text("外部时限", "External deadline"),
}
"""What events are about. A noun without a name here shows its code."""

RULES = (
    "policy",
    "number_rule",
    "route_table",
    "scheme",
    "kind_scheme",
    "calendar",
    "escalation_step",
    "pause_limit",
    "statutory_rule",
)
TABS = (
    ALL,
    Tab("reveals", Text("查看联系方式", "Contacts seen"), Q(kind="contact.revealed")),
    Tab("exports", Text("导出", "Exports"), Q(kind="user.exported")),
    Tab("people", Text("账号与权限", "Accounts and roles"), Q(subject_kind="user") & ~Q(kind="user.exported")),
    Tab("rules", Text("规则", "Rules"), Q(subject_kind__in=RULES)),
)
DAYS = {"1": Text("今天", "Today"), "7": Text("近 7 天", "7 days"), "30": Text("近 30 天", "30 days")}
FILTERS = (
    ChoiceFilter("noun", Text("对象", "Subject"), NOUNS, "subject_kind"),
    TextFilter("who", Text("操作人", "Who"), ("actor__name",)),
    TextFilter("q", Text("编号或名称", "Number or name"), ("subject_name",)),
    RecentFilter("days", Text("时间", "Time"), "at", DAYS),
    DateFilter("from", Text("从", "From"), "at"),
    DateFilter("to", Text("到", "To"), "at", until=True),
    LinkFilter("kind", Text("同类操作", "One kind of act"), lambda kind: Q(kind=kind)),
    LinkFilter("timeline", Text("同一经过", "One timeline"), lambda timeline: Q(timeline=timeline)),
)
SORTS = {"new": (Text("最近的在前", "Newest first"), ("-id",)), "old": (Text("最早的在前", "Oldest first"), ("id",))}


def masked_sentence(event: Event, mask: Callable[[str], str]) -> Text:
    """The sentence of an event with personal numbers masked by ``mask``."""
    sentence = entry(event).sentence
    return Text(mask(sentence.zh), mask(sentence.en))


def event_list(mask: Callable[[str], str]) -> ListSpec:
    """``mask`` hides the personal numbers in a text of the export."""
    columns = (
        Column(Text("时间", "Time"), lambda f: f.at),
        Column(Text("操作人", "Who"), lambda f: f.actor.name),
        Column(Text("对象", "Subject"), lambda f: NOUNS.get(f.subject_kind, f.subject_kind)),
        Column(Text("编号或名称", "Number or name"), lambda f: mask(f.subject_name)),
        Column(Text("操作", "What"), lambda f: masked_sentence(f, mask)),
        Column(Text("在何处", "On"), lambda f: f.details.get("on") or f.timeline),
        Column(Text("类型", "Type"), lambda f: f.kind),
        Column(Text("序号", "No."), lambda f: f.seq),
        Column(Text("校验值", "Hash"), lambda f: f.hash),
    )
    return ListSpec("ledger", SORTS, tabs=TABS, filters=FILTERS, columns=columns)
