"""The parts a stored scheme must have, whoever wrote it. What is checked here needs no trying out of inputs."""

import re
from collections.abc import Container, Iterator, Mapping
from typing import Any, NamedTuple

from bihuan.core.text import Text
from bihuan.insight.data.builtin_priority_schemes import DISPOSITIONS, FORCED, MILESTONES, UNITS
from bihuan.insight.priority.scheme_forms import FORMS

CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,23}")
KINDS = ("bool", "choice", "score", "number")
MOST_INPUTS, MOST_VALUES, MOST_LEVELS = 8, 20, 10
LONGEST_DAYS = 3660


class Fault(NamedTuple):
    """What is wrong and where, in words a person who edits the scheme can find again."""

    where: Text
    what: Text

    @property
    def text(self) -> Text:
        return Text(f"{self.where.zh}：{self.what.zh}", f"{self.where.en}: {self.what.en}")


def at(zh: str, en: str, what_zh: str, what_en: str) -> Fault:
    return Fault(Text(zh, en), Text(what_zh, what_en))


def shape_faults(data: Any) -> Iterator[Fault]:
    """Every missing or ill-formed part; nothing where data can safely be worked with."""
    if not isinstance(data, Mapping):
        yield at("方案", "Scheme", "要是一个对象", "must be an object")
        return
    if not named(data.get("name")):
        yield at("方案名称", "Name", "中文和英文都要写", "both languages are needed")
    yield from _inputs(data.get("inputs"))
    yield from _levels(data.get("levels"))
    yield from _forced(data.get("forced"))
    yield from _floor(data.get("floor"))
    forms = [name for name in FORMS if name in data]
    if len(forms) != 1:
        yield at(
            "算法",
            "Form",
            "矩阵(matrix)、查表(axes 或 rules)、计分公式(score)里要有且只有一种",
            "exactly one of matrix, axes or rules (look-up), score (formula)",
        )


def named(value: Any) -> bool:
    """Whether it is a name in both languages."""
    return isinstance(value, Mapping) and all(isinstance(value.get(k), str) and value[k].strip() for k in ("zh", "en"))


def _inputs(inputs: Any) -> Iterator[Fault]:
    if not isinstance(inputs, Mapping) or not 1 <= len(inputs) <= MOST_INPUTS:
        yield at("输入项", "Inputs", f"要有 1-{MOST_INPUTS} 项", f"1 to {MOST_INPUTS} are needed")
        return
    for code, field in inputs.items():
        here = Text(f"输入项「{code}」", f"Input “{code}”")
        if not isinstance(code, str) or not CODE.fullmatch(code):
            yield Fault(here, Text("代码用英文字母、数字、下划线", "a code is letters, digits and underscores"))
        elif not isinstance(field, Mapping) or field.get("kind") not in KINDS or not named(field.get("name")):
            yield Fault(
                here,
                Text(
                    f"要有中英文名称和类型（{'、'.join(KINDS)}）", f"needs both names and a kind ({', '.join(KINDS)})"
                ),
            )
        elif what := _values(field):
            yield Fault(here, what)


def _values(field: Mapping[str, Any]) -> Text | None:
    if field["kind"] == "number":
        ends: list[Any] = [field.get("min"), field.get("max")]
        if not all(is_number(end) for end in ends) or not ends[0] < ends[1]:
            return Text("要写最小值和最大值，最小值较小", "needs min and max, min being less")
    if field["kind"] in ("choice", "score"):
        values = field.get("values")
        if (
            not isinstance(values, Mapping)
            or not 2 <= len(values) <= MOST_VALUES
            or not all(map(named, values.values()))
        ):
            return Text(
                f"要有 2-{MOST_VALUES} 个中英文命名的选项", f"needs 2 to {MOST_VALUES} values named in both languages"
            )
        if field["kind"] == "score" and not all(isinstance(v, str) and v.isdecimal() for v in values):
            return Text("分值只能是整数", "scores are whole numbers")
        worth = field.get("worth")
        if worth is not None and (
            not isinstance(worth, Mapping) or set(worth) != set(values) or not all(map(is_number, worth.values()))
        ):
            return Text("每个选项都要有对应的数值", "every value must be worth a number")
    criteria = field.get("criteria", [])
    if not isinstance(criteria, list) or not all(map(named, criteria)):
        return Text("每条判断标准都要有中英文", "each criterion is needed in both languages")
    return None


def _levels(levels: Any) -> Iterator[Fault]:
    if not isinstance(levels, list) or not 2 <= len(levels) <= MOST_LEVELS:
        yield at("级别", "Levels", f"要有 2-{MOST_LEVELS} 个", f"2 to {MOST_LEVELS} are needed")
        return
    seen: set[str] = set()
    for place, level in enumerate(levels, 1):
        code = level.get("code") if isinstance(level, Mapping) else None
        here = Text(f"级别「{code or place}」", f"Level “{code or place}”")
        if not isinstance(code, str) or not CODE.fullmatch(code) or code in seen:
            yield Fault(here, Text("要有不重复的代码", "needs a code of its own"))
            continue
        seen.add(code)
        rank = level.get("rank")
        if not named(level.get("name")) or rank not in (1, 2, 3, 4) or isinstance(rank, bool):
            yield Fault(here, Text("要有中英文名称和 1-4 的档次", "needs both names and a rank from 1 to 4"))
        if not isinstance(level.get("targets"), Mapping):
            yield Fault(here, Text("要有时限（可以为空）", "needs targets, which may be empty"))
            continue
        yield from targets_faults(here, level["targets"])
    if not any(isinstance(level, Mapping) and level.get("rank") == 1 for level in levels):
        yield at("级别", "Levels", "没有第 1 档（最高级）", "none is of rank 1 (highest)")


def targets_faults(here: Text, targets: Mapping[str, Any]) -> Iterator[Fault]:
    """Milestones, units, amounts and dispositions that are not known."""
    for milestone, target in targets.items():
        name = MILESTONES.get(milestone)
        if name is None:
            yield Fault(here, Text(f"不认识里程碑 {milestone}", f"unknown milestone {milestone}"))
            continue
        where = Text(f"{here.zh}·{name['zh']}", f"{here.en}, {name['en']}")
        if what := _target(target):
            yield Fault(where, what)


def _target(target: Any) -> Text | None:
    if not isinstance(target, Mapping):
        return Text("要写数量和单位，或一种安排", "needs an amount and a unit, or a disposition")
    if "disposition" in target:
        names = ", ".join(DISPOSITIONS)
        if not known(target["disposition"], DISPOSITIONS):
            return Text(
                f"不认识安排 {target['disposition']}，可用 {names}",
                f"unknown disposition {target['disposition']}; use {names}",
            )
        return None
    unit: Any = target.get("unit")
    amount: Any = target.get("amount")
    if not known(unit, UNITS):
        return Text(f"不认识单位 {unit}，可用 {'、'.join(UNITS)}", f"unknown unit {unit}; use {', '.join(UNITS)}")
    if not is_number(amount) or not 0 < amount * UNITS[unit] <= LONGEST_DAYS * 1440:
        return Text("数量要大于零，不超过十年", "the amount must be above zero and within ten years")
    if amount != int(amount) and unit not in ("minutes", "hours", "working_hours"):
        return Text("按天、周、月计的数量只能是整数", "days, weeks and months are whole numbers")
    return None


def _forced(forced: Any) -> Iterator[Fault]:
    entries = forced if isinstance(forced, list) else []
    codes = [
        condition.get("code")
        for condition in entries
        if isinstance(condition, Mapping) and named(condition.get("name"))
    ]
    for condition in FORCED:
        if condition["code"] not in codes:
            name = condition["name"]
            yield at(
                "直接列为最高级的情形",
                "Highest level at once",
                f"不能去掉「{name['zh']}」",
                f"“{name['en']}” cannot be left out",
            )


def _floor(floor: Any) -> Iterator[Fault]:
    here = Text("底线时限", "Floor")
    respond = floor.get("respond") if isinstance(floor, Mapping) else None
    if not isinstance(respond, Mapping) or any("amount" not in (target or {}) for target in floor.values()):
        yield Fault(
            here, Text("要有对所有客户都成立的响应时限", "needs a respond deadline that holds for every customer")
        )
        return
    yield from targets_faults(here, floor)


def known(value: Any, names: Container[str]) -> bool:
    """Whether it is one of the names, whatever it is."""
    return isinstance(value, str) and value in names


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12
