"""Whether each form names only what exists: cells, tests, rules, marks and the formula."""

import itertools
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from bihuan.core.text import Text
from bihuan.insight.priority.arithmetic import BadFormula, Formula, Range
from bihuan.insight.priority.scheme_forms import form_of, worth
from bihuan.insight.priority.scheme_shape import Fault, at, is_number, known

Scheme = Mapping[str, Any]


def form_faults(scheme: Scheme) -> Iterator[Fault]:
    """What is wrong with the scheme's matrix, look-up or formula."""
    for code, field in scheme["inputs"].items():
        order = field.get("rises")
        known = list(field.get("values", ()))
        if order not in (None, "up", "down") and (
            not isinstance(order, list) or sorted(map(str, order)) != sorted(known)
        ):
            yield at(
                f"输入项「{code}」", f"Input “{code}”", "强弱顺序要列全每个选项", "its order must list every value"
            )
    check = {"matrix": _matrix, "axes": _axes, "rules": _rules, "score": _score}[form_of(scheme)]
    yield from check(scheme)


def _codes(scheme: Scheme) -> set[str]:
    return {level["code"] for level in scheme["levels"]}


def _matrix(scheme: Scheme) -> Iterator[Fault]:
    matrix, inputs = scheme["matrix"], scheme["inputs"]
    here = Text("矩阵", "Matrix")
    sides = [matrix.get(side) for side in ("rows", "columns")] if isinstance(matrix, Mapping) else [None, None]
    if sides[0] == sides[1] or not all(known(s, inputs) and "values" in inputs[s] for s in sides):
        yield Fault(here, Text("行和列要是两个有选项的输入项", "rows and columns are two inputs with values"))
        return
    rows, columns = (inputs[side]["values"] for side in sides)
    cells = matrix.get("cells")
    for row, column in itertools.product(rows, columns):
        line = cells.get(row) if isinstance(cells, Mapping) else None
        code = line.get(column) if isinstance(line, Mapping) else None
        if not known(code, _codes(scheme)):
            names = rows[row], columns[column]
            yield at(
                f"矩阵「{names[0]['zh']} × {names[1]['zh']}」",
                f"Matrix “{names[0]['en']} × {names[1]['en']}”",
                f"不是已有的级别：{code}",
                f"is no level of this scheme: {code}",
            )
    lift = matrix.get("raise")
    if lift is not None and not _lift_fits(lift, inputs, rows):
        yield Fault(
            here, Text("提级条件只能用是否类输入项和已有的行", "what raises a level is yes/no inputs and existing rows")
        )


def _lift_fits(lift: Any, inputs: Mapping[str, Any], rows: Mapping[str, Any]) -> bool:
    if not isinstance(lift, Mapping) or not isinstance(lift.get("all"), list) or not isinstance(lift.get("rows"), list):
        return False
    ticks = all(known(name, inputs) and inputs[name]["kind"] == "bool" for name in lift["all"])
    return bool(lift["all"]) and ticks and all(known(row, rows) for row in lift["rows"])


def _tests(here: Text, tests: Any, inputs: Mapping[str, Any]) -> Iterator[Fault]:
    if not isinstance(tests, list) or not all(isinstance(test, Mapping) for test in tests):
        yield Fault(here, Text("要是一列条件", "must be a list of tests"))
        return
    for test in tests:
        field = inputs[test["input"]] if known(test.get("input"), inputs) else None
        if field is None:
            yield Fault(here, Text(f"没有输入项 {test.get('input')}", f"no input {test.get('input')}"))
        elif "from" in test:
            if field["kind"] not in ("score", "number") or not is_number(test["from"]):
                yield Fault(here, Text("「达到」只用于分数和数字", "“from” is for scores and numbers"))
        elif not isinstance(test.get("is"), list) or not all(_answer(field, value) for value in test["is"]):
            yield Fault(
                here, Text(f"不是「{field['name']['zh']}」的选项", f"not among the values of “{field['name']['en']}”")
            )


def _answer(field: Mapping[str, Any], value: Any) -> bool:
    if field["kind"] == "bool":
        return isinstance(value, bool)
    return field["kind"] in ("choice", "score") and not isinstance(value, bool) and str(value) in field["values"]


def _axes(scheme: Scheme) -> Iterator[Fault]:
    axes = scheme["axes"]
    if not isinstance(axes, list) or not 1 <= len(axes) <= 3 or not all(map(_is_axis, axes)):
        yield at("坐标轴", "Axes", "要有 1-3 条，各有代码", "1 to 3 are needed, each with a code")
        return
    for axis in axes:
        yield from _tests(
            Text(f"坐标轴「{axis.get('code')}」", f"Axis “{axis.get('code')}”"), axis.get("any"), scheme["inputs"]
        )
    for sides in itertools.product((True, False), repeat=len(axes)):
        when = dict(zip((axis.get("code") for axis in axes), sides, strict=True))
        result = [level["code"] for level in scheme["levels"] if level.get("when") == when]
        if len(result) != 1:
            zh = "，".join(f"{code}{'高' if high else '低'}" for code, high in when.items())
            en = ", ".join(f"{code} {'high' if high else 'low'}" for code, high in when.items())
            yield Fault(
                Text(f"象限「{zh}」", f"Quadrant “{en}”"),
                Text("没有级别", "no level")
                if not result
                else Text(f"有多个级别：{'、'.join(result)}", f"several levels: {', '.join(result)}"),
            )


def _is_axis(axis: Any) -> bool:
    return isinstance(axis, Mapping) and isinstance(axis.get("code"), str)


def _rules(scheme: Scheme) -> Iterator[Fault]:
    rules = scheme["rules"]
    if not isinstance(rules, list) or not rules or not all(isinstance(rule, Mapping) for rule in rules):
        yield at("规则表", "Rules", "至少要有一条", "at least one is needed")
        return
    for place, rule in enumerate(rules, 1):
        here = Text(f"规则 {place}", f"Rule {place}")
        yield from _tests(here, rule.get("all"), scheme["inputs"])
        if not known(rule.get("level"), _codes(scheme)):
            yield Fault(
                here, Text(f"不是已有的级别：{rule.get('level')}", f"no level of this scheme: {rule.get('level')}")
            )


def _score(scheme: Scheme) -> Iterator[Fault]:
    rule, inputs, here = scheme["score"], scheme["inputs"], Text("计分公式", "Formula")
    if not isinstance(rule, Mapping) or rule.get("round") not in (0, 1, 2, 3, 4) or isinstance(rule.get("round"), bool):
        yield Fault(
            here, Text("要写公式和保留几位小数（0-4）", "needs a formula and how many places it is rounded to (0-4)")
        )
        return
    try:
        formula = Formula(rule.get("formula", ""))
        unknown = [name for name in formula.names if name not in inputs]
        bare = [
            n for n in formula.names if n in inputs and inputs[n]["kind"] == "choice" and not inputs[n].get("worth")
        ]
        for name in unknown:
            yield Fault(here, Text(f"没有输入项 {name}", f"no input {name}"))
        for name in bare:
            yield Fault(here, Text(f"输入项 {name} 的选项没有数值", f"the values of input {name} are worth no number"))
        if not unknown and not bare:
            formula.bounds({name: reach(inputs[name]) for name in formula.names})
    except BadFormula as bad:
        yield Fault(here, bad.reason)
    marks = [level.get("from") for level in scheme["levels"]]
    fit = all(map(is_number, marks[:-1])) and marks[-1] is None
    if not fit or any(a <= b for a, b in itertools.pairwise(marks[:-1])):
        yield at(
            "级别的分数线",
            "Marks of the levels",
            "要从高到低，最后一级不设分数线",
            "must fall from the first level on; the last has none",
        )


def reach(field: Mapping[str, Any]) -> Range:
    """The least and the most an input can be worth."""
    if field["kind"] == "number":
        return Fraction(str(field["min"])), Fraction(str(field["max"]))
    values = [False, True] if field["kind"] == "bool" else list(field["values"])
    result = [worth(field, int(v) if field["kind"] == "score" else v) for v in values]
    return min(result), max(result)
