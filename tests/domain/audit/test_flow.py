"""A status moves in one place: checked, versioned, recorded, or refused with nothing changed."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.audit import flow, timeline, transition_table
from bihuan.audit.event_log import record
from bihuan.audit.models import Event
from bihuan.audit.transition_table import Transition, TransitionTable
from bihuan.cases.models import Case
from bihuan.core.errors import Refused, Stale
from bihuan.core.text import Text
from bihuan.feedback import intake
from bihuan.feedback.flow import FLOW
from bihuan.feedback.models import Feedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def feedback(cast: dict[str, Any]) -> Feedback:
    return intake.receive(by=cast["lin"].actor, source="form", key="1", text="付款一直转圈", channel="phone")


def count(row: Any) -> int:
    return Event.objects.filter(subject_kind=row.NOUN, subject_id=row.pk).count()


def test_a_move_saves_status_version_and_event_together(feedback: Feedback):
    event = feedback.move("void", by=feedback.recorder, reason="测试单")
    stored = Feedback.objects.get(pk=feedback.pk)
    assert (stored.status, stored.version) == ("void", 2)
    assert event is not None
    assert event.details == {"from": "new", "to": "void", "reason": "测试单"}
    sentence = timeline.entry(event).sentence
    assert sentence.to("zh") == "判为无效：测试单"
    assert sentence.to("en") == "marked invalid: 测试单"


def test_moving_to_where_it_stands_is_quiet(feedback: Feedback):
    feedback.move("void", by=feedback.recorder, reason="一")
    assert feedback.move("void", by=feedback.recorder, reason="二") is None
    assert count(feedback) == 2


def test_a_refused_move_changes_nothing_and_says_why(feedback: Feedback):
    feedback.move("void", by=feedback.recorder, reason="一")
    with pytest.raises(Refused) as no:
        feedback.move("link", by=feedback.recorder, case="SX-1")
    assert no.value.reason.to("zh") == "现在是「无效」，不能转为事项。"
    assert no.value.reason.to("en") == "It is “Invalid” now, so it cannot: Make a case."
    assert (Feedback.objects.get(pk=feedback.pk).status, count(feedback)) == ("void", 2)


def test_a_stale_copy_in_memory_cannot_move_what_another_has_moved(feedback: Feedback):
    mine, theirs = Feedback.objects.get(pk=feedback.pk), Feedback.objects.get(pk=feedback.pk)
    theirs.move("void", by=feedback.recorder, reason="先到")
    with pytest.raises(Refused):
        mine.move("link", by=feedback.recorder, case="SX-1")


def test_an_edit_that_saw_an_older_version_is_refused_with_both(feedback: Feedback):
    by = feedback.recorder
    event_type = flow.FLOWS["feedback"].find_move("void").event_type
    flow.edit(feedback, {"product": "甲"}, by=by, event_type=event_type, seen=1)
    late = Feedback.objects.get(pk=feedback.pk)
    with pytest.raises(Stale) as no:
        flow.edit(late, {"product": "乙"}, by=by, event_type=event_type, seen=1)
    assert no.value.stored.product == "甲"
    assert no.value.meant == {"product": "乙"}
    assert Feedback.objects.get(pk=feedback.pk).product == "甲"


def test_an_edit_that_changes_nothing_leaves_no_event(feedback: Feedback):
    event_type = FLOW.find_move("void").event_type
    assert flow.edit(feedback, {"product": ""}, by=feedback.recorder, event_type=event_type, seen=1) is None
    assert count(feedback) == 1


def test_the_customers_words_are_written_once(feedback: Feedback):
    feedback.text = "改写"
    feedback.save()
    with pytest.raises(Refused):
        feedback.save(update_fields=["text", "product"])
    assert Feedback.objects.get(pk=feedback.pk).text == "付款一直转圈"


def test_a_condition_of_a_later_package_holds_for_every_caller(cast: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    case = Case.open(by=cast["chen"], title="付款失败", kind="problem")
    refuse = Transition(conditions=(lambda row: Text("还不行", "Not yet"),))
    monkeypatch.setattr(transition_table, "_installed", [TransitionTable({("case", "decline"): refuse})])
    with pytest.raises(Refused) as no:
        case.move("decline", by=cast["chen"].actor, reason="x")
    assert no.value.reason.to("en") == "Not yet"
    assert Case.objects.get(pk=case.pk).status == "accepted"


def test_consequences_run_in_the_order_of_the_table_and_fall_with_the_move(
    feedback: Feedback, monkeypatch: pytest.MonkeyPatch
):
    calls: list[str] = []

    def fail(row: Any, by: Any) -> None:
        raise Refused(Text("不行", "No"))

    after = (lambda row, by: calls.append("first"), lambda row, by: calls.append("second"))
    for consequences in (after, (*after, fail)):
        table = TransitionTable({("feedback", "void"): Transition(consequences=consequences)})
        monkeypatch.setattr(transition_table, "_installed", [table])
        if consequences is after:
            feedback.move("void", by=feedback.recorder, reason="一")
            feedback.move("revive", by=feedback.recorder, reason="二")
        else:
            with pytest.raises(Refused):
                feedback.move("void", by=feedback.recorder, reason="三")
    assert calls == ["first", "second"] * 2
    assert Feedback.objects.get(pk=feedback.pk).status == "new"


def test_a_table_that_names_a_move_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="no such moves"):
        flow.install(TransitionTable({("case", "fly"): Transition()}))


def test_many_events_at_once_ask_whether_a_timeline_is_closed(feedback: Feedback, monkeypatch: pytest.MonkeyPatch):
    reason = Text("已关闭", "Closed")
    table = TransitionTable(closed_timelines={"feedback": lambda ids: reason if feedback.pk in ids else None})
    monkeypatch.setattr(transition_table, "_installed", [table])
    with pytest.raises(Refused):
        FLOW.move_many([feedback], "withdraw", by=feedback.recorder, batch="IM-1")
    with pytest.raises(Refused):
        record(FLOW.find_move("void").event_type, [feedback], by=feedback.recorder, reason="x")
