"""A published version changes no running deadline until somebody asks, and the asking leaves an event a changed clock."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from bihuan.audit.models import Event
from bihuan.audit.verification import find_faults
from bihuan.cases.models import Assessment, Case
from bihuan.cases.scheme_rollout import SchemeRollout, assessments_by_older_versions, continue_rollouts
from bihuan.cases.scheme_trial import UNFIT, behind, trial
from bihuan.core.errors import Refused
from bihuan.deadlines.models import Deadline, Scheme

pytestmark = pytest.mark.django_db

PART = {"business_urgency": "hit", "scope": "part", "paying": False, "peak": False}
SLIGHT = {"business_urgency": "slight", "scope": "one", "paying": False, "peak": False}


def assessed_case(cast: Any, inputs: dict[str, Any], **more: Any) -> Case:
    case = Case.open(by=cast["lin"], title="登录失败", kind="problem")
    Assessment.assess(case, by=cast["chen"], scheme=Scheme.current("p_level"), inputs=inputs, **more)
    return case


@pytest.fixture
def draft(cast: Any) -> Scheme:
    """P1 in 24 instead of 48 hours; the slight and single become P3."""
    made = Scheme.current("p_level").draft(by=cast["admin"])
    data = copy.deepcopy(made.data)
    data["levels"][1]["targets"]["resolve"]["amount"] = 24
    data["matrix"]["cells"]["slight"]["one"] = "P3"
    made.amend(data, by=cast["admin"])
    return made


def running(case: Case) -> dict[str, tuple[int, str]]:
    return {c.milestone: (int(c.amount), c.unit) for c in Deadline.objects.running(case)}


def test_the_trial_counts_what_would_change_and_names_the_cases(cast: Any, draft: Scheme):
    one, two = assessed_case(cast, PART), assessed_case(cast, SLIGHT)
    kept = assessed_case(cast, SLIGHT, level="P1", override_reason="客户投诉")
    found = trial(draft)
    assert dict(found.moves) == {("P1", "P1"): 2, ("P2", "P3"): 1}
    assert (found.tried, found.changed, found.overridden) == (3, 1, 1)
    assert behind(draft, "P2", "P3") == [two.pk]
    assert behind(draft, "P1", "P1") == [kept.pk, one.pk]
    assert Event.objects.filter(kind="case.reassessed").count() == 0


def test_publishing_moves_no_deadline_and_asking_moves_those_that_differ(cast: Any, draft: Scheme, at: Any):
    at("2026-11-10 10:00")
    one, two, shut = assessed_case(cast, PART), assessed_case(cast, SLIGHT), assessed_case(cast, PART)
    shut.decline(by=cast["chen"], why="misuse", reason="已说明用法")
    before = running(one), running(two)
    draft.publish(by=cast["admin"], reason="更快")
    assert (running(one), running(two)) == before
    assert one.assessments.get(effective=True).scheme.version_number == 1

    at("2026-11-10 12:00")
    asked = SchemeRollout.request(draft, by=cast["admin"], reason="全部按新版")
    assert asked.total_cases == 2
    assert SchemeRollout.request(draft, by=cast["admin"], reason="再按一次") == asked
    continue_rollouts()
    asked.refresh_from_db()
    assert (asked.cases, asked.levels, asked.deadlines, asked.unfit) == (2, 1, 2, 0)
    assert asked.finished_at
    assert running(one) == {"respond": (4, "hours"), "resolve": (24, "hours")}
    two.refresh_from_db()
    assert (two.level, running(two)["resolve"]) == ("P3", (10, "working_days"))
    changed = Event.objects.filter(kind="deadline.replaced").values_list("timeline", flat=True)
    assert sorted(changed) == sorted([one.timeline, two.timeline])
    told = {f.kind: f.details for f in Event.objects.filter(timeline="scheme/p_level")}
    assert (told["scheme.rollout_requested"]["cases"], told["scheme.rollout_finished"]["deadlines"]) == (2, 2)
    assert not assessments_by_older_versions(draft).exists()
    assert find_faults() == []


def test_a_persons_decision_and_its_reason_are_kept(cast: Any, draft: Scheme):
    case = assessed_case(cast, SLIGHT, level="P1", override_reason="客户投诉")
    draft.publish(by=cast["admin"], reason="更快")
    SchemeRollout.request(draft, by=cast["admin"], reason="全部按新版")
    continue_rollouts()
    held = case.assessments.get(effective=True)
    assert (held.scheme_id, held.suggested, held.level, held.override_reason) == (draft.pk, "P3", "P1", "客户投诉")


def test_answers_that_do_not_fit_are_left_and_counted(cast: Any):
    assessed_case(cast, PART)
    draft = Scheme.current("p_level").draft(by=cast["admin"])
    data = copy.deepcopy(draft.data)
    data["inputs"]["outage"] = {"kind": "choice", "name": {"zh": "停机", "en": "Outage"}, "values": {c: {"zh": c, "en": c} for c in ("a", "b")}}  # fmt: skip
    draft.amend(data, by=cast["admin"])
    assert dict(trial(draft).moves) == {("P1", UNFIT): 1}
    draft.publish(by=cast["admin"], reason="多问一项")
    asked = SchemeRollout.request(draft, by=cast["admin"], reason="全部按新版")
    continue_rollouts()
    asked.refresh_from_db()
    assert (asked.cases, asked.unfit) == (0, 1)
    assert asked.finished_at


def test_it_is_stopped_between_two_cases_and_what_is_changed_stays(cast: Any, draft: Scheme):
    for _ in range(3):
        assessed_case(cast, PART)
    draft.publish(by=cast["admin"], reason="更快")
    asked = SchemeRollout.request(draft, by=cast["admin"], reason="全部按新版")
    assert asked.continue_cases(1)
    asked.stop(by=cast["admin"])
    continue_rollouts()
    assert assessments_by_older_versions(draft).count() == 2
    assert Event.objects.get(kind="scheme.rollout_stopped").details["cases"] == 1


def test_a_draft_or_nothing_to_change_cannot_be_asked_for(cast: Any, draft: Scheme):
    assessed_case(cast, PART)
    with pytest.raises(Refused, match="生效"):
        SchemeRollout.request(draft, by=cast["admin"], reason="先试试")
    draft.publish(by=cast["admin"], reason="更快")
    with pytest.raises(Refused):
        SchemeRollout.request(draft, by=cast["admin"], reason="")
    case = assessed_case(cast, PART)
    Case.objects.exclude(pk=case.pk).update(status="archived")
    with pytest.raises(Refused, match="已按这一版"):
        SchemeRollout.request(draft, by=cast["admin"], reason="全部按新版")
