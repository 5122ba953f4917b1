"""What the stored events already say about a scheme's inputs: value and why. A person may answer otherwise.

Every value comes with its reason; nothing is applied without being shown. What a customer is worth is only ever one
input among others, and the floor of the scheme holds whatever it is (PIPL art. 24).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bihuan.core.text import Text
from bihuan.deadlines.models import Scheme
from bihuan.insight.classify.labels import alarms
from bihuan.insight.priority.scheme_forms import value_of

if TYPE_CHECKING:
    from bihuan.cases.models import Case

Found = dict[str, tuple[Any, Text]]

WEIGHTS = ("urgent", "important", "normal")
_PEAK = re.compile(r"高峰|大促|双十一|双11|618|月底结账|月末|开学|春运|节前|peak|rush hour", re.I)
_SUPPLY = re.compile(r"停水|停电|停气|断水|断电|供暖|暖气|燃气|自来水|跳闸")
_MONEY = re.compile(
    r"(?:(\d+(?:\.\d+)?)|([一二三四五六七八九十]+|几十|数十|上))\s*(万|千|百)?\s*(?:多)?(?:元|块|人民币)"
)
_TIMES = {"万": 10_000, "千": 1_000, "百": 100, None: 1}
MUCH, SOME = 100_000, 10_000
"""Yuan from which a loss counts as high or medium impact; 100,000 is the handbook's own mark (S3)."""


def evidence(case: Case, scheme: Scheme) -> Found:
    """Suggested answers to the scheme's inputs and its forced marks, each with why."""
    feedback_items = [link.feedback for link in case.links.select_related("feedback")]
    text = "\n".join([case.title, case.description, *(v.text for v in feedback_items)])
    customers = {v.customer_id for v in feedback_items if v.customer_id} | ({case.customer_id} - {None})
    reach = max(case.affected_customers or 0, len(customers))
    marks: Found = {code: (True, why) for code, why in alarms(text).items()}
    found = (
        _customer(case)
        | _labels(case, feedback_items, scheme)
        | _ticks(case, len(feedback_items))
        | _words(text, marks)
    )
    found |= _impact(case, reach, text)
    if reach:
        found["reach"] = (reach, Text("登记的或发声的客户数", "Customers on the case or heard"))
    forced = {one["code"] for one in scheme.data.get("forced", [])}
    if case.channel == "p12315":
        marks["legal"] = (True, Text("来自 12315", "Came through 12315"))
    answers = {k: v for k, v in found.items() if k in scheme.data["inputs"] and _fits(scheme, k, v[0])}
    return answers | {k: v for k, v in marks.items() if k in forced}


def _fits(scheme: Scheme, code: str, value: Any) -> bool:
    try:
        value_of(code, scheme.data["inputs"][code], {code: True if isinstance(value, list) else value})
    except ValueError:
        return False
    return True


def _customer(case: Case) -> Found:
    if not case.customer or not case.customer.value:
        return {}
    value = {"middle": "medium"}.get(case.customer.value, case.customer.value)
    return {
        "customer_value": (value, Text("客户档案中的价值", "The customer's value on file")),
        "paying": (case.customer.paying, Text("客户档案中的付费标记", "Paying mark on the customer's file")),
    }


def _labels(case: Case, feedback_items: list[Any], scheme: Scheme) -> Found:
    found: Found = {}
    heaviest = next((u for u in WEIGHTS if any(v.urgency == u for v in feedback_items)), "")
    if heaviest:
        why = Text("反馈的紧急程度标签", "Urgency label of its feedback")
        found["urgency"] = (heaviest, why)
        found["soon"] = ({"urgent": "high", "important": "medium", "normal": "low"}[heaviest], why)
    if scope := _scope(case, scheme.code):
        found["scope"] = (scope, Text("事项登记的影响范围", "Extent stored on the case"))
    return found


def _scope(case: Case, scheme: str) -> str:
    """The scheme's word for how many are hit; "" when nothing is stored."""
    if scheme == "p_level":
        if case.affected_users and case.affected_users > 1 and case.extent in ("", "single_user"):
            return "part"
        part_or_many = {
            "department": "part",
            "single_customer": "part",
            "several_customers": "many",
            "systemic": "many",
        }
        return {"single_user": "one", **part_or_many}.get(case.extent, "")
    general = {"department": "individual", "single_customer": "individual", "several_customers": "general"}
    return {"single_user": "individual", "systemic": "systemic", **general}.get(case.extent, "")


def _ticks(case: Case, feedback_items: int) -> Found:
    """For inputs that are criteria to tick: which of them the events support (0-based)."""
    urgent = [0] if case.extent in ("department", "several_customers", "systemic") else []
    important = [0] if case.customer and case.customer.value == "high" else []
    if feedback_items >= 3 or case.round > 1 or case.frequency == "persistent":
        important.append(1)
    why = Text("根据影响范围、客户价值和重复情况", "From extent, customer value and recurrence")
    return {code: (got, why) for code, got in (("urgent", urgent), ("important", important)) if got}


def _words(text: str, marks: Found) -> Found:
    """What the words name: a peak, or a supply of daily life cut off."""
    found: Found = {}
    for code, pattern, value in (("peak", _PEAK, True), ("matter", _SUPPLY, "supply")):
        if hit := pattern.search(text):
            found[code] = (value, Text("提到“{word}”", "Mentions “{word}”", word=hit[0]))
    if "safety" in marks:
        found["matter"] = ("danger", marks["safety"][1])
    return found


def _impact(case: Case, reach: int, text: str) -> Found:
    """How much is hit, by the extent, the customers and the money spoken of; the heaviest counts."""
    money = max((amount(hit) for hit in _MONEY.finditer(text)), default=0)
    if money >= MUCH:
        return {"impact": ("high", Text("提到的金额约 {n} 元", "About {n} yuan are spoken of", n=f"{money:,}"))}
    if case.extent in ("several_customers", "systemic") or reach >= 3:
        return {"impact": ("high", Text("影响多个客户", "Several customers are hit"))}
    if money >= SOME:
        return {"impact": ("medium", Text("提到的金额约 {n} 元", "About {n} yuan are spoken of", n=f"{money:,}"))}
    if case.extent in ("department", "single_customer") or (case.affected_users or 0) > 1:
        return {"impact": ("medium", Text("影响一个客户或部门", "One customer or department is hit"))}
    if case.extent == "single_user":
        return {"impact": ("low", Text("影响一个用户", "One user is hit"))}
    return {}


_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}


def amount(hit: re.Match[str]) -> int:
    """The least number of yuan a phrase like "3 万元" or "几十万元" speaks of."""
    number, word, unit = hit.groups()
    if number:
        return round(float(number) * _TIMES[unit])
    count = {"几十": 20, "数十": 20, "上": 1}.get(word) or _han(word)
    return count * _TIMES[unit]


def _han(word: str) -> int:
    """Up to 99 in Chinese numerals; the tens as in 十五, 二十, 三十五."""
    tens, ten, ones = word.partition("十")
    if not ten:
        return _DIGITS.get(word[-1], 0)
    return (_DIGITS.get(tens, 1) * 10) + _DIGITS.get(ones, 0)
