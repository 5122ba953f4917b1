"""Measures taken, and whether they worked: a sheet of measures, each evaluated by `insight.effect_estimation` on weekly rates.

Columns: 措施 (what), 日期 (from which day), 问题类型, 关键词, 产品 … (which rows it was meant for; of several 关键词 any will
do), 目标 (a rate to get below), and any column of the exposure that is no field of feedback (品类) to choose its lines by.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bihuan.core.text import Text
from bihuan.insight import effect_estimation
from bihuan.insight.analysis.display_names import name_of
from bihuan.insight.analysis.exposure_files import DATES, Exposure, parse_day, read_cells, weekly
from bihuan.insight.analysis.row_sets import NOT_NOISE, Key, Mask, RowSets
from bihuan.insight.analysis.rows import day_number
from bihuan.insight.classify.labels import NAMES, SECOND
from bihuan.insight.effect_estimation.effect_sentences import effect_sentence
from bihuan.insight.sheets import Unreadable, match

NAME_HEADINGS = ("措施", "名称", "measure", "name")
TARGET_HEADINGS = ("目标", "target")
WORD_HEADINGS = ("关键词", "words", "keywords")
TYPE_HEADINGS = ("问题类型", "problemtype", "type")
COLUMNS = {"产品": "product", "product": "product", "系统": "system", "system": "system", "省份": "province", "渠道": "channel",
           "channel": "channel", "版本": "version", "version": "version", "批次": "batch", "情绪": "sentiment"}  # fmt: skip
SENTIMENTS = {"满意": "satisfied", "一般": "neutral", "不满": "dissatisfied"}
PER = 10_000
NO_NAME = Text("没有“措施”一列", "There is no column “measure”")


@dataclass(frozen=True)
class Measure:
    """`rows`: the set it was meant for; `lines`: values that choose lines of an exposure; `target`: a rate, if any."""

    name: str
    day: int
    rows: Key
    lines: dict[str, str]
    target: float | None


@dataclass(frozen=True)
class MeasureEffect:
    """A measure with its verdict, its denominator (nothing for counts a week), and its sentence."""

    measure: Measure
    effect: effect_estimation.Effect
    denominator: Text
    sentence: Text


def read_measures(path: Path) -> list[Measure]:
    """The measures of a sheet. Raises Unreadable."""
    headings, rows = read_cells(path)
    plain = [match.plain_heading(heading) for heading in headings]
    what = next((at for at, word in enumerate(plain) if word in NAME_HEADINGS), -1)
    when = next((at for at, word in enumerate(plain) if word in DATES), -1)
    if what < 0 or when < 0:
        raise Unreadable(Text(f"{path.name}：{NO_NAME.zh}", f"{path.name}: {NO_NAME.en}"))
    return [_measure(row, headings, plain, what, when) for row in rows]


def _measure(row: list[str], headings: list[str], plain: list[str], what: int, when: int) -> Measure:
    parts: list[tuple[str, str]] = []
    lines: dict[str, str] = {}
    target = None
    for at, cell in enumerate(map(str.strip, row[: len(headings)])):
        if at in (what, when) or not cell:
            continue
        if plain[at] in TARGET_HEADINGS:
            target = float(cell.rstrip("%")) / (100 if cell.endswith("%") else 1)
        elif plain[at] in TYPE_HEADINGS:
            parts.append(_type(cell))
        elif plain[at] in WORD_HEADINGS:
            parts.append(("words", " ".join(cell.replace("、", " ").split())))
        elif plain[at] in COLUMNS:
            parts.append((COLUMNS[plain[at]], SENTIMENTS.get(cell, cell)))
        else:
            lines[headings[at]] = cell
    return Measure(row[what].strip(), parse_day(row[when]), tuple(parts) or NOT_NOISE, lines, target)


def _type(cell: str) -> tuple[str, str]:
    """A type by its code or by either name."""
    for code, text in {**NAMES["problem_type"], **SECOND}.items():
        if cell in (code, text.zh, text.en):
            return ("topic" if "." not in code else "problem_type", code)
    return ("problem_type", cell)


def measure_effects(row_sets: RowSets, measures: list[Measure], exposures: list[Exposure]) -> list[MeasureEffect]:
    """The verdict on each measure whose weeks the data cover on both sides."""
    return [result for measure in measures if (result := _measure_effect(row_sets, measure, exposures))]


def _measure_effect(row_sets: RowSets, measure: Measure, exposures: list[Exposure]) -> MeasureEffect | None:
    if not row_sets.span:
        return None
    exposure = next(
        (exposure for exposure in reversed(exposures) if set(measure.lines) <= {*exposure.others, *exposure.dims}), None
    )
    inside = row_sets.mask(measure.rows)
    start = exposure.first if exposure else day_number(row_sets.span.first)
    weeks = (day_number(row_sets.span.last) + 1 - start) // 7
    after = -(-(measure.day - start) // 7)
    if not 0 < after < weeks:
        return None
    hits = _weekly(row_sets, inside, start, weeks)
    rest = _untouched_rest(row_sets, measure)
    control = _weekly(row_sets, rest, start, weeks) if rest is not None and rest.any() else None
    events = others = None
    if exposure:
        own, whole = weekly(exposure, measure.lines)[0], weekly(exposure)[0]
        weeks = min(weeks, len(own))
        events, others = own[:weeks], (whole - own)[:weeks] if measure.lines else whole[:weeks]
        if not others.any():
            control = None
    try:
        result = effect_estimation.estimate_effect(
            hits[:weeks], after=after, events=events, target=measure.target,
            control_hits=None if control is None else control[:weeks], control_events=None if control is None else others,
        )  # fmt: skip
    except ValueError:
        return None
    rates, verdict = _rates(result, exposure), effect_sentence(result, _more_needed(result, exposure, events, after))
    text = Text(f"{measure.name}：{verdict.zh}{rates.zh}", f"{measure.name}: {verdict.en}{rates.en}")
    return MeasureEffect(measure, result, exposure.name if exposure else Text("", ""), text)


def _more_needed(
    result: effect_estimation.Effect, exposure: Exposure | None, events: np.ndarray | None, after: int
) -> Text | None:
    """How much more it takes: weeks, and of an exposure how much that is if it goes on as since the measure."""
    if result.more_needed is None:
        return None
    if exposure is None or events is None:
        return _weeks(result.more_needed, Text("", ""))
    digits = max(0, len(str(result.more_needed)) - 2)
    many = f"{round(result.more_needed, -digits):,}"  # a plan is not known to the last order
    weeks = int(np.ceil(result.more_needed / events[after:].mean()))
    return _weeks(weeks, Text(f"（{exposure.name.zh}再有 {many}）", f" ({many} {exposure.name.en})"))


def _weeks(many: int, so: Text) -> Text:
    return Text(f"{many:,} 周{so.zh}", f"{many:,} more week{'s' * (many != 1)}{so.en}")


def _rates(result: effect_estimation.Effect, exposure: Exposure | None) -> Text:
    """The rates themselves: “；每 10,000 订单数从 1.90 条到 0.95 条”."""
    before, after = (f"{PER * rate:.2f}" for rate in (result.rate_before, result.rate_after))
    if not exposure:
        return Text("", "")
    return Text(
        f"；按{exposure.name.zh}计，每 {PER:,} 的反馈从 {before} 条变为 {after} 条",
        f"; from {before} to {after} rows per {PER:,} {exposure.name.en}",
    )


def _untouched_rest(row_sets: RowSets, measure: Measure) -> Mask | None:
    """The untouched rest: the same problem type elsewhere; for a measure on a type alone, every other type."""
    own = row_sets.mask(measure.rows)
    kinds = [part for part in measure.rows if part[0] in ("topic", "problem_type", "words")]
    wider = row_sets.mask(tuple(kinds)) if kinds and len(measure.rows) > len(kinds) else row_sets.mask(NOT_NOISE)
    return wider & ~own


def _weekly(row_sets: RowSets, inside: Mask, start: int, weeks: int) -> np.ndarray:
    week = (row_sets.days - start) // 7
    fine = inside & (row_sets.days >= start) & (week < weeks)
    return np.bincount(week[fine], minlength=weeks).astype(float)


def describe_rows(measure: Measure) -> Text:
    """What a measure was meant for, in words."""
    names = [
        name_of("problem_type" if column == "topic" else column, value)
        for column, value in measure.rows
        if column != "noise"
    ]
    return Text(
        " · ".join(name.zh for name in names) or "全部反馈", " · ".join(name.en for name in names) or "all feedback"
    )
