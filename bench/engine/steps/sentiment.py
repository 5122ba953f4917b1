"""Sentiment, two ways, on four public sets: cold (no labels at all) and trained on an organisation's own labels.

The lexicon's slope and the weights were set on the even rows of these sets; only odd rows are scored here.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bench.engine import others
from bench.engine.figures import Figure
from bench.engine.meter import Meter
from bench.engine.texts import Rows, table
from bihuan.insight.classify.calibration import calibration_error
from bihuan.insight.classify.learning import train
from bihuan.insight.classify.sentiment import polarity
from bihuan.insight.classify.sentiment_model import sentiments
from bihuan.insight.text import encoder

ROW = 5
TITLE = "情绪 / sentiment"
WITH_VECTORS = 900  # rows a set that are encoded
SLOW = 1_000  # rows a set for what takes milliseconds a text


def _sets() -> dict[str, Rows]:
    rows = [row for row in table("zh/reviews_category_sentiment.csv.gz") if row["label"] in ("正面", "负面")]
    return {
        "外卖 waimai": [row for row in rows if row["source"].startswith("waimai")],
        "酒店 hotel": [row for row in rows if row["category"] == "酒店"],
        "电商 eprstmt": [row for row in rows if "eprstmt" in row["source"]],
        "购物 shopping": [row for row in rows if row["source"].startswith("online") and row["category"] != "酒店"],
    }


def figures() -> Iterator[Figure]:
    sets = {name: rows[1::2] for name, rows in _sets().items()}
    texts = [row["text"] for rows in sets.values() for row in rows]
    truth = np.array([row["label"] == "正面" for rows in sets.values() for row in rows])
    which = np.repeat(np.arange(len(sets)), [len(rows) for rows in sets.values()])
    with Meter() as spent:
        found = sentiments(texts)
    right = (found.leaning > 0) == truth
    each = [float(right[which == at].mean()) for at in range(len(sets))]
    words = (np.array([polarity(text) for text in texts]) > 0) == truth
    few = np.concatenate([np.flatnonzero(which == at)[:SLOW] for at in range(len(sets))])
    snownlp = others.answer("by_snownlp.py", [texts[at] for at in few])
    glad = snownlp and _mean((np.array(snownlp.found["glad"]) > 0.5) == truth[few], which[few])
    beside = {"words alone": _mean(words, which), f"snownlp, {SLOW:,} a set": glad}
    note = ", ".join(f"{name} {value:.3f}" for name, value in zip(sets, each, strict=True))
    yield Figure("sentiment", "cold, mean of four sets", float(np.mean(each)), 0.85, 0.88, baseline=beside, note=note)
    error = calibration_error(found.confidence, right)
    yield Figure("sentiment", "cold, calibration error", error, 0.05, 0.03, better="lower")
    slow = {"snownlp": snownlp and len(few) / snownlp.found["cpu"]}
    yield Figure("sentiment", "cold, speed", spent.rate(len(texts)), unit="rows/CPU s", baseline=slow)
    if encoder.name():
        few = np.concatenate([np.flatnonzero(which == at)[:WITH_VECTORS] for at in range(len(sets))])
        part = [texts[at] for at in few]
        right = (sentiments(part, encoder.encode(part)).leaning > 0) == truth[few]
        plain = (sentiments(part).leaning > 0) == truth[few]
        without = {"without": _mean(plain, which[few])}
        yield Figure("sentiment", "cold with sentence vectors", _mean(right, which[few]), 0.85, 0.88, baseline=without)
    yield from _trained()


def _mean(right: np.ndarray, which: np.ndarray) -> float:
    return float(np.mean([right[which == at].mean() for at in np.unique(which)]))


def _trained() -> Iterator[Figure]:
    """Even rows teach, odd rows are scored."""
    for name, goal in (("购物 shopping", 0.9), ("外卖 waimai", None), ("酒店 hotel", None)):
        rows = _sets()[name]
        model, _ = train((row["text"], row["label"]) for row in rows[::2])
        held = rows[1::2]
        with Meter() as spent:
            found, sure = model.predict([row["text"] for row in held])
        right = np.array([code == row["label"] for code, row in zip(found, held, strict=True)])
        reach = 0.94 if goal else None
        note = f"{len(held):,} learnt, {len(held):,} scored"
        yield Figure("sentiment", f"trained, {name}", float(right.mean()), goal, reach, note=note)
        yield Figure("sentiment", f"trained, {name}: calibration error", calibration_error(sure, right), 0.05, 0.03, better="lower")  # fmt: skip
        yield Figure("sentiment", f"trained, {name}: speed", spent.rate(len(held)), 100_000 if "waimai" in name else None, unit="rows/CPU s")  # fmt: skip
