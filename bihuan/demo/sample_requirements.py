"""Requirements of the demo: scored, tied, in every queue, one judged not real."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bihuan.core import clock
from bihuan.customers.models import Customer
from bihuan.deadlines.models import Scheme
from bihuan.people.models import User
from bihuan.requirements.models import Iteration, Requirement

WANTED = (
    ("批量导出订单", "hengyuan", "business", (4, "省去人工汇总"), (3, "月底前用上即可")),
    ("付款页卡顿", "lanjing", "technical", (5, "影响成交"), (5, "每天都有客户放弃付款")),
    ("按门店查看库存", "lanjing", "business", (4, "减少缺货"), (3, "下季度开新店")),
    ("开票进度提醒", "chenxi", "experience", (3, "少打电话"), (4, "年底开票集中")),
    ("夜间深色界面", "zhang-mr", "experience", (2, "个别人要"), (1, "不急")),
)


def build(people: dict[str, User]) -> None:
    """Five needs in the pool, two of them tied, one iteration, one that is not real."""
    wang = people["wang"]
    scheme, today = Scheme.current("value_urgency"), clock.today()
    made = [_put(people, scheme, *one) for one in WANTED]
    start = today + timedelta(days=7 - today.weekday())
    name = f"{start:%Y-%m} 第一迭代"
    known = Iteration.objects.filter(name=name).first()  # a demo played twice has one calendar
    iteration = known or Iteration.plan(by=wang, name=name, start=start, finish=start + timedelta(days=13))
    made[0].place(by=wang, disposition="iteration", iteration=iteration, reason="接口已备好，先做")
    _reach(wang, made[0], 120, "high", "medium", 1.5)
    _reach(wang, made[1], 800, "high", "high", 2)
    odd = Requirement.create(by=people["lin"], title="把按钮改成客户的品牌色", description="老板喜欢红色")
    odd.judge_as("reject", by=wang, reason="与核心目标无关，属于次要愿望")


def _put(
    people: dict[str, User], scheme: Scheme, title: str, account: str, klass: str, value: tuple[int, str], urgency: tuple[int, str]
) -> Requirement:  # fmt: skip
    customer = Customer.objects.get(account=account)
    made = Requirement.create(by=people["lin"], title=title, klass=klass, customer=customer, method="feedback")
    inputs = {"value": value[0], "urgency": urgency[0]}
    made.score(by=people["wang"], scheme=scheme, inputs=inputs, reasons={"value": value[1], "urgency": urgency[1]})
    return made


def _reach(by: User, row: Requirement, reach: int, impact: str, confidence: str, effort: float) -> None:
    inputs: dict[str, Any] = {"reach": reach, "impact": impact, "confidence": confidence, "effort": effort}
    row.score(by=by, scheme=Scheme.current("rice"), inputs=inputs)
