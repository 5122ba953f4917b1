"""What looks like a cause and is none: values whose customers are less content only because of what they buy.

A value (iOS, say) with a greater share of dissatisfied rows than the others is compared once more within every product
(Mantel and Haenszel 1959). Where nothing is left of the difference, the product explains it, and the sentence names the product.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bihuan.core.text import Text
from bihuan.insight.analysis.display_names import COLUMN
from bihuan.insight.analysis.row_sets import Key, RowSets
from bihuan.insight.analysis.target_scenarios import WITHOUT_REPEATS
from bihuan.insight.columns import Floats
from bihuan.insight.intervals import q_values
from bihuan.insight.lazy_modules import stats

METHOD = "mantel-haenszel/1"
COLUMNS = ("system", "province", "channel", "customer_type", "version")
RATE, REMAINING = 0.05, 0.5  # false discovery rate; share of the log ratio from which something is left
LEAST = 30
MOST = 4
STRATUM = "product"


class ConfoundedValue(NamedTuple):
    """`ratio` of the value's share of dissatisfied rows to that of all others, `within` the same product by product;
    `by` the product that makes most of the difference."""

    column: str
    value: str
    ratio: float
    within: float
    by: str
    rows: Key
    sentence: Text


class _TwoSides(NamedTuple):
    """Dissatisfied and all rows, by product (rows) and by inside and outside of a value."""

    hits: Floats
    every: Floats

    def crude(self) -> tuple[float, float]:
        """(ratio of shares, one-sided p)."""
        (k, m), (n, rest) = self.hits.sum(0), self.every.sum(0)
        share = (k + m) / (n + rest)
        sd = np.sqrt(share * (1 - share) * (1 / n + 1 / rest))
        return float((k / n) / max(m / rest, 1e-9)), float(stats.norm.sf((k / n - m / rest) / max(sd, 1e-12)))

    def adjusted(self) -> tuple[float, float]:
        """(ratio of shares within products, one-sided p)."""
        size = np.maximum(self.every.sum(1), 1.0)
        here = float((self.hits[:, 0] * self.every[:, 1] / size).sum())
        there = float((self.hits[:, 1] * self.every[:, 0] / size).sum())
        mean = self.hits.sum(1) * self.every[:, 0] / size
        parts = self.hits.sum(1) * (size - self.hits.sum(1)) * self.every[:, 0] * self.every[:, 1]
        variance = float((parts / (size**2 * np.maximum(size - 1, 1.0))).sum())
        z = (self.hits[:, 0].sum() - mean.sum()) / max(np.sqrt(variance), 1e-12)
        return here / max(there, 1e-9), float(stats.norm.sf(z))

    def strongest(self) -> int:
        """The product whose larger part in the value raises its share of dissatisfied rows most."""
        share = self.hits.sum(1) / np.maximum(self.every.sum(1), 1.0)
        parts = self.every / self.every.sum(0)
        return int(np.argmax((parts[:, 0] - parts[:, 1]) * (share - self.hits.sum() / self.every.sum())))


def find_confounded(row_sets: RowSets) -> list[ConfoundedValue]:
    """Values that look worse at first sight (q < 5 %) and do not within a product, the most striking first."""
    kept = row_sets.mask((*WITHOUT_REPEATS, ("known", STRATUM)))
    products, names = row_sets.codes(STRATUM)
    many, bad = len(names), row_sets.mask((("sentiment", "dissatisfied"),))
    if many < 2 or not kept.any():
        return []
    shown = {code: value for value, code in names.items()}
    tables: list[tuple[str, str, _TwoSides]] = []
    for column in COLUMNS:
        for value in row_sets.values(column):
            inside = row_sets.mask(((column, value),)) & kept
            if not value or not LEAST <= inside.sum() <= kept.sum() - LEAST:
                continue
            sides = [inside, kept & ~inside & ~row_sets.mask(((column, ""),))]
            every, hits = (
                np.stack([np.bincount(products[side & among], minlength=many) for side in sides], axis=1).astype(float)
                for among in (kept, bad)
            )
            if every.sum(0).min() >= LEAST:
                tables.append((column, value, _TwoSides(hits, every)))
    crude = [two.crude() for _, _, two in tables]
    result: list[ConfoundedValue] = []
    for (column, value, two), (ratio, _), q in zip(tables, crude, q_values([p for _, p in crude]), strict=True):
        within, left = two.adjusted()
        if q <= RATE and ratio > 1 and left > RATE and np.log(max(within, 1e-9)) < REMAINING * np.log(ratio):
            by = shown[two.strongest()]
            rows = ((column, value), ("sentiment", "dissatisfied"))
            result.append(
                ConfoundedValue(
                    column, value, ratio, within, by, rows, _sentence(row_sets, column, value, ratio, within, by)
                )
            )
    return sorted(result, key=lambda confounded: (-confounded.ratio, confounded.column, confounded.value))[:MOST]


def _sentence(row_sets: RowSets, column: str, value: str, ratio: float, within: float, by: str) -> Text:
    name, head = row_sets.name_of(column, value), COLUMN[column]
    return Text(
        f"{head.zh}{name.zh}的反馈里不满的比例看上去是其他的 {ratio:.2f} 倍，但同一产品内比较只有 {within:.2f} 倍：差别来自买的东西不同（尤其是{by}），不是{head.zh}的问题",
        f"{head.en} {name.en}: the share of dissatisfied rows looks {ratio:.2f} times that of the others, but is {within:.2f} times within the same product: "
        f"it comes from what they buy ({by} above all), not from the {head.en.lower()}",
    )  # fmt: skip
