import itertools
import json

import pytest

from bihuan.insight.priority import SCHEMES, assess

H24, H48, H72 = ({"amount": hours, "unit": "hours"} for hours in (24, 48, 72))
D3, W1 = {"amount": 3, "unit": "working_days"}, {"amount": 1, "unit": "weeks"}


@pytest.mark.parametrize(
    ("urgent", "important", "level", "targets"),
    [
        (True, True, "urgent_important", {"respond": H24, "resolve": H48}),
        (True, False, "urgent", {"respond": H24, "resolve": H72}),
        (False, True, "important", {"respond": D3, "resolve": W1}),
        (False, False, "ordinary", {"respond": W1, "resolve": {"disposition": "scheduled"}}),
    ],
)
def test_urgent_and_important_give_the_four_levels(urgent, important, level, targets):
    found = assess(SCHEMES["urgent_important"], {"urgent": urgent, "important": important})
    assert (found.level, found.targets) == (level, targets)


@pytest.mark.parametrize(
    ("value", "urgency", "level", "target"),
    [
        (4, 3, "high_low", {"disposition": "iteration"}),
        (5, 5, "high_high", {"disposition": "first"}),
        (3, 4, "low_high", H72),
        (1, 1, "low_low", {"disposition": "month_pool"}),
    ],
)
def test_scores_from_four_on_are_high(value, urgency, level, target):
    found = assess(SCHEMES["value_urgency"], {"value": value, "urgency": urgency})
    assert found.level == level
    assert found.targets.pop("respond") == W1  # the floor
    assert list(found.targets.values()) == [target]


def test_four_quadrants_hold_for_every_input():
    scheme = SCHEMES["four_quadrant"]
    for urgency, scope, value in itertools.product(*(scheme["inputs"][name]["values"] for name in scheme["inputs"])):
        urgent = urgency == "urgent"
        important = urgency == "important" or scope in ("general", "systemic") or value == "high"
        wanted = {(True, True): "Q1", (False, True): "Q2", (True, False): "Q3", (False, False): "Q4"}[urgent, important]
        assert assess(scheme, {"urgency": urgency, "scope": scope, "customer_value": value}).level == wanted


@pytest.mark.parametrize(
    ("inputs", "level"),
    [
        ({"business_urgency": "core_down", "scope": "many"}, "P0"),
        ({"business_urgency": "core_down", "scope": "part"}, "P1"),
        ({"business_urgency": "core_down", "scope": "one", "paying": True, "peak": True}, "P0"),
        ({"business_urgency": "hit", "scope": "part"}, "P1"),
        ({"business_urgency": "slight", "scope": "many", "paying": True, "peak": True}, "P2"),
        ({"business_urgency": "improvement", "scope": "many"}, "P3"),
    ],
)
def test_p_levels_follow_the_matrix(inputs, level):
    assert assess(SCHEMES["p_level"], inputs).level == level


LOWEST = {
    "urgent_important": {},
    "value_urgency": {"value": 1, "urgency": 1},
    "four_quadrant": {"urgency": "normal", "scope": "individual", "customer_value": "low"},
    "p_level": {"business_urgency": "improvement", "scope": "one"},
    "impact_urgency": {"impact": "low", "soon": "low"},
    "rice": {"reach": 1, "impact": "minimal", "confidence": "low", "effort": 100},
    "wsjf": {"value": 1, "time": 1, "risk": 1, "size": 20},
    "kano": {"present": "neutral", "absent": "neutral"},
    "hotline_12345": {"matter": "ordinary", "complex": True},
}


@pytest.mark.parametrize("forced", ["safety", "media", "legal", "group_complaint"])
@pytest.mark.parametrize("code", SCHEMES)
def test_safety_media_law_and_groups_force_the_highest_level(code, forced):
    assert assess(SCHEMES[code], LOWEST[code]).rank == 4
    lifted = assess(SCHEMES[code], {**LOWEST[code], forced: True})
    assert lifted.rank == 1
    assert "最高级" in lifted.reasons[0].zh


@pytest.mark.parametrize(
    ("code", "inputs"),
    [
        ("value_urgency", {"value": 6, "urgency": 1}),
        ("value_urgency", {"value": True, "urgency": 1}),
        ("value_urgency", {"urgency": 1}),
        ("four_quadrant", {"urgency": "P0", "scope": "general", "customer_value": "low"}),
        ("urgent_important", {"urgent": "yes"}),
    ],
)
def test_an_input_outside_its_values_is_refused(code, inputs):
    with pytest.raises(ValueError, match=":"):
        assess(SCHEMES[code], inputs)


@pytest.mark.parametrize("code", SCHEMES)
def test_a_scheme_survives_storage_and_names_everything_in_both_languages(code):
    scheme = SCHEMES[code]
    assert json.loads(json.dumps(scheme)) == scheme
    names = [scheme["name"], *(one["name"] for one in scheme["levels"]), *(one["name"] for one in scheme["forced"])]
    names += [field["name"] for field in scheme["inputs"].values()]
    assert all(name["zh"] and name["en"] for name in names)
    assert assess(scheme, LOWEST[code]).version == scheme["version"]
    assert assess(scheme, LOWEST[code]).reasons


def test_changing_a_result_does_not_change_the_scheme():
    found = assess(SCHEMES["urgent_important"], {"urgent": True})
    found.targets["respond"]["amount"] = 1
    assert assess(SCHEMES["urgent_important"], {"urgent": True}).targets["respond"] == H24
