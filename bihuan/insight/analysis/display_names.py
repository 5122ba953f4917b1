"""The names of codes and columns in reports."""

from bihuan.core.text import Text
from bihuan.insight.classify import labels
from bihuan.insight.data.feedback_fields import FIELDS
from bihuan.insight.data.label_names import CUSTOMER_TYPES, OFFLINE, ONLINE, SENTIMENTS, THIRD_PARTY
from bihuan.insight.duplicate_detection import repeats

CHANNELS = ONLINE | OFFLINE | THIRD_PARTY
NOISE = {
    "empty": Text("没有内容", "No content"),
    "test": Text("测试数据", "Test data"),
    "spam": Text("广告", "Advertisement"),
}
NO_PROBLEM = {"praise": Text("表扬", "Praise"), "question": Text("咨询与疑问", "Question")}
WEEKDAYS = (
    Text("周一", "Mon"), Text("周二", "Tue"), Text("周三", "Wed"), Text("周四", "Thu"), Text("周五", "Fri"),
    Text("周六", "Sat"), Text("周日", "Sun"),
)  # fmt: skip
NOT_GIVEN = Text("未填写", "Not given")
COLUMN = {
    **FIELDS,
    "row_id": Text("编号", "Number"),
    "customer_id": FIELDS["customer_no"],
    "noise": Text("无效内容", "Noise"),
    "duplicate_of": Text("重复于", "Repeats"),
    "duplicate_kind": Text("重复方式", "Kind of repeat"),
    "problem_id": Text("问题", "Problem"),
    "words": Text("关键词", "Keywords"),
    "province": Text("省份", "Province"),
    "week": Text("周", "Week"),
    "sentiment": Text("情绪", "Sentiment"),
    "problem_type_confidence": Text("类型把握", "Type: how sure"),
    "sentiment_confidence": Text("情绪把握", "Sentiment: how sure"),
    "urgency_confidence": Text("紧急把握", "Urgency: how sure"),
}
_CODES: dict[str, dict[str, Text]] = {
    "channel": CHANNELS,
    "customer_type": CUSTOMER_TYPES,
    "problem_type": {**labels.NAMES["problem_type"], **labels.SECOND, **NO_PROBLEM},
    "sentiment": SENTIMENTS,
    "urgency": labels.NAMES["urgency"],
    "noise": NOISE,
    "duplicate_kind": repeats.KINDS | {"copy": Text("与他人的文字相同", "Words of another customer")},
}


def name_of(column: str, code: str) -> Text:
    """The name of one value of a column; a value without a code is its own name."""
    if not code:
        return NOT_GIVEN
    return _CODES.get(column, {}).get(code) or Text(code, code)
