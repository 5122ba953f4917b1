"""In which scenarios the problems stand out: the scan of `insight.scenes` over types and problems, against what is known.

Against all feedback a product is compared with itself only (more parcels are complained about where parcels are sold);
against an exposure, a system or a province with its own level. Batches of one product are compared with each other as if
as many had been sold of each, and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from bihuan.insight.analysis.cuts import VOICED, Cuts, Key, Mask, key
from bihuan.insight.analysis.exposures import Exposure, summed_over
from bihuan.insight.analysis.names import name_of
from bihuan.insight.analysis.rows import day_of
from bihuan.insight.columns import coded
from bihuan.insight.intervals import q_values
from bihuan.insight.said import Said
from bihuan.insight.scenes import METHOD, Leaves, Scenario, Scenes, exposed, find, leaves

DIMENSIONS = ("product", "system", "version", "province", "channel", "customer_type", "batch", "week")
LEAST = 30  # rows of a problem from which it is looked at
TYPES, PROBLEMS, MANY, FEWER = 24, 8, 200_000, 10
FILLED = 0.03  # share of rows that tell a dimension, from which it is used
EVEN = Said("各批次（没有各批销量，按同样多计）", "the batches (their sales are unknown and taken as equal)")
MOST = 12
RATE = 0.05  # false discovery rate over everything scanned


@dataclass(frozen=True)
class Target:
    """What is scanned: a set of rows with its name; `kind` is "problem_type", "problem" or "product"."""

    kind: str
    code: str
    name: Said
    rows: Key


@dataclass(frozen=True)
class Found:
    """One scenario of a target, as read; `rows` is the set behind it."""

    target: Target
    scenario: Scenario
    scenes: Scenes
    denominator: str
    sentence: Said
    rows: Key


def targets(cuts: Cuts, problems: list[str], titles: dict[str, str]) -> list[Target]:
    """Types of both levels, the largest problems and the products, each with enough rows, the largest first."""
    found: list[Target] = []
    kinds = [code for code in cuts.values("problem_type") if code and code.partition(".")[0] != "other"]
    tops = [code for code in cuts.values("topic") if code and code != "other" and code not in kinds]
    limit = FEWER if cuts.rows > MANY else TYPES
    for column, codes in (("problem_type", kinds[:limit]), ("topic", tops)):
        found += [Target("problem_type", code, name_of("problem_type", code), ((column, code),)) for code in codes]
    found += [
        Target("problem", one, _quoted(titles.get(one) or one), key(problem_id=one)) for one in problems[:PROBLEMS]
    ]
    found += [
        Target("product", one, Said(f"{one}的反馈", f"feedback on {one}"), key(product=one))
        for one in cuts.values("product")[:limit]
        if one
    ]
    return [target for target in found if cuts.size(target.rows) >= LEAST]


def _quoted(title: str) -> Said:
    return Said(f"“{title}”", f"“{title}”")


def scanned(cuts: Cuts, wanted: list[Target], exposures: list[Exposure]) -> list[Found]:
    """The scenarios of all targets, the strongest evidence first; of one slice under several denominators the strongest.

    Each scan pays for its own slices; that many targets were scanned is paid for by the false discovery rate over all scans.
    """
    asker = _Asker(cuts, exposures)
    found = [one for target in wanted for one in asker.ask(target)]
    chances = [one.scenario.p for one in found] + [1.0] * max(0, asker.asked - len(found))
    best: dict[tuple[str, tuple[tuple[str, str], ...]], Found] = {}
    for one, q in zip(found, q_values(chances), strict=False):
        place = (one.target.code, one.scenario.conditions)
        if q <= RATE and (place not in best or one.scenario.score > best[place].scenario.score):
            best[place] = one
    return sorted(best.values(), key=lambda one: (-one.scenario.score, one.target.code, one.scenario.conditions))[:MOST]


class _Asker:
    """Asks the scan about one target after another over the same columns."""

    def __init__(self, cuts: Cuts, exposures: list[Exposure]) -> None:
        self.cuts = cuts
        self.asked = 0
        self.inside: Mask = cuts.mask(VOICED)
        self.columns: dict[str, Any] = {name: self._coded(cuts.column(name)) for name in (*DIMENSIONS, "customer_id")}
        self.dims = [name for name in DIMENSIONS if self._told(name)]
        # Of a file with several columns of numbers the last: users are told before what they did (orders, payments).
        last = {exposure.file: exposure for exposure in exposures}
        self.tables = [(exposure, *self._exposed(exposure)) for exposure in last.values()]

    def ask(self, target: Target) -> list[Found]:
        hit = self.cuts.mask(target.rows)[self.inside]
        found: list[Found] = []
        if target.kind != "product":
            dims = [name for name in self.dims if name != "batch"]
            table = leaves(self.columns, dims, hit, customer="customer_id")
            found += self._read(target, table, [name for name in ("product",) if name in dims], "all_feedback")
        for exposure, dims, amounts, columns in self.tables:
            if not dims:
                continue
            table = exposed(leaves(columns, dims, hit, customer="customer_id"), amounts, "amount", exposure.name)
            level: list[str] = [name for name in ("system", "province") if name in dims and len(dims) > 1]
            found += self._read(target, table, level, exposure.name.zh, exposure)
        if target.kind == "problem_type" and "batch" in self.dims and "product" in self.dims:
            found += self._batches(target, hit)
        return found

    def _batches(self, target: Target, hit: Mask) -> list[Found]:
        """Batches of a product against each other."""
        table = leaves(self.columns, ["product", "batch"], hit, customer="customer_id")
        known = sorted(
            {
                (p, b)
                for p, b in zip(*(np.array(table.values[d])[table.codes[d]] for d in (0, 1)), strict=True)
                if p and b
            }
        )
        many = {product: sum(one == product for one, _ in known) for product, _ in known}
        kept = [pair for pair in known if many[pair[0]] >= 3]
        if not kept:
            return []
        even = {"product": [p for p, _ in kept], "batch": [b for _, b in kept], "amount": [1.0] * len(kept)}
        return self._read(target, exposed(table, even, "amount", EVEN), ["product"], "even")

    def _read(
        self, target: Target, table: Leaves, within: Sequence[str], denominator: str, exposure: Exposure | None = None
    ) -> list[Found]:
        scenes = find(table, within=within)
        self.asked += 1
        return [self._found(target, scenes, one, denominator, exposure) for one in scenes.scenarios]

    def _found(
        self, target: Target, scenes: Scenes, one: Scenario, denominator: str, exposure: Exposure | None
    ) -> Found:
        names, parts = {}, []
        for column, value in one.conditions:
            if column == "week" and exposure:
                first = exposure.first + 7 * int(value)
                parts += [("since", day_of(first).isoformat()), ("until", day_of(first + 6).isoformat())]
                names[column, value] = Said(f"{day_of(first)} 起的一周", f"week from {day_of(first)}")
            elif column == "week":
                parts.append((column, value))
                names[column, value] = Said(f"{value} 起的一周", f"week from {value}")
            else:
                parts.append((column, value))
                names[column, value] = name_of(column, value)
        return Found(target, one, scenes, denominator, one.sentence(target.name, names), (*target.rows, *parts))

    def _coded(self, column: Any) -> pa.DictionaryArray:
        array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        return (array if pa.types.is_dictionary(array.type) else array.dictionary_encode()).filter(
            pa.array(self.inside)
        )

    def _told(self, name: str) -> bool:
        codes, values = coded(self.columns[name])
        told = int((codes != values.index("")).sum()) if "" in values else len(codes)
        return told >= max(1, FILLED * len(codes)) and len([value for value in values if value]) > 1

    def _exposed(self, exposure: Exposure) -> tuple[list[str], Any, dict[str, Any]]:
        """(the dimensions that both know, the amounts by them, the rows' columns with weeks counted as the exposure does)."""
        dims = [name for name in exposure.dims if name in self.dims]
        if "week" in self.dims:
            dims.append("week")
        bins = exposure.bins(self.cuts.days)[self.inside]
        dated = self.cuts.days[self.inside] != -1
        week = pa.array(
            [str(b) if d else "" for b, d in zip(bins.tolist(), dated.tolist(), strict=True)]
        ).dictionary_encode()
        return dims, summed_over(exposure, dims), self.columns | {"week": week}


__all__ = ["METHOD", "Found", "Target", "scanned", "targets"]
