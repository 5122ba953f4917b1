"""How a scheme is shown: its levels with what they promise, and the picture a judgement stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bihuan.cases import case_choices
from bihuan.cases.assessment_form import text
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.deadlines.calendar_versions import company_calendar
from bihuan.deadlines.deadline_choices import MILESTONES
from bihuan.deadlines.models import Scheme, due_of
from bihuan.deadlines.time_units import NAMES, Unit
from bihuan.insight import priority
from bihuan.insight.priority.scheme_forms import holds


def promises(scheme: Scheme, level: Mapping[str, Any], due: bool = False) -> list[tuple[Text, Text, Any]]:
    """Milestone, target and, when asked, the due time it would have from now; the floor's where the level sets none."""
    found: list[tuple[Text, Text, Any]] = []
    for code, target in priority.targets(scheme.data, level["code"]).items():
        at = None
        if due and "amount" in target:
            at = due_of(company_calendar(), clock.now(), target["amount"], target["unit"]).at
        sentence = target_text(target)
        if code not in level["targets"]:
            sentence = Text("{target}（底线）", "{target} (floor)", target=sentence)
        found.append((MILESTONES[code], sentence, at))
    return found


def target_text(target: Mapping[str, Any]) -> Text:
    """A target as people say it: 24 hours, by schedule."""
    if "disposition" in target:
        return case_choices.DISPOSITIONS[target["disposition"]]
    name = NAMES[Unit(target["unit"])][target["amount"] != 1]
    return Text("{n} {unit}", "{n} {unit}", n=target["amount"], unit=name)


def picture(scheme: Scheme, here: str | None, inputs: dict[str, Any]) -> dict[str, Any]:
    """The scheme as rows of cells (name, rank, whether the judgement stands there): quadrant, matrix, rules or marks."""
    draw = {"matrix": _matrix, "axes": _axes, "rules": _rules, "score": _marks}[priority.form_of(scheme.data)]
    return draw(scheme, here, inputs)


def _axes(scheme: Scheme, here: str | None, inputs: dict[str, Any]) -> dict[str, Any]:
    axes = [axis["code"] for axis in scheme.data["axes"]]
    if len(axes) != 2:
        return _marks(scheme, here, inputs)
    rows = []
    for high in (True, False):
        cells = []
        for right in (True, False):
            one = next(v for v in scheme.data["levels"] if v["when"] == {axes[0]: high, axes[1]: right})
            cells.append((text(one["name"]), one["rank"], one["code"] == here))
        rows.append((_side(_axis_name(scheme, axes[0]), high), cells))
    return {"columns": [_side(_axis_name(scheme, axes[1]), right) for right in (True, False)], "rows": rows}


_AXES: dict[str, Text] = {"important": Text("重要", "Important"), "urgent": Text("紧急", "Urgent")}


def _axis_name(scheme: Scheme, code: str) -> Text:
    inputs = scheme.data["inputs"]
    return text(inputs[code]["name"]) if code in inputs else _AXES.get(code, Text(code, code))


def _side(name: Text, high: bool) -> Text:
    return Text("{name}高", "{name}: high", name=name) if high else Text("{name}低", "{name}: low", name=name)


def axis_descriptions(scheme: Scheme) -> list[tuple[Text, Text]]:
    """Each axis and what makes it high, where more than a single tick does."""
    found = []
    for axis in scheme.data.get("axes", ()):
        tests = [(scheme.data["inputs"][t["input"]], t) for t in axis["any"]]
        if any(field["kind"] != "bool" for field, _ in tests):
            parts = [
                Text("{name}：{what}", "{name}: {what}").format(name=text(f["name"]), what=_answers(f, t))
                for f, t in tests
            ]
            sentence = Text("，或 ".join(p.to("zh") for p in parts), "; or ".join(p.to("en") for p in parts))
            found.append((Text("{name}高", "{name}: high", name=_axis_name(scheme, axis["code"])), sentence))
    return found


def _matrix(scheme: Scheme, here: str | None, inputs: dict[str, Any]) -> dict[str, Any]:
    matrix, questions, levels = scheme.data["matrix"], scheme.data["inputs"], scheme.levels
    row_values, columns = questions[matrix["rows"]]["values"], questions[matrix["columns"]]["values"]
    rows = []
    for row in row_values:
        drawn = []
        for column in columns:
            one = levels[matrix["cells"][row][column]]
            at = (inputs.get(matrix["rows"]), inputs.get(matrix["columns"])) == (row, column)
            drawn.append((_short(one), one["rank"], at))
        rows.append((text(row_values[row]), drawn))
    return {"columns": [text(name) for name in columns.values()], "rows": rows}


def _short(level: Mapping[str, Any]) -> Text:
    """The code where it is what people say (P0), else the name."""
    return Text(level["code"], level["code"]) if level["code"].isupper() else text(level["name"])


def _rules(scheme: Scheme, here: str | None, inputs: dict[str, Any]) -> dict[str, Any]:
    rows, found = [], False
    for place, rule in enumerate(scheme.data["rules"], 1):
        fits = here is not None and not found and all(holds(test, inputs) for test in rule["all"])
        found = found or fits
        level = scheme.levels[rule["level"]]
        rows.append((rule_text(scheme, place, rule), [(text(level["name"]), level["rank"], fits)]))
    return {"columns": [Text("级别", "Level")], "rows": rows}


def rule_text(scheme: Scheme, place: int, rule: Mapping[str, Any]) -> Text:
    """ "2. 事项类别：水电气热等民生"; the rule without tests takes the rest."""
    if not rule["all"]:
        return Text("{n}. 其余", "{n}. All else", n=place)
    zh, en = [], []
    for test in rule["all"]:
        field = scheme.data["inputs"][test["input"]]
        name, what = field["name"], _answers(field, test)
        zh.append(f"{name['zh']}：{what.zh}")
        en.append(f"{name['en']}: {what.en}")
    return Text("{n}. {rule}", "{n}. {rule}", n=place, rule=Text("，".join(zh), ", ".join(en)))


def _answers(field: Mapping[str, Any], test: Mapping[str, Any]) -> Text:
    if "from" in test:
        return Text(f"达到 {test['from']}", f"from {test['from']}")
    if field["kind"] == "bool":
        return Text("是", "yes") if test["is"] == [True] else Text("否", "no")
    named = [field["values"][str(value)] for value in test["is"]]
    return Text("或".join(n["zh"] for n in named), " or ".join(n["en"] for n in named))


def _marks(scheme: Scheme, here: str | None, inputs: dict[str, Any]) -> dict[str, Any]:
    rows = []
    for one in scheme.data["levels"]:
        mark = Text("达到 {n} 分", "From {n}", n=one["from"]) if "from" in one else Text("其余", "All else")
        rows.append((mark, [(text(one["name"]), one["rank"], one["code"] == here)]))
    return {"columns": [Text("级别", "Level")], "rows": rows}
