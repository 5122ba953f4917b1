"""Where each problem happens: the engine's scan over the problems and types that have enough voices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bihuan.core.text import Text, both
from bihuan.feedback import words
from bihuan.findings.frame import COLUMNS, TITLES, Frame
from bihuan.insight.said import Said
from bihuan.insight.scenes import EVEN, Leaves, Scenario, Scenes, evenly, find, leaves, marked

Marks = np.ndarray[Any, Any]
LEAST = 20
"""Voices of a problem from which it is looked into."""
PROBLEMS, EACH = 30, 3
OWN = ("product",)
"""Compared with itself only: a problem is about a product by its nature, and that must not drown where it happens."""


@dataclass(frozen=True)
class Placed:
    """Scenarios of one problem, by the engine's id, or of a whole problem type. ``per``: how many are expected where it is
    not known what they are a share of."""

    problem: str
    problem_type: str
    name: Said
    found: Scenes
    per: Said | None = None

    def sentence(self, one: Scenario) -> Said:
        known = names()
        if self.per is None:
            return one.sentence(self.name, known)
        parts = [known.get(condition, Said(condition[1], condition[1])) for condition in one.conditions]
        where = Said(" ".join(part.zh for part in parts), " ".join(part.en for part in parts))
        return one.rate(where, self.name, self.per)


def problems(frame: Frame, named: Mapping[str, tuple[str, list[int]]]) -> list[Placed]:
    """The biggest problems (id → title and the keys of its voices), then the problem types, each scanned by itself: against
    all feedback, and batch against batch."""
    pks = frame.table["pk"].to_numpy()
    subjects: list[tuple[str, str, Said, Marks]] = []
    biggest = sorted(named.items(), key=lambda one: (-len(one[1][1]), one[0]))[:PROBLEMS]
    for key, (title, voices) in biggest:
        subjects.append((key, "", Said(f"“{title}”", f"“{title}”"), np.isin(pks, voices)))
    types = np.array(frame.table["problem_type"].to_pylist())
    for code, name in words.PROBLEM_TYPES.items():
        said = Said(name.in_("zh"), f"“{name.in_('en')}”")
        subjects.append(("", code, said, types == code))
    every = np.ones(len(frame), dtype=bool)
    plain = [name for name in COLUMNS if name != "batch"]
    tables = [leaves(frame.table, dims, every, customer="customer") for dims in (plain, ["product", "batch"])]
    return [
        Placed(problem, kind, name, found, per)
        for problem, kind, name, hit in subjects
        if LEAST <= hit.sum() < len(frame)
        for found, per in _scans(tables, hit)
    ]


def _scans(tables: list[Leaves], hit: Marks) -> Iterator[tuple[Scenes, Said | None]]:
    plain, batches = (marked(table, hit) for table in tables)
    yield find(plain, most=EACH, within=OWN), None
    if even := evenly(batches):
        yield find(even, most=EACH, within=OWN), EVEN


def _expected(scenario: Scenario, per: Said | None) -> list[tuple[Text, str]]:
    """What is expected, and out of what."""
    if per is not None:
        return [(both("应有条数，{per}", "Expected, {per}", per=Text(*per)), f"{scenario.usual:.1f}")]
    many = f"{scenario.expected:.1f}"
    share = both("占{base}的份额", "Share of {base}", base=Text(*scenario.denominator))
    return [(share, f"{scenario.share_in_all:.1%}"), (both("应有条数", "Expected"), many)]


def conditions(scenario: Scenario) -> dict[str, str]:
    """The feedback list's query for the conditions of a scenario."""
    return {_KEYS[name]: value for name, value in scenario.conditions}


_KEYS = {name: "channel" if name == "channel" else f"{name}_is" for name in COLUMNS}


def names() -> dict[tuple[str, str], Said]:
    """How codes are said in a sentence."""
    coded = {"channel": words.CHANNELS, "customer_type": words.CUSTOMER_TYPES}
    return {
        (column, code): Said(name.in_("zh"), name.in_("en"))
        for column, all_ in coded.items()
        for code, name in all_.items()
    }


def figures(scenario: Scenario, per: Said | None = None) -> dict[str, Any]:
    """The table behind a scenario's sentence."""
    low, high = scenario.interval
    rows: Iterable[tuple[Text, str]] = (
        (both("该场景的反馈", "Voices in it"), f"{scenario.hits} / {scenario.all_hits}"),
        (both("占问题的份额(95% 区间)", "Share of the problem (95 %)"), f"{scenario.share:.1%} ({low:.1%}–{high:.1%})"),
        *_expected(scenario, per),
        (
            both("倍数(实际 ÷ 应有)", "Ratio (observed ÷ expected)"),
            f"{scenario.ratio if per is None else scenario.times:.2f}",
        ),
        (both("客户数", "Customers"), str(scenario.customers)),
        (both("偶然的可能(已计多次检验)", "Chance (tries paid for)"), f"{scenario.p:.2g}"),
        (both("条件", "Conditions"), " · ".join(f"{TITLES[n].in_('zh')}={v}" for n, v in scenario.conditions)),
    )
    return {"rows": [{"zh": t.in_("zh"), "en": t.in_("en"), "value": value} for t, value in rows]}
