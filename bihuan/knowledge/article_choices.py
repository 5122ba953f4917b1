"""The dictionaries of knowledge. Sources: S4-I11, S4-I12, practice notes 12 (KCS)."""

from bihuan.core.text import Text

KINDS: dict[str, Text] = {
    "fault": Text("故障处理", "Fault and fix"),
    "guide": Text("操作指南", "How to"),
    "question": Text("常见问题", "Frequent question"),
    "lesson": Text("经验教训", "Lesson learned"),
}
AUDIENCES: dict[str, Text] = {
    "internal": Text("内部", "Internal"),
    "customer": Text("客户可见", "Customers too"),
}
PARTS: dict[str, Text] = {
    "title": Text("标题", "Title"),
    "phenomenon": Text("现象", "Symptom"),
    "cause": Text("原因", "Cause"),
    "steps": Text("处理步骤", "Steps"),
    "range": Text("适用范围", "Where it applies"),
    "keywords": Text("关键词", "Keywords"),
}
"""What an article says, in the order it is read; every published version keeps these."""

REVIEW_DAYS = 180
"""A published article is looked at again after this long."""
UNUSED_DAYS = 365
"""Articles nobody used for this long are listed for retiring."""
CUSTOMER, PROOF = "客户", "依据："
"""What a draft, written in Chinese like its case, says for the customer's name and before a proof."""
