"""A new feedback item joins the problem its words tell, where that is clear; a person's word bars it."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.findings.models import Member, Problem
from bihuan.findings.problem_matching import IngestCursor, assign_new
from tests.domain.feedback.feedback_samples import make_feedback
from tests.domain.findings.problem_samples import PAYING, WHITE, make_feedback_items, make_problem

pytestmark = pytest.mark.django_db


def test_a_feedback_item_that_tells_a_known_problem_joins_it(cast: Any):
    one = make_problem(make_feedback_items(cast, PAYING))
    late, other = (
        make_feedback(cast, "付款的时候一直转圈，最后提示支付失败！", "late"),
        make_feedback(cast, "发票抬头写错了，要求重开一张", "other"),
    )
    assert assign_new() == 1
    assert Member.objects.get(feedback=late).problem == one
    assert Member.objects.get(feedback=late).how == "arrival"
    assert not Member.objects.filter(feedback=other).exists()
    assert Problem.objects.get().size == 4


def test_each_feedback_item_is_looked_at_once(cast: Any, django_assert_num_queries: Any):
    make_problem(make_feedback_items(cast, PAYING))
    late = make_feedback(cast, PAYING[0], "late")
    assert (assign_new(), assign_new()) == (1, 0)
    assert IngestCursor.objects.get().last == late.pk


def test_without_problems_nothing_is_looked_at(cast: Any):
    make_feedback_items(cast, PAYING)
    assert assign_new() == 0
    assert not IngestCursor.objects.exists()


def test_a_feedback_item_said_not_to_be_this_problem_is_not_put_back(cast: Any):
    feedback_items = make_feedback_items(cast, PAYING)
    one = make_problem(feedback_items)
    one.exclude(feedback_items[0], by=cast["chen"], reason="说的是别的事")
    assign_new()
    assert not Member.objects.filter(feedback=feedback_items[0]).exists()


def test_a_problem_set_aside_takes_nobody_in(cast: Any):
    make_problem(make_feedback_items(cast, PAYING)).dismiss(by=cast["chen"], reason="不是问题")
    make_problem(make_feedback_items(cast, WHITE), "白屏")
    make_feedback(cast, PAYING[0], "late")
    assert assign_new() == 0


def test_between_two_problems_of_equal_standing_nobody_decides(cast: Any):
    make_problem([make_feedback(cast, PAYING[0], "a")])
    make_problem([make_feedback(cast, PAYING[1], "b")], "支付转圈")
    late = make_feedback(cast, "付款时候一直转圈，最后提示支付失败", "late")
    assign_new()
    assert not Member.objects.filter(feedback=late).exists()
