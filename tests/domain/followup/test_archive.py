"""The gates of the archive, for the verb and for a direct move; archived is read-only."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.audit.models import Event
from bihuan.audit.verification import find_faults
from bihuan.cases.models import Case, Communication
from bihuan.core.errors import Refused
from bihuan.diagnosis.models import Analysis
from bihuan.execution.models import Task
from bihuan.followup.archive import Closure, archive
from bihuan.followup.evaluations import Evaluation
from bihuan.followup.followup_calls import FollowUp

pytestmark = pytest.mark.django_db
Cast = dict[str, Any]


@pytest.fixture
def settled(plain: Case, cast: Cast) -> Case:
    FollowUp.of(plain).answer(by=cast["chen"], channel="phone", solved=True, met="yes", score=5)
    plain.refresh_from_db()
    return plain


@pytest.fixture
def archived(settled: Case, cast: Cast) -> Case:
    archive(settled, by=cast["chen"], conclusion="扩容后未再发生", improvement_kind="product", common="容量")
    return settled


def test_archiving_keeps_conclusion_and_improvement(archived: Case):
    closure = Closure.objects.get(case=archived)
    assert (closure.conclusion, closure.improvement, closure.common) == ("扩容后未再发生", "product", "容量")
    assert (Case.objects.get(pk=archived.pk).status, archived.conclusion) == ("archived", "扩容后未再发生")


def test_what_is_archived_no_longer_waits(settled: Case, cast: Cast):
    settled.pause(by=cast["chen"], paused_for="customer", reason="等客户补充材料")
    archive(settled, by=cast["chen"], conclusion="扩容后未再发生")
    settled.refresh_from_db()
    assert (settled.status, settled.paused_for, settled.paused_since) == ("archived", "", None)
    assert settled.pauses.get().end is not None


def test_without_followup_no_archive(case: Case, cast: Cast):
    with pytest.raises(Refused) as no:
        archive(case, by=cast["chen"], conclusion="已完成")
    assert "回访" in no.value.reason.zh
    assert not Closure.objects.exists(), "a refused archive leaves nothing"


def test_with_goals_no_archive_without_evaluation(case: Case, followup: FollowUp, cast: Cast):
    followup.answer(by=cast["chen"], channel="phone", solved=True, met="yes", score=5)
    with pytest.raises(Refused) as no:
        archive(case, by=cast["chen"], conclusion="已完成")
    assert "效果评估" in no.value.reason.zh
    row = Evaluation.of(Case.objects.get(pk=case.pk))
    row.assess(
        by=cast["zhou"], after={m.pk: m.target / 2 for m in row.metrics.all()}, next_step="", early_reason="数据已够"
    )
    assert archive(case, by=cast["chen"], conclusion="已完成") is not None


def test_an_open_task_bars_the_archive(settled: Case, cast: Cast):
    Task.objects.filter(pk=Task.objects.present(settled).first().pk).update(**{"status": "doing"})
    with pytest.raises(Refused) as no:
        archive(settled, by=cast["chen"], conclusion="已完成")
    assert "还有 1 个任务" in str(no.value.reason)


def test_without_conclusion_no_archive_by_verb_or_move(settled: Case, cast: Cast):
    with pytest.raises(Refused):
        archive(settled, by=cast["chen"], conclusion=" ")
    with pytest.raises(Refused) as no:
        settled.move("archive", by=cast["chen"].actor)
    assert "结论" in no.value.reason.zh


def test_who_may_not_archive_is_told(settled: Case, cast: Cast):
    with pytest.raises(Refused):
        archive(settled, by=cast["wu"], conclusion="已完成")


def test_archiving_twice_is_quiet(archived: Case, cast: Cast):
    assert archive(archived, by=cast["chen"], conclusion="再来一次") is None
    assert Closure.objects.get(case=archived).conclusion == "扩容后未再发生"


def test_every_verb_inside_an_archived_case_is_refused(archived: Case, cast: Cast):
    chen, zhou = cast["chen"], cast["zhou"]
    task, followup, analysis, plan = (
        Task.objects.present(archived).first(),
        FollowUp.of(archived),
        Analysis.of(archived),
        archived.plans.get(),
    )
    acts = {
        "edit": lambda: archived.edit(by=chen, seen=None, title="改个标题"),
        "assign": lambda: archived.assign(by=chen, owner=cast["wu"]),
        "join": lambda: archived.add_collaborators(by=chen, people=[cast["liu"]]),
        "talk": lambda: Communication.log(archived, by=chen.actor, kind="closing", channel="phone", content="好了"),
        "decline": lambda: archived.decline(by=chen, why="pseudo", reason="不做"),
        "task": lambda: Task.add(archived, by=chen, content="再做", owner=zhou, due=task.due),
        "redo": lambda: task.redo(by=zhou, reason="重来"),
        "edit task": lambda: task.edit(by=chen, content="改写"),
        "answer": lambda: followup.answer(by=chen, channel="phone", solved=True, met="yes", score=1),
        "cause": lambda: analysis.add_cause(by=zhou, dimension="people", text="新原因", level="direct"),
        "whys": lambda: analysis.write_whys(["甲"], by=zhou, seen=analysis.version),
        "change": lambda: plan.send_back("revise", zhou, "改一改"),
    }
    for name, act in acts.items():
        before = Event.objects.count()
        with pytest.raises(Refused):
            act()
        assert Event.objects.count() == before, name
    assert archived.collaborators.filter(pk=cast["liu"].pk).exists() is False
    assert not analysis.causes.filter(text="新原因").exists()


def test_reopening_makes_it_writable_again_and_the_first_round_stays(archived: Case, cast: Cast):
    archived.reopen(by=cast["chen"], reason="同样的问题又出现")
    assert (archived.status, archived.round) == ("diagnosing", 2)
    archived.edit(by=cast["chen"], seen=None, title="又卡住了")
    assert Closure.objects.get(case=archived, round=1).conclusion == "扩容后未再发生"
    assert Closure.objects.filter(case=archived, round=2).exists() is False
    assert find_faults() == []
