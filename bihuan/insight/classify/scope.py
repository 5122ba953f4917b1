"""How far a problem reaches: 个体 individual, 普遍 general or 系统性 systemic."""

from collections.abc import Mapping
from typing import NamedTuple

from bihuan.core.text import Text
from bihuan.insight.intervals import wilson

METHOD = "scope-evidence/2"
THRESHOLD = 3
RATE = 0.01  # share of a channel's customers from which, surely, a channel counts as touched
CHANNELS = 2


class Scope(NamedTuple):
    """`rule` names what decided: "cause", "surge", "scenario", "channels", "customers" or "few"; the first of `reasons`
    says it. `confidence` runs 0-1."""

    code: str
    confidence: float
    reasons: list[Text]
    rule: str
    method: str = METHOD


class Evidence(NamedTuple):
    """What the numbers say besides: an alarm stands (`surge`), so many scenarios found (`scenarios`), and per channel
    (distinct customers with the problem, distinct customers in all)."""

    surge: bool = False
    scenarios: int = 0
    channels: Mapping[str, tuple[int, int]] = {}


NOTHING = Evidence()


def scope(
    distinct_customers: int, anonymous: int = 0, systemic: bool = False, threshold: int = THRESHOLD, *,
    evidence: Evidence = NOTHING, rate: float = RATE,
) -> Scope:  # fmt: skip
    """Scope of one problem from its distinct known customers; a systemic cause (process or rule) outranks any count.

    A general problem is systemic as well where it surges, where a scenario is proven, or where in two channels at least the
    share of customers who have it is surely above `rate`. Anonymous items may all come from one person: they are named
    in the reason and lower the confidence, but never count as customers.
    """
    known = [Text(f"{distinct_customers} 位不同客户反馈", f"Reported by {_people(distinct_customers)}")]
    if anonymous:
        known.append(
            Text(
                f"另有 {anonymous} 条匿名反馈，不计入客户数",
                f"{anonymous} anonymous reports besides, not counted as customers",
            )
        )
    if systemic:
        return Scope(
            "systemic", 0.9, [Text("原因在流程或规则", "The cause lies in a process or a rule"), *known], "cause"
        )
    if distinct_customers < threshold:
        why = Text(
            f"未达到 {threshold} 位客户的普遍问题标准", f"Below the mark of {threshold} customers for a general problem"
        )
        doubt = anonymous and distinct_customers + anonymous >= threshold
        return Scope("individual", 0.5 if doubt else 0.8, [*known, why], "few")
    why = Text(f"达到 {threshold} 位客户的普遍问题标准", f"The mark for a general problem is {threshold} customers")
    fired = _fired(evidence, rate)
    if fired:
        return Scope("systemic", 0.9, [*(reason for _, reason in fired), *known, why], fired[0][0])
    return Scope("general", 0.9, [*known, why], "customers")


def _fired(evidence: Evidence, rate: float) -> list[tuple[str, Text]]:
    """Every rule that makes a general problem systemic, in order."""
    out = []
    if evidence.surge:
        out.append(("surge", Text("近期突增", "Reports surge")))
    if evidence.scenarios:
        reason = Text(
            f"集中在 {evidence.scenarios} 个场景",
            f"Concentrated in {evidence.scenarios} scenario{'' if evidence.scenarios == 1 else 's'}",
        )
        out.append(("scenario", reason))
    # 90 % two-sided is 95 % for the lower bound alone.
    touched = sorted(
        name for name, (ill, whole) in evidence.channels.items() if ill and wilson(ill, whole, 0.9).low > rate
    )
    if len(touched) >= CHANNELS:
        names = "、".join(touched)
        reason = Text(
            f"{len(touched)} 个渠道都有超过 {100 * rate:g} % 的客户遇到：{names}",
            f"Over {100 * rate:g} % of the customers of {len(touched)} channels have it: {', '.join(touched)}",
        )
        out.append(("channels", reason))
    return out


def _people(count: int) -> str:
    return "1 customer" if count == 1 else f"{count} different customers"
