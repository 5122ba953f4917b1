"""A requirement is scored with reasons, goes to its queue by itself, and leaves it only by a decision with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bihuan.audit.models import Event
from bihuan.audit.verification import find_faults
from bihuan.cases.models import Assessment, Case
from bihuan.core.errors import Refused
from bihuan.deadlines.models import Scheme
from bihuan.feedback.intake import receive
from bihuan.requirements.models import Iteration, Requirement, month_after
from bihuan.requirements.pool import PoolReview, items
from bihuan.requirements.pool_offers import offered, take
from bihuan.requirements.requirement_ranking import ORDER, ranked

pytestmark = pytest.mark.django_db


def scored(cast: Any, value: int, urgency: int, title: str = "批量导出") -> Requirement:
    row = Requirement.create(by=cast["wang"], title=title)
    row.score(by=cast["wang"], scheme=Scheme.current("value_urgency"), inputs={"value": value, "urgency": urgency})
    return row


@pytest.mark.parametrize("value", range(1, 6))
@pytest.mark.parametrize("urgency", range(1, 6))
def test_every_score_lands_in_its_queue(cast: Any, at: Any, value: int, urgency: int):
    at("2026-11-10 10:00")
    row = scored(cast, value, urgency)
    wanted = {(1, 1): "first", (1, 0): "iteration", (0, 1): "relief", (0, 0): "month_pool"}
    assert row.disposition == wanted[value >= 4, urgency >= 4]
    assert row.pool == ("2026-12" if row.disposition == "month_pool" else "")


@pytest.mark.parametrize(("month", "after"), [("2026-01", "2026-02"), ("2026-11", "2026-12"), ("2026-12", "2027-01")])
def test_the_month_after(month: str, after: str):
    assert month_after(month) == after


def test_a_new_score_replaces_the_old_one_which_stays_readable(cast: Any):
    row = scored(cast, 4, 3)
    row.score(by=cast["wang"], scheme=Scheme.current("value_urgency"), inputs={"value": 5, "urgency": 5})
    assert (row.value, row.disposition) == (5, "first")
    assert row.scores.filter(effective=True).get().level == "high_high"
    assert row.scores.count() == 2


def test_ranks_follow_level_then_score_and_equal_ones_share_a_place(cast: Any):
    rows = {t: scored(cast, v, u, t) for t, v, u in (("a", 4, 3), ("b", 5, 5), ("c", 4, 3), ("d", 1, 1), ("e", 4, 2))}
    bare = Requirement.create(by=cast["wang"], title="f")
    found = ranked(Requirement.objects.all(), "value_urgency").order_by(*ORDER, "id")
    order = [(r.title, r.standing, r.shared) for r in found]
    assert order[:5] == [("b", 1, 1), ("a", 2, 2), ("c", 2, 2), ("e", 4, 1), ("d", 5, 1)]
    assert order[5][0] == bare.title
    rice = {"impact": "high", "confidence": "high", "effort": 1}
    for title, reach in (("d", 400), ("a", 100), ("c", 100)):
        rows[title].score(by=cast["wang"], scheme=Scheme.current("rice"), inputs={"reach": reach, **rice})
    found = ranked(Requirement.objects.filter(scores__code="rice"), "rice").order_by(*ORDER, "id")
    assert [(r.title, r.standing, r.shared) for r in found] == [("d", 1, 1), ("a", 2, 2), ("c", 2, 2)]


def test_a_pseudo_requirement_needs_a_reason_and_can_be_appealed(cast: Any):
    row = scored(cast, 1, 1)
    with pytest.raises(Refused):
        row.judge_as("reject", by=cast["wang"], reason=" ")
    row.judge_as("reject", by=cast["wang"], reason="与核心目标无关")
    with pytest.raises(Refused):
        row.place(by=cast["wang"], disposition="first", reason="还是做吧")
    with pytest.raises(Refused):
        row.judge_as("appeal", by=cast["lin"])
    row.judge_as("appeal", by=cast["lin"], reason="客户补充了场景")
    assert row.status == "analysing"
    kinds = list(Event.objects.filter(timeline=row.timeline).order_by("id").values_list("kind", flat=True))
    assert kinds[-2:] == ["requirement.rejected", "requirement.appealed"]


def test_a_named_iteration_schedules_and_another_queue_takes_it_out_again(cast: Any):
    row = scored(cast, 4, 3)
    with pytest.raises(Refused):
        Iteration.plan(by=cast["wang"], name="一", start=date(2026, 12, 14), finish=date(2026, 12, 1))
    first = Iteration.plan(by=cast["wang"], name="一", start=date(2026, 12, 1), finish=date(2026, 12, 14))
    row.place(by=cast["wang"], disposition="iteration", iteration=first, reason="先做")
    assert (row.status, row.iteration) == ("scheduled", first)
    row.place(by=cast["wang"], disposition="first", reason="客户催")
    assert (row.status, row.iteration) == ("valid", None)
    row.judge_as("deliver", by=cast["wang"])
    with pytest.raises(Refused):
        row.score(by=cast["wang"], scheme=Scheme.current("value_urgency"), inputs={"value": 1, "urgency": 1})


def test_a_new_score_that_asks_for_the_same_queue_leaves_what_people_decided(cast: Any, at: Any):
    at("2026-11-10 10:00")
    scheme, wang = Scheme.current("value_urgency"), cast["wang"]
    first = Iteration.plan(by=wang, name="一", start=date(2026, 12, 1), finish=date(2026, 12, 14))
    done, later = scored(cast, 4, 3), scored(cast, 1, 1)
    done.place(by=wang, disposition="iteration", iteration=first, reason="先做")
    PoolReview.of("2026-12").decide(later, by=wang, decision="carry", reason="人手不够")
    done.score(by=wang, scheme=scheme, inputs={"value": 5, "urgency": 3})
    later.score(by=wang, scheme=scheme, inputs={"value": 2, "urgency": 1})
    assert (done.iteration, done.status, later.pool) == (first, "scheduled", "2027-01")
    done.place(by=wang, disposition="iteration", reason="确认")
    assert done.iteration == first


def test_the_month_is_reviewed_item_by_item_and_the_carried_ones_say_why(cast: Any, at: Any):
    at("2026-11-10 10:00")
    rows = [scored(cast, 1, 1, f"小优化 {n}") for n in range(4)]
    at("2026-12-01 09:00")
    review = PoolReview.of("2026-12")
    with pytest.raises(Refused, match="4"):
        review.close(by=cast["wang"])
    with pytest.raises(Refused):
        review.decide(rows[0], by=cast["wang"], decision="carry", reason="")
    for row, decision in zip(rows, ("first", "iteration", "carry", "drop"), strict=True):
        review.decide(row, by=cast["wang"], decision=decision, reason="评审决定")
    with pytest.raises(Refused, match="不在本月"):
        review.decide(rows[2], by=cast["wang"], decision="first", reason="再来一次")
    assert [r.pool for r in items("2027-01")] == ["2027-01"]
    assert (rows[0].disposition, rows[1].disposition, rows[3].status) == ("first", "iteration", "pseudo")
    review.close(by=cast["wang"], note="月初会")
    review.close(by=cast["wang"], note="再关一次")
    told = Event.objects.get(kind="pool.reviewed").details
    assert {k: told[k] for k in ("first", "iteration", "carry", "drop")} == dict.fromkeys(
        ("first", "iteration", "carry", "drop"), 1
    )
    assert Event.objects.get(kind="requirement.carried").details["reason"] == "评审决定"
    assert find_faults() == []


def test_a_p3_case_is_offered_once_and_brings_its_words_and_scores(cast: Any, at: Any):
    at("2026-11-10 10:00")
    case = Case.open(by=cast["lin"], title="按钮文字显示不全", kind="problem", key_demands=["显示完整"])
    given = {"business_urgency": "improvement", "scope": "one"}
    Assessment.assess(case, by=cast["chen"], scheme=Scheme.current("p_level"), inputs=given)
    Assessment.assess(
        case,
        by=cast["wang"],
        scheme=Scheme.current("value_urgency"),
        inputs={"value": 2, "urgency": 2},
        effective=False,
    )
    fault = Case.open(by=cast["lin"], title="登录失败", kind="problem")
    assert list(offered(cast["chen"])) == [case]
    made = take(case, by=cast["lin"])
    assert take(case, by=cast["lin"]) == made
    assert (made.case, made.explicit, made.value, made.disposition) == (case, ["显示完整"], 2, "month_pool")
    assert not offered(cast["chen"]).exists()
    assert Event.objects.filter(kind="case.requirement", timeline=case.timeline).count() == 1
    fault.decline(by=cast["chen"], why="misuse", reason="已说明")
    with pytest.raises(Refused):
        take(fault, by=cast["lin"])


def test_another_teams_requirement_is_hidden_unless_its_case_is_seen(cast: Any):
    case = Case.open(by=cast["lin"], title="导出", kind="requirement")
    made = take(case, by=cast["lin"])
    free = Requirement.create(by=cast["zhao"], title="别组的")
    assert list(Requirement.objects.visible_to(cast["lin"])) == [made]
    assert not Requirement.objects.visible_to(cast["admin"]).exists()
    assert set(Requirement.objects.visible_to(cast["wang"])) == {made, free}
    case.add_collaborators(by=cast["chen"], people=[cast["zhao"]])
    assert made in Requirement.objects.visible_to(cast["zhao"])


def test_a_feedback_item_can_be_its_source(cast: Any):
    feedback = receive(by=cast["lin"].actor, source="t", text="希望能批量导出", channel="phone", team=cast["lin"].team)
    made = Requirement.create(by=cast["lin"], title="批量导出", feedback=feedback, method="feedback")
    assert list(feedback.requirements.all()) == [made]
