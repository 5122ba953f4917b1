"""The dictionaries of plans. Sources: S1-33…35, S2-27…29, S2-55, S3-39…47, S4-I05/I06, C-14, C-15, C-18."""

from decimal import Decimal

from bihuan.core.text import Text

KINDS: dict[str, Text] = {
    "solution": Text("事项方案", "Case solution"),
    "improvement": Text("优化方案", "Improvement plan"),
}
HORIZONS: dict[str, Text] = {
    "temporary": Text("临时措施", "Temporary"),
    "short": Text("短期措施", "Short term"),
    "long": Text("长期措施", "Long term"),
    "prevention": Text("预防机制", "Prevention"),
}
HORIZON_TONES: dict[str, str] = {"temporary": "yellow", "short": "blue", "long": "green", "prevention": "purple"}
OPS: dict[str, Text] = {
    "lt": Text("低于", "below"),
    "le": Text("不高于", "at most"),
    "gt": Text("高于", "above"),
    "ge": Text("不低于", "at least"),
    "eq": Text("等于", "equal to"),
}
RESOURCES: dict[str, Text] = {
    "people": Text("人力", "People"),
    "technology": Text("技术支持", "Technical support"),
    "budget": Text("预算", "Budget"),
    "other": Text("其他", "Other"),
}
CRITERIA: dict[str, Text] = {
    "feasibility": Text("可行性", "Feasibility"),
    "resource": Text("资源投入", "Resource input"),
    "satisfaction": Text("客户满意度", "Customer satisfaction"),
    "cost": Text("成本", "Cost"),
    "duration": Text("工期", "Duration"),
    "risk": Text("风险", "Risk"),
}
"""What options are scored on, 1 to 5, always 5 = best (least input, cost, time and risk). The first three are required."""
REQUIRED_CRITERIA = ("feasibility", "resource", "satisfaction")
WEIGHTS: dict[str, int] = {"feasibility": 3, "resource": 2, "satisfaction": 3, "cost": 2, "duration": 1, "risk": 2}
"""How much a criterion counts until a plan says otherwise."""
STEPS: dict[str, Text] = {
    "review": Text("联合评审", "Joint review"),
    "approve": Text("领导审批", "Leader's approval"),
    "resolve": Text("会议决议", "Meeting resolution"),
}
DECISIONS: dict[str, Text] = {"agree": Text("同意", "Agreed"), "return": Text("退回", "Returned")}
RESOURCE_VERDICTS: dict[str, Text] = {
    "enough": Text("资源匹配", "Resources match"),
    "tight": Text("资源偏紧", "Resources are tight"),
    "short": Text("资源不足", "Resources are short"),
}
RISK_VERDICTS: dict[str, Text] = {
    "low": Text("风险低", "Low risk"),
    "middle": Text("风险可控", "Risk under control"),
    "high": Text("风险高", "High risk"),
}
WAYS: dict[str, Text] = {
    "link": Text("链接确认", "By link"),
    "call": Text("电话确认", "By call"),
    "waiver": Text("豁免", "Waived"),
}
PHRASES: tuple[tuple[str, Text], ...] = (
    ("agree", Text("同意，按方案执行。", "Agreed, go ahead as planned.")),
    ("agree", Text("同意，请控制好进度和预算。", "Agreed; keep to the dates and the budget.")),
    (
        "return",
        Text("目标不够量化，请补充数据后再报。", "The goal is not measurable enough; add figures and submit again."),
    ),
    ("return", Text("资源尚未落实，请确认后再报。", "The resources are not secured; confirm them and submit again.")),
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
