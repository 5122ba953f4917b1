"""Who may do what: the roles of requirements section 10 and one table of capabilities.

A page or command asks for a capability; which rows a person sees is the noun's own ``visible_to``.
"""

from __future__ import annotations

from bihuan.core.text import Text

ROLES: dict[str, Text] = {
    "agent": Text("客服专员", "Service agent"),
    "supervisor": Text("客服主管", "Service supervisor"),
    "product_manager": Text("产品经理", "Product manager"),
    "operations_manager": Text("运营经理", "Operations manager"),
    "engineer": Text("技术工程师", "Engineer"),
    "tech_lead": Text("技术主管", "Technical lead"),
    "project_manager": Text("项目经理", "Project manager"),
    "director": Text("总监", "Director"),
    "leader": Text("分管领导", "Leader in charge"),
    "business_owner": Text("业务负责人", "Business owner"),
    "admin": Text("系统管理员", "Administrator"),
    "auditor": Text("审计员", "Auditor"),
}

_SERVICE = {"agent", "supervisor"}
_MANAGERS = {"product_manager", "operations_manager", "tech_lead", "project_manager", "business_owner"}
_ANALYSTS = {"supervisor", "engineer"} | _MANAGERS
_BUSINESS = _SERVICE | _ANALYSTS | {"director", "leader"}

CAPABILITIES: dict[str, frozenset[str]] = {
    k: frozenset(v)
    for k, v in {
        # Which rows: everything of the company, or one's team's and one's own.
        "see.business": _BUSINESS,
        "see.all": {"director", "leader"} | _MANAGERS,
        # Collect and sort
        "feedback.record": _BUSINESS - {"leader"},
        "feedback.import": {"supervisor", "product_manager", "operations_manager"},
        "feedback.triage": _SERVICE | {"product_manager", "operations_manager"},
        "feedback.merge": _SERVICE,
        "feedback.rule": {"supervisor", "product_manager", "operations_manager"},
        "daily.close": {"supervisor"},
        "contact.reveal": _SERVICE,
        "contact.reveal_assigned": {"engineer"},
        "customer.edit": _SERVICE,
        # Findings
        "findings.see": _ANALYSTS | {"director", "leader"},
        "findings.run": {"supervisor", "product_manager", "operations_manager", "tech_lead"},
        "findings.teach": {"supervisor", "product_manager", "operations_manager", "tech_lead"},
        # Case
        "case.open": _SERVICE | _MANAGERS,
        "case.assess": _SERVICE | _MANAGERS,
        "case.assign": {"supervisor", "tech_lead", "project_manager"},
        "case.edit": _SERVICE | _ANALYSTS,
        "case.decline": {"supervisor", "product_manager"},
        "case.reopen": {"supervisor"},
        "case.archive": {"supervisor", "agent"},
        "scheme.see": _BUSINESS | {"admin", "auditor"},
        "scheme.edit": {"admin", "operations_manager", "director"},
        "scheme.apply": {"admin", "director"},
        "routing.see": _BUSINESS | {"admin"},
        "routing.edit": {"admin", "operations_manager", "director"},
        "case.rule": {"supervisor"},
        "requirement.write": _SERVICE | _MANAGERS,
        "requirement.decide": {"product_manager", "operations_manager", "business_owner"},
        # Diagnose and solve
        "diagnosis.write": _ANALYSTS | {"agent"},
        "plan.write": _ANALYSTS,
        "plan.decide": {"director", "leader"},
        "plan.review": {"director"},
        "plan.approve": {"leader"},
        "plan.resolve": {"leader"},
        "plan.confirm": _SERVICE | {"project_manager", "product_manager"},
        "plan.waive": {"supervisor", "project_manager"},
        # Carry out and verify
        "task.work": _SERVICE | _ANALYSTS,
        "task.assign": {"supervisor", "tech_lead", "project_manager", "product_manager", "operations_manager"},
        "followup.call": _SERVICE,
        "followup.exempt": {"supervisor"},
        "evaluation.do": _ANALYSTS,
        # Learn
        "article.write": _SERVICE | _ANALYSTS,
        "article.review": {"supervisor", "tech_lead", "product_manager"},
        "report.see": _BUSINESS,
        "report.sign": {"supervisor", "director"},
        # Administration
        "setup.edit": {"admin"},
        "picklist.edit": {"admin", "supervisor"},
        "audit.read": {"auditor"},
    }.items()
}
