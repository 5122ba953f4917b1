"""Which series surge, and what is new: daily counts far above what weekday, channel, level and the usual scatter lead to expect.

seen = watch(counts, weekday=0, groups=channel)        # (series × days) whole numbers; day 0 is a Monday
for surge in top_surges(seen, names, most=5):
    print(surge.sentence.zh)
"""

from bihuan.insight.surge_detection.alerts import METHOD, SurgeTests, detect_surges
from bihuan.insight.surge_detection.top_surges import Surge, top_surges

__all__ = ["METHOD", "Surge", "SurgeTests", "detect_surges", "top_surges"]
