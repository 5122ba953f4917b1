"""How near the average row of a problem is to its nearest quoted row, against a random draw and the middle rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bench.engine.figures import Figure
from bench.engine.meter import Meter
from bench.engine.texts import table
from bihuan.insight.grouping.representatives import MOST_CHOSEN, choose_representatives, likeness

ROW = 11
TITLE = "典型案例 / representative cases"
DRAWS = 100
KINDS = ("洗发水", "酒店", "平板", "外卖", "衣服", "水果")


def figures() -> Iterator[Figure]:
    rows = table("zh/reviews_category_sentiment.csv.gz")
    gained, middle, cpu = [], [], 0.0
    random = np.random.default_rng(0)
    for kind in KINDS:
        texts = [row["text"] for row in rows if row["category"] == kind and row["label"] == "负面"][:1000]
        near = likeness(texts)
        drawn = np.mean(
            [near[random.choice(len(texts), MOST_CHOSEN, replace=False)].max(axis=0).mean() for _ in range(DRAWS)]
        )
        with Meter() as spent:
            chosen = choose_representatives(texts).rows
        cpu += spent.cpu
        gained.append(near[chosen].max(axis=0).mean() / drawn - 1)
        middle.append(near[np.argsort(-near.sum(axis=1))[:MOST_CHOSEN]].max(axis=0).mean() / drawn - 1)
    nearest = {"nearest to the middle": float(np.mean(middle))}
    yield Figure("cases", "coverage over a random draw", float(np.mean(gained)), 0.25, baseline=nearest)
    yield Figure("cases", "CPU s per 1,000 rows", cpu / len(KINDS), better="lower")
