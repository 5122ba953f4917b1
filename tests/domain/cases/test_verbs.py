"""What may be done with a case, and what is refused."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bihuan.audit.models import Event
from bihuan.audit.verification import find_faults
from bihuan.cases.models import Assessment, Case, CaseFeedback
from bihuan.core.errors import Refused, Stale
from bihuan.deadlines.models import Scheme
from bihuan.feedback.intake import receive
from bihuan.insight.priority import SCHEMES

pytestmark = pytest.mark.django_db


HANDBOOKS = ("urgent_important", "value_urgency", "four_quadrant", "p_level")
FLOOR = {"respond": (1, "weeks")}


def grid(scheme: dict[str, Any]) -> list[dict[str, Any]]:
    """Every combination of a scheme's inputs."""
    values = {
        code: [True, False] if f["kind"] == "bool" else [int(v) if f["kind"] == "score" else v for v in f["values"]]
        for code, f in scheme["inputs"].items()
    }
    return [dict(zip(values, row, strict=True)) for row in itertools.product(*values.values())]


# Written out by hand from requirements section 8, not from the scheme's data.
def expected(code: str, i: dict[str, Any]) -> str:
    if code == "urgent_important":
        return {(1, 1): "urgent_important", (1, 0): "urgent", (0, 1): "important", (0, 0): "ordinary"}[
            i["urgent"], i["important"]
        ]
    if code == "value_urgency":
        return f"{'high' if i['value'] >= 4 else 'low'}_{'high' if i['urgency'] >= 4 else 'low'}"
    if code == "four_quadrant":
        important = (
            i["urgency"] == "important" or i["scope"] in ("general", "systemic") or i["customer_value"] == "high"
        )
        return {(1, 1): "Q1", (0, 1): "Q2", (1, 0): "Q3", (0, 0): "Q4"}[i["urgency"] == "urgent", important]
    rank = {"core_down": 1, "hit": 2, "slight": 2, "improvement": 3}[i["business_urgency"]]
    if (i["business_urgency"], i["scope"]) in {("core_down", "many"), ("hit", "part"), ("hit", "many")}:
        rank -= 1
    if i["paying"] and i["peak"] and i["business_urgency"] in ("core_down", "hit"):
        rank = max(0, rank - 1)
    return f"P{rank}"


@pytest.mark.once
@pytest.mark.parametrize("code", HANDBOOKS)
def test_every_combination_of_a_scheme_gives_the_level_of_the_handbook_and_its_deadlines(code: str, cast: Any):
    scheme = Scheme.current(code)
    for inputs in grid(SCHEMES[code]):
        with transaction.atomic():
            case = Case.open(by=cast["lin"], title="一件事", kind="problem")
            made = Assessment.assess(case, by=cast["chen"], scheme=scheme, inputs=inputs)
            assert (made.suggested, case.level) == (expected(code, inputs), expected(code, inputs)), inputs
            targets = next(one["targets"] for one in SCHEMES[code]["levels"] if one["code"] == case.level)
            timed = FLOOR | {m: (t["amount"], t["unit"]) for m, t in targets.items() if "amount" in t}
            assert {c.milestone: (c.amount, c.unit) for c in case.deadlines.all()} == timed
            transaction.set_rollback(True)


@pytest.mark.parametrize("forced", ["safety", "media", "legal", "group_complaint"])
@pytest.mark.parametrize("code", HANDBOOKS)
def test_safety_media_law_and_groups_force_the_highest_level(code: str, forced: str, cast: Any):
    case = Case.open(by=cast["lin"], title="一件事", kind="complaint")
    inputs = grid(SCHEMES[code])[-1] | {forced: True}
    lowest = SCHEMES[code]["levels"][-1]["code"]
    with pytest.raises(Refused, match="最高级"):
        Assessment.assess(
            case, by=cast["chen"], scheme=Scheme.current(code), inputs=inputs, level=lowest, override_reason="不严重"
        )
    Assessment.assess(case, by=cast["chen"], scheme=Scheme.current(code), inputs=inputs)
    assert case.rank == 1
    assert Event.objects.filter(kind="case.alarmed", timeline=case.timeline).count() == 1


def test_another_level_than_suggested_needs_a_reason(cast: Any):
    case = Case.open(by=cast["lin"], title="一件事", kind="requirement")
    given = {"scheme": Scheme.current("urgent_important"), "inputs": {"urgent": False, "important": False}}
    with pytest.raises(Refused):
        Assessment.assess(case, by=cast["chen"], level="urgent", **given)
    assert case.assessments.count() == 0
    Assessment.assess(case, by=cast["chen"], level="urgent", override_reason="客户月底验收", **given)
    assert case.assessments.get().suggested == "ordinary"
    assert case.level == "urgent"


def test_one_assessment_is_in_force_and_others_are_only_kept(cast: Any):
    case = Case.open(by=cast["lin"], title="一件事", kind="requirement")
    Assessment.assess(
        case, by=cast["chen"], scheme=Scheme.current("urgent_important"), inputs={"urgent": True, "important": False}
    )
    Assessment.assess(
        case,
        by=cast["wang"],
        scheme=Scheme.current("value_urgency"),
        inputs={"value": 5, "urgency": 1},
        effective=False,
    )
    assert (case.level, case.assessments.count()) == ("urgent", 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        case.assessments.filter(effective=False).update(effective=True)


@pytest.mark.parametrize(
    ("kind", "type_field"),
    [
        ("requirement", {"requirement_type": "function"}),
        ("problem", {"technical_type": "function"}),
        ("problem", {"problem_type": "defect"}),
        ("complaint", {"problem_type": "service"}),
        ("improvement", {"requirement_type": "service"}),
    ],
)
def test_a_case_goes_on_only_with_level_type_and_owner(kind: str, type_field: dict[str, str], cast: Any):
    case = Case.open(by=cast["lin"], title="一件事", kind=kind)
    with pytest.raises(Refused):
        case.move("diagnose", by=cast["chen"].actor)
    Assessment.assess(case, by=cast["chen"], scheme=Scheme.current("value_urgency"), inputs={"value": 1, "urgency": 1})
    with pytest.raises(Refused, match="负责人"):
        case.move("diagnose", by=cast["chen"].actor)
    case.assign(by=cast["chen"], owner=cast["lin"])
    with pytest.raises(Refused, match="类型"):
        case.move("diagnose", by=cast["chen"].actor)
    case.edit(by=cast["lin"], seen=None, **type_field)
    case.move("diagnose", by=cast["chen"].actor)
    assert case.status == "diagnosing"


def test_a_stale_edit_is_refused_and_carries_both_versions(cast: Any):
    case = Case.open(by=cast["lin"], title="一件事", kind="problem")
    seen = case.version
    Case.objects.get(pk=case.pk).edit(by=cast["chen"], seen=seen, title="陈的标题")
    with pytest.raises(Stale) as late:
        case.edit(by=cast["lin"], seen=seen, title="林的标题")
    assert late.value.stored.title == "陈的标题"
    assert late.value.meant == {"title": "林的标题"}


def test_a_verb_decides_on_the_stored_row_not_on_what_it_was_given(cast: Any):
    case = Case.open(by=cast["lin"], title="一件事", kind="problem")
    old = Case.objects.get(pk=case.pk)
    case.decline(by=cast["chen"], why="pseudo", reason="不是真实需要")
    with pytest.raises(Refused):
        old.assign(by=cast["chen"], owner=cast["zhou"])
    with pytest.raises(Refused):
        old.pause(by=cast["lin"], paused_for="customer", reason="等截图")


@pytest.mark.parametrize("nobody", ["admin", "audit", "guo", "fang"])
def test_who_does_not_work_on_cases_cannot_own_one(nobody: str, cast: Any):
    case = Case.open(by=cast["lin"], title="一件事", kind="problem")
    with pytest.raises(Refused):
        case.assign(by=cast["chen"], owner=cast[nobody])


def test_another_teams_case_is_hidden_until_one_helps_with_it(cast: Any):
    case = Case.open(by=cast["lin"], title="一件事", kind="problem")
    assert not Case.objects.visible_to(cast["zhao"]).exists()
    case.add_collaborators(by=cast["chen"], people=[cast["zhao"]])
    case.add_collaborators(by=cast["chen"], people=[cast["zhao"]])
    assert Case.objects.visible_to(cast["zhao"]).count() == 1
    assert not Case.objects.visible_to(cast["zhou"]).exists()
    case.add_collaborators(by=cast["chen"], teams=[cast["zhou"].team])
    assert Case.objects.visible_to(cast["wu"]).count() == 1
    assert Event.objects.filter(kind="case.collaborator_added", timeline=case.timeline).count() == 2


def test_a_feedback_item_taken_off_its_case_is_free_again_and_both_books_say_why(cast: Any):
    feedback = receive(by=cast["lin"].actor, source="test", text="付款失败", channel="phone")
    case = CaseFeedback.open_case([feedback], by=cast["lin"], title="付款失败", kind="problem")
    with pytest.raises(Refused):
        CaseFeedback.objects.get().unlink(by=cast["lin"].actor, reason="")
    CaseFeedback.objects.get().unlink(by=cast["lin"].actor, reason="是另一家客户的问题")
    feedback.refresh_from_db()
    assert (feedback.status, case.links.count()) == ("triaged", 0)
    said = {f.kind: f.details["reason"] for f in Event.objects.filter(details__has_key="reason")}
    assert said == dict.fromkeys(("feedback.unlinked", "case.feedback_unlinked"), "是另一家客户的问题")
    CaseFeedback.link(case, feedback, by=cast["lin"].actor)
    assert find_faults() == []
