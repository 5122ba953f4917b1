"""Labels are a person's; what the engine had suggested stays beside them."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.audit import timeline
from bihuan.core.errors import Refused, Stale
from bihuan.feedback.models import Dispute, Feedback, Merge
from bihuan.feedback.models.labelling import Labelling, apply_scope
from tests.domain.feedback.feedback_samples import LABELS, make_feedback

pytestmark = pytest.mark.django_db


def test_labelling_sorts_the_feedback_item_and_says_who_and_when(cast: Any, at: Any):
    now = at("2026-11-22 14:05")
    feedback = make_feedback(cast)
    Labelling.give(feedback, LABELS, by=cast["lin"], seen=feedback.version)
    stored = Feedback.objects.get(pk=feedback.pk)
    assert stored.status == "triaged"
    assert {axis: getattr(stored, axis) for axis in LABELS} == LABELS
    assert (stored.labelled_by, stored.labelled_at) == (cast["lin"].actor, now)


@pytest.mark.parametrize("missing", ["problem_type", "scope", "urgency"])
def test_three_labels_are_needed(cast: Any, missing: str):
    feedback = make_feedback(cast)
    with pytest.raises(Refused):
        Labelling.give(feedback, {**LABELS, missing: ""}, by=cast["lin"])
    feedback.refresh_from_db()
    assert feedback.status == "new"


def test_a_label_that_does_not_exist_is_refused(cast: Any):
    with pytest.raises(Refused):
        Labelling.give(make_feedback(cast), {**LABELS, "scope": "galactic"}, by=cast["lin"])


def test_what_was_suggested_and_changed_is_kept(cast: Any):
    feedback = make_feedback(cast)
    shown = {"problem_type": "defect", "scope": "individual", "urgency": "urgent"}
    given = Labelling.give(feedback, LABELS, by=cast["lin"], suggested=shown)
    assert given is not None
    assert given.changed == ["urgency"]
    assert not given.accepted
    other = Labelling.give(make_feedback(cast), LABELS, by=cast["lin"], suggested={**shown, "urgency": "important"})
    assert other is not None
    assert other.accepted


def test_correcting_a_triaged_feedback_item_leaves_a_second_row_and_saying_the_same_again_none(cast: Any):
    feedback = make_feedback(cast)
    Labelling.give(feedback, LABELS, by=cast["lin"])
    Labelling.give(feedback, {**LABELS, "problem_type": "service"}, by=cast["chen"])
    assert Labelling.give(feedback, {**LABELS, "problem_type": "service"}, by=cast["chen"]) is None
    assert [one.labels["problem_type"] for one in feedback.labellings.all()] == ["service", "defect"]


def test_an_edit_of_an_older_version_is_refused(cast: Any):
    feedback = make_feedback(cast)
    seen = feedback.version
    Labelling.give(feedback, LABELS, by=cast["lin"], seen=seen)
    with pytest.raises(Stale):
        Labelling.give(
            Feedback.objects.get(pk=feedback.pk), {**LABELS, "urgency": "normal"}, by=cast["chen"], seen=seen
        )


def test_the_event_names_the_labels_in_both_languages(cast: Any):
    feedback = make_feedback(cast)
    Labelling.give(feedback, LABELS, by=cast["lin"])
    sentence = timeline.entries([feedback.timeline])[0].sentence
    assert "产品功能缺陷、个体问题、重要" in sentence.to("zh")
    assert "Product defect, Individual, Important" in sentence.to("en")


def test_a_disputed_or_merged_feedback_item_is_not_labelled(cast: Any):
    disputed, first, again = (
        make_feedback(cast),
        make_feedback(cast, account="lanjing"),
        make_feedback(cast, account="lanjing"),
    )
    Dispute.open(disputed, by=cast["lin"], reason="像使用不当")
    Merge.make(again, first, by=cast["lin"])
    for feedback in (disputed, again):
        with pytest.raises(Refused):
            Labelling.give(feedback, LABELS, by=cast["lin"])


def test_a_group_is_given_one_scope_and_triaged_and_untriaged_feedback_items_both_keep_their_place(cast: Any):
    rows = [make_feedback(cast, account=a) for a in ("lanjing", "chenxi", "hengyuan")]
    Labelling.give(rows[0], LABELS, by=cast["lin"])
    assert apply_scope(rows, scope="general", by=cast["lin"]) == 3
    assert apply_scope(rows, scope="general", by=cast["lin"]) == 0
    stored = Feedback.objects.filter(pk__in=[r.pk for r in rows]).order_by("id")
    assert [(r.status, r.scope) for r in stored] == [("triaged", "general"), ("new", "general"), ("new", "general")]
