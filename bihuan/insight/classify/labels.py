"""Labels suggested for one feedback: problem type, urgency and nature, each with its reasons. A person decides.

Cue words with weights, negation, and (once the organisation has corrected enough) a model learnt from its own
corrections, mixed in by how sure it is.
"""

import math
import shlex
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bihuan.core.text import Text
from bihuan.insight.classify.linear import Model
from bihuan.insight.classify.sentiment import polarity
from bihuan.insight.data import cues
from bihuan.insight.text.normalize import plain
from bihuan.insight.text.tokenizer import Lexicon
from bihuan.insight.types import Label, quoted, quoted_en

METHOD = "cue-lexicon/1"

__all__ = ["METHOD", "NAMES", "SECOND", "Model", "Suggestion", "alarms", "suggest", "suggest_many"]

NAMES: dict[str, dict[str, Text]] = {
    "problem_type": {
        "defect": Text("产品功能缺陷", "Product defect"),
        "service": Text("服务质量", "Service quality"),
        "logistics": Text("物流配送", "Delivery"),
        "aftersales": Text("售后流程", "After-sales"),
        "price": Text("价格争议", "Price dispute"),
        "other": Text("其他", "Other"),
    },
    "urgency": {
        "urgent": Text("紧急", "Urgent"),
        "important": Text("重要", "Important"),
        "normal": Text("一般", "Normal"),
    },
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
NEGATORS = (
    "不",
    "没",
    "没有",
    "没出现",
    "不再",
    "从不",
    "并不",
    "无",
    "未",
    "不用",
    "不要",
    "not ",
    "no ",
    "never ",
    "without ",
)
DEMANDS = {
    "退款": "aftersales.refund", "退货": "aftersales.return", "换货": "aftersales.return", "维修": "aftersales.repair",
    "补差价": "price.change", "保价": "price.change", "送达": "logistics.late", "道歉": "service.attitude",
}  # fmt: skip


class Suggestion(NamedTuple):
    """`problem_type` codes may have a second level after a dot ("service.speed"); the first part is the type."""

    problem_type: Label
    urgency: Label
    nature: Label


class Cues:
    """The cue words of one dictionary: word → [(code, weight)]."""

    def __init__(self, lines: str) -> None:
        self.by_word: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for line in lines.strip().splitlines():
            head, _, words = line.partition(":")
            code, weight = head.split()
            for word in shlex.split(words.replace("'", "\\'")):
                self.by_word[word].append((code, float(weight)))
        self.block = frozenset(cues.BLOCK.split())
        self.lexicon = Lexicon([*self.by_word, *self.block])

    def scores(self, text: str) -> tuple[dict[str, float], dict[str, list[str]]]:
        """Weight and words per code; a word counts once."""
        scores: dict[str, float] = defaultdict(float)
        words: dict[str, list[str]] = defaultdict(list)
        for at, word in self.lexicon.find(text):
            if word in self.block or text[max(0, at - 7) : at].endswith(NEGATORS):
                continue
            for code, weight in self.by_word[word]:
                if word not in words[code]:
                    scores[code] += weight
                    words[code].append(word)
        return scores, words


CUES = {
    "problem_type": Cues(cues.PROBLEM_TYPE),
    "urgency": Cues(cues.URGENCY),
    "nature": Cues(cues.NATURE),
}


def suggest(
    text: str, *, demand: str = "", score: int | None = None, model: Mapping[str, Model] | None = None
) -> Suggestion:
    """Three labels for a text; `demand` is what the customer asks for, `score` the rating 1-5, `model` learnt models
    by dictionary name ("problem_type", "urgency", "nature")."""
    short = plain(text)
    learnt = model or {}
    return Suggestion(
        _problem_type(short, plain(demand), learnt.get("problem_type")),
        _urgency(short, learnt.get("urgency")),
        _nature(short, plain(demand), score, learnt.get("nature")),
    )


def ranked(text: str, *, demand: str = "", model: Mapping[str, Model] | None = None) -> tuple[Label, Label]:
    """Problem type and urgency only, as `suggest` gives them: what an analysis of many rows asks for."""
    short = plain(text)
    learnt = model or {}
    return _problem_type(short, plain(demand), learnt.get("problem_type")), _urgency(short, learnt.get("urgency"))


def alarms(text: str) -> dict[str, Text]:
    """What in a text forces the highest level of a priority scheme: safety, media, legal or group_complaint → why."""
    scores, words = CUES["urgency"].scores(plain(text))
    found: dict[str, Text] = {}
    for cue, code in _ALARMS.items():
        if scores.get(cue, 0.0) >= URGENT and code not in found:
            found[code] = Text(f"提到{quoted(words[cue])}", f"Mentions {quoted_en(words[cue])}")
    return found


def suggest_many(texts: Iterable[str], *, model: Mapping[str, Model] | None = None) -> list[Suggestion]:
    """`suggest` for each text, in order."""
    return [suggest(text, model=model) for text in texts]


def _problem_type(text: str, demand: str, model: Model | None) -> Label:
    scores, words = CUES["problem_type"].scores(text)
    praised = bool(scores) and polarity(text) > CONTENT
    return typed(scores, words, asked_for(demand), praised=praised, text=text, model=model)


def asked_for(demand: str) -> list[str]:
    """Which of the words that tell a type stand in a plain demand."""
    return [word for word in DEMANDS if word in demand]


def typed(
    scores: Mapping[str, float],
    words: Mapping[str, list[str]],
    asked: Iterable[str],
    *,
    praised: bool,
    text: str = "",
    model: Model | None = None,
) -> Label:
    """The problem type from the weights of the cues (and the cues, for the reasons) and the words of the demand."""
    # Praise names the same things without a problem.
    scores = defaultdict(float, {code: scores[code] / (2 if praised else 1) for code in sorted(scores)})
    words = defaultdict(list, words)
    for word in asked:
        scores[DEMANDS[word]] += 1.2
        words[DEMANDS[word]] = [*words[DEMANDS[word]], word]
    tops = _tops(scores)
    label = _decide("problem_type", text, tops, {top: _under(words, top) for top in tops}, model)
    inner = {code: score for code, score in scores.items() if code.startswith(f"{label.code}.")}
    if inner:
        best = max(inner, key=lambda code: (inner[code], code))
        if inner[best] >= 0.5 * tops[label.code]:
            return label._replace(code=best)
    return label


def _urgency(text: str, model: Model | None) -> Label:
    scores, words = CUES["urgency"].scores(text)
    return pressing(scores, words, text=text, model=model)


def pressing(
    scores: Mapping[str, float], words: Mapping[str, list[str]], *, text: str = "", model: Model | None = None
) -> Label:
    """The urgency from the weights of the cues (and the cues, for the reasons)."""
    tops = _tops(scores)
    if tops.get("urgent", 0) >= URGENT:
        tops["urgent"] += tops.get("important", 0)
    elif "urgent" in tops:
        tops["important"] += tops["urgent"]
    return _decide("urgency", text, tops, {top: _under(words, top) for top in tops}, model)


def _tops(scores: Mapping[str, float]) -> dict[str, float]:
    """The weights of the first level, added in one order whatever came first in the text."""
    tops: dict[str, float] = defaultdict(float)
    for code in sorted(scores):
        tops[code.split(".")[0]] += scores[code]
    return tops


def _nature(text: str, demand: str, score: int | None, model: Model | None) -> Label:
    scores, words = CUES["nature"].scores(text)
    if score is not None:
        scores["complaint"] += 2.0 if score <= 2 else 0.0
        scores["praise"] += 2.0 if score >= 5 else 1.0 if score == 4 else 0.0
    elif not any(scores[code] >= 2.5 for code in ("fault", "consult", "suggestion", "requirement")):
        leaning = polarity(text)
        scores["praise" if leaning > 0 else "complaint"] += min(2.0, 1.5 * abs(leaning))
    if any(word in demand for word in ("赔", "退", "道歉", "投诉")):
        scores["complaint"] += 1.5
    if "改进" in demand or "建议" in demand:
        scores["suggestion"] += 1.5
    if text.endswith(("?", "吗", "呢")):
        scores["consult"] += 1.5
    return _decide("nature", text, {code: value for code, value in scores.items() if value}, words, model)


def _under(words: Mapping[str, list[str]], top: str) -> list[str]:
    return [word for code, found in words.items() if code.split(".")[0] == top for word in found]


def _decide(
    axis: str, text: str, scores: Mapping[str, float], words: Mapping[str, list[str]], model: Model | None
) -> Label:
    """The best code of one dictionary: cue weights as log-odds, plus the learnt model's own."""
    names = NAMES[axis]
    default = DEFAULTS[axis]
    logits = {code: 0.6 * scores.get(code, 0.0) for code in names}
    logits[default] += 0.8
    method = METHOD
    if model is not None:
        method = f"{METHOD}+{model.method}"
        for code, value in model.logits(text).items():
            if code in logits:
                logits[code] += value
    best = max(logits, key=lambda code: (logits[code], code == default))
    peak = logits[best]
    share = 1 / sum(math.exp(value - peak) for value in logits.values())
    found = words.get(best) or []
    name = names[best]
    if found:
        reason = Text(f"提到{quoted(found)} → {name.zh}", f"Mentions {quoted_en(found)} → {name.en}")
    elif model is not None:
        reason = Text(f"与以往归为“{name.zh}”的反馈相似", f"Reads like earlier feedback labelled “{name.en}”")
    else:
        reason = Text(f"没有明显的词语，暂归“{name.zh}”", f"No telling words; “{name.en}” for now")
    return Label(best, round(share, 2), [reason], method)
