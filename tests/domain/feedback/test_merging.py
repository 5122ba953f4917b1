"""A repeat goes under its first telling, counts stay, and every merge can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.audit.models import Event
from bihuan.audit.verification import find_faults
from bihuan.core.errors import Refused
from bihuan.feedback.models import Feedback, Labelling
from bihuan.feedback.models.merge import Merge, survivor, with_times
from tests.domain.feedback.feedback_samples import LABELS, make_feedback

pytestmark = pytest.mark.django_db


def times(feedback: Feedback) -> int:
    return with_times(Feedback.objects.filter(pk=feedback.pk)).get().times  # type: ignore[attr-defined]


def test_a_merge_keeps_both_rows_and_counts_both(cast: Any):
    first, again = make_feedback(cast, account="lanjing"), make_feedback(cast, "还是闪退", "lanjing")
    Merge.make(again, first, by=cast["lin"])
    again.refresh_from_db()
    assert (again.status, survivor(again)) == ("merged", first)
    assert again.text == "还是闪退"
    assert times(first) == 2
    kinds = Event.objects.filter(subject_kind="feedback", subject_id__in=(first.pk, again.pk)).values_list(
        "kind", flat=1
    )
    assert {"feedback.merged", "feedback.took_in"} <= set(kinds)


def test_the_survivor_is_the_one_chosen(cast: Any):
    first, again = make_feedback(cast, account="lanjing"), make_feedback(cast, account="lanjing")
    Merge.make(first, again, by=cast["lin"])
    assert survivor(Feedback.objects.get(pk=first.pk)) == again


def test_a_merged_of_a_merged_leads_to_the_last_survivor(cast: Any):
    one, two, three = (make_feedback(cast, account="lanjing") for _ in range(3))
    Merge.make(one, two, by=cast["lin"])
    Merge.make(two, three, by=cast["lin"])
    assert {survivor(v) for v in Feedback.objects.filter(pk__in=(one.pk, two.pk))} == {three}
    assert times(three) == 3
    late = make_feedback(cast, account="lanjing")
    Merge.make(late, Feedback.objects.get(pk=one.pk), by=cast["lin"])
    assert survivor(Feedback.objects.get(pk=late.pk)) == three


def test_merging_twice_is_once(cast: Any):
    first, again = make_feedback(cast, account="lanjing"), make_feedback(cast, account="lanjing")
    assert Merge.make(again, first, by=cast["lin"]) == Merge.make(again, first, by=cast["lin"])
    assert Merge.objects.count() == 1


def test_an_undone_merge_restores_the_status_and_says_why(cast: Any):
    first, again = make_feedback(cast, account="lanjing"), make_feedback(cast, account="lanjing")
    Labelling.give(again, LABELS, by=cast["lin"])
    merge = Merge.make(again, first, by=cast["lin"])
    with pytest.raises(Refused):
        merge.undo(by=cast["lin"], reason="  ")
    merge.undo(by=cast["lin"], reason="不是同一个订单")
    again.refresh_from_db()
    assert (again.status, again.merged_into, again.urgency) == ("triaged", None, "important")
    assert times(first) == 1
    events = Event.objects.filter(kind="feedback.unmerged")
    assert events.get().details["reason"] == "不是同一个订单"


def refusal(feedback: Feedback, into: Feedback, by: Any) -> str:
    with pytest.raises(Refused) as no:
        Merge.make(feedback, into, by=by)
    assert Merge.objects.filter(feedback=feedback, undone_at=None).count() == 0
    return no.value.reason.zh


def test_merging_across_customers_is_refused_and_points_to_the_scope(cast: Any):
    assert "普遍问题" in refusal(
        make_feedback(cast, account="lanjing"), make_feedback(cast, account="chenxi"), cast["lin"]
    )


def test_an_anonymous_feedback_item_does_not_join_two_customers(cast: Any):
    anonymous, one, two = (
        make_feedback(cast),
        make_feedback(cast, account="lanjing"),
        make_feedback(cast, account="chenxi"),
    )
    Merge.make(one, anonymous, by=cast["lin"])
    assert "客户不同" in refusal(two, anonymous, cast["lin"])


def test_a_feedback_item_is_not_merged_into_itself_or_its_own_repeat(cast: Any):
    first, again = make_feedback(cast, account="lanjing"), make_feedback(cast, account="lanjing")
    assert refusal(first, first, cast["lin"])
    Merge.make(again, first, by=cast["lin"])
    assert refusal(first, Feedback.objects.get(pk=again.pk), cast["lin"])


def test_nothing_is_merged_into_an_invalid_feedback_item(cast: Any):
    first, again = make_feedback(cast, account="lanjing"), make_feedback(cast, account="lanjing")
    first.move("void", by=cast["lin"].actor, reason="测试")
    assert refusal(again, Feedback.objects.get(pk=first.pk), cast["lin"])


@given(acts=st.lists(st.tuples(st.sampled_from(["merge", "undo"]), st.integers(0, 5), st.integers(0, 5)), max_size=14))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_merges_and_undos_keeps_every_count(cast: Any, acts: list[tuple[str, int, int]]):
    with transaction.atomic():
        _play(cast, acts)
        transaction.set_rollback(True)


def _play(cast: Any, acts: list[tuple[str, int, int]]) -> None:
    """Plays the acts beside a plain model (who went into whom) and compares after each."""
    pks = [make_feedback(cast, account="lanjing").pk for _ in range(6)]
    parent: dict[int, int] = {}

    def root(pk: int) -> int:
        while pk in parent:
            pk = parent[pk]
        return pk

    for act, a, b in acts:
        feedback, into = (Feedback.objects.get(pk=pks[n]) for n in (a, b))
        if act == "merge":
            allowed = feedback.pk not in parent and root(into.pk) != feedback.pk
            target = root(into.pk)
            try:
                Merge.make(feedback, into, by=cast["lin"])
                assert allowed or parent.get(feedback.pk) == target
                parent.setdefault(feedback.pk, target)
            except Refused:
                assert not allowed
        elif merge := Merge.objects.filter(feedback=feedback, undone_at=None).first():
            merge.undo(by=cast["lin"], reason="重新核对")
            del parent[feedback.pk]
        assert {v.pk: survivor(v).pk for v in Feedback.objects.filter(pk__in=pks)} == {pk: root(pk) for pk in pks}
    for merge in Merge.objects.filter(undone_at=None):
        merge.undo(by=cast["lin"], reason="全部撤销")
    assert list(Feedback.objects.filter(pk__in=pks).values_list("status", "merged_into")) == [("new", None)] * 6
    assert find_faults() == []
