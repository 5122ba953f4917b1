"""Where each problem happens: the engine's scan over the problems and types that have enough voices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bihuan.core.text import Text, both
from bihuan.feedback import words
from bihuan.findings.frame import COLUMNS, TITLES, Frame
from bihuan.insight.said import Said
from bihuan.insight.scenes import Scenario, Scenes, find, leaves

LEAST = 20
"""Voices of a problem from which it is looked into."""
PROBLEMS, EACH = 30, 3
OWN = ("product",)
"""Compared with itself only: a problem is about a product by its nature, and that must not drown where it happens."""


@dataclass(frozen=True)
class Placed:
    """Scenarios of one problem, by the engine's id, or of a whole problem type."""

    problem: str
    problem_type: str
    name: Said
    found: Scenes


def problems(frame: Frame, named: Mapping[str, tuple[str, list[int]]]) -> list[Placed]:
    """The biggest problems (id → title and the keys of its voices), then the problem types, each scanned by itself."""
    pks = frame.table["pk"].to_numpy()
    subjects: list[tuple[str, str, Said, np.ndarray[Any, Any]]] = []
    biggest = sorted(named.items(), key=lambda one: (-len(one[1][1]), one[0]))[:PROBLEMS]
    for key, (title, voices) in biggest:
        subjects.append((key, "", Said(f"“{title}”", f"“{title}”"), np.isin(pks, voices)))
    types = np.array(frame.table["problem_type"].to_pylist())
    for code, name in words.PROBLEM_TYPES.items():
        said = Said(name.in_("zh"), f"“{name.in_('en')}”")
        subjects.append(("", code, said, types == code))
    return [
        Placed(
            problem,
            kind,
            name,
            find(leaves(frame.table, list(COLUMNS), hit, customer="customer"), most=EACH, within=OWN),
        )
        for problem, kind, name, hit in subjects
        if LEAST <= hit.sum() < len(frame)
    ]


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


def figures(scenario: Scenario) -> dict[str, Any]:
    """The table behind a scenario's sentence."""
    low, high = scenario.interval
    rows: Iterable[tuple[Text, str]] = (
        (both("该场景的反馈", "Voices in it"), f"{scenario.hits} / {scenario.all_hits}"),
        (both("占问题的份额(95% 区间)", "Share of the problem (95 %)"), f"{scenario.share:.1%} ({low:.1%}–{high:.1%})"),
        (both("占{base}的份额", "Share of {base}", base=Text(*scenario.denominator)), f"{scenario.share_in_all:.1%}"),
        (both("倍数(实际 ÷ 应有)", "Ratio (observed ÷ expected)"), f"{scenario.ratio:.2f}"),
        (both("应有条数", "Expected"), f"{scenario.expected:.1f}"),
        (both("客户数", "Customers"), str(scenario.customers)),
        (both("偶然的可能(已计多次检验)", "Chance (tries paid for)"), f"{scenario.p:.2g}"),
        (both("条件", "Conditions"), " · ".join(f"{TITLES[n].in_('zh')}={v}" for n, v in scenario.conditions)),
    )
    return {"rows": [{"zh": t.in_("zh"), "en": t.in_("en"), "value": value} for t, value in rows]}
