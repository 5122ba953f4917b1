"""Empty, test and advertising rows of the export. What is spam there was marked by a keyword rule: read it as such."""

from __future__ import annotations

from collections.abc import Iterator

from bench.engine.figures import Figure
from bench.engine.meter import Meter
from bench.engine.texts import export, f1
from bihuan.insight.text.noise import noise

ROW = 4
TITLE = "噪声 / noise"


def figures() -> Iterator[Figure]:
    rows = export()
    texts = [row["text"] for row in rows]
    with Meter() as spent:
        flagged = {at for at, text in enumerate(texts) if noise(text).kind}
    true = {at for at, row in enumerate(rows) if row["truth"]["noise"] in ("empty_or_test", "spam")}
    precision, recall, _ = f1(flagged, true)
    blank = f1({at for at, text in enumerate(texts) if not text.strip()}, true)
    note = f"{len(true)} in {len(rows):,}; spam labels are weak, and of about fifteen posts copied"
    yield Figure("noise", "precision", precision, 0.95, baseline={"blank cells": blank[0]})
    yield Figure("noise", "recall", recall, 0.85, baseline={"blank cells": blank[1]}, note=note)  # fmt: skip
    yield Figure("noise", "speed", spent.rate(len(rows)), unit="rows/CPU s")
