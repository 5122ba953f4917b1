"""How far a problem reaches: 个体 individual, 普遍 general or 系统性 systemic."""

from bihuan.insight.judged import Label
from bihuan.insight.said import Said

METHOD = "scope-count/1"
THRESHOLD = 3

NAMES = {
    "individual": Said("个体问题", "Individual"),
    "general": Said("普遍问题", "General"),
    "systemic": Said("系统性问题", "Systemic"),
}


def scope(distinct_customers: int, anonymous: int = 0, systemic: bool = False, threshold: int = THRESHOLD) -> Label:
    """Scope of one problem from its distinct known customers; a systemic cause (process or rule) outranks any count.

    Anonymous items may all come from one person: they are named in the reason and lower the confidence, but never
    count as customers.
    """
    known = Said(f"{distinct_customers} 位不同客户反馈", f"Reported by {_people(distinct_customers)}")
    reasons = [known]
    if anonymous:
        reasons.append(
            Said(
                f"另有 {anonymous} 条匿名反馈，不计入客户数",
                f"{anonymous} anonymous reports besides, not counted as customers",
            )
        )
    if systemic:
        why = Said("原因在流程或规则", "The cause lies in a process or a rule")
        return Label("systemic", 0.9, [why, *reasons], METHOD)
    if distinct_customers >= threshold:
        why = Said(f"达到 {threshold} 位客户的普遍问题标准", f"The mark for a general problem is {threshold} customers")
        return Label("general", 0.9, [*reasons, why], METHOD)
    why = Said(
        f"未达到 {threshold} 位客户的普遍问题标准", f"Below the mark of {threshold} customers for a general problem"
    )
    doubt = anonymous and distinct_customers + anonymous >= threshold
    return Label("individual", 0.5 if doubt else 0.8, [*reasons, why], METHOD)


def _people(count: int) -> str:
    return "1 customer" if count == 1 else f"{count} different customers"
