"""The administrator's rules: numbers and approval, each change on record; nothing of the business in sight."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bihuan.audit.lists import NOUNS
from bihuan.audit.models import Event
from bihuan.audit.verification import find_faults
from bihuan.core.models import NumberRule
from bihuan.core.numbers import SHIPPED, next_number, next_numbers, peek_next, rule
from bihuan.plans.models import Policy
from bihuan.web.setup_views import NUMBERED

pytestmark = pytest.mark.django_db
LIKE = {"seen": "1", "letters": "ts", "reset": "month", "digits": "5"}


def test_every_numbered_noun_has_its_rule_on_the_page(as_: Any):
    shown = as_("admin").get("/setup/numbers/").content.decode()
    assert set(NUMBERED) == set(SHIPPED)
    assert all(peek_next(noun, *rule(noun)) in shown for noun in SHIPPED)


def test_the_preview_takes_nothing_and_is_the_number_that_comes(as_: Any, at: Any):
    at("2026-11-25 10:00")
    admin = as_("admin")
    for _ in range(2):
        answer = admin.get("/setup/numbers/feedback/next/", {k: v for k, v in LIKE.items() if k != "seen"})
        assert "TS-202611-00001" in answer.content.decode()
    assert admin.post("/setup/numbers/feedback/", LIKE).status_code == 302
    assert next_numbers("feedback", 2) == ["TS-202611-00001", "TS-202611-00002"]
    assert peek_next("feedback", *rule("feedback")) == "TS-202611-00003"


def test_a_change_is_versioned_and_on_record_and_no_number_comes_twice(as_: Any, at: Any):
    at("2026-11-25 10:00")
    admin, given = as_("admin"), [next_number("case")]
    for prefix, reset, digits in (("SX", "month", 3), ("SX", "never", 8), ("SX", "day", 4), ("SX", "day", 3)):
        held = NumberRule.objects.filter(noun="case").first()
        form = {"seen": held.version if held else 1, "letters": prefix, "reset": reset, "digits": digits}
        assert admin.post("/setup/numbers/case/", form).status_code == 302
        given += next_numbers("case", 12)
    assert len(set(given)) == len(given)
    assert admin.post("/setup/numbers/case/", LIKE).status_code == 422  # seen is an old version
    events = Event.objects.filter(kind="number_rule.changed").order_by("id")
    assert [f.seq for f in events] == [1, 2, 3, 4]
    assert events[0].details["becomes"] == "SX-202611-001"
    assert find_faults() == []


@pytest.mark.parametrize(
    "wrong",
    [{"letters": "反馈"}, {"letters": "A-1"}, {"letters": "SX"}, {"letters": ""}, {"digits": "9"}, {"reset": "hour"}],
)
def test_a_rule_that_would_not_do_is_refused_with_its_reason(wrong: dict[str, str], as_: Any):
    answer = as_("admin").post("/setup/numbers/feedback/", LIKE | wrong)
    assert answer.status_code == 422
    assert rule("feedback")[0] == "KF"
    preview = as_("admin").get("/setup/numbers/feedback/next/", LIKE | wrong).content.decode()
    assert "<code>" not in preview


def test_a_policy_is_changed_with_a_event_and_a_stale_change_shows_both(as_: Any):
    admin = as_("admin")
    form = {"seen": "1", "way": "short", "meeting_over": "50000"}
    assert admin.post("/setup/policies/solution/", form).status_code == 302
    held = Policy.of("solution")
    assert (held.short, held.meeting_over, Policy.of("improvement").short) == (True, Decimal("50000.00"), False)
    assert Event.objects.get(kind="policy.changed").details["after"]["meeting_over"] == "50000"
    late = admin.post("/setup/policies/solution/", {"seen": "1", "way": "long", "meeting_over": "70000"})
    assert late.status_code == 422
    assert "¥50,000.00" in admin.get("/setup/policies/").content.decode()


def test_unknown_ones_are_not_found(as_: Any):
    for address in ("numbers/nobody/", "numbers/nobody/next/", "policies/nobody/"):
        assert as_("admin").get(f"/setup/{address}").status_code == 404
    assert "number_rule" in NOUNS
