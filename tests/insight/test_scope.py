import pytest

from bihuan.insight.classify.scope import scope


@pytest.mark.parametrize(
    ("customers", "anonymous", "systemic", "code"),
    [
        (1, 0, False, "individual"),
        (2, 0, False, "individual"),
        (3, 0, False, "general"),
        (2, 9, False, "individual"),
        (0, 5, False, "individual"),
        (1, 0, True, "systemic"),
    ],
)
def test_scope_counts_known_customers_only(customers, anonymous, systemic, code):
    assert scope(customers, anonymous, systemic).code == code


def test_the_mark_is_a_setting():
    assert scope(4, 0, threshold=5).code == "individual"
    assert "5" in scope(4, 0, threshold=5).reasons[-1].zh


def test_anonymous_items_are_named_and_lower_the_confidence():
    label = scope(2, 4)
    assert any("匿名" in reason.zh for reason in label.reasons)
    assert label.confidence < scope(2, 0).confidence
