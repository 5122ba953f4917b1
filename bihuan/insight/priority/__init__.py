"""Priority by a scheme that is data: a level, its time targets, and every reason that led there.

A scheme has one of three forms: a matrix of two inputs, a look-up (axes that are high or low, or a table of rules of
which the first that fits decides), or a score by a formula over declared inputs. ``scheme_checks.faults`` says what is wrong
with one before it is saved.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from bihuan.core.text import Text
from bihuan.insight.data.more_priority_schemes import SCHEMES
from bihuan.insight.priority.scheme_forms import FORMS, Decision, form_of, value_of

METHOD = "priority-scheme/2"

Scheme = Mapping[str, Any]
Inputs = Mapping[str, Any]

__all__ = ["FORMS", "METHOD", "SCHEMES", "Assessed", "assess", "form_of", "level", "targets"]


class Assessed(NamedTuple):
    """`rank` runs 1 (highest) to 4. `targets`: milestone → {"amount", "unit"} or {"disposition"}. `score`: of a formula."""

    level: str
    rank: int
    targets: dict[str, dict[str, Any]]
    reasons: list[Text]
    scheme: str = ""
    version: int = 0
    method: str = METHOD
    score: Decimal | None = None


def level(scheme: Scheme, code: str) -> Mapping[str, Any]:
    """The level of that code; KeyError if the scheme has none."""
    for candidate in scheme["levels"]:
        if candidate["code"] == code:
            result: Mapping[str, Any] = candidate
            return result
    raise KeyError(code)


def targets(scheme: Scheme, code: str) -> dict[str, dict[str, Any]]:
    """What the level promises: its own targets, and the scheme's floor where it sets none for that milestone.

    The floor holds for every customer whatever their value (PIPL art. 24: no unreasonable difference by an automated
    judgement). checking.faults refuses a level that promises later than the floor.
    """
    result = {milestone: dict(target) for milestone, target in level(scheme, code)["targets"].items()}
    return result | {m: dict(t) for m, t in scheme.get("floor", {}).items() if m not in result}


def assess(scheme: Scheme, inputs: Inputs) -> Assessed:
    """The level the scheme gives for these inputs: a suggestion; a person decides.

    ValueError names an input that is missing or not one of its values. `inputs` may also tick any of the scheme's
    forced codes (safety, media, legal, group_complaint), each of which lifts to the highest level.
    """
    values = {code: value_of(code, field, inputs) for code, field in scheme["inputs"].items()}
    forced = [level for level in scheme.get("forced", []) if inputs.get(level["code"])]
    decided: Decision = FORMS[form_of(scheme)](scheme, values)
    code, reasons = decided.level, decided.reasons
    if forced:
        code = min(scheme["levels"], key=lambda level: level["rank"])["code"]
        reasons = [_lifted(level["name"]) for level in forced] + reasons
    return Assessed(
        code,
        level(scheme, code)["rank"],
        targets(scheme, code),
        reasons,
        scheme["code"],
        scheme["version"],
        score=decided.score,
    )


def _lifted(name: Mapping[str, str]) -> Text:
    return Text(f"{name['zh']}，直接列为最高级", f"{name['en']}: highest level at once")
