"""The dictionaries of knowledge. Sources: S4-I11, S4-I12, practice notes 12 (KCS)."""

from bihuan.core.text import Text, both

KINDS: dict[str, Text] = {
    "fault": both("故障处理", "Fault and fix"),
    "guide": both("操作指南", "How to"),
    "question": both("常见问题", "Frequent question"),
    "lesson": both("经验教训", "Lesson learned"),
}
AUDIENCES: dict[str, Text] = {
    "internal": both("内部", "Internal"),
    "customer": both("客户可见", "Customers too"),
}
PARTS: dict[str, Text] = {
    "title": both("标题", "Title"),
    "phenomenon": both("现象", "Phenomenon"),
    "cause": both("原因", "Cause"),
    "steps": both("处理步骤", "Steps"),
    "range": both("适用范围", "Range of use"),
    "keywords": both("关键词", "Keywords"),
}
"""What an article says, in the order it is read; every published version keeps these."""

REVIEW_DAYS = 180
"""A published article is looked at again after this long."""
UNUSED_DAYS = 365
"""Articles nobody used for this long are listed for retiring."""
CUSTOMER, PROOF = "客户", "依据："
"""What a draft, written in Chinese like its case, says for the customer's name and before a proof."""
