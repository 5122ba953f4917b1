"""What the plug-ins, the drafts and what is sent are called."""

from __future__ import annotations

from bihuan.core.text import Text, both

PLUGINS: dict[str, Text] = {
    "encoder": both("句向量", "Sentence vectors"),
    "endpoint": both("外部模型接口", "Outside model endpoint"),
}
DRAFTS: dict[str, Text] = {
    "labels": both("标签草稿", "Draft of labels"),
    "whys": both("5 个为什么草稿", "Draft of 5 whys"),
    "summary": both("周报草稿", "Draft for the weekly report"),
}
FIELDS: dict[str, Text] = {
    "text": both("客户原话", "the customer's words"),
    "demand": both("诉求", "what they ask for"),
    "phenomenon": both("现象、影响、范围", "phenomenon, effect, range"),
    "problem": both("5W1H", "5W1H"),
    "causes": both("已有原因", "causes put forward"),
    "counts": both("周报里的数字和名称", "the report's counts and names"),
    "nothing": both("一句固定的问候", "a fixed greeting"),
}


def fields(names: list[str] | tuple[str, ...]) -> Text:
    """The fields in one line."""
    found = [FIELDS[name] for name in names]
    return Text("、".join(one.zh for one in found), ", ".join(one.en for one in found))
