"""In which scenario does a problem happen? Slices of the data where it is more frequent than elsewhere, and how sure that is.

table = leaves(rows, ["system", "version", "region"], rows["problem"] == "pay", customer="customer_id")
table = exposed(table, orders, "orders", Text("支付笔数", "payments"))   # where there is a denominator
scenes = find(table)                                                     # or against_past(table, [last, before])
for scenario in scenes.scenarios:
    print(scenario.sentence(Text("支付失败", "payment failures")).zh)
"""

from bihuan.insight.scenarios.batch_exposure import EVEN, evenly
from bihuan.insight.scenarios.leaves import ALL_FEEDBACK, Leaves, exposed, leaves, marked
from bihuan.insight.scenarios.past_periods import PAST_METHOD, against_past
from bihuan.insight.scenarios.scenario_results import Related, Scenario, Scenes
from bihuan.insight.scenarios.scenario_search import METHOD, find

__all__ = [
    "ALL_FEEDBACK", "EVEN", "METHOD", "PAST_METHOD", "Leaves", "Related", "Scenario", "Scenes", "against_past", "evenly", "exposed", "find",
    "leaves", "marked",
]  # fmt: skip
