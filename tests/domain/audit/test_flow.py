"""A status moves in one place: checked, versioned, recorded, or refused with nothing changed."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.audit import flow, timeline
from bihuan.audit.models import Event
from bihuan.cases.models import Case
from bihuan.core.errors import Refused, Stale
from bihuan.core.text import Text
from bihuan.feedback import intake
from bihuan.feedback.models import FLOW, Feedback

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
    said = timeline.entry(event).sentence
    assert said.to("zh") == "判为无效：测试单"
    assert said.to("en") == "marked invalid: 测试单"


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
    kind = flow.FLOWS["feedback"].find("void").kind
    flow.edit(feedback, {"product": "甲"}, by=by, kind=kind, seen=1)
    late = Feedback.objects.get(pk=feedback.pk)
    with pytest.raises(Stale) as no:
        flow.edit(late, {"product": "乙"}, by=by, kind=kind, seen=1)
    assert no.value.stored.product == "甲"
    assert no.value.meant == {"product": "乙"}
    assert Feedback.objects.get(pk=feedback.pk).product == "甲"


def test_an_edit_that_changes_nothing_leaves_no_event(feedback: Feedback):
    kind = FLOW.find("void").kind
    assert flow.edit(feedback, {"product": ""}, by=feedback.recorder, kind=kind, seen=1) is None
    assert count(feedback) == 1


def test_the_customers_words_are_written_once(feedback: Feedback):
    feedback.text = "改写"
    feedback.save()
    with pytest.raises(Refused):
        feedback.save(update_fields=["text", "product"])
    assert Feedback.objects.get(pk=feedback.pk).text == "付款一直转圈"


def test_a_later_rooms_guard_holds_for_every_caller(cast: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    case = Case.open(by=cast["chen"], title="付款失败", kind="problem")
    table = flow.FLOWS["case"]
    monkeypatch.setattr(table, "guards", {"decline": [lambda c: Text("还不行", "Not yet")]})
    with pytest.raises(Refused) as no:
        case.move("decline", by=cast["chen"].actor, reason="x")
    assert no.value.reason.to("en") == "Not yet"
    assert Case.objects.get(pk=case.pk).status == "accepted"
