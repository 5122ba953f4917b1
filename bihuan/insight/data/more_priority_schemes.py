"""The schemes shipped beside the handbooks': impact × urgency, RICE, WSJF, Kano and a 12345 template.

The methods are the field's (practice notes section 5); marks and limits are ours, to be edited. Numbers stand in the
formula only where a person can say what each means; scores are rounded so that ties stay ties.
"""

from typing import Any

from bihuan.insight.data.builtin_priority_schemes import FLOOR, FORCED, HANDBOOKS, _as, _in, _t

_HIGH_LOW = {"low": _t("低", "Low"), "medium": _t("中", "Medium"), "high": _t("高", "High")}


def _level(code: str, zh: str, en: str, rank: int, targets: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"code": code, "name": _t(zh, en), "rank": rank, "targets": targets, **more}


# ITIL practice: how much is hit × how soon it hurts.
IMPACT_URGENCY = {
    "code": "impact_urgency",
    "version": 1,
    "name": _t("影响 × 紧急", "Impact × urgency"),
    "inputs": {
        "impact": {
            "kind": "choice",
            "name": _t("影响", "Impact"),
            "values": _HIGH_LOW,
            "rises": ["low", "medium", "high"],
        },
        "soon": {
            "kind": "choice",
            "name": _t("紧急", "Urgency"),
            "values": _HIGH_LOW,
            "rises": ["low", "medium", "high"],
        },
    },
    "matrix": {
        "rows": "impact",
        "columns": "soon",
        "cells": {
            "low": {"low": "planned", "medium": "low", "high": "medium"},
            "medium": {"low": "low", "medium": "medium", "high": "high"},
            "high": {"low": "medium", "medium": "high", "high": "critical"},
        },
    },
    "forced": FORCED,
    "floor": FLOOR,
    "levels": [
        _level(
            "critical", "特急", "Critical", 1, {"respond": _in(30, "minutes"), "resolve": _in(8, "hours")}, alarms=True
        ),
        _level("high", "高", "High", 2, {"respond": _in(2, "hours"), "resolve": _in(24, "hours")}),
        _level("medium", "中", "Medium", 3, {"respond": _in(1, "working_days"), "resolve": _in(3, "working_days")}),
        _level("low", "低", "Low", 4, {"respond": _in(2, "working_days"), "resolve": _in(10, "working_days")}),
        _level("planned", "按计划", "Planned", 4, {"respond": _in(1, "weeks"), "resolve": _as("scheduled")}),
    ],
}

# RICE (Intercom): reach × impact × confidence ÷ effort.
RICE = {
    "code": "rice",
    "version": 1,
    "name": _t("RICE 计分", "RICE score"),
    "inputs": {
        "reach": {
            "kind": "number",
            "name": _t("一季度触及的客户数", "Customers reached in a quarter"),
            "min": 1,
            "max": 1_000_000,
            "rises": "up",
        },
        "impact": {
            "kind": "choice",
            "name": _t("对每个客户的影响", "Impact on each"),
            "values": {
                "minimal": _t("极小", "Minimal"),
                "low": _t("小", "Low"),
                "medium": _t("中", "Medium"),
                "high": _t("大", "High"),
                "massive": _t("极大", "Massive"),
            },
            "worth": {"minimal": 0.25, "low": 0.5, "medium": 1, "high": 2, "massive": 3},
            "rises": ["minimal", "low", "medium", "high", "massive"],
        },
        "confidence": {
            "kind": "choice",
            "name": _t("把握", "Confidence"),
            "values": {"low": _t("低", "Low"), "medium": _t("中", "Medium"), "high": _t("高", "High")},
            "worth": {"low": 0.5, "medium": 0.8, "high": 1},
            "rises": ["low", "medium", "high"],
        },
        "effort": {
            "kind": "number",
            "name": _t("投入（人月）", "Effort (person-months)"),
            "min": 0.1,
            "max": 100,
            "rises": "down",
        },
    },
    "score": {"formula": "reach * impact * confidence / effort", "round": 0},
    "forced": FORCED,
    "floor": FLOOR,
    "levels": [
        _level("first", "优先做", "Goes first", 1, {"resolve": _as("first")}, **{"from": 500}),
        _level("next", "进迭代", "Next iterations", 2, {"resolve": _as("iteration")}, **{"from": 100}),
        _level("later", "月度计划", "Monthly plan", 3, {"resolve": _as("month_pool")}, **{"from": 20}),
        _level("some_day", "暂不安排", "Some day", 4, {"resolve": _as("scheduled")}),
    ],
}

_FIBONACCI = {str(n): _t(f"{n}", f"{n}") for n in (1, 2, 3, 5, 8, 13, 20)}


def _steps(zh: str, en: str, rises: str) -> dict[str, Any]:
    return {"kind": "score", "name": _t(zh, en), "values": _FIBONACCI, "rises": rises}


# WSJF (weighted shortest job first): cost of delay ÷ size of the job.
WSJF = {
    "code": "wsjf",
    "version": 1,
    "name": _t("WSJF 延误成本", "WSJF cost of delay"),
    "inputs": {
        "value": _steps("业务价值", "Business value", "up"),
        "time": _steps("时间紧迫", "Time criticality", "up"),
        "risk": _steps("降低风险或打开机会", "Risk reduced, chance opened", "up"),
        "size": _steps("工作量", "Job size", "down"),
    },
    "score": {"formula": "(value + time + risk) / size", "round": 1},
    "forced": FORCED,
    "floor": FLOOR,
    "levels": [
        _level("first", "优先做", "Goes first", 1, {"resolve": _as("first")}, **{"from": 10}),
        _level("next", "进迭代", "Next iterations", 2, {"resolve": _as("iteration")}, **{"from": 3}),
        _level("later", "月度计划", "Monthly plan", 3, {"resolve": _as("month_pool")}, **{"from": 1}),
        _level("some_day", "暂不安排", "Some day", 4, {"resolve": _as("scheduled")}),
    ],
}

_FEELINGS = {
    "like": _t("喜欢", "I like it"),
    "expect": _t("理应如此", "I expect it"),
    "neutral": _t("无所谓", "I do not care"),
    "tolerate": _t("可以忍受", "I can live with it"),
    "dislike": _t("不喜欢", "I dislike it"),
}

# Kano: the pair of answers "if it were there" (rows) and "if it were not" (columns).
KANO = {
    "code": "kano",
    "version": 1,
    "name": _t("Kano 需求性质", "Kano nature"),
    "inputs": {
        "present": {"kind": "choice", "name": _t("如果有这个功能", "If it were there"), "values": _FEELINGS},
        "absent": {"kind": "choice", "name": _t("如果没有这个功能", "If it were not there"), "values": _FEELINGS},
    },
    "matrix": {
        "rows": "present",
        "columns": "absent",
        "cells": {
            "like": dict.fromkeys(("expect", "neutral", "tolerate"), "attractive")
            | {"like": "unclear", "dislike": "performance"},
            **{
                feeling: dict.fromkeys(("expect", "neutral", "tolerate"), "indifferent")
                | {"like": "reverse", "dislike": "must_be"}
                for feeling in ("expect", "neutral", "tolerate")
            },
            "dislike": dict.fromkeys(("like", "expect", "neutral", "tolerate"), "reverse") | {"dislike": "unclear"},
        },
    },
    "forced": FORCED,
    "floor": FLOOR,
    "levels": [
        _level("must_be", "必备", "Must be", 1, {"resolve": _as("first")}),
        _level("performance", "期望", "Performance", 2, {"resolve": _as("iteration")}),
        _level("attractive", "魅力", "Attractive", 3, {"resolve": _as("iteration")}),
        _level("indifferent", "无差异", "Indifferent", 4, {"resolve": _as("month_pool")}),
        _level("reverse", "反向（有了反而不满）", "Reverse: worse with it", 4, {}),
        _level("unclear", "回答矛盾，再问一次", "Contradictory, ask again", 4, {}),
    ],
}

# A template after the Beijing 12345 standard of 2023; limits differ by city: edit them to the local rule.
HOTLINE_12345 = {
    "code": "hotline_12345",
    "version": 1,
    "name": _t("12345 热线（模板）", "12345 hotline (template)"),
    "inputs": {
        "matter": {
            "kind": "choice",
            "name": _t("事项类别", "Matter"),
            "values": {
                "ordinary": _t("一般诉求", "Ordinary"),
                "supply": _t("水电气热等民生", "Water, power, gas, heat"),
                "danger": _t("危及人身财产安全", "Danger to people or property"),
            },
            "rises": ["ordinary", "supply", "danger"],
        },
        "complex": {"kind": "bool", "name": _t("复杂事项（需多方或较长时间）", "Complex: several parties or a long time")},
    },
    "rules": [
        {"all": [{"input": "matter", "is": ["danger"]}], "level": "at_once"},
        {"all": [{"input": "matter", "is": ["supply"]}], "level": "one_day"},
        {"all": [{"input": "complex", "is": [True]}], "level": "complex"},
        {"all": [], "level": "ordinary"},
    ],
    "forced": FORCED,
    "floor": FLOOR,
    "levels": [
        _level("at_once", "特急（1 小时派单，2 小时反馈）", "At once", 1, {"respond": _in(1, "hours"), "start": _in(1, "hours"), "resolve": _in(2, "hours")}, alarms=True),
        _level("one_day", "加急（2 小时派单，24 小时反馈）", "Within a day", 2, {"respond": _in(2, "hours"), "start": _in(2, "hours"), "resolve": _in(24, "hours")}),
        _level("ordinary", "一般（24 小时派单，7 天反馈）", "Ordinary, 7 days", 3, {"respond": _in(24, "hours"), "start": _in(24, "hours"), "resolve": _in(7, "days")}),
        _level("complex", "复杂（24 小时派单，15 天反馈）", "Complex, 15 days", 4, {"respond": _in(24, "hours"), "start": _in(24, "hours"), "resolve": _in(15, "days")}),
    ],
}  # fmt: skip

SCHEMES: dict[str, dict[str, Any]] = {
    str(scheme["code"]): scheme for scheme in (*HANDBOOKS, IMPACT_URGENCY, RICE, WSJF, KANO, HOTLINE_12345)
}
