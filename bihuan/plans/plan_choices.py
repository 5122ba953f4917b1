"""The dictionaries of plans. Sources: S1-33…35, S2-27…29, S2-55, S3-39…47, S4-I05/I06, C-14, C-15, C-18."""

from decimal import Decimal

from bihuan.core.text import Text, both

KINDS: dict[str, Text] = {
    "solution": both("事项方案", "Case solution"),
    "improvement": both("优化方案", "Improvement plan"),
}
HORIZONS: dict[str, Text] = {
    "temporary": both("临时措施", "Temporary"),
    "short": both("短期措施", "Short term"),
    "long": both("长期措施", "Long term"),
    "prevention": both("预防机制", "Prevention"),
}
HORIZON_TONES: dict[str, str] = {"temporary": "yellow", "short": "blue", "long": "green", "prevention": "purple"}
OPS: dict[str, Text] = {
    "lt": both("低于", "below"),
    "le": both("不高于", "at most"),
    "gt": both("高于", "above"),
    "ge": both("不低于", "at least"),
    "eq": both("等于", "equal to"),
}
RESOURCES: dict[str, Text] = {
    "people": both("人力", "People"),
    "technology": both("技术支持", "Technical support"),
    "budget": both("预算", "Budget"),
    "other": both("其他", "Other"),
}
CRITERIA: dict[str, Text] = {
    "feasibility": both("可行性", "Feasibility"),
    "resource": both("资源投入", "Resource input"),
    "satisfaction": both("客户满意度", "Customer satisfaction"),
    "cost": both("成本", "Cost"),
    "duration": both("工期", "Duration"),
    "risk": both("风险", "Risk"),
}
"""What options are scored on, 1 to 5, always 5 = best (least input, cost, time and risk). The first three are required."""
REQUIRED_CRITERIA = ("feasibility", "resource", "satisfaction")
WEIGHTS: dict[str, int] = {"feasibility": 3, "resource": 2, "satisfaction": 3, "cost": 2, "duration": 1, "risk": 2}
"""How much a criterion counts until a plan says otherwise."""
STEPS: dict[str, Text] = {
    "review": both("联合评审", "Joint review"),
    "approve": both("领导审批", "Leader's approval"),
    "resolve": both("会议决议", "Meeting resolution"),
}
DECISIONS: dict[str, Text] = {"agree": both("同意", "Agreed"), "return": both("退回", "Returned")}
RESOURCE_VERDICTS: dict[str, Text] = {
    "enough": both("资源匹配", "Resources match"),
    "tight": both("资源偏紧", "Resources are tight"),
    "short": both("资源不足", "Resources are short"),
}
RISK_VERDICTS: dict[str, Text] = {
    "low": both("风险低", "Low risk"),
    "middle": both("风险可控", "Risk under control"),
    "high": both("风险高", "High risk"),
}
WAYS: dict[str, Text] = {
    "link": both("链接确认", "By link"),
    "call": both("电话确认", "By call"),
    "waiver": both("豁免", "Waived"),
}
PHRASES: tuple[tuple[str, Text], ...] = (
    ("agree", both("同意，按方案执行。", "Agreed, go ahead as planned.")),
    ("agree", both("同意，请控制好进度和预算。", "Agreed; keep to the dates and the budget.")),
    (
        "return",
        both("目标不够量化，请补充数据后再报。", "The goal is not measurable enough; add figures and submit again."),
    ),
    ("return", both("资源尚未落实，请确认后再报。", "The resources are not secured; confirm them and submit again.")),
)
"""Opinions people write every day, offered at the opinion box: the decision they go with, the words."""

LEAD_ROLES: dict[str, str] = {"defect": "product_manager", "service": "operations_manager", "logistics": "operations_manager",
                              "aftersales": "operations_manager", "price": "operations_manager"}  # fmt: skip
"""Who leads by problem type (S3-42): product → product manager, service process → operations manager."""
TECHNICAL_LEAD, OTHERWISE_LEAD = "tech_lead", "product_manager"
"""A case with a technical type is led by the technical lead; a requirement by the product manager."""

MOST_OPTIONS = 3
MEETING_OVER = Decimal("100000.00")
"""Strictly above this many yuan a management meeting decides (S3-47, C-15); a policy row may say otherwise."""
KEEPS_DAYS = 14
"""How long a confirmation link can be answered."""
