"""Did the measure work? A rate before and after, against the untouched rest, with the chance of being wrong held.

effect = estimate_effect(hits, after=31, events=orders, control_hits=rest, control_events=rest_orders, target=0.01)
effect.verdict                  # "fixed", "improved", "unchanged" or "worse"
effect.sentence.zh              # the same for people, with the interval and how many more events are needed
"""

from bihuan.insight.effect_estimation.effect_estimate import METHOD, Effect, estimate_effect
from bihuan.insight.effect_estimation.rates import reached_share
from bihuan.insight.effect_estimation.sample_size import needed_for_change, needed_for_target

__all__ = [
    "METHOD",
    "Effect",
    "estimate_effect",
    "needed_for_change",
    "needed_for_target",
    "reached_share",
]
