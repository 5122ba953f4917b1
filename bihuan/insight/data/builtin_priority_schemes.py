"""The four schemes of the handbooks. Plain data (JSON-able) so that an organisation can store and edit its own copy.

A level has a rank (1 highest, 4 lowest: for colour only) and targets: milestone → {amount, unit} or {disposition};
"alarms" notifies supervisor and technical lead at once.
An input may say how its answers rise, weakest first ("rises"); a scheme that lowers the level for a stronger answer is
then refused. The schemes that come beside the handbooks' are in more_schemes.py.
"""

from typing import Any


def _t(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _in(amount: int, unit: str) -> dict[str, Any]:
    return {"amount": amount, "unit": unit}


def _as(disposition: str) -> dict[str, Any]:
    return {"disposition": disposition}


DISPOSITIONS = {
    "first": _t("优先安排", "Do first"),
    "scheduled": _t("按排期处理", "By schedule"),
    "iteration": _t("进入迭代计划", "Into the iteration plan"),
    "month_pool": _t("进入月度优化计划", "Into the monthly plan"),
}

MILESTONES = {
    "respond": _t("响应", "Respond"),
    "start": _t("启动处理", "Start"),
    "plan": _t("出方案", "Plan"),
    "relief": _t("临时缓解", "Relief"),
    "resolve": _t("解决", "Resolve"),
}

# Unit → how many minutes one of it takes at most in ordinary weeks; only to compare limits of different units.
UNITS = {
    "minutes": 1,
    "hours": 60,
    "working_hours": 252,
    "working_days": 2016,
    "days": 1440,
    "weeks": 10080,
    "months": 44640,
}

FLOOR = {"respond": _in(1, "weeks")}
"""Every customer gets a reply from a person within this, whatever the level and whatever the customer is worth: the longest
answer the handbooks allow (S1-21)."""

# A case that touches one of these is of the highest level whatever else is ticked.
FORCED: list[dict[str, Any]] = [
    {"code": "safety", "name": _t("涉及人身或财产安全", "Safety of people or property")},
    {"code": "media", "name": _t("媒体关注或舆情", "Media or public attention")},
    {"code": "legal", "name": _t("法律或监管介入", "Legal or regulatory action")},
    {"code": "group_complaint", "name": _t("群体性投诉", "Complaint by a group")},
]

_SCORES = {str(n): _t(f"{n} 分", f"{n}") for n in range(1, 6)}

URGENT_IMPORTANT = {
    "code": "urgent_important",
    "version": 1,
    "name": _t("紧急重要四象限", "Urgent / important"),
    "inputs": {
        "urgent": {
            "kind": "bool",
            "rises": "up",
            "name": _t("紧急", "Urgent"),
            "criteria": [
                _t("客户业务影响范围大", "Much of the customer's business is hit"),
                _t("影响核心使用", "Core use is hit"),
            ],
        },
        "important": {
            "kind": "bool",
            "rises": "up",
            "name": _t("重要", "Important"),
            "criteria": [
                _t("客户价值高", "A customer of high value"),
                _t("问题反复出现", "The problem keeps coming back"),
            ],
        },
    },
    "axes": [
        {"code": "urgent", "any": [{"input": "urgent", "is": [True]}]},
        {"code": "important", "any": [{"input": "important", "is": [True]}]},
    ],
    "forced": FORCED,
    "floor": FLOOR,
    "levels": [
        {
            "code": "urgent_important",
            "name": _t("紧急重要", "Urgent and important"),
            "rank": 1,
            "when": {"urgent": True, "important": True},
            "targets": {"respond": _in(24, "hours"), "resolve": _in(48, "hours")},
        },
        {
            "code": "urgent",
            "name": _t("紧急不重要", "Urgent, not important"),
            "rank": 2,
            "when": {"urgent": True, "important": False},
            "targets": {"respond": _in(24, "hours"), "resolve": _in(72, "hours")},
        },
        {
            "code": "important",
            "name": _t("重要不紧急", "Important, not urgent"),
            "rank": 3,
            "when": {"urgent": False, "important": True},
            "targets": {"respond": _in(3, "working_days"), "resolve": _in(1, "weeks")},
        },
        {
            "code": "ordinary",
            "name": _t("一般需求", "Ordinary"),
            "rank": 4,
            "when": {"urgent": False, "important": False},
            "targets": {"respond": _in(1, "weeks"), "resolve": _as("scheduled")},
        },
    ],
}

VALUE_URGENCY = {
    "code": "value_urgency",
    "version": 1,
    "name": _t("价值-紧急度四象限", "Value / urgency"),
    "inputs": {
        "value": {"kind": "score", "name": _t("价值评分", "Value score"), "values": _SCORES, "rises": "up"},
        "urgency": {"kind": "score", "name": _t("紧急度评分", "Urgency score"), "values": _SCORES, "rises": "up"},
    },
    "axes": [
        {"code": "value", "any": [{"input": "value", "from": 4}]},
        {"code": "urgency", "any": [{"input": "urgency", "from": 4}]},
    ],
    "forced": FORCED,
    "floor": FLOOR,
    "levels": [
        {
            "code": "high_high",
            "name": _t("高价值-高紧急度", "High value, high urgency"),
            "rank": 1,
            "when": {"value": True, "urgency": True},
            "targets": {"resolve": _as("first")},
        },
        {
            "code": "high_low",
            "name": _t("高价值-低紧急度", "High value, low urgency"),
            "rank": 2,
            "when": {"value": True, "urgency": False},
            "targets": {"resolve": _as("iteration")},
        },
        {
            "code": "low_high",
            "name": _t("低价值-高紧急度", "Low value, high urgency"),
            "rank": 3,
            "when": {"value": False, "urgency": True},
            "targets": {"relief": _in(72, "hours")},
        },
        {
            "code": "low_low",
            "name": _t("低价值-低紧急度", "Low value, low urgency"),
            "rank": 4,
            "when": {"value": False, "urgency": False},
            "targets": {"resolve": _as("month_pool")},
        },
    ],
}

FOUR_QUADRANT = {
    "code": "four_quadrant",
    "version": 1,
    "name": _t("四象限法", "Four quadrants"),
    "inputs": {
        "urgency": {
            "kind": "choice",
            "name": _t("紧急程度", "Urgency"),
            "values": {
                "urgent": _t("紧急", "Urgent"),
                "important": _t("重要", "Important"),
                "normal": _t("一般", "Normal"),
            },
        },
        "scope": {
            "kind": "choice",
            "rises": ["individual", "general", "systemic"],
            "name": _t("影响范围", "Scope"),
            "values": {
                "individual": _t("个体问题", "Individual"),
                "general": _t("普遍问题", "General"),
                "systemic": _t("系统性问题", "Systemic"),
            },
        },
        "customer_value": {
            "kind": "choice",
            "rises": ["low", "medium", "high"],
            "name": _t("客户价值", "Customer value"),
            "values": {"high": _t("高", "High"), "medium": _t("中", "Medium"), "low": _t("低", "Low")},
        },
    },
    "axes": [
        {"code": "urgent", "any": [{"input": "urgency", "is": ["urgent"]}]},
        {
            "code": "important",
            "any": [
                {"input": "urgency", "is": ["important"]},
                {"input": "scope", "is": ["general", "systemic"]},
                {"input": "customer_value", "is": ["high"]},
            ],
        },
    ],
    "forced": FORCED,
    "floor": FLOOR,
    "levels": [
        {
            "code": "Q1",
            "name": _t("紧急且重要", "Urgent and important"),
            "rank": 1,
            "when": {"urgent": True, "important": True},
            "targets": {"start": _in(24, "hours")},
        },
        {
            "code": "Q2",
            "name": _t("重要不紧急", "Important, not urgent"),
            "rank": 2,
            "when": {"urgent": False, "important": True},
            "targets": {"plan": _in(3, "working_days")},
        },
        {
            "code": "Q3",
            "name": _t("紧急不重要", "Urgent, not important"),
            "rank": 3,
            "when": {"urgent": True, "important": False},
            "targets": {"respond": _in(48, "hours")},
        },
        {
            "code": "Q4",
            "name": _t("不紧急不重要", "Neither"),
            "rank": 4,
            "when": {"urgent": False, "important": False},
            "targets": {"resolve": _as("month_pool")},
        },
    ],
}

P_LEVEL = {
    "code": "p_level",
    "version": 1,
    "name": _t("P0-P3 技术问题分级", "P0-P3 technical levels"),
    "inputs": {
        "business_urgency": {
            "kind": "choice",
            "rises": ["improvement", "slight", "hit", "core_down"],
            "name": _t("业务紧急程度", "Effect on the business"),
            "values": {
                "core_down": _t("核心业务中断", "Core business interrupted"),
                "hit": _t("非核心业务严重受影响", "Non-core business seriously hit"),
                "slight": _t("轻微异常，可临时规避", "Slight, can be avoided for now"),
                "improvement": _t("体验优化，不影响核心流程", "Improvement, core flow unaffected"),
            },
        },
        "scope": {
            "kind": "choice",
            "rises": ["one", "part", "many"],
            "name": _t("影响用户", "Users hit"),
            "values": {"one": _t("个别", "One"), "part": _t("部分", "Part"), "many": _t("大量", "Many")},
        },
        "paying": {"kind": "bool", "rises": "up", "name": _t("付费客户", "Paying customer")},
        "peak": {"kind": "bool", "rises": "up", "name": _t("业务高峰期", "Peak period")},
    },
    "matrix": {
        "rows": "business_urgency",
        "columns": "scope",
        "cells": {
            "core_down": {"one": "P1", "part": "P1", "many": "P0"},
            "hit": {"one": "P2", "part": "P1", "many": "P1"},
            "slight": {"one": "P2", "part": "P2", "many": "P2"},
            "improvement": {"one": "P3", "part": "P3", "many": "P3"},
        },
        "raise": {"all": ["paying", "peak"], "rows": ["core_down", "hit"]},
    },
    "forced": FORCED,
    "floor": FLOOR,
    "levels": [
        {
            "code": "P0",
            "alarms": True,
            "name": _t("P0 紧急", "P0 urgent"),
            "rank": 1,
            "example": _t("支付系统整体不可用", "The payment system is down"),
            "targets": {"respond": _in(30, "minutes"), "resolve": _in(24, "hours")},
        },
        {
            "code": "P1",
            "name": _t("P1 高", "P1 high"),
            "rank": 2,
            "example": _t("部分用户查不到订单", "Some users cannot find their orders"),
            "targets": {"respond": _in(4, "hours"), "resolve": _in(48, "hours")},
        },
        {
            "code": "P2",
            "name": _t("P2 中", "P2 medium"),
            "rank": 3,
            "example": _t("报表版式错乱", "A report's layout is broken"),
            "targets": {"respond": _in(1, "working_days"), "resolve": _in(5, "working_days")},
        },
        {
            "code": "P3",
            "name": _t("P3 低", "P3 low"),
            "rank": 4,
            "example": _t("按钮文字显示不全", "The text of a button is cut off"),
            "targets": {"respond": _in(1, "working_days"), "resolve": _in(10, "working_days")},
        },
    ],
}

HANDBOOKS = (URGENT_IMPORTANT, VALUE_URGENCY, FOUR_QUADRANT, P_LEVEL)
