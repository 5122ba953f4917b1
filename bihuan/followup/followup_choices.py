"""The dictionaries of verification. Sources: S1-47…50, S2-33…35, C-11, F-12."""

from bihuan.core.text import Text

CHANNELS: dict[str, Text] = {"phone": Text("电话", "Phone"), "link": Text("在线问卷", "Questionnaire")}
SOLVED: dict[str, Text] = {"yes": Text("已解决", "Solved"), "no": Text("没有解决", "Not solved")}
MET: dict[str, Text] = {
    "yes": Text("满足", "Yes"),
    "partly": Text("部分满足", "Partly"),
    "no": Text("没有满足", "No"),
}
FAIR: dict[str, Text] = {"yes": Text("是", "Yes"), "no": Text("否", "No")}
SCORES: dict[int, Text] = {
    1: Text("1 很不满意", "1 Very poor"),
    2: Text("2 不满意", "2 Poor"),
    3: Text("3 一般", "3 Fair"),
    4: Text("4 满意", "4 Good"),
    5: Text("5 很满意", "5 Very good"),
}
VERDICTS: dict[str, Text] = {
    "reached": Text("达标", "Goals reached"),
    "partly": Text("部分达标", "Goals partly reached"),
    "missed": Text("未达标", "Goals missed"),
}
VERDICT_TONES = {"reached": "green", "partly": "yellow", "missed": "red"}
SHOWN: dict[str, Text] = {
    "fixed": Text("已证明达标", "Shown to be reached"),
    "improved": Text("已证明改善", "Shown to be better"),
    "unchanged": Text("还看不出变化", "No change shown yet"),
    "worse": Text("变差了", "Worse"),
}
SHOWN_TONES = {"fixed": "green", "improved": "azure", "unchanged": "yellow", "worse": "red"}
IMPROVEMENTS: dict[str, Text] = {"service": Text("服务改进", "Service"), "product": Text("产品改进", "Product")}

FOLLOWUP_WORKING_DAYS = 3
LOW_SCORE = 2
"""A score up to this reopens the case even where the customer calls it solved (F-12)."""
ENOUGH_ATTEMPTS = 3
"""So many calls without an answer allow to give up (closing reason "unreachable")."""
LINK_DAYS = 30
EVALUATION_OPENS_DAYS, EVALUATION_DUE_DAYS = 7, 14
