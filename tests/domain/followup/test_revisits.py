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
from bihuan.deadlines.models import Clock
from bihuan.demo.sample_followups import finish, in_work
from bihuan.execution.models import Task
from bihuan.feedback.models import Feedback
from bihuan.followup import followup_choices
from bihuan.followup.evaluations import Evaluation
from bihuan.followup.followup_calls import Revisit

pytestmark = pytest.mark.django_db
Cast = dict[str, Any]
GOOD = {"channel": "phone", "solved": True, "met": "yes", "score": 5}


def test_the_revisit_is_due_on_the_third_working_day(revisit: Revisit):
    assert f"{revisit.due:%Y-%m-%d}" == "2026-11-26"
    assert revisit.provisional is False
    assert Clock.objects.get(case=revisit.case, milestone="revisit").due == revisit.due


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
    case = in_work(cast, "导出慢")
    finish(case)
    assert f"{Revisit.of(case).due:%Y-%m-%d}" == due


def test_a_due_day_in_a_year_whose_holidays_are_unknown_is_marked_so(cast: Cast, at: Any):
    at("2030-03-04 10:00")
    case = in_work(cast, "导出慢")
    finish(case)
    assert Revisit.of(case).provisional is True


def test_solved_and_content_goes_on_to_the_evaluation(case: Case, revisit: Revisit, cast: Cast):
    revisit.answer(by=cast["chen"], **GOOD)
    case.refresh_from_db()
    assert case.status == "evaluating"
    assert Evaluation.of(case).satisfaction == 5
    assert Clock.objects.get(case=case, milestone="revisit").met_at


def test_without_goals_it_is_ready_for_the_archive(plain: Case, cast: Cast):
    Revisit.of(plain).answer(by=cast["chen"], **GOOD)
    plain.refresh_from_db()
    assert plain.status == "revisiting"


@pytest.mark.parametrize(
    ("solved", "score", "again"),
    [(True, 5, False), (True, 3, False), (True, 2, True), (True, 1, True), (False, 5, True), (False, 1, True)],
)
def test_not_solved_or_a_score_up_to_two_opens_the_next_round(
    solved: bool, score: int, again: bool, case: Case, revisit: Revisit, cast: Cast
):
    revisit.answer(by=cast["chen"], channel="phone", solved=solved, met="partly", score=score)
    case.refresh_from_db()
    assert (case.status == "diagnosing", case.round) == (again, 2 if again else 1)


def test_the_next_round_keeps_the_first_and_begins_new_clocks(case: Case, revisit: Revisit, cast: Cast, at: Any):
    before = {t.pk for t in Task.objects.present(case)}
    at("2026-11-25 09:00")
    revisit.answer(by=cast["chen"], channel="phone", solved=True, met="partly", score=2, comment="还是慢")
    case.refresh_from_db()
    assert case.round == 2
    assert {t.pk for t in Task.objects.filter(case=case, round=1)} == before
    assert not Task.objects.present(case).exists()
    assert Revisit.objects.get(case=case, round=1).comment == "还是慢"
    assert case.analyses.get(round=1).causes.exists()
    assert case.plans.get(round=1).status == "done"
    reason = next(e.sentence for e in timeline.entries([case.trail]) if "第 2 轮" in e.sentence.to("zh"))
    assert "评分只有 2" in reason.to("zh")
    assert "a score of 2" in reason.to("en")
    assert Revisit.of(case) is None


def test_a_rated_case_begins_the_clocks_of_its_level_anew(monday: Any, cast: Cast, at: Any):
    case = in_work(cast, "导出慢")
    finish(case)
    assert Clock.objects.live(case).get(milestone="resolve").met_at
    Revisit.of(case).answer(by=cast["chen"], channel="phone", solved=False, met="no", score=1)
    case.refresh_from_db()
    anew = Clock.objects.live(case)
    assert {c.round for c in anew} == {2}
    assert anew.get(milestone="resolve").met_at is None
    assert not anew.filter(milestone="revisit").exists()


def test_a_round_is_answered_once(revisit: Revisit, plain: Case, cast: Cast):
    revisit.answer(by=cast["chen"], **GOOD)
    with pytest.raises(Refused) as no:
        revisit.answer(by=Actor.public(), **(GOOD | {"channel": "link", "score": 1}))
    assert "已经回访过" in no.value.reason.zh
    assert Revisit.objects.get(pk=revisit.pk).score == 5


@pytest.mark.parametrize("missing", ["solved", "met", "score"])
def test_all_three_questions_need_an_answer(missing: str, revisit: Revisit, cast: Cast):
    with pytest.raises(Refused):
        revisit.answer(by=cast["chen"], **(GOOD | {missing: None}))


@pytest.mark.parametrize("score", [0, 6, -1, 99])
def test_a_score_is_one_to_five_for_the_verb_and_the_database(score: int, revisit: Revisit, cast: Cast):
    with pytest.raises(Refused):
        revisit.answer(by=cast["chen"], **(GOOD | {"score": score}))
    if score >= 0:
        with pytest.raises(IntegrityError), transaction.atomic():
            Revisit.objects.filter(pk=revisit.pk).update(score=score)


def test_no_score_is_preset_anywhere(revisit: Revisit):
    assert (revisit.score, revisit.solved, revisit.met) == (None, None, "")
    assert Revisit._meta.get_field("score").default is not None  # django's NOT_PROVIDED
    assert not Revisit._meta.get_field("score").has_default()


def test_who_did_the_work_does_not_record_its_score(revisit: Revisit, cast: Cast):
    for act in (lambda: revisit.answer(by=cast["lin"], **GOOD), lambda: revisit.attempt(by=cast["lin"]), lambda: revisit.ask(by=cast["lin"])):  # fmt: skip
        with pytest.raises(Refused) as no:
            act()
        assert "自己" in no.value.reason.zh
    for who in ("wu", "gao"):
        with pytest.raises(Refused):
            revisit.answer(by=cast[who], **GOOD)


def test_a_customer_who_refused_contact_is_exempt_and_never_called(monday: Any, cast: Cast):
    contact = Contact.keep("13900000001", customer=None, by=cast["chen"].actor)
    contact.do_not_contact = True
    contact.save(update_fields=["do_not_contact"])
    case = in_work(cast, "导出慢", contact=contact)
    finish(case)
    revisit = Revisit.of(case)
    assert (revisit.status, revisit.reason) == ("exempt", "客户要求不要联系")
    assert case.status == "evaluating"
    for act in (lambda: revisit.answer(by=cast["chen"], **GOOD), lambda: revisit.attempt(by=cast["chen"]), lambda: revisit.ask(by=cast["chen"])):  # fmt: skip
        with pytest.raises(Refused):
            act()


def test_contact_refused_later_stops_the_calls_too(monday: Any, cast: Cast):
    contact = Contact.keep("13900000001", customer=None, by=cast["chen"].actor)
    case = in_work(cast, "导出慢", contact=contact)
    finish(case)
    Contact.objects.filter(pk=contact.pk).update(do_not_contact=True)
    with pytest.raises(Refused) as no:
        Revisit.of(case).answer(by=cast["chen"], **GOOD)
    assert "不要联系" in no.value.reason.zh


def test_an_exemption_is_the_supervisors_and_has_its_reason(plain: Case, cast: Cast):
    revisit = Revisit.of(plain)
    with pytest.raises(Refused):
        revisit.exempt(by=cast["zhao"], reason="太忙")
    with pytest.raises(Refused):
        revisit.exempt(by=cast["chen"], reason=" ")
    revisit.exempt(by=cast["chen"], reason="客户公司已注销")
    assert Revisit.of(plain).status == "exempt"


def test_not_reached_three_times_may_be_given_up(plain: Case, cast: Cast):
    revisit = Revisit.of(plain)
    for left in (3, 2, 1):
        with pytest.raises(Refused) as no:
            revisit.give_up(by=cast["chen"])
        assert f"再试 {left} 次" in str(no.value.reason)
        revisit.attempt(by=cast["chen"], note="占线")
    revisit.give_up(by=cast["chen"])
    assert (revisit.status, revisit.attempts.count()) == ("unreachable", 3)
    revisit.answer(by=Actor.public(), **(GOOD | {"channel": "link"}))
    assert revisit.status == "done", "the customer may still answer before the archive"


def test_a_comment_becomes_a_voice_of_its_own(plain: Case, cast: Cast):
    revisit = Revisit.of(plain)
    revisit.answer(by=Actor.public(), **(GOOD | {"channel": "link", "comment": "希望能批量导出"}))
    voice = Feedback.objects.get(source="survey")
    assert (voice.text, voice.channel, voice.score, voice.customer) == ("希望能批量导出", "survey", 5, plain.customer)
    assert any(voice.number in e.sentence.to("zh") for e in timeline.entries([plain.trail]))


def test_a_link_is_found_by_its_word_only_and_a_new_one_kills_the_old(revisit: Revisit, cast: Cast, at: Any):
    first = revisit.ask(by=cast["chen"])
    second = revisit.ask(by=cast["chen"])
    assert first not in str(Revisit.objects.values().get(pk=revisit.pk)), "only its hash is stored"
    assert Revisit.objects.behind(first) is None
    found = Revisit.objects.behind(second)
    assert found == revisit
    assert not found.link_is_over
    at("2026-12-24 10:00")
    assert found.link_is_over


def test_a_word_made_for_another_purpose_opens_nothing(revisit: Revisit, cast: Cast):
    word = revisit.ask(by=cast["chen"])
    assert len(word) >= 43, "256 bits"
    for wrong in ("", word[:-1], word + "a", word.swapcase(), "\ud800", "0" * 43):
        assert Revisit.objects.behind(wrong) is None


@given(score=st.sampled_from(sorted(followup_choices.SCORES)), solved=st.booleans())
def test_it_asks_again_exactly_when_unsolved_or_low(score: int, solved: bool):
    assert Revisit(score=score, solved=solved).asks_again == (not solved or score <= 2)


def test_a_revisit_left_waiting_lapses_when_a_supervisor_reopens(case: Case, revisit: Revisit, cast: Cast):
    case.reopen(by=cast["chen"], reason="客户来电说还没好")
    revisit.refresh_from_db()
    assert revisit.status == "lapsed"
    assert not Revisit.objects.pending().exists()
