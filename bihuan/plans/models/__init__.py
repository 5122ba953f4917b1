"""Plan, Goal, Resource, Option, Measure, Policy, Approval, Change, Confirmation."""

from bihuan.plans.models.approval import Approval
from bihuan.plans.models.change import Change
from bihuan.plans.models.confirmation import CONFIRMATIONS, Confirmation
from bihuan.plans.models.goal import Goal, Resource
from bihuan.plans.models.measure import Measure
from bihuan.plans.models.option import Option
from bihuan.plans.models.plan import Plan
from bihuan.plans.models.policy import Policy

__all__ = [
    "CONFIRMATIONS",
    "Approval",
    "Change",
    "Confirmation",
    "Goal",
    "Measure",
    "Option",
    "Plan",
    "Policy",
    "Resource",
]
