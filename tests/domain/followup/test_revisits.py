"""The customer is asked once a round, by phone or link, never by who did the work, never who refused contact."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from bihuan.audit import timeline
from bihuan.audit.models import Actor
from bihuan.cases.models import Case
from bihuan.core.errors import Refused
from bihuan.customers.models import Contact
from bihuan.deadlines.models import Deadline
from bihuan.demo.sample_followups import case_in_progress, finish
from bihuan.execution.models import Task
from bihuan.feedback.models import Feedback
from bihuan.followup import followup_choices
from bihuan.followup.evaluations import Evaluation
from bihuan.followup.followup_calls import FollowUp

pytestmark = pytest.mark.django_db
Cast = dict[str, Any]
GOOD = {"channel": "phone", "solved": True, "met": "yes", "score": 5}


def test_the_followup_is_due_on_the_third_working_day(followup: FollowUp):
    assert f"{followup.due:%Y-%m-%d}" == "2026-11-26"
    assert followup.provisional is False
    assert Deadline.objects.get(case=followup.case, milestone="followup").due == followup.due


@pytest.mark.parametrize(
    ("finished", "due"),
    [
        ("2022-09-30 17:00", "2022-10-10"),  # F-11: holiday 1-7 October, Saturday 8 and Sunday 9 are worked
        ("2026-11-27 17:00", "2026-12-02"),  # a Friday: Monday, Tuesday, Wednesday
        ("2026-11-28 09:00", "2026-12-02"),  # a Saturday
    ],
)
def test_three_working_days_cross_weekends_and_make_up_days(finished: str, due: str, cast: Cast, at: Any):
    at(finished)
    case = case_in_progress(cast, "导出慢")
    finish(case)
    assert f"{FollowUp.of(case).due:%Y-%m-%d}" == due


def test_a_due_day_in_a_year_whose_holidays_are_unknown_is_marked_so(cast: Cast, at: Any):
    at("2030-03-04 10:00")
    case = case_in_progress(cast, "导出慢")
    finish(case)
    assert FollowUp.of(case).provisional is True


def test_solved_and_content_goes_on_to_the_evaluation(case: Case, followup: FollowUp, cast: Cast):
    followup.answer(by=cast["chen"], **GOOD)
    case.refresh_from_db()
    assert case.status == "evaluating"
    assert Evaluation.of(case).satisfaction == 5
    assert Deadline.objects.get(case=case, milestone="followup").met_at


def test_without_goals_it_is_ready_for_the_archive(plain: Case, cast: Cast):
    FollowUp.of(plain).answer(by=cast["chen"], **GOOD)
    plain.refresh_from_db()
    assert plain.status == "following_up"


@pytest.mark.parametrize(
    ("solved", "score", "again"),
    [(True, 5, False), (True, 3, False), (True, 2, True), (True, 1, True), (False, 5, True), (False, 1, True)],
)
def test_not_solved_or_a_score_up_to_two_opens_the_next_round(
    solved: bool, score: int, again: bool, case: Case, followup: FollowUp, cast: Cast
):
    followup.answer(by=cast["chen"], channel="phone", solved=solved, met="partly", score=score)
    case.refresh_from_db()
    assert (case.status == "diagnosing", case.round) == (again, 2 if again else 1)


def test_the_next_round_keeps_the_first_and_begins_new_deadlines(case: Case, followup: FollowUp, cast: Cast, at: Any):
    before = {t.pk for t in Task.objects.present(case)}
    at("2026-11-25 09:00")
    followup.answer(by=cast["chen"], channel="phone", solved=True, met="partly", score=2, comment="还是慢")
    case.refresh_from_db()
    assert case.round == 2
    assert {t.pk for t in Task.objects.filter(case=case, round=1)} == before
    assert not Task.objects.present(case).exists()
    assert FollowUp.objects.get(case=case, round=1).comment == "还是慢"
    assert case.analyses.get(round=1).causes.exists()
    assert case.plans.get(round=1).status == "done"
    reason = next(e.sentence for e in timeline.entries([case.timeline]) if "第 2 轮" in e.sentence.to("zh"))
    assert "评分只有 2" in reason.to("zh")
    assert "a score of 2" in reason.to("en")
    assert FollowUp.of(case) is None


def test_a_rated_case_begins_the_deadlines_of_its_level_anew(monday: Any, cast: Cast, at: Any):
    case = case_in_progress(cast, "导出慢")
    finish(case)
    assert Deadline.objects.live(case).get(milestone="resolve").met_at
    FollowUp.of(case).answer(by=cast["chen"], channel="phone", solved=False, met="no", score=1)
    case.refresh_from_db()
    anew = Deadline.objects.live(case)
    assert {c.round for c in anew} == {2}
    assert anew.get(milestone="resolve").met_at is None
    assert not anew.filter(milestone="followup").exists()


def test_a_round_is_answered_once(followup: FollowUp, plain: Case, cast: Cast):
    followup.answer(by=cast["chen"], **GOOD)
    with pytest.raises(Refused) as no:
        followup.answer(by=Actor.public(), **(GOOD | {"channel": "link", "score": 1}))
    assert "已经回访过" in no.value.reason.zh
    assert FollowUp.objects.get(pk=followup.pk).score == 5


@pytest.mark.parametrize("missing", ["solved", "met", "score"])
def test_all_three_questions_need_an_answer(missing: str, followup: FollowUp, cast: Cast):
    with pytest.raises(Refused):
        followup.answer(by=cast["chen"], **(GOOD | {missing: None}))


@pytest.mark.parametrize("score", [0, 6, -1, 99])
def test_a_score_is_one_to_five_for_the_verb_and_the_database(score: int, followup: FollowUp, cast: Cast):
    with pytest.raises(Refused):
        followup.answer(by=cast["chen"], **(GOOD | {"score": score}))
    if score >= 0:
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUp.objects.filter(pk=followup.pk).update(score=score)


def test_no_score_is_preset_anywhere(followup: FollowUp):
    assert (followup.score, followup.solved, followup.met) == (None, None, "")
    assert FollowUp._meta.get_field("score").default is not None  # django's NOT_PROVIDED
    assert not FollowUp._meta.get_field("score").has_default()


def test_who_did_the_work_does_not_record_its_score(followup: FollowUp, cast: Cast):
    for act in (lambda: followup.answer(by=cast["lin"], **GOOD), lambda: followup.log_attempt(by=cast["lin"]), lambda: followup.create_survey_link(by=cast["lin"])):  # fmt: skip
        with pytest.raises(Refused) as no:
            act()
        assert "自己" in no.value.reason.zh
    for who in ("wu", "gao"):
        with pytest.raises(Refused):
            followup.answer(by=cast[who], **GOOD)


def test_a_customer_who_refused_contact_is_exempt_and_never_called(monday: Any, cast: Cast):
    contact = Contact.get_or_create("13900000001", customer=None, by=cast["chen"].actor)
    contact.do_not_contact = True
    contact.save(update_fields=["do_not_contact"])
    case = case_in_progress(cast, "导出慢", contact=contact)
    finish(case)
    followup = FollowUp.of(case)
    assert (followup.status, followup.reason) == ("exempt", "客户要求不要联系")
    assert case.status == "evaluating"
    for act in (lambda: followup.answer(by=cast["chen"], **GOOD), lambda: followup.log_attempt(by=cast["chen"]), lambda: followup.create_survey_link(by=cast["chen"])):  # fmt: skip
        with pytest.raises(Refused):
            act()


def test_contact_refused_later_stops_the_calls_too(monday: Any, cast: Cast):
    contact = Contact.get_or_create("13900000001", customer=None, by=cast["chen"].actor)
    case = case_in_progress(cast, "导出慢", contact=contact)
    finish(case)
    Contact.objects.filter(pk=contact.pk).update(do_not_contact=True)
    with pytest.raises(Refused) as no:
        FollowUp.of(case).answer(by=cast["chen"], **GOOD)
    assert "不要联系" in no.value.reason.zh


def test_an_exemption_is_the_supervisors_and_has_its_reason(plain: Case, cast: Cast):
    followup = FollowUp.of(plain)
    with pytest.raises(Refused):
        followup.exempt(by=cast["zhao"], reason="太忙")
    with pytest.raises(Refused):
        followup.exempt(by=cast["chen"], reason=" ")
    followup.exempt(by=cast["chen"], reason="客户公司已注销")
    assert FollowUp.of(plain).status == "exempt"


def test_not_reached_three_times_may_be_given_up(plain: Case, cast: Cast):
    followup = FollowUp.of(plain)
    for left in (3, 2, 1):
        with pytest.raises(Refused) as no:
            followup.mark_unreachable(by=cast["chen"])
        assert f"再试 {left} 次" in str(no.value.reason)
        followup.log_attempt(by=cast["chen"], note="占线")
    followup.mark_unreachable(by=cast["chen"])
    assert (followup.status, followup.attempts.count()) == ("unreachable", 3)
    followup.answer(by=Actor.public(), **(GOOD | {"channel": "link"}))
    assert followup.status == "done", "the customer may still answer before the archive"


def test_a_comment_becomes_a_feedback_item_of_its_own(plain: Case, cast: Cast):
    followup = FollowUp.of(plain)
    followup.answer(by=Actor.public(), **(GOOD | {"channel": "link", "comment": "希望能批量导出"}))
    feedback = Feedback.objects.get(source="survey")
    assert (feedback.text, feedback.channel, feedback.score, feedback.customer) == (
        "希望能批量导出",
        "survey",
        5,
        plain.customer,
    )
    assert any(feedback.number in e.sentence.to("zh") for e in timeline.entries([plain.timeline]))


def test_a_link_is_found_by_its_word_only_and_a_new_one_kills_the_old(followup: FollowUp, cast: Cast, at: Any):
    first = followup.create_survey_link(by=cast["chen"])
    second = followup.create_survey_link(by=cast["chen"])
    assert first not in str(FollowUp.objects.values().get(pk=followup.pk)), "only its hash is stored"
    assert FollowUp.objects.by_token(first) is None
    found = FollowUp.objects.by_token(second)
    assert found == followup
    assert not found.is_link_expired
    at("2026-12-24 10:00")
    assert found.is_link_expired


def test_a_word_made_for_another_purpose_opens_nothing(followup: FollowUp, cast: Cast):
    word = followup.create_survey_link(by=cast["chen"])
    assert len(word) >= 43, "256 bits"
    for wrong in ("", word[:-1], word + "a", word.swapcase(), "\ud800", "0" * 43):
        assert FollowUp.objects.by_token(wrong) is None


@given(score=st.sampled_from(sorted(followup_choices.SCORES)), solved=st.booleans())
def test_it_asks_again_exactly_when_unsolved_or_low(score: int, solved: bool):
    assert FollowUp(score=score, solved=solved).needs_another_round == (not solved or score <= 2)


def test_a_followup_left_waiting_lapses_when_a_supervisor_reopens(case: Case, followup: FollowUp, cast: Cast):
    case.reopen(by=cast["chen"], reason="客户来电说还没好")
    followup.refresh_from_db()
    assert followup.status == "lapsed"
    assert not FollowUp.objects.pending().exists()
