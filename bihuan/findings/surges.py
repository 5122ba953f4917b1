"""Surges: daily counts of every problem against what its weekday, level and usual scatter lead to expect."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from bihuan.findings.feedback_frame import Frame
from bihuan.insight.surge_detection import Surge, detect_surges, top_surges

BACK, MOST = 180, 8
LEAST, FEWEST = 3, 5
"""Feedback items of a problem from which its days are watched, and of a surge: a problem is born by a few who tell it at once, so
three are no alarm."""


def problem_surges(frame: Frame, problems: Mapping[str, list[int]]) -> tuple[list[tuple[str, Surge]], date]:
    """The problems above their usual, the surest excess first, by their ids; and day 0 of their day numbers.

    The last day is that of the youngest feedback item: a day still running counts as far as it has come.
    """
    if not len(frame):
        return [], date.min
    last = max(frame.days)
    first = max(min(frame.days), last - timedelta(days=BACK - 1))
    days = (last - first).days + 1
    place = {pk: (day - first).days for pk, day in zip(frame.table["pk"].to_pylist(), frame.days, strict=True)}
    keys = sorted(key for key, feedback_items in problems.items() if len(feedback_items) >= LEAST)
    if not keys or days < 2:
        return [], first
    counts = np.zeros((len(keys), days))
    for row, key in enumerate(keys):
        at = [place[pk] for pk in problems[key] if place.get(pk, -1) >= 0]
        counts[row] = np.bincount(at, minlength=days)[:days]
    surges = top_surges(detect_surges(counts, weekday=first.weekday()), keys, most=MOST)
    return [(one.name, one) for one in surges if one.observed >= FEWEST], first
