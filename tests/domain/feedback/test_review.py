"""Disputes are ruled on together, in a meeting, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.audit.models import Event
from bihuan.core.errors import Refused
from bihuan.feedback.models import Dispute, Feedback, ReviewMeeting
from tests.domain.feedback.feedback_samples import LABELS, make_feedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispute(cast: Any) -> Dispute:
    return Dispute.open(make_feedback(cast), by=cast["lin"], reason="像使用不当，不像缺陷")


def test_a_dispute_needs_a_reason_and_is_opened_once(cast: Any):
    feedback = make_feedback(cast)
    with pytest.raises(Refused):
        Dispute.open(feedback, by=cast["lin"], reason=" ")
    assert Dispute.open(feedback, by=cast["lin"], reason="分不清") == Dispute.open(
        feedback, by=cast["chen"], reason="也分不清"
    )
    assert Feedback.objects.get(pk=feedback.pk).status == "disputed"


def test_a_meeting_rules_and_the_feedback_item_is_triaged_with_its_labels(cast: Any, dispute: Dispute):
    meeting = ReviewMeeting.hold(by=cast["chen"], people=[cast["chen"], cast["wang"]])
    dispute.rule(by=cast["chen"], meeting=meeting, ruling="按功能缺陷处理", labels=LABELS)
    feedback = Feedback.objects.get(pk=dispute.feedback_id)
    assert (feedback.status, feedback.problem_type, feedback.scope) == ("triaged", "defect", "individual")
    assert feedback.labellings.get().reason == "按功能缺陷处理"
    assert Event.objects.filter(kind="review.ruled", subject_id=meeting.pk).exists()


def test_one_person_is_no_meeting(cast: Any):
    with pytest.raises(Refused):
        ReviewMeeting.hold(by=cast["chen"], people=[cast["chen"], cast["lin"]])


def test_a_dispute_is_not_ruled_outside_a_meeting_or_by_somebody_who_is_not_in_it(cast: Any, dispute: Dispute):
    meeting = ReviewMeeting.hold(by=cast["chen"], people=[cast["chen"], cast["wang"]])
    for who, where in ((cast["chen"], None), (cast["liu"], meeting)):
        with pytest.raises(Refused):
            dispute.rule(by=who, meeting=where, ruling="缺陷", labels=LABELS)
    assert Feedback.objects.get(pk=dispute.feedback_id).status == "disputed"


def test_yesterdays_meeting_rules_nothing_today(cast: Any, dispute: Dispute, at: Any):
    at("2026-11-22 14:05")
    meeting = ReviewMeeting.hold(by=cast["chen"], people=[cast["chen"], cast["wang"]])
    at("2026-11-23 09:00")
    with pytest.raises(Refused):
        dispute.rule(by=cast["chen"], meeting=meeting, ruling="缺陷", labels=LABELS)


@pytest.mark.parametrize(("ruling", "labels"), [(" ", LABELS), ("缺陷", {**LABELS, "scope": ""})])
def test_a_ruling_has_words_and_three_labels(cast: Any, dispute: Dispute, ruling: str, labels: dict[str, str]):
    meeting = ReviewMeeting.hold(by=cast["chen"], people=[cast["chen"], cast["wang"]])
    with pytest.raises(Refused):
        dispute.rule(by=cast["chen"], meeting=meeting, ruling=ruling, labels=labels)


def test_somebody_who_comes_later_joins_todays_meeting(cast: Any):
    first = ReviewMeeting.hold(by=cast["chen"], people=[cast["chen"], cast["wang"]])
    again = ReviewMeeting.hold(by=cast["chen"], people=[cast["chen"], cast["wang"], cast["liu"]])
    assert first == again
    assert again.people.count() == 3
    assert Event.objects.filter(kind="review.held").count() == 2
