"""Labels suggested for feedback: problem type, urgency and nature, each with its reasons. A person decides.

Cue words with weights, negation, and (once the organisation has corrected enough) a model learnt from its own
corrections, mixed in by how sure it is. The cues stand in `data/cues.py` and are read when the first text is labelled.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bihuan.core.text import Text
from bihuan.insight.classify.cue_words import Weights, cues_of
from bihuan.insight.classify.linear import Model
from bihuan.insight.classify.sentiment import lean
from bihuan.insight.data import cues
from bihuan.insight.data.label_names import PROBLEM_TYPES, URGENCIES
from bihuan.insight.text.normalize import normalize
from bihuan.insight.types import Label, quoted, quoted_en

METHOD = "cue-lexicon/1"

NAMES: dict[str, dict[str, Text]] = {
    "problem_type": PROBLEM_TYPES,
    "urgency": URGENCIES,
    "nature": {
        "consult": Text("咨询", "Question"),
        "complaint": Text("投诉", "Complaint"),
        "suggestion": Text("建议", "Suggestion"),
        "praise": Text("表扬", "Praise"),
        "fault": Text("故障报修", "Fault report"),
        "requirement": Text("需求", "Requirement"),
    },
}
SECOND: dict[str, Text] = {
    "defect.function": Text("功能异常", "Function broken"),
    "defect.login": Text("登录与账号", "Sign-in and account"),
    "defect.payment": Text("支付与到账", "Payment"),
    "defect.performance": Text("性能", "Performance"),
    "defect.compatibility": Text("兼容与安装", "Compatibility and installation"),
    "defect.quality": Text("品质", "Quality of the product"),
    "service.speed": Text("响应速度", "Speed of response"),
    "service.attitude": Text("服务态度", "Attitude"),
    "logistics.late": Text("发货与时效", "Late delivery"),
    "logistics.lost": Text("丢件错发", "Lost or wrong parcel"),
    "logistics.damage": Text("运输破损", "Damaged on the way"),
    "aftersales.refund": Text("退款", "Refund"),
    "aftersales.return": Text("退换货", "Return and exchange"),
    "aftersales.repair": Text("维修保修", "Repair and warranty"),
    "price.charge": Text("收费扣费", "Charges"),
    "price.change": Text("调价与优惠", "Price changes and offers"),
}
URGENT = 3.5  # weight of urgent cues from which a text is urgent
_ALARMS = {
    "urgent.safety": "safety",
    "urgent.media": "media",
    "urgent.legal": "legal",
    "urgent.regulator": "legal",
    "urgent.group": "group_complaint",
}
CONTENT = 0.5  # polarity from which a text counts as praise
DEFAULTS = {"problem_type": "other", "urgency": "normal", "nature": "complaint"}
DEMANDED = 1.2  # weight of a demand


class Suggestion(NamedTuple):
    """`problem_type` codes may have a second level after a dot ("service.speed"); the first part is the type."""

    problem_type: Label
    urgency: Label
    nature: Label


class Decision(NamedTuple):
    """A code and how sure it is, 0-1."""

    code: str
    confidence: float


class LabelColumns(NamedTuple):
    """One code a row with how sure it is, 0-1."""

    codes: pa.StringArray
    confidence: pa.FloatArray


def suggest(
    text: str, *, demand: str = "", score: int | None = None, model: Mapping[str, Model] | None = None
) -> Suggestion:
    """Three labels for a text; `demand` is what the customer wants, `score` the rating 1-5, `model` learnt models
    by axis ("problem_type", "urgency", "nature")."""
    normalized, demand = normalize(text), normalize(demand)
    learnt = model or {}
    return Suggestion(
        _problem_type(normalized, demand, learnt.get("problem_type")),
        _urgency(normalized, learnt.get("urgency")),
        _nature(normalized, demand, score, learnt.get("nature")),
    )


def alarms(text: str) -> dict[str, Text]:
    """What in a text forces the highest level of a priority scheme: safety, media, legal or group_complaint → why."""
    urgency = cues_of("urgency")
    words = urgency.find(normalize(text))
    weights, words_of = dict(urgency.weigh(words)), urgency.by_code(words)
    found: dict[str, Text] = {}
    for code, alarm in _ALARMS.items():
        if weights.get(code, 0.0) >= URGENT and alarm not in found:
            found[alarm] = Text(f"提到{quoted(words_of[code])}", f"Mentions {quoted_en(words_of[code])}")
    return found


def problem_types(
    normalized: Sequence[str],
    polarities: NDArray[np.float64],
    demands: Sequence[str],
    rows: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> LabelColumns:
    """The problem type of each row. `polarities` are those of the normalised texts; `demands` are normalised; `rows`
    give the text and the demand of each row (None: text and demand i are row i)."""
    types = cues_of("problem_type")
    weights = [types.weigh(types.find(text)) for text in normalized]
    demanded_types = [_demanded(demand) for demand in demands]
    of_text, of_demand = rows or (np.arange(len(demands)),) * 2
    # Each pair of text and demand is decided once.
    width = max(1, len(demands))
    pairs, of_row = np.unique(of_text * width + of_demand, return_inverse=True)
    content = polarities > CONTENT
    decisions = [
        decide_problem_type(weights[text], demanded_types[demand], bool(weights[text]) and bool(content[text]))
        for text, demand in zip((pairs // width).tolist(), (pairs % width).tolist(), strict=True)
    ]
    return _columns(decisions, of_row)


def urgencies(normalized: Sequence[str]) -> LabelColumns:
    """The urgency of each normalised text, in order."""
    urgency = cues_of("urgency")
    decisions = [decide_urgency(urgency.weigh(urgency.find(text))) for text in normalized]
    return _columns(decisions, np.arange(len(decisions)))


def _columns(decisions: Sequence[Decision], of_row: NDArray[Any]) -> LabelColumns:
    rows = pa.array(of_row, pa.int64())
    codes = pa.array([decision.code for decision in decisions], pa.string())
    return LabelColumns(
        codes.take(rows), pa.array([decision.confidence for decision in decisions], pa.float32()).take(rows)
    )


def _problem_type(normalized: str, demand: str, model: Model | None) -> Label:
    types = cues_of("problem_type")
    words = types.find(normalized)
    weights, demanded_types = types.weigh(words), _demanded(demand)
    praised = bool(weights) and lean(normalized).polarity > CONTENT
    decision = decide_problem_type(weights, demanded_types, praised, _logits(model, normalized))
    words_of = types.by_code(words)
    for demanded in demanded_types:
        words_of[cues.DEMANDS[demanded]].append(demanded)
    return _label("problem_type", decision, words_of, model)


def _demanded(demand: str) -> tuple[str, ...]:
    """Which of the words that speak for a type stand in a normalised demand."""
    return tuple(word for word in cues.DEMANDS if word in demand)


@lru_cache(1 << 14)
def decide_problem_type(
    weights: Weights, demanded_types: tuple[str, ...], praised: bool, logits: Weights = ()
) -> Decision:
    """The problem type from the weights of the cues, the words of the demand and a model's logits."""
    # Praise names the same things without a problem.
    weight_of = {code: weight / (2 if praised else 1) for code, weight in weights}
    for word in demanded_types:
        weight_of[cues.DEMANDS[word]] = weight_of.get(cues.DEMANDS[word], 0.0) + DEMANDED
    tops = _first_levels(weight_of)
    first = _decide("problem_type", tops, logits)
    below = {code: weight for code, weight in weight_of.items() if code.startswith(f"{first.code}.")}
    if below:
        best = max(below, key=lambda code: (below[code], code))
        if below[best] >= 0.5 * tops[first.code]:
            return first._replace(code=best)
    return first


def _urgency(normalized: str, model: Model | None) -> Label:
    urgency = cues_of("urgency")
    words = urgency.find(normalized)
    decision = decide_urgency(urgency.weigh(words), _logits(model, normalized))
    return _label("urgency", decision, urgency.by_code(words), model)


@lru_cache(1 << 14)
def decide_urgency(weights: Weights, logits: Weights = ()) -> Decision:
    """The urgency from the weights of the cues and a model's logits."""
    tops = _first_levels(dict(weights))
    if tops.get("urgent", 0) >= URGENT:
        tops["urgent"] += tops.get("important", 0)
    elif "urgent" in tops:
        tops["important"] += tops["urgent"]
    return _decide("urgency", tops, logits)


def _first_levels(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights of the first level, added in one order whatever came first in the text."""
    tops: dict[str, float] = defaultdict(float)
    for code in sorted(weights):
        tops[code.partition(".")[0]] += weights[code]
    return tops


def _nature(normalized: str, demand: str, score: int | None, model: Model | None) -> Label:
    nature = cues_of("nature")
    words = nature.find(normalized)
    weights = defaultdict(float, nature.weigh(words))
    if score is not None:
        weights["complaint"] += 2.0 if score <= 2 else 0.0
        weights["praise"] += 2.0 if score >= 5 else 1.0 if score == 4 else 0.0
    elif not any(weights[code] >= 2.5 for code in ("fault", "consult", "suggestion", "requirement")):
        leaning = lean(normalized).polarity
        weights["praise" if leaning > 0 else "complaint"] += min(2.0, 1.5 * abs(leaning))
    if any(word in demand for word in ("赔", "退", "道歉", "投诉")):
        weights["complaint"] += 1.5
    if "改进" in demand or "建议" in demand:
        weights["suggestion"] += 1.5
    if normalized.endswith(("?", "吗", "呢")):
        weights["consult"] += 1.5
    return _label("nature", _decide("nature", weights, _logits(model, normalized)), nature.by_code(words), model)


def _logits(model: Model | None, normalized: str) -> Weights:
    return tuple(sorted(model.logits(normalized).items())) if model else ()


def _decide(axis: str, weights: Mapping[str, float], logits: Weights) -> Decision:
    """The best code of the first level of one axis: cue weights as log-odds, plus the learnt model's own."""
    default = DEFAULTS[axis]
    odds = {code: 0.6 * weights.get(code, 0.0) for code in NAMES[axis]}
    odds[default] += 0.8
    for code, value in logits:
        if code in odds:
            odds[code] += value
    best = max(odds, key=lambda code: (odds[code], code == default))
    peak = odds[best]
    return Decision(best, round(1 / sum(math.exp(value - peak) for value in odds.values()), 2))


def _label(axis: str, decision: Decision, words_of: Mapping[str, list[str]], model: Model | None) -> Label:
    """The decision with its reason: the cues of its first level, or the model."""
    top = decision.code.partition(".")[0]
    name = NAMES[axis][top]
    words = [word for code, found in words_of.items() if code.partition(".")[0] == top for word in found]
    if words:
        reason = Text(f"提到{quoted(words)} → {name.zh}", f"Mentions {quoted_en(words)} → {name.en}")
    elif model is not None:
        reason = Text(f"与以往归为“{name.zh}”的反馈相似", f"Reads like earlier feedback labelled “{name.en}”")
    else:
        reason = Text(f"没有明显的词语，暂归“{name.zh}”", f"No known words; “{name.en}” for now")
    method = METHOD if model is None else f"{METHOD}+{model.method}"
    return Label(decision.code, decision.confidence, [reason], method)
