"""What is wrong with a scheme, before it is saved: every combination of answers is tried.

Each must reach exactly one level; no level may be out of reach; no level may promise later than the floor; an input that
declares how its answers rise may never lower the level by a stronger answer.
"""

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bihuan.core.text import Text
from bihuan.insight.data.builtin_priority_schemes import MILESTONES, UNITS
from bihuan.insight.priority.formulas import form_faults
from bihuan.insight.priority.scheme_forms import FORMS, Decision, describe_answer, form_of
from bihuan.insight.priority.scheme_shape import Fault, at, shape_faults

MOST = 20_000
"""Combinations that are tried; a scheme with more has too many inputs for anybody to follow."""


def faults(scheme: Any) -> list[Fault]:
    """Everything wrong with it, in the order of the page; empty when it may be saved."""
    result = list(shape_faults(scheme)) or list(form_faults(scheme)) or list(_floor_faults(scheme))
    return result or list(_try_inputs(scheme))


def answers(field: Mapping[str, Any], marks: Iterable[float] = ()) -> list[Any]:
    """Every answer of an input; of a number its ends, points between, and both sides of the marks it is tested against."""
    if field["kind"] == "bool":
        return [False, True]
    if field["kind"] != "number":
        return [int(value) if field["kind"] == "score" else value for value in field["values"]]
    low, high = field["min"], field["max"]
    steps = [low + (high - low) * share for share in (0.00001, 0.0001, 0.001, 0.01, 0.1, 0.5)]
    steps += [mark + near for mark in marks for near in (-0.001, 0)]
    return sorted({low, high, *(round(step, 3) for step in steps if low < step < high)})


def answers_of(scheme: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Each input's answers to try."""
    tests = [t for axis in scheme.get("axes", ()) for t in axis["any"]]
    tests += [t for rule in scheme.get("rules", ()) for t in rule["all"]]
    marks = {code: [t["from"] for t in tests if t["input"] == code and "from" in t] for code in scheme["inputs"]}
    return {code: answers(field, marks[code]) for code, field in scheme["inputs"].items()}


def combinations(scheme: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every combination of answers."""
    fields = answers_of(scheme)
    for row in itertools.product(*fields.values()):
        yield dict(zip(fields, row, strict=True))


def count(scheme: Mapping[str, Any]) -> int:
    """How many combinations there are."""
    return math.prod(len(result) for result in answers_of(scheme).values())


def minutes(target: Mapping[str, Any]) -> float:
    """How long a limit is at most in ordinary weeks, to compare limits of different units."""
    return float(target["amount"]) * UNITS[target["unit"]]


def _floor_faults(scheme: Mapping[str, Any]) -> Iterator[Fault]:
    for milestone, floor in scheme["floor"].items():
        for level in scheme["levels"]:
            target = level["targets"].get(milestone)
            late = target is not None and ("amount" not in target or minutes(target) > minutes(floor))
            if late:
                name = MILESTONES[milestone]
                yield at(
                    f"级别「{level['code']}」·{name['zh']}",
                    f"Level “{level['code']}”, {name['en']}",
                    "比对所有客户都成立的底线时限还晚",
                    "is later than the floor that holds for every customer",
                )


def _try_inputs(scheme: Mapping[str, Any]) -> Iterator[Fault]:
    total = count(scheme)
    if total > MOST:
        yield at(
            "输入项",
            "Inputs",
            f"组合有 {total} 种，最多 {MOST} 种，请减少输入项或选项",
            f"{total} combinations, {MOST} at most; use fewer inputs or values",
        )
        return
    decide, levels = FORMS[form_of(scheme)], {level["code"]: level for level in scheme["levels"]}
    reached: dict[tuple[Any, ...], Decision] = {}
    for inputs in combinations(scheme):
        try:
            reached[tuple(inputs.values())] = decide(scheme, inputs)
        except ValueError:
            yield Fault(_describe_inputs(scheme, inputs), Text("没有对应的级别", "reaches no level"))
            return
    for code in levels.keys() - {level.level for level in reached.values()}:
        yield at(f"级别「{code}」", f"Level “{code}”", "任何输入都到不了", "no input reaches it")
    yield from _lowered_levels(scheme, reached, levels)


def _lowered_levels(
    scheme: Mapping[str, Any], reached: Mapping[tuple[Any, ...], Decision], levels: Mapping[str, Any]
) -> Iterator[Fault]:
    codes, tried = list(scheme["inputs"]), answers_of(scheme)
    for place, code in enumerate(codes):
        order = rising(scheme["inputs"][code], tried[code])
        for key, decided in reached.items():
            at_ = order.index(key[place]) if order else -1
            if not 0 <= at_ < len(order) - 1:
                continue
            above = reached[(*key[:place], order[at_ + 1], *key[place + 1 :])]
            if levels[above.level]["rank"] > levels[decided.level]["rank"]:
                name = scheme["inputs"][code]["name"]
                here = _describe_inputs(scheme, dict(zip(codes, key, strict=True)))
                yield at(
                    f"输入项「{name['zh']}」",
                    f"Input “{name['en']}”",
                    f"更强的回答反而降级：从「{here.zh}」再往上",
                    f"a stronger answer lowers the level: upwards from “{here.en}”",
                )
                break


def rising(field: Mapping[str, Any], tried: list[Any]) -> list[Any]:
    """The input's answers from weakest to strongest as far as it declares them; empty where it does not."""
    declared = field.get("rises")
    if isinstance(declared, list):
        return [int(value) for value in declared] if field["kind"] == "score" else declared
    return tried if declared == "up" else tried[::-1] if declared == "down" else []


def _describe_inputs(scheme: Mapping[str, Any], inputs: Mapping[str, Any]) -> Text:
    parts = [describe_answer(scheme["inputs"][code], value) for code, value in inputs.items()]
    return Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))
