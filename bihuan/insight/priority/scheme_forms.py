"""How each form of scheme comes from answered inputs to a level and its reasons."""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from bihuan.core.text import Text
from bihuan.insight.priority.arithmetic import Formula, plain

Scheme = Mapping[str, Any]
Values = Mapping[str, Any]


class Decision(NamedTuple):
    """`score`: what the formula gave, rounded as the scheme declares."""

    level: str
    reasons: list[Text]
    score: Decimal | None = None


def form_of(scheme: Scheme) -> str:
    """ "matrix", "axes", "rules" or "score". ValueError when it has none or several."""
    result = [name for name in FORMS if name in scheme]
    if len(result) != 1:
        raise ValueError(f"{scheme.get('code')}: forms {result}")
    return result[0]


def value_of(code: str, field: Mapping[str, Any], inputs: Mapping[str, Any]) -> Any:
    """The answer to one input. ValueError when it is missing or not one of its values."""
    value, kind = inputs.get(code), field["kind"]
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if kind == "bool" and isinstance(value, bool | None):
        return bool(value)
    if kind == "score" and isinstance(value, int) and number and str(value) in field["values"]:
        return value
    if kind == "choice" and isinstance(value, str) and value in field["values"]:
        return value
    if kind == "number" and number and field["min"] <= value <= field["max"]:
        return value
    raise ValueError(f"{code}: {value!r}")


def describe_answer(field: Mapping[str, Any], value: Any) -> Text:
    """ "紧急程度：紧急" for a choice, "紧急：是" for a tick, "价值评分：4 分" for a score, "触达：120" for a number."""
    if isinstance(value, bool):
        names = {"zh": "是", "en": "yes"} if value else {"zh": "否", "en": "no"}
    elif field["kind"] == "number":
        names = dict.fromkeys(("zh", "en"), plain(value))
    else:
        names = field["values"][str(value)]
    return Text(f"{field['name']['zh']}：{names['zh']}", f"{field['name']['en']}: {names['en']}")


def worth(field: Mapping[str, Any], value: Any) -> Fraction:
    """The number an answer stands for in a formula. A tick counts 1; a choice what its scheme says it is worth."""
    if field["kind"] == "choice":
        return Fraction(str(field["worth"][value]))
    return Fraction(int(value)) if isinstance(value, bool) else Fraction(str(value))


def holds(test: Mapping[str, Any], values: Values) -> bool:
    value = values[test["input"]]
    return bool(value >= test["from"]) if "from" in test else value in test["is"]


def by_axes(scheme: Scheme, values: Values) -> Decision:
    high: dict[str, bool] = {}
    reasons: list[Text] = []
    for axis in scheme["axes"]:
        met = [test for test in axis["any"] if holds(test, values)]
        high[axis["code"]] = bool(met)
        for test in met or axis["any"]:
            text = _describe_test(scheme, test, values, bool(met))
            if text not in reasons:
                reasons.append(text)
    for level in scheme["levels"]:
        if level["when"] == high:
            return Decision(level["code"], reasons)
    raise ValueError(f"{scheme['code']}: no level for {high}")


def by_rules(scheme: Scheme, values: Values) -> Decision:
    """The first rule whose tests all hold decides; a rule without tests fits always."""
    for place, rule in enumerate(scheme["rules"], 1):
        if all(holds(test, values) for test in rule["all"]):
            reasons = [_describe_test(scheme, test, values, True) for test in rule["all"]]
            reasons = reasons or [describe_answer(scheme["inputs"][code], value) for code, value in values.items()]
            return Decision(rule["level"], [*reasons, Text(f"符合第 {place} 条规则", f"Rule {place} fits")])
    raise ValueError(f"{scheme['code']}: no rule for {dict(values)}")


def by_matrix(scheme: Scheme, values: Values) -> Decision:
    matrix = scheme["matrix"]
    row, column = matrix["rows"], matrix["columns"]
    code = matrix["cells"][str(values[row])][str(values[column])]
    reasons = [describe_answer(scheme["inputs"][name], values[name]) for name in (row, column)]
    lift = matrix.get("raise")
    if lift and values[row] in lift["rows"] and all(values[name] for name in lift["all"]):
        rank = next(level["rank"] for level in scheme["levels"] if level["code"] == code)
        above = [level for level in scheme["levels"] if level["rank"] == rank - 1]
        if above:
            code = above[0]["code"]
            names = [scheme["inputs"][name]["name"] for name in lift["all"]]
            zh, en = "、".join(name["zh"] for name in names), ", ".join(name["en"].lower() for name in names)
            reasons.append(Text(f"{zh}，提高一级", f"Raised one level: {en}"))
    return Decision(code, reasons)


def by_score(scheme: Scheme, values: Values) -> Decision:
    """The formula's value, rounded half up to the declared places; the first level whose mark it reaches."""
    rule = scheme["score"]
    formula = read(rule["formula"])
    fields = scheme["inputs"]
    numbers = {code: worth(fields[code], values[code]) for code in formula.names}
    score = rounded(formula.value(numbers), rule["round"])
    reasons = [describe_answer(field, values[code]) for code, field in fields.items()]
    names = {code: (fields[code]["name"]["zh"], fields[code]["name"]["en"]) for code in formula.names}
    zh, en = (formula.written({c: f"{n[i]} {plain(numbers[c])}" for c, n in names.items()}) for i in (0, 1))
    reasons.append(Text(f"{zh} = {plain(score)}", f"{en} = {plain(score)}"))
    for level in scheme["levels"]:
        mark = level.get("from")
        if mark is None or score >= Decimal(str(mark)):
            if mark is not None:
                reasons.append(Text(f"达到 {plain(mark)} 分", f"Reaches {plain(mark)}"))
            return Decision(level["code"], reasons, score)
    raise ValueError(f"{scheme['code']}: no level for {score}")


def rounded(value: Fraction, places: int) -> Decimal:
    """Half up, as people round by hand; exact before that."""
    scaled = value * 10**places
    whole = (abs(scaled) * 2 + 1) // 2
    return (Decimal(whole if scaled >= 0 else -whole).scaleb(-places)).quantize(
        Decimal(1).scaleb(-places), ROUND_HALF_UP
    )


@lru_cache(maxsize=64)
def read(formula: str) -> Formula:
    """The formula, read once."""
    return Formula(formula)


def _describe_test(scheme: Scheme, test: Mapping[str, Any], values: Values, reached: bool) -> Text:
    text = describe_answer(scheme["inputs"][test["input"]], values[test["input"]])
    if "from" not in test:
        return text
    mark = test["from"]
    if reached:
        return Text(f"{text.zh}，达到 {mark} 分，为高", f"{text.en}, high from {mark}")
    return Text(f"{text.zh}，未到 {mark} 分，为低", f"{text.en}, low below {mark}")


FORMS: dict[str, Callable[[Scheme, Values], Decision]] = {
    "matrix": by_matrix,
    "axes": by_axes,
    "rules": by_rules,
    "score": by_score,
}
