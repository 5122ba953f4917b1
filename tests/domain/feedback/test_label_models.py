"""What people labelled is learnt from: with a gate, in versions, and never worse than before."""

from __future__ import annotations

from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from bihuan.audit.models import Actor
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.feedback.intake import receive
from bihuan.feedback.models import Feedback, Labelling, label_model
from bihuan.feedback.models.label_model import LabelModel, corrected_since, examples, in_use
from bihuan.insight.classify import learning
from bihuan.insight.classify.learning import Gate
from tests.domain.feedback.feedback_samples import LABELS, make_feedback

pytestmark = pytest.mark.django_db

THINGS = ("洗衣机", "扫地机", "净水器", "电饭煲", "投影仪", "路由器", "打印机", "加湿器")


def labelled(cast: Any, text: str, problem_type: str) -> Feedback:
    feedback = make_feedback(cast, text)
    Labelling.give(feedback, {**LABELS, "problem_type": problem_type}, by=cast["lin"])
    return feedback


def teach(cast: Any) -> None:
    """Two ways of speaking that the built-in words do not know, each with its label."""
    for n, thing in enumerate(THINGS):
        labelled(cast, f"{thing}的小绿灯一直闪，编号 {n}", "defect")
        labelled(cast, f"{thing}的管家迟迟不露面，编号 {n}", "service")


@pytest.fixture(autouse=True)
def forgotten() -> None:
    label_model._known.update(at=None, models={})


def test_too_few_labels_teach_nothing(cast: Any):
    labelled(cast, "小绿灯一直闪", "defect")
    assert LabelModel.train("problem_type", by=Actor.system()) is None
    assert not LabelModel.objects.exists()


def test_the_latest_word_on_a_feedback_item_counts_and_personal_numbers_are_masked(cast: Any):
    feedback = labelled(cast, "小绿灯一直闪，打 13800138000 找我", "service")
    Labelling.give(feedback, {**LABELS, "problem_type": "defect"}, by=cast["chen"])
    pairs, until = examples("problem_type")
    assert [code for _, code in pairs] == ["defect"]
    assert "13800138000" not in pairs[0][0]
    assert until == Labelling.objects.order_by("-id").values_list("id", flat=True)[0]


def test_what_was_learnt_is_suggested_for_the_next_feedback_item(cast: Any):
    before = make_feedback(cast, "微波炉的小绿灯一直闪").suggested["problem_type"]
    teach(cast)
    made = LabelModel.train("problem_type", by=Actor.system())
    assert made
    assert made.status == "current"
    label_model._known["at"] = None
    after = receive(by=cast["lin"].actor, source="t", text="电风扇的小绿灯一直闪", channel="phone").suggested[
        "problem_type"
    ]
    assert (before["code"], after["code"]) == ("other", "defect")
    assert "svm-corrections" in after["reasons"][0][0] or after["confidence"] > before["confidence"]


def test_a_worse_model_is_not_taken_and_says_why(cast: Any, monkeypatch: pytest.MonkeyPatch):
    teach(cast)
    first = LabelModel.train("problem_type", by=Actor.system())
    worse = Gate(
        False, 120, 0.9, 0.7, Text("新模型对 70%，旧模型对 90%", "the new one is right in 70 %, the old one in 90 %")
    )
    monkeypatch.setattr(learning, "gate", lambda *args: worse)
    second = LabelModel.train("problem_type", by=Actor.system())
    assert first
    assert second
    first.refresh_from_db()
    assert (first.status, second.status, second.version_number) == ("current", "discarded", 2)
    assert "70" in str(second.gate_reason)


def test_an_earlier_version_is_put_back_and_one_not_taken_is_not(cast: Any, monkeypatch: pytest.MonkeyPatch):
    teach(cast)
    first = LabelModel.train("problem_type", by=Actor.system())
    labelled(cast, "吸尘器的小绿灯一直闪", "defect")
    second = LabelModel.train("problem_type", by=Actor.system())
    assert first
    assert second
    first.refresh_from_db()
    first.restore(by=cast["chen"])
    states = dict(LabelModel.objects.values_list("version_number", "status"))
    assert states == {1: "current", 2: "past"}
    LabelModel.objects.filter(pk=second.pk).update(version_number=9)
    monkeypatch.setattr(learning, "gate", lambda *args: Gate(False, 120, 0.9, 0.7, Text("差", "worse")))
    refused = LabelModel.train("problem_type", by=Actor.system())
    assert refused
    with pytest.raises(Refused):
        refused.restore(by=cast["chen"])


def test_the_models_in_use_are_looked_up_again_after_half_a_minute(cast: Any, at: Any, django_assert_num_queries: Any):
    at("2026-11-20 10:00:00")
    with django_assert_num_queries(1):
        assert in_use() == {}
    with django_assert_num_queries(0):
        in_use()
    at("2026-11-20 10:00:31")
    with django_assert_num_queries(1):
        in_use()


@pytest.mark.parametrize(
    ("hour", "corrections", "requested"),
    [(14, 19, []), (14, 20, ["problem_type"]), (2, 1, ["problem_type"]), (2, 0, [])],
)
def test_it_learns_after_twenty_corrections_or_at_night(
    cast: Any, at: Any, hour: int, corrections: int, requested: list[str]
):
    at(f"2026-11-20 {hour:02d}:00")
    feedback = make_feedback(cast, "小绿灯一直闪")
    changed = [["problem_type"]] * corrections + [[]]
    Labelling.objects.bulk_create(
        [Labelling(feedback=feedback, by=cast["lin"].actor, labels=LABELS, changed=one) for one in changed]
    )
    assert label_model.train_due() == requested
    queued = DBTaskResult.objects.filter(task_path=label_model.learn_again.module_path)
    assert [one.args_kwargs["args"] for one in queued] == [[axis] for axis in requested]
    assert corrected_since("problem_type", 0) == corrections


def test_untriaged_feedback_items_are_suggested_for_anew(cast: Any):
    waiting = make_feedback(cast, "微波炉的小绿灯一直闪")
    teach(cast)
    LabelModel.train("problem_type", by=Actor.system())
    label_model.renew.func()
    waiting.refresh_from_db()
    assert waiting.suggested["problem_type"]["code"] == "defect"
