"""What people decide about a problem stays: confirmed, renamed, merged, split, added, removed, set aside."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.audit.models import Event
from bihuan.audit.verification import find_faults
from bihuan.core.errors import Refused, Stale
from bihuan.feedback.flow import FLOW as FEEDBACK
from bihuan.feedback.models import Merge
from bihuan.findings.models import Exclusion, Member, Problem
from tests.domain.feedback.feedback_samples import make_feedback
from tests.domain.findings.problem_samples import PAYING, WHITE, make_feedback_items, make_problem

pytestmark = pytest.mark.django_db


def members(one: Problem) -> set[int]:
    return set(one.members.values_list("feedback", flat=True))


def kinds(one: Problem) -> list[str]:
    return list(
        Event.objects.filter(subject_kind="problem", subject_id=one.pk).order_by("seq").values_list("kind", flat=True)
    )


def test_a_problem_found_has_a_number_its_size_and_its_days(cast: Any, at: Any):
    at("2026-11-20 10:00")
    feedback_items = make_feedback_items(cast, PAYING[:2])
    at("2026-11-21 10:00")
    feedback_items += make_feedback_items(cast, PAYING[2:])
    one = make_problem(feedback_items)
    assert one.number == "GX-2026-001"
    assert (one.size, one.status) == (3, "proposed")
    assert [one.first_at, one.last_at] == [feedback_items[0].received_at, feedback_items[-1].received_at]
    assert kinds(one) == ["problem.found"]


def test_confirming_is_recorded_once(cast: Any):
    one = make_problem(make_feedback_items(cast, PAYING))
    one.confirm(by=cast["chen"])
    one.confirm(by=cast["chen"])
    assert kinds(one) == ["problem.found", "problem.confirmed"]


def test_a_name_of_a_person_stays_and_a_stale_one_is_refused(cast: Any):
    one = make_problem(make_feedback_items(cast, PAYING))
    seen = one.version
    one.rename(by=cast["chen"], title="收银台支付超时", seen=seen)
    assert Problem.objects.get().titled_by == cast["chen"].actor
    with pytest.raises(Stale):
        one.rename(by=cast["xu"], title="支付问题", seen=seen)
    with pytest.raises(Refused):
        one.rename(by=cast["chen"], title=" ")


def test_a_merged_problem_leads_to_the_one_it_went_into_and_all_its_feedback_items_count_there(cast: Any):
    one, two = (
        make_problem(make_feedback_items(cast, PAYING[:2])),
        make_problem(make_feedback_items(cast, PAYING[2:]), "支付一直转圈"),
    )
    third = make_problem([make_feedback(cast, WHITE[0])], "白屏")
    third.merge(two, by=cast["chen"], reason="同一次故障")
    two.refresh_from_db()
    two.merge(one, by=cast["chen"], reason="同一个问题")
    one.refresh_from_db()
    assert one.size == 4
    assert {Problem.objects.get(pk=t.pk).survivor for t in (one, two, third)} == {one}
    assert Problem.objects.get(pk=two.pk).size == 0
    assert not find_faults()


@pytest.mark.parametrize("target", ["itself", "dismissed"])
def test_what_a_problem_cannot_be_merged_into(cast: Any, target: str):
    one, two = make_problem(make_feedback_items(cast, PAYING[:2])), make_problem(make_feedback_items(cast, PAYING[2:]))
    two.dismiss(by=cast["chen"], reason="不是问题")
    with pytest.raises(Refused):
        one.merge(one if target == "itself" else two, by=cast["chen"], reason="一样的")


def test_a_part_split_off_is_a_problem_of_its_own_and_neither_takes_the_others_feedback_items_back(cast: Any):
    feedback_items = make_feedback_items(cast, PAYING) + make_feedback_items(cast, WHITE)
    one = make_problem(feedback_items)
    other = one.split(feedback_items[3:], by=cast["chen"], title="对账单白屏", reason="两件事")
    one.refresh_from_db()
    assert members(other) == {v.pk for v in feedback_items[3:]}
    assert (one.size, other.size, other.status) == (3, 2, "confirmed")
    barred = set(Exclusion.objects.values_list("problem", "feedback"))
    assert barred == {(one.pk, v.pk) for v in feedback_items[3:]} | {(other.pk, v.pk) for v in feedback_items[:3]}


@pytest.mark.parametrize("part", ["none", "all"])
def test_none_and_all_is_no_part(cast: Any, part: str):
    feedback_items = make_feedback_items(cast, PAYING)
    one = make_problem(feedback_items)
    with pytest.raises(Refused):
        one.split(feedback_items if part == "all" else [], by=cast["chen"], title="", reason="两件事")


def test_a_feedback_item_taken_out_is_barred_until_a_person_puts_it_back(cast: Any):
    feedback_items = make_feedback_items(cast, PAYING)
    one = make_problem(feedback_items)
    one.exclude(feedback_items[0], by=cast["chen"], reason="说的是退款")
    assert Problem.objects.get().size == 2
    assert Exclusion.objects.filter(problem=one, feedback=feedback_items[0]).exists()
    one.add(feedback_items[0], by=cast["chen"])
    assert Problem.objects.get().size == 3
    assert not Exclusion.objects.exists()
    assert Member.objects.get(feedback=feedback_items[0]).how == "person"


def test_a_feedback_item_is_in_one_problem_at_a_time(cast: Any):
    one, two = make_problem(make_feedback_items(cast, PAYING)), make_problem(make_feedback_items(cast, WHITE), "白屏")
    feedback = one.members.first().feedback
    two.add(feedback, by=cast["chen"])
    one.refresh_from_db()
    assert (one.size, Problem.objects.get(pk=two.pk).size) == (2, 3)


def test_what_is_set_aside_keeps_its_feedback_items_and_can_be_taken_up_again(cast: Any):
    one = make_problem(make_feedback_items(cast, PAYING))
    with pytest.raises(Refused):
        one.dismiss(by=cast["chen"], reason="")
    one.dismiss(by=cast["chen"], reason="活动期间的好评")
    assert not Problem.objects.active().exists()
    assert Member.objects.count() == 3
    one.revive(by=cast["chen"], reason="又出现了")
    assert Problem.objects.active().get().status == "proposed"


def test_an_invalid_feedback_item_leaves_its_problem(cast: Any):
    feedback_items = make_feedback_items(cast, PAYING)
    one = make_problem(feedback_items)
    feedback_items[0].void(by=cast["chen"], reason="测试")
    one.refresh_from_db()
    assert one.size == 2


def test_a_repeat_stays_with_the_problem_it_counts_for(cast: Any):
    feedback_items = [make_feedback(cast, text, account="lanjing") for text in PAYING]
    one = make_problem(feedback_items)
    Merge.make(feedback_items[1], feedback_items[0], by=cast["chen"])
    one.refresh_from_db()
    assert one.size == 3


def test_feedback_items_withdrawn_with_their_import_leave_their_problem(cast: Any):
    feedback_items = make_feedback_items(cast, PAYING)
    one = make_problem(feedback_items)
    FEEDBACK.move_many(feedback_items[:2], "withdraw", by=cast["chen"].actor, batch="DR-1")
    one.refresh_from_db()
    assert one.size == 1
