"""Which rule makes a problem systemic, and that the reason is given."""

import pytest

from bihuan.insight.classify.scope import Evidence, scope

TWO = {"phone": (40, 1000), "app": (60, 2000), "mail": (1, 1000)}


@pytest.mark.parametrize(
    ("customers", "systemic", "evidence", "code", "rule"),
    [
        (2, False, Evidence(surge=True, scenarios=2, channels=TWO), "individual", "few"),
        (2, True, Evidence(), "systemic", "cause"),
        (3, False, Evidence(), "general", "customers"),
        (3, False, Evidence(surge=True), "systemic", "surge"),
        (3, False, Evidence(scenarios=1), "systemic", "scenario"),
        (3, False, Evidence(channels=TWO), "systemic", "channels"),
        (3, False, Evidence(channels={"phone": (40, 1000)}), "general", "customers"),
        # 12 of 1,000 is above 1 %, but not surely: the lower bound is 0.7 %.
        (9, False, Evidence(channels={"phone": (12, 1000), "app": (12, 1000)}), "general", "customers"),
        (3, False, Evidence(True, 1, TWO), "systemic", "surge"),
    ],
)
def test_the_rule_that_fired(customers, systemic, evidence, code, rule):
    found = scope(customers, 0, systemic, evidence=evidence)
    assert (found.code, found.rule) == (code, rule)


def test_every_rule_that_fired_is_among_the_reasons():
    reasons = " ".join(r.zh for r in scope(5, evidence=Evidence(True, 2, TWO)).reasons)
    assert "突增" in reasons
    assert "2 个场景" in reasons
    assert "2 个渠道" in reasons
    assert "app、phone" in reasons


def test_the_rate_is_a_setting():
    assert scope(3, evidence=Evidence(channels=TWO), rate=0.05).code == "general"
