"""Scenarios made readable: weeks side by side joined, what only comes along marked, a voice of each, a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from bihuan.core.text import Text
from bihuan.insight.analysis.row_sets import Key, Mask, RowSets
from bihuan.insight.analysis.rows import day_of
from bihuan.insight.analysis.sentence import Count
from bihuan.insight.analysis.target_scenarios import WITHOUT_REPEATS, TargetScenario, by_evidence, within_days
from bihuan.insight.grouping import representatives
from bihuan.insight.intervals import q_values, wilson
from bihuan.insight.lazy_modules import stats
from bihuan.insight.scenario_detection.scan import LEAST
from bihuan.insight.text.masking import mask

MOST = 12
RATE = 0.05  # false discovery rate over all scans
CHANCE = 0.05  # p from which what is left beside a cause is taken for chance
KNOWN_SHARE, FEWEST = (
    0.3,
    3,
)  # share and number of rows that must have a value in a column before the others are estimated from them
QUOTE_CANDIDATES = 2_000  # rows among which one is chosen that speaks for them
NEARLY_ALL, PRODUCTS = 0.9, 2  # share of the rows that so many products must hold to be named


def explain_scenarios(row_sets: RowSets, result: Sequence[TargetScenario], scans: int) -> list[TargetScenario]:
    """At most MOST scenarios ready to be read, out of what `scans` scans found; those explained by an earlier one are marked.

    The false discovery rate is that of the scenarios that stand for themselves: one cause found under seven names is one
    discovery, or the other six would buy a place for chance.
    """
    ordered = _join_weeks(row_sets, result)
    by = _causes(row_sets, ordered)
    own = [at for at in range(len(ordered)) if by[at] is None]
    chances = [ordered[at].scenario.p for at in own] + [1.0] * max(0, scans - len(own))
    sure = {at for at, q in zip(own, q_values(chances), strict=False) if q <= RATE}
    kept = [*sorted(sure), *(at for at in range(len(ordered)) if by[at] in sure)][:MOST]
    place = {at: number for number, at in enumerate(kept)}
    kept_scenarios = [
        replace(ordered[at], explained_by=None if (cause := by[at]) is None else place[cause]) for at in kept
    ]
    return [
        _with_quote(row_sets, scenario)
        if scenario.explained_by is None
        else replace(scenario, sentence=sentence(row_sets, scenario))
        for scenario in kept_scenarios
    ]


def _causes(row_sets: RowSets, ordered: Sequence[TargetScenario]) -> list[int | None]:
    """For each, the first stronger one that explains it and stands for itself."""
    by: list[int | None] = []
    for scenario in ordered:
        stand = (at for at, cause in enumerate(by) if cause is None)
        by.append(next((at for at in stand if _explains(row_sets, ordered[at], scenario)), None))
    return by


def _join_weeks(row_sets: RowSets, result: Sequence[TargetScenario]) -> list[TargetScenario]:
    """The same scenario in weeks that follow each other is one scenario of several weeks."""
    apart: dict[tuple[object, ...], list[TargetScenario]] = defaultdict(list)
    for scenario in result:
        apart[
            scenario.target.kind, scenario.target.code, scenario.denominator, scenario.where, scenario.span and "week"
        ].append(scenario)
    out: list[TargetScenario] = []
    for same in apart.values():
        run: list[TargetScenario] = []
        for scenario in sorted(same, key=lambda each: each.span or (0, 0)):
            if run and not (scenario.span and run[-1].span and scenario.span[0] == run[-1].span[1] + 1):
                out.append(_joined_run(row_sets, run))
                run = []
            run.append(scenario)
        out.append(_joined_run(row_sets, run))
    return sorted(out, key=by_evidence)


def _joined_run(row_sets: RowSets, run: list[TargetScenario]) -> TargetScenario:
    first, parts = run[0], [each.scenario for each in run]
    if len(run) == 1 or not first.span or not run[-1].span:
        return first
    span = (first.span[0], run[-1].span[1])
    days = dict(within_days(span))
    rows: Key = tuple((column, days.get(column, value)) for column, value in first.rows)
    codes, known = row_sets.codes("customer_id")
    who = np.unique(codes[row_sets.mask(rows)])
    hits = sum(each.hits for each in parts)
    whole = replace(
        parts[0], hits=hits, base=sum(each.base for each in parts), expected=sum(each.expected for each in parts), usual=sum(each.usual for each in parts),
        interval=wilson(hits, parts[0].all_hits), customers=len(who) - int(known.get("", -1) in who),
        score=max(each.score for each in parts), p=min(each.p for each in parts),
    )  # fmt: skip
    return replace(first, scenario=whole, span=span, rows=rows)


def _explains(row_sets: RowSets, cause: TargetScenario, scenario: TargetScenario) -> bool:
    """Whether nothing stands out any more in `scenario` without the rows of `cause`.

    Rows without values in the columns of the cause are taken to lie in it as often as those that do.
    """
    inside = row_sets.mask(scenario.rows)
    known = inside & row_sets.mask((("known", " ".join(column for column, _ in cause.where)),))
    if known.sum() < max(FEWEST, KNOWN_SHARE * inside.sum()):
        return False
    of_cause = row_sets.mask((*cause.where, *within_days(cause.span)))
    share = float((known & of_cause).sum() / known.sum())
    if scenario.denominator == "all_feedback":
        return not _excess_outside(row_sets, cause, scenario, ~of_cause)
    gone = float(inside.sum()) * share
    usual = max(scenario.scenario.expected - gone / max(cause.scenario.ratio, 1.0), 0.0)
    return inside.sum() - gone < max(LEAST * usual, 1.0)


def _excess_outside(row_sets: RowSets, cause: TargetScenario, scenario: TargetScenario, outside: Mask) -> bool:
    """Whether the rest of the scenario, known to lie outside of the cause, has more than its products lead to expect.

    The reports of the cause are left out of what is usual: a share of all feedback falls where another problem swells it.
    """
    every, target = row_sets.mask(WITHOUT_REPEATS) & ~row_sets.mask(cause.rows), row_sets.mask(scenario.target.rows)
    names: Key = (
        *scenario.where,
        *within_days(scenario.span),
        ("known", " ".join(column for column, _ in cause.where)),
    )
    rest = every & outside & row_sets.mask(names)
    codes, known = row_sets.codes("product")
    size = len(known)
    rate = np.bincount(codes[every & target], minlength=size) / np.maximum(np.bincount(codes[every], minlength=size), 1)
    usual = float(rate[codes[rest]].sum())
    return bool(stats.poisson.sf((rest & target).sum() - 1, max(usual, 1e-9)) <= CHANCE)


def _with_quote(row_sets: RowSets, scenario: TargetScenario) -> TargetScenario:
    """With a row that speaks for many, and the products nearly all of it is about."""
    places = np.flatnonzero(row_sets.mask(scenario.rows))
    few = (
        places
        if len(places) <= QUOTE_CANDIDATES
        else places[np.linspace(0, len(places) - 1, QUOTE_CANDIDATES).astype(np.int64)]
    )
    texts = [mask(text) for text in row_sets.table["text"].take(pa.array(few, pa.int64())).to_pylist()]
    chosen = representatives.choose_representatives(texts, limit=1).rows
    ready = replace(scenario, about=_about(row_sets, scenario, places), quote=int(few[chosen[0]]) if chosen else None)
    return replace(ready, sentence=sentence(row_sets, ready))


def _about(row_sets: RowSets, scenario: TargetScenario, places: np.ndarray) -> tuple[str, ...]:
    if scenario.target.kind == "product" or "product" in dict(scenario.where):
        return ()
    codes, known = row_sets.codes("product")
    many = np.bincount(codes[places], minlength=len(known))
    top = np.argsort(-many, kind="stable")[:PRODUCTS]
    names = {code: value for value, code in known.items()}
    if many[top].sum() < NEARLY_ALL * len(places) or len(known) <= PRODUCTS:
        return ()
    return tuple(names[int(at)] for at in top if many[at] and names[int(at)])


def describe_conditions(row_sets: RowSets, scenario: TargetScenario) -> Text:
    """The conditions in words: “浙江，2025-07-12 至 2025-07-25”."""
    names = [row_sets.name_of(column, value) for column, value in scenario.where]
    zh, en = " ".join(name.zh for name in names), " ".join(name.en for name in names)
    if scenario.about:
        zh, en = f"{zh}（{'、'.join(scenario.about)}）", f"{en} ({', '.join(scenario.about)})"
    if scenario.span:
        first, last = day_of(scenario.span[0]), day_of(scenario.span[1])
        zh = f"{zh}，{first} 至 {last}" if zh else f"{first} 至 {last}"
        en = f"{en}, {first} to {last}" if en else f"{first} to {last}"
    return Text(zh, en)


def sentence(row_sets: RowSets, scenario: TargetScenario) -> Text:
    """What the scenario says, its number of reports a count of its rows."""
    text = scenario.scenario.rate(describe_conditions(row_sets, scenario), scenario.target.name, scenario.per)
    return text.format(hits=Count(scenario.scenario.hits, scenario.rows))
