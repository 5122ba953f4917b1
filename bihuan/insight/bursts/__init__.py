"""What is hot, and what is new: daily counts far above what weekday, channel, level and the usual scatter lead to expect.

seen = watch(counts, weekday=0, groups=channel)        # (series × days) whole numbers; day 0 is a Monday
for one in hot(seen, names, most=5):
    print(one.sentence.zh)
"""

from bihuan.insight.bursts.hot import Hot, hot
from bihuan.insight.bursts.watching import METHOD, Watched, watch

__all__ = ["METHOD", "Hot", "Watched", "hot", "watch"]
