"""What people teach about a problem stays: confirmed, renamed, merged, split, put in, taken out, set aside."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.audit.event_log import faults
from bihuan.audit.models import Fact
from bihuan.core.errors import Refused, Stale
from bihuan.feedback.merging import Merge
from bihuan.feedback.models import FLOW as VOICES
from bihuan.findings.models import Exclusion, Member, Topic
from tests.domain.feedback.voices import said
from tests.domain.findings.voices import PAYING, WHITE, told, topic

pytestmark = pytest.mark.django_db


def members(one: Topic) -> set[int]:
    return set(one.members.values_list("feedback", flat=True))


def kinds(one: Topic) -> list[str]:
    return list(
        Fact.objects.filter(subject_kind="topic", subject_id=one.pk).order_by("seq").values_list("kind", flat=True)
    )


def test_a_problem_found_has_a_number_its_size_and_its_days(cast: Any, at: Any):
    at("2026-11-20 10:00")
    voices = told(cast, PAYING[:2])
    at("2026-11-21 10:00")
    voices += told(cast, PAYING[2:])
    one = topic(voices)
    assert one.number == "GX-2026-001"
    assert (one.size, one.status) == (3, "proposed")
    assert [one.first_at, one.last_at] == [voices[0].received_at, voices[-1].received_at]
    assert kinds(one) == ["topic.found"]


def test_confirming_is_said_once(cast: Any):
    one = topic(told(cast, PAYING))
    one.confirm(by=cast["chen"])
    one.confirm(by=cast["chen"])
    assert kinds(one) == ["topic.found", "topic.confirmed"]


def test_a_name_of_a_person_stays_and_a_stale_one_is_refused(cast: Any):
    one = topic(told(cast, PAYING))
    seen = one.version
    one.rename(by=cast["chen"], title="收银台支付超时", seen=seen)
    assert Topic.objects.get().titled_by == cast["chen"].actor
    with pytest.raises(Stale):
        one.rename(by=cast["xu"], title="支付问题", seen=seen)
    with pytest.raises(Refused):
        one.rename(by=cast["chen"], title=" ")


def test_a_merged_problem_leads_to_the_one_it_went_into_and_all_its_voices_count_there(cast: Any):
    one, two = topic(told(cast, PAYING[:2])), topic(told(cast, PAYING[2:]), "支付一直转圈")
    third = topic([said(cast, WHITE[0])], "白屏")
    third.merge(two, by=cast["chen"], reason="同一次故障")
    two.refresh_from_db()
    two.merge(one, by=cast["chen"], reason="同一个问题")
    one.refresh_from_db()
    assert one.size == 4
    assert {Topic.objects.get(pk=t.pk).survivor for t in (one, two, third)} == {one}
    assert Topic.objects.get(pk=two.pk).size == 0
    assert not faults()


@pytest.mark.parametrize("target", ["itself", "dismissed"])
def test_what_a_problem_cannot_be_merged_into(cast: Any, target: str):
    one, two = topic(told(cast, PAYING[:2])), topic(told(cast, PAYING[2:]))
    two.dismiss(by=cast["chen"], reason="不是问题")
    with pytest.raises(Refused):
        one.merge(one if target == "itself" else two, by=cast["chen"], reason="一样的")


def test_a_part_split_off_is_a_problem_of_its_own_and_neither_takes_the_others_voices_back(cast: Any):
    voices = told(cast, PAYING) + told(cast, WHITE)
    one = topic(voices)
    other = one.split(voices[3:], by=cast["chen"], title="对账单白屏", reason="两件事")
    one.refresh_from_db()
    assert members(other) == {v.pk for v in voices[3:]}
    assert (one.size, other.size, other.status) == (3, 2, "confirmed")
    barred = set(Exclusion.objects.values_list("topic", "feedback"))
    assert barred == {(one.pk, v.pk) for v in voices[3:]} | {(other.pk, v.pk) for v in voices[:3]}


@pytest.mark.parametrize("part", ["none", "all"])
def test_none_and_all_is_no_part(cast: Any, part: str):
    voices = told(cast, PAYING)
    one = topic(voices)
    with pytest.raises(Refused):
        one.split(voices if part == "all" else [], by=cast["chen"], title="", reason="两件事")


def test_a_voice_taken_out_is_barred_until_a_person_puts_it_back(cast: Any):
    voices = told(cast, PAYING)
    one = topic(voices)
    one.not_this(voices[0], by=cast["chen"], reason="说的是退款")
    assert Topic.objects.get().size == 2
    assert Exclusion.objects.filter(topic=one, feedback=voices[0]).exists()
    one.put(voices[0], by=cast["chen"])
    assert Topic.objects.get().size == 3
    assert not Exclusion.objects.exists()
    assert Member.objects.get(feedback=voices[0]).how == "person"


def test_a_voice_is_in_one_problem_at_a_time(cast: Any):
    one, two = topic(told(cast, PAYING)), topic(told(cast, WHITE), "白屏")
    voice = one.members.first().feedback
    two.put(voice, by=cast["chen"])
    one.refresh_from_db()
    assert (one.size, Topic.objects.get(pk=two.pk).size) == (2, 3)


def test_what_is_set_aside_keeps_its_voices_and_can_be_taken_up_again(cast: Any):
    one = topic(told(cast, PAYING))
    with pytest.raises(Refused):
        one.dismiss(by=cast["chen"], reason="")
    one.dismiss(by=cast["chen"], reason="活动期间的好评")
    assert not Topic.objects.standing().exists()
    assert Member.objects.count() == 3
    one.revive(by=cast["chen"], reason="又出现了")
    assert Topic.objects.standing().get().status == "proposed"


def test_an_invalid_voice_leaves_its_problem(cast: Any):
    voices = told(cast, PAYING)
    one = topic(voices)
    voices[0].void(by=cast["chen"], reason="测试")
    one.refresh_from_db()
    assert one.size == 2


def test_a_repeat_stays_with_the_problem_it_counts_for(cast: Any):
    voices = [said(cast, text, account="lanjing") for text in PAYING]
    one = topic(voices)
    Merge.make(voices[1], voices[0], by=cast["chen"])
    one.refresh_from_db()
    assert one.size == 3


def test_voices_withdrawn_with_their_import_leave_their_problem(cast: Any):
    voices = told(cast, PAYING)
    one = topic(voices)
    VOICES.move_many(voices[:2], "withdraw", by=cast["chen"].actor, batch="DR-1")
    one.refresh_from_db()
    assert one.size == 1
