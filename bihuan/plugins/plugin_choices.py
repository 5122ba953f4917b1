"""What the plug-ins, the drafts and what is sent are called."""

from __future__ import annotations

from bihuan.core.text import Text

PLUGINS: dict[str, Text] = {
    "encoder": Text("句向量", "Sentence vectors"),
    "endpoint": Text("外部模型接口", "External model endpoint"),
}
DRAFTS: dict[str, Text] = {
    "labels": Text("标签草稿", "Draft of labels"),
    "whys": Text("5 个为什么草稿", "Draft of 5 whys"),
    "summary": Text("周报草稿", "Draft for the weekly report"),
}
FIELDS: dict[str, Text] = {
    "text": Text("客户原话", "the customer's words"),
    "demand": Text("诉求", "what they ask for"),
    "phenomenon": Text("现象、影响、范围", "phenomenon, effect, range"),
    "problem": Text("5W1H", "5W1H"),
    "causes": Text("已有原因", "causes put forward"),
    "counts": Text("周报里的数字和名称", "the report's counts and names"),
    "nothing": Text("一句固定的问候", "a fixed greeting"),
}


def fields(names: list[str] | tuple[str, ...]) -> Text:
    """The fields in one line."""
    names_of_fields = [FIELDS[name] for name in names]
    return Text("、".join(one.zh for one in names_of_fields), ", ".join(one.en for one in names_of_fields))
