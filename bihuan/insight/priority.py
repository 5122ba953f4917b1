"""Priority by a scheme that is data: a level, its time targets, and every reason that led there."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from bihuan.insight.data.schemes import SCHEMES
from bihuan.insight.said import Said

METHOD = "priority-scheme/1"

Scheme = Mapping[str, Any]
Inputs = Mapping[str, Any]

__all__ = ["METHOD", "SCHEMES", "Assessed", "assess", "level"]


class Assessed(NamedTuple):
    """`rank` runs 1 (highest) to 4. `targets`: milestone → {"amount", "unit"} or {"disposition"}."""

    level: str
    rank: int
    targets: dict[str, dict[str, Any]]
    reasons: list[Said]
    scheme: str = ""
    version: int = 0
    method: str = METHOD


def level(scheme: Scheme, code: str) -> Mapping[str, Any]:
    """The level of that code; KeyError if the scheme has none."""
    for one in scheme["levels"]:
        if one["code"] == code:
            found: Mapping[str, Any] = one
            return found
    raise KeyError(code)


def assess(scheme: Scheme, inputs: Inputs) -> Assessed:
    """The level the scheme gives for these inputs: a suggestion; a person decides.

    ValueError names an input that is missing or not one of its values. `inputs` may also tick any of the scheme's
    forced codes (safety, media, legal, group_complaint), each of which lifts to the highest level.
    """
    values = {code: _value(code, field, inputs) for code, field in scheme["inputs"].items()}
    forced = [one for one in scheme.get("forced", []) if inputs.get(one["code"])]
    code, reasons = _by_matrix(scheme, values) if "matrix" in scheme else _by_axes(scheme, values)
    if forced:
        code = min(scheme["levels"], key=lambda one: one["rank"])["code"]
        reasons = [_lifted(one["name"]) for one in forced] + reasons
    chosen = level(scheme, code)
    targets = {milestone: dict(target) for milestone, target in chosen["targets"].items()}
    return Assessed(code, chosen["rank"], targets, reasons, scheme["code"], scheme["version"])


def _value(code: str, field: Mapping[str, Any], inputs: Inputs) -> Any:
    value = inputs.get(code)
    if field["kind"] == "bool" and isinstance(value, bool | None):
        return bool(value)
    if (
        field["kind"] == "score"
        and isinstance(value, int)
        and not isinstance(value, bool)
        and str(value) in field["values"]
    ):
        return value
    if field["kind"] == "choice" and value in field["values"]:
        return value
    raise ValueError(f"{code}: {value!r}")


def _lifted(name: Mapping[str, str]) -> Said:
    return Said(f"{name['zh']}，直接列为最高级", f"{name['en']}: highest level at once")


def _stated(field: Mapping[str, Any], value: Any) -> Said:
    """ "紧急程度：紧急" for a choice, "紧急：是" for a tick, "价值评分：4 分" for a score."""
    names = {"zh": "是", "en": "yes"} if value is True else {"zh": "否", "en": "no"}
    if not isinstance(value, bool):
        names = field["values"][str(value)]
    return Said(f"{field['name']['zh']}：{names['zh']}", f"{field['name']['en']}: {names['en']}")


def _holds(test: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    value = values[test["input"]]
    return bool(value >= test["from"]) if "from" in test else value in test["is"]


def _by_axes(scheme: Scheme, values: Mapping[str, Any]) -> tuple[str, list[Said]]:
    high, reasons = {}, []
    for axis in scheme["axes"]:
        met = [test for test in axis["any"] if _holds(test, values)]
        high[axis["code"]] = bool(met)
        for test in met or axis["any"]:
            said = _stated(scheme["inputs"][test["input"]], values[test["input"]])
            if "from" in test:
                said = _against(said, test["from"], bool(met))
            if said not in reasons:
                reasons.append(said)
    for one in scheme["levels"]:
        if one["when"] == high:
            return one["code"], reasons
    raise ValueError(f"{scheme['code']}: no level for {high}")


def _against(said: Said, mark: int, reached: bool) -> Said:
    if reached:
        return Said(f"{said.zh}，达到 {mark} 分，为高", f"{said.en}, high from {mark}")
    return Said(f"{said.zh}，未到 {mark} 分，为低", f"{said.en}, low below {mark}")


def _by_matrix(scheme: Scheme, values: Mapping[str, Any]) -> tuple[str, list[Said]]:
    matrix = scheme["matrix"]
    row, column = matrix["rows"], matrix["columns"]
    code = matrix["cells"][values[row]][values[column]]
    reasons = [_stated(scheme["inputs"][name], values[name]) for name in (row, column)]
    lift = matrix.get("raise")
    if lift and values[row] in lift["rows"] and all(values[name] for name in lift["all"]):
        rank = level(scheme, code)["rank"]
        above = [one for one in scheme["levels"] if one["rank"] == rank - 1]
        if above:
            code = above[0]["code"]
            names = [scheme["inputs"][name]["name"] for name in lift["all"]]
            zh, en = "、".join(name["zh"] for name in names), ", ".join(name["en"].lower() for name in names)
            reasons.append(Said(f"{zh}，提高一级", f"Raised one level: {en}"))
    return code, reasons
