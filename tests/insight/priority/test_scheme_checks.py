"""A scheme is tried with every combination of answers before it is saved, and each fault is reported at its place."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.insight.priority import SCHEMES, assess, targets
from bihuan.insight.priority.scheme_checks import combinations, count, faults, minutes

TOP = ("safety", "media", "legal", "group_complaint")


@pytest.mark.parametrize("code", SCHEMES)
def test_every_shipped_scheme_is_sound(code):
    assert faults(SCHEMES[code]) == []


@pytest.mark.parametrize("code", SCHEMES)
def test_every_combination_has_one_level_and_each_forced_mark_lifts_all_of_them_to_the_top(code):
    scheme = SCHEMES[code]
    found = list(combinations(scheme))
    assert len(found) == count(scheme)
    assert {assess(scheme, inputs).level for inputs in found} == {one["code"] for one in scheme["levels"]}
    for inputs in found[:: max(1, len(found) // 150)]:
        for mark in TOP:
            assert assess(scheme, inputs | {mark: True}).rank == 1


@pytest.mark.parametrize("code", SCHEMES)
def test_the_floor_holds_at_every_level_and_whatever_the_customer_is_worth(code):
    scheme = SCHEMES[code]
    floor = minutes(scheme["floor"]["respond"])
    for one in scheme["levels"]:
        assert minutes(targets(scheme, one["code"])["respond"]) <= floor
    worth = [name for name in ("customer_value", "paying") if name in scheme["inputs"]]
    for inputs in combinations(scheme) if worth else ():
        assert minutes(assess(scheme, inputs).targets["respond"]) <= floor


@given(st.sampled_from(sorted(SCHEMES)), st.data())
def test_a_stronger_answer_never_lowers_the_level(code, data):
    scheme = SCHEMES[code]
    inputs = data.draw(st.sampled_from(list(combinations(scheme))))
    rising = [name for name, field in scheme["inputs"].items() if "rises" in field]
    if not rising:
        return
    name = data.draw(st.sampled_from(rising))
    declared = scheme["inputs"][name]["rises"]
    values = sorted({other[name] for other in combinations(scheme)}, key=str)
    if isinstance(declared, list):
        values.sort(key=declared.index)
    else:
        values.sort(reverse=declared == "down")
    ranks = [assess(scheme, inputs | {name: value}).rank for value in values]
    assert ranks == sorted(ranks, reverse=True)


def broken(code, change):
    scheme = copy.deepcopy(SCHEMES[code])
    change(scheme)
    return " / ".join(f"{one.text.zh} | {one.text.en}" for one in faults(scheme))


def delete(*path):
    def change(scheme):
        for part in path[:-1]:
            scheme = scheme[part]
        del scheme[path[-1]]

    return change


def put(value, *path):
    def change(scheme):
        for part in path[:-1]:
            scheme = scheme[part]
        scheme[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("code", "change", "expected"),
    [
        ("p_level", delete("matrix", "cells", "hit", "part"), "矩阵「非核心业务严重受影响 × 部分」"),
        ("p_level", put("P9", "matrix", "cells", "slight", "one"), "不是已有的级别：P9"),
        ("p_level", put({"hit": "P0"}, "matrix", "cells", "hit"), "is no level"),
        ("p_level", put("dayz", "levels", 1, "targets", "resolve", "unit"), "级别「P1」·解决：不认识单位 dayz"),
        ("p_level", put(0, "levels", 1, "targets", "resolve", "amount"), "数量要大于零"),
        ("p_level", put(1.5, "levels", 2, "targets", "respond", "amount"), "只能是整数"),
        ("p_level", put(3, "levels", 0, "targets", "respond", "amount"), None),
        ("p_level", put({"amount": 2, "unit": "months"}, "levels", 3, "targets", "respond"), "底线"),
        ("p_level", put({"disposition": "scheduled"}, "levels", 3, "targets", "respond"), "底线"),
        ("p_level", delete("floor"), "底线时限"),
        ("p_level", put([], "forced"), "不能去掉「法律或监管介入」"),
        ("p_level", put({}, "axes"), "有且只有一种"),
        ("p_level", put(["one", "many"], "inputs", "scope", "rises"), "强弱顺序"),
        ("p_level", put(["many", "part", "one"], "inputs", "scope", "rises"), "更强的回答反而降级"),
        ("p_level", put("Nobody", "levels", 0, "name"), "中英文名称"),
        ("value_urgency", put(9, "axes", 0, "any", 0, "from"), "任何输入都到不了"),
        ("value_urgency", put({"value": True, "urgency": True}, "levels", 1, "when"), "多个级别"),
        ("four_quadrant", put(["x"], "axes", 0, "any", 0, "is"), "不是「紧急程度」的选项"),
        ("rice", put("reach / (effort - 1)", "score", "formula"), "除以零"),
        ("rice", put("reach * joy", "score", "formula"), "没有输入项 joy"),
        ("rice", put("reach.x", "score", "formula"), "公式里只能有"),
        ("rice", put(9, "score", "round"), "几位小数"),
        ("rice", put(5, "levels", 0, "from"), "从高到低"),
        ("rice", put(1e11, "levels", 0, "from"), "任何输入都到不了"),
        ("rice", delete("inputs", "impact", "worth"), "没有数值"),
        ("rice", put(None, "inputs", "impact", "worth"), "没有数值"),
        ("hotline_12345", lambda s: s["rules"].pop(), "没有对应的级别"),
        ("hotline_12345", lambda s: s["rules"].pop(2), "级别「complex」：任何输入都到不了"),
        ("hotline_12345", put("nowhere", "rules", 0, "level"), "规则 1"),
        ("kano", put({"resolve": {"disposition": "never"}}, "levels", 0, "targets"), "不认识安排 never"),
        ("kano", put({"dance": {"amount": 1, "unit": "days"}}, "levels", 0, "targets"), "不认识里程碑 dance"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(code, change, expected):
    found = broken(code, change)
    assert (expected in found) if expected else found == ""


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3))  # fmt: skip


@settings(deadline=None)
@given(st.sampled_from(sorted(SCHEMES)), st.data())
def test_whatever_a_part_is_replaced_by_the_check_answers(code, data):
    scheme = copy.deepcopy(SCHEMES[code])
    place = scheme
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(JSON)
    for one in faults(scheme):
        assert one.text.zh
        assert one.text.en


def test_too_many_combinations_are_refused():
    scheme = copy.deepcopy(SCHEMES["wsjf"])
    for extra in ("a", "b"):
        scheme["inputs"][extra] = {**scheme["inputs"]["value"], "name": {"zh": "多", "en": "More"}}
    assert "117649" in faults(scheme)[0].text.zh
