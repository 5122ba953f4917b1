"""A version of a scheme is drafted, checked and published; one is in force, and what was published never changes."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bihuan.audit.models import Event
from bihuan.core.errors import Refused, Stale
from bihuan.deadlines.deadline_choices import MILESTONES
from bihuan.deadlines.priority_schemes import Scheme
from bihuan.deadlines.time_units import Unit
from bihuan.insight.data import builtin_priority_schemes as shipped
from bihuan.insight.priority import SCHEMES

pytestmark = pytest.mark.django_db


def changed(scheme: Scheme, hours: int) -> dict[str, Any]:
    data = copy.deepcopy(scheme.data)
    data["levels"][0]["targets"]["resolve"]["amount"] = hours
    return data


def test_the_engines_units_and_milestones_are_those_of_the_deadlines():
    assert set(shipped.UNITS) == set(Unit)
    assert set(shipped.MILESTONES) <= set(MILESTONES)


def test_all_nine_schemes_are_in_force_from_the_start():
    assert [one.code for one in Scheme.all_current()] == list(SCHEMES)
    assert len(SCHEMES) == 9


def test_a_draft_is_changed_and_published_and_the_old_version_stays_readable(cast: Any):
    old = Scheme.current("p_level")
    draft = old.draft(by=cast["admin"])
    assert old.draft(by=cast["admin"]) == draft
    assert draft.version_number == draft.data["version"] == 2
    draft.amend(changed(draft, 12), by=cast["admin"])
    assert Scheme.current("p_level") == old
    draft.publish(by=cast["admin"], reason="老板要求更快")
    old.refresh_from_db()
    assert Scheme.current("p_level") == draft
    assert (old.status, old.data["levels"][0]["targets"]["resolve"]["amount"]) == ("past", 24)
    told = list(Event.objects.filter(timeline="scheme/p_level").order_by("id").values_list("kind", flat=True))
    assert told == ["scheme.drafted", "scheme.amended", "scheme.retired", "scheme.published"]


def test_a_faulty_draft_is_refused_with_the_place_of_every_fault(cast: Any):
    draft = Scheme.current("p_level").draft(by=cast["admin"])
    wrong = changed(draft, 0)
    wrong["levels"][1]["targets"]["respond"]["unit"] = "moons"
    with pytest.raises(Refused) as no:
        draft.amend(wrong, by=cast["admin"])
    assert "级别「P0」·解决：数量要大于零" in no.value.reason.zh
    assert "Level “P1”, Respond: unknown unit moons" in no.value.reason.en
    draft.refresh_from_db()
    assert draft.data["levels"][0]["targets"]["resolve"]["amount"] == 24


def test_what_is_published_cannot_be_changed_nor_a_reason_be_left_out(cast: Any):
    draft = Scheme.current("kano").draft(by=cast["admin"])
    with pytest.raises(Refused):
        draft.publish(by=cast["admin"], reason=" ")
    assert Scheme.current("kano").version_number == 1
    draft.publish(by=cast["admin"], reason="校准")
    with pytest.raises(Refused, match="已发布"):
        draft.amend(draft.data, by=cast["admin"])
    with pytest.raises(Refused):
        draft.discard(by=cast["admin"])


def test_two_people_editing_one_draft_meet(cast: Any):
    draft = Scheme.current("p_level").draft(by=cast["admin"])
    seen = draft.version
    draft.amend(changed(draft, 12), by=cast["admin"], seen=seen)
    with pytest.raises(Stale):
        Scheme.objects.get(pk=draft.pk).amend(changed(draft, 10), by=cast["gao"], seen=seen)


def test_the_database_holds_one_version_in_force_and_one_draft(cast: Any):
    held = Scheme.current("rice")
    held.draft(by=cast["admin"])
    for status in ("current", "draft"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Scheme.objects.create(code="rice", version_number=9, data=held.data, status=status)


def test_a_dropped_draft_leaves_its_number_behind(cast: Any):
    Scheme.current("wsjf").draft(by=cast["admin"]).discard(by=cast["admin"])
    assert Scheme.current("wsjf").draft(by=cast["admin"]).version_number == 3
