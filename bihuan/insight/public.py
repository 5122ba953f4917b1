"""The public functions that put several steps of the engine together; the others stand where they are implemented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from numpy.typing import ArrayLike

from bihuan.core.text import Text
from bihuan.insight.columns import Columns
from bihuan.insight.scenario_detection import (
    ALL_FEEDBACK,
    ScenarioSearch,
    count_leaves,
    find_scenarios,
    with_exposure,
)
from bihuan.insight.sheets import Plan, Row, inspect_file
from bihuan.insight.sheets import read as read_by_plan
from bihuan.insight.surge_detection import Surge, detect_surges, top_surges


def read(path: str | Path, plan: Plan | None = None) -> Iterator[Row]:
    """The rows of a sheet of feedback, in order, each physical row once.

    Without a plan the columns are recognised by their headings and contents. A row has `values` by field in canonical
    form, `errors` by field with the reason, and `skip` with the reason where it is no feedback (blank, totals). Unreadable
    with a `reason` where the file cannot be read, also midway.
    """
    return read_by_plan(path, plan or inspect_file(path).plan())


def scenarios(
    rows: Columns,
    dimensions: Sequence[str],
    hit: ArrayLike,
    *,
    within: Sequence[str] = (),
    customer: str | None = None,
    exposure: Columns | None = None,
    amount: str = "amount",
    denominator: Text = ALL_FEEDBACK,
) -> ScenarioSearch:
    """In which combinations of up to three values a problem is more frequent than elsewhere, the strongest evidence first.

    `rows`: columns by name, one value a row of feedback; `hit`: a boolean a row, whether it reports the problem; `dimensions`:
    the columns to combine. `within`: columns whose values are compared with themselves only. `customer`: the column that
    identifies customers. `exposure`: columns with the dimensions and `amount` (orders, users …), named `denominator`:
    rates instead of shares. KeyError for an unknown column.
    """
    table = count_leaves(rows, dimensions, hit, customer=customer)
    if exposure is not None:
        table = with_exposure(table, exposure, amount, denominator)
    return find_scenarios(table, within=within)


def surges(
    counts: ArrayLike,
    names: Sequence[str],
    *,
    weekday: int = 0,
    groups: ArrayLike | None = None,
    exposure: ArrayLike | None = None,
    weights: Sequence[float] | None = None,
    most: int = 5,
) -> list[Surge]:
    """The series that are above their usual level on the last day, at most `most`, the greatest sure excess first.

    `counts`: whole numbers, series × days, at least a few weeks; `names`: one a series; `weekday`: of the first day, Monday
    is 0. `groups`: a number a series, those of one group share the shape of their week. `exposure`: business of each day,
    series × days or days. `weights`: a factor a series for the order.
    """
    tested = detect_surges(counts, weekday=weekday, groups=groups, exposure=exposure)
    return top_surges(tested, names, weights=weights, most=most)
