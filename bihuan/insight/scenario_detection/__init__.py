"""In which scenario does a problem happen? Slices of the data where it is more frequent than elsewhere, and how sure that is.

table = count_leaves(rows, ["system", "version", "region"], rows["problem"] == "pay", customer="customer_id")
table = with_exposure(table, orders, "orders", Text("支付笔数", "payments"))   # where there is a denominator
found = find_scenarios(table)                                                # or against_past(table, [last, before])
for scenario in found.scenarios:
    print(scenario.sentence(Text("支付失败", "payment failures")).zh)
"""

from bihuan.insight.scenario_detection.batch_exposure import EVEN, with_even_exposure
from bihuan.insight.scenario_detection.leaves import ALL_FEEDBACK, Leaves, count_leaves, mark_hits, with_exposure
from bihuan.insight.scenario_detection.past_periods import PAST_METHOD, against_past
from bihuan.insight.scenario_detection.scenario_results import Related, Scenario, ScenarioSearch
from bihuan.insight.scenario_detection.scenario_search import METHOD, find_scenarios

__all__ = [
    "ALL_FEEDBACK",
    "EVEN",
    "METHOD",
    "PAST_METHOD",
    "Leaves",
    "Related",
    "Scenario",
    "ScenarioSearch",
    "against_past",
    "count_leaves",
    "find_scenarios",
    "mark_hits",
    "with_even_exposure",
    "with_exposure",
]  # fmt: skip
